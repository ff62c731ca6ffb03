// A program with a service worker behind the gate, and a person before it: check.cjs BROWSER GATE PORT PIN
'use strict';

const assert = require('node:assert/strict');
const { createServer } = require('node:http');
const { openPage, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, port, pin] = process.argv.slice(2);
// What workers do with a page's request, and what the gate then reads in Sec-Fetch-Mode and -Dest. A request that is no
// navigation is answered with the form right there, which can't keep the part of the address that no server sees.
const WORKERS = {
  'hands it on': { fetching: 'fetch(event.request)', mode: 'navigate', dest: 'empty', fragment: '#/part/7' },
  'makes a new one of it': {
    fetching: "fetch(new Request(event.request, { cache: 'no-store' }))",
    mode: 'same-origin',
    dest: 'empty',
    fragment: '',
  },
  'takes the browser’s own answer': {
    fetching: 'event.preloadResponse',
    preload: true,
    mode: 'navigate',
    dest: 'document',
    fragment: '#/part/7',
  },
};
const received = [];

function script({ fetching, preload = false }) {
  return `addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(
  (${preload} ? registration.navigationPreload.enable() : Promise.resolve()).then(() => clients.claim())));
addEventListener('fetch', event => {
  if (event.request.mode === 'navigate') event.respondWith(${fetching});
  else if (event.request.url.endsWith('/api')) event.respondWith(fetch(event.request));
});`;
}

function page(path) {
  return `<!doctype html><title>${path}</title><p id=app>The program at ${path}.</p><script>
const part = location.pathname.split('/')[1];
navigator.serviceWorker.register('/' + part + '/worker.js', { scope: '/' + part + '/' });
</script>`;
}

function serve() {
  createServer(({ url, headers }, response) => {
    const [, index, file] = new URL(url, gate).pathname.split('/');
    received.push({ url, mode: headers['sec-fetch-mode'], dest: headers['sec-fetch-dest'], cookie: headers.cookie });
    response.setHeader('Cache-Control', 'no-store');
    const kinds = { 'worker.js': 'text/javascript', api: 'application/json' };
    response.setHeader('Content-Type', kinds[file] ?? 'text/html; charset=utf-8');
    if (file === 'worker.js') response.end(script(Object.values(WORKERS)[index]));
    else response.end(file === 'api' ? '{"from":"the program"}' : page(url));
  }).listen(Number(port), '127.0.0.1');
}

function askApi(page, index) {
  return page.evaluate(async path => {
    const answer = await fetch(path, { headers: { Accept: 'application/json' } });
    return { status: answer.status, hint: answer.headers.get('X-Pingate'), json: await answer.json() };
  }, `/${index}/api`);
}

async function visit(page, index, worker, name) {
  const place = `${gate}/${index}/notes?day=1&x=%2F`;
  const signOut = () => page.context().clearCookies();
  await check(`${name}: it is installed behind the PIN`, async () => {
    await page.goto(`${gate}/${index}/start`);
    await typePin(page, pin);
    await page.waitForSelector('#app');
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  });
  await check(`${name}: pages come through it`, async () => {
    await page.goto(place + '#/part/7');
    assert.equal(await page.textContent('#app'), `The program at /${index}/notes?day=1&x=%2F.`);
    const { mode, dest, cookie } = received.filter(({ url }) => url.includes('/notes')).at(-1);
    assert.deepEqual({ mode, dest, cookie }, { mode: worker.mode, dest: worker.dest, cookie: undefined });
  });
  await check(`${name}: who is signed out sees the form, and is led on behind it`, async () => {
    await page.goto(`${gate}/${index}/start`);
    await signOut();
    const before = received.length;
    await page.goto(place + '#/part/7');
    await page.waitForSelector('input[name=pin]');
    await typePin(page, pin);
    await page.waitForSelector('#app');
    assert.equal(page.url(), place + worker.fragment);
    assert.equal(await page.textContent('#app'), `The program at /${index}/notes?day=1&x=%2F.`);
    // Nothing of the stranger's reached the program.
    assert.equal(received.slice(before).filter(({ url }) => url.includes('/notes')).length, 1);
  });
  await check(`${name}: its data says 401 to who is signed out, and comes again behind the PIN`, async () => {
    await signOut();
    const { status, hint, json } = await askApi(page, index);
    assert.deepEqual([status, hint, json.sign_in], [401, 'sign-in', '/pin']);
    await page.goto(place + '&again');
    await typePin(page, pin);
    await page.waitForSelector('#app');
    assert.deepEqual((await askApi(page, index)).json, { from: 'the program' });
  });
  await check(`${name}: it outlives an update that found the gate closed`, async () => {
    await signOut();
    const update = () => navigator.serviceWorker.ready.then(registration => registration.update()).then(() => '', String);
    assert.match(await page.evaluate(update), /401/);
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller.state), 'activated');
  });
}

async function main() {
  serve();
  const page = await openPage(executablePath);
  for (const [index, [name, worker]] of Object.entries(WORKERS).entries()) {
    await page.context().clearCookies();
    await visit(page, index, worker, `a worker that ${name}`);
  }
  await page.context().browser().close();
  end();
}

main();
