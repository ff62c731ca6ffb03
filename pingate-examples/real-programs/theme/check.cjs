// Pages as a program behind the gate may write them, seen by a browser: check.cjs BROWSER GATE PORT PIN THEME
'use strict';

const assert = require('node:assert/strict');
const { writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { brotliCompressSync, gzipSync } = require('node:zlib');
const { openPage, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, port, pin, theme] = process.argv.slice(2);
const POLICIES = [
  null,
  "default-src 'self'; style-src 'self'",
  "default-src 'self'",
  "default-src 'none'; style-src-elem 'self'; style-src 'unsafe-inline'",
  "default-src 'none'",
];
const CODINGS = { identity: body => body, gzip: gzipSync, br: brotliCompressSync };
const PAGE = `<!doctype html><html><head><title>Page</title><script>window.ran = true</script></head>
<body><!-- </head> --><p style="color: rgb(9, 9, 9)">What the program says.</p></body></html>`;

function serve() {
  createServer((request, response) => {
    const [, policy, coding = 'identity'] = new URL(request.url, gate).pathname.split('/');
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (POLICIES[policy]) response.setHeader('Content-Security-Policy', POLICIES[policy]);
    if (coding !== 'identity') response.setHeader('Content-Encoding', coding);
    response.end(CODINGS[coding](Buffer.from(PAGE)));
  }).listen(Number(port), '127.0.0.1');
}

function look(page) {
  return page.evaluate(() => ({
    background: getComputedStyle(document.body).backgroundColor,
    ran: window.ran === true,
    styled: getComputedStyle(document.querySelector('p')).color === 'rgb(9, 9, 9)',
  }));
}

async function main() {
  serve();
  const page = await openPage(executablePath);
  await page.goto(gate + '/0/identity');
  await typePin(page, pin);
  await page.waitForSelector('p');
  for (const [index, policy] of POLICIES.entries()) {
    for (const coding of Object.keys(CODINGS)) {
      await check(`${policy ?? 'no policy'} (${coding}): the theme shows, nothing else is let in`, async () => {
        await page.goto(`${gate}/${index}/${coding}`);
        const inlineAllowed = policy === null || policy.includes("'unsafe-inline'");
        assert.deepEqual(await look(page), {
          background: 'rgb(1, 2, 3)',
          ran: policy === null,
          styled: inlineAllowed,
        });
      });
    }
  }
  await check('a changed theme shows without a restart', async () => {
    writeFileSync(theme, 'body { background: rgb(4, 5, 6) }');
    let background;
    do {
      await page.goto(`${gate}/1/gzip`);
      ({ background } = await look(page));
    } while (background !== 'rgb(4, 5, 6)');
  });
  await page.context().browser().close();
  end();
}

main();
