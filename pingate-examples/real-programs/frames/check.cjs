// A tool in a frame of another site's page: check.cjs BROWSER GATE UPSTREAM-PORT TLS-PORT FOLDER PIN
'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const { chromium } = require('playwright-core');
const { QUIET, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, port, tls, folder, pin] = process.argv.slice(2);
const tool = `https://tool.test:${tls}`;
const pages = { home: `https://home.test:${tls}/`, other: `https://other.test:${tls}/` };

/** Ends TLS before the gate, and has the other two sites' page, with the tool in a frame. */
function front() {
  const options = { key: readFileSync(`${folder}/key.pem`), cert: readFileSync(`${folder}/cert.pem`) };
  https.createServer(options, (request, response) => {
    if (!request.headers.host.startsWith('tool.')) {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>Home</title><iframe title="tool" src="${tool}/notes" height="600"></iframe>`);
      return;
    }
    const headers = { ...request.headers, 'x-forwarded-proto': 'https' };
    const passed = http.request(gate + request.url, { method: request.method, headers }, answer => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    request.pipe(passed);
  }).listen(Number(tls), '127.0.0.1');
}

function upstream() {
  http.createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Notes</title><p id="notes">Notes</p>');
  }).listen(Number(port), '127.0.0.1');
}

async function framed(page) {
  return (await page.waitForSelector('iframe')).contentFrame();
}

async function main() {
  upstream();
  front();
  // Third parties' cookies are blocked, as browsers do more and more: what is partitioned still works.
  const browser = await chromium.launch({
    executablePath,
    args: [...QUIET, '--host-resolver-rules=MAP *.test 127.0.0.1', '--test-third-party-cookie-phaseout'],
  });
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  await check('the form shows in a frame of a site that is listed, and signs in there', async () => {
    await page.goto(pages.home);
    const frame = await framed(page);
    await frame.waitForSelector('#pin');
    await frame.fill('#pin', pin);
    await frame.press('#pin', 'Enter');
    await frame.waitForSelector('#notes');
    const [cookie] = await context.cookies(tool);
    assert.equal(cookie.sameSite, 'None');
    assert.ok(cookie.secure && cookie.httpOnly);
  });
  await check('who is signed in there stays so, until a sign-out there', async () => {
    await page.goto(pages.home);
    const frame = await framed(page);
    await frame.waitForSelector('#notes');
    assert.equal(await frame.evaluate(async () => (await fetch('/notes')).status), 200);
    await frame.evaluate(() => (location.href = '/pin'));
    await frame.click('.quiet');
    await frame.waitForSelector('.note');
    assert.deepEqual(await context.cookies(tool), []);
    await page.goto(pages.home);
    await (await framed(page)).waitForSelector('#pin');
  });
  await check('a page of its own has a session of its own, as ever', async () => {
    await page.goto(tool + '/notes');
    await typePin(page, pin);
    await page.waitForSelector('#notes');
    assert.deepEqual((await context.cookies(tool)).map(cookie => cookie.sameSite), ['Lax']);
  });
  await check('no other site has the form in a frame', async () => {
    await context.clearCookies();
    const refused = page.waitForEvent('console', message => /frame-ancestors/.test(message.text()));
    await page.goto(pages.other);
    await refused;
  });
  await browser.close();
  end();
}

main();
