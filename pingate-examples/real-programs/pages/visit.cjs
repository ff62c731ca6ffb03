// Ways to each of the gate's pages, for a browser and for a program that reads them as they are.
'use strict';

const { chromium } = require('playwright-core');
const { QUIET, typePin } = require('../browser.cjs');

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** A new visitor in a browser; each has an address of its own, and so its own tries. */
async function visitor(browser, address, locale = 'en', more = {}) {
  const context = await browser.newContext({
    locale,
    viewport: { width: 320, height: 640 },
    extraHTTPHeaders: { 'X-Forwarded-For': `203.0.113.${address}` },
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.asked = [];
  page.refused = [];
  page.on('request', request => page.asked.push(request.url()));
  page.on('console', message => /Security Policy/.test(message.text()) && page.refused.push(message.text()));
  return page;
}

/** What each page is called, and how a visitor comes to see it. The order matters: one address tries PINs. */
function ways(gate, pin, upstream) {
  return {
    form: page => page.goto(gate + '/pin?next=/notes'),
    wrong: async page => {
      await page.goto(gate + '/pin?next=/notes');
      await typePin(page, '1');
      await page.waitForSelector('#error');
    },
    throttled: async page => {
      await page.goto(gate + '/pin?next=/notes');
      for (let tries = 0; tries < 6 && !(await page.$('[role=timer]')); tries++) {
        await page.waitForSelector('button:enabled');
        await typePin(page, '1');
        await page.waitForSelector('#error');
      }
      await page.waitForSelector('[role=timer]');
    },
    'signed-in': async page => {
      await signIn(page, gate, pin);
      await page.goto(gate + '/pin?next=/notes');
    },
    unavailable: async page => {
      await signIn(page, gate, pin);
      await upstream.stop();
      await page.goto(gate + '/notes');
    },
    'signed-out': async page => {
      await signIn(page, gate, pin);
      await page.goto(gate + '/pin');
      await page.click('.quiet');
      await page.waitForSelector('.note');
    },
  };
}

/** From an address that has all its tries, since those of this visitor may be spent. */
async function signIn(page, gate, pin) {
  const answer = await page.request.post(gate + '/pin', {
    form: { pin },
    headers: { 'X-Forwarded-For': '203.0.113.254' },
    maxRedirects: 0,
  });
  if (answer.status() !== 303) throw new Error(`the PIN was answered with ${answer.status()}`);
}

/** Errors that no browser comes to see by itself, and others whose size counts: what to send, and the status. */
const ODD = [
  [405, '/pin', { method: 'DELETE' }],
  [413, '/pin', { method: 'POST', headers: FORM, body: 'x='.padEnd(5000, 'y') }],
  [415, '/pin', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'pin=1' }],
  [403, '/pin', { method: 'POST', headers: { ...FORM, Origin: 'https://evil.test' }, body: 'pin=1' }],
  [401, '/save', { method: 'POST', headers: FORM, body: 'a=b' }],
  [200, '/pin?signed-out', {}],
];

async function read(gate, target, language, options) {
  const answer = await fetch(gate + target, {
    redirect: 'manual',
    ...options,
    headers: { Accept: 'text/html', 'Accept-Language': language, ...options.headers },
  });
  return { status: answer.status, language: answer.headers.get('content-language'), body: await answer.text() };
}

function launch(executablePath) {
  return chromium.launch({ executablePath, args: QUIET });
}

module.exports = { visitor, ways, signIn, read, launch, ODD };
