// Pages whose session ends: check.cjs BROWSER GATE PLAIN-GATE UPSTREAM-PORT PIN; SIGN_OUT is the command that signs everybody out.
'use strict';

const assert = require('node:assert/strict');
const { execSync } = require('node:child_process');
const axe = require('axe-core');
const { chromium } = require('playwright-core');
const { QUIET, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');
const { start, POLICIES } = require('./upstream.cjs');

const [executablePath, gate, plain, port, pin] = process.argv.slice(2);
const folder = process.env.SCREENSHOTS;
const BAR = '[role=alert] a';
const TYPED = 'what nobody has saved yet';

async function open(browser, path, options = {}) {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 900, height: 480 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.refused = [];
  page.asked = 0;
  page.on('console', message => /Security Policy|Trusted/.test(message.text()) && page.refused.push(message.text()));
  page.on('pageerror', error => page.refused.push(error.message));
  page.on('request', request => request.method() === 'HEAD' && page.asked++);
  if (options.before) await page.addInitScript(options.before);
  await signIn(context, gate);
  await page.goto(gate + path);
  await page.fill('#note', TYPED);
  return page;
}

async function signIn(context, where) {
  const answer = await context.request.post(where + '/pin', { form: { pin }, maxRedirects: 0 });
  assert.equal(answer.status(), 303);
}

function signOutAll() {
  execSync(process.env.SIGN_OUT, { stdio: 'pipe' });
}

/** The session has expired: its cookie is there no more, and what is open stays so. */
function expire(page) {
  return page.context().clearCookies();
}

/** Signs in by the bar, and the page is where it was. */
async function heal(page, press = () => page.click(BAR)) {
  await page.waitForSelector(BAR);
  const [popup] = await Promise.all([page.context().waitForEvent('page'), press()]);
  const closed = popup.waitForEvent('close');
  await popup.waitForSelector('#pin');
  // It may be closed before the key is up again.
  await Promise.all([closed, typePin(popup, pin).catch(() => {})]);
  await page.waitForSelector(BAR, { state: 'detached' });
  assert.equal(await page.inputValue('#note'), TYPED);
  assert.equal(await page.evaluate(() => window.loads), 1);
  assert.equal(await page.evaluate(() => window.load()), 200);
}

/** What has the page notice, and what it sees itself. */
const WAYS = {
  fetch: async page => {
    await expire(page);
    assert.equal(await page.evaluate(() => window.load()), 401);
  },
  XMLHttpRequest: async page => {
    await expire(page);
    assert.equal(await page.evaluate(() => window.send()), 401);
  },
  EventSource: async page => {
    await page.evaluate(() => window.listen());
    signOutAll();
    await page.waitForFunction(() => window.source.readyState === EventSource.CLOSED);
  },
  WebSocket: async page => {
    await page.evaluate(() => window.connect());
    signOutAll();
    await page.waitForFunction(() => window.ended === 1001);
  },
  'WebSocket that does not open': async page => {
    await expire(page);
    await page.evaluate(() => void window.connect());
    await page.waitForFunction(() => window.ended === 1006);
  },
};

async function ways(browser) {
  for (const [name, noticed] of Object.entries(WAYS)) {
    await check(`${name}: the bar shows, signing in heals the page, nothing is lost`, async () => {
      const page = await open(browser, '/none');
      await noticed(page);
      await heal(page);
      assert.ok(page.refused.length === 0, page.refused.join(' | '));
      await page.context().close();
    }, 60000);
  }
}

async function policies(browser) {
  for (const name of Object.keys(POLICIES)) {
    await check(`policy ${name}: all of it works, and nothing is refused`, async () => {
      const page = await open(browser, '/' + name);
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(240, 250, 240)');
      await expire(page);
      assert.equal(await page.evaluate(() => window.load()), 401);
      await heal(page);
      assert.ok(page.refused.length === 0, page.refused.join(' | '));
      await page.context().close();
    }, 60000);
  }
}

async function quiet(browser) {
  await check('nothing is put in unless it is asked for', async () => {
    const page = await open(browser, '/none');
    await signIn(page.context(), plain);
    const [off, on, upstream] = await Promise.all(
      [plain, gate, `http://127.0.0.1:${port}`].map(async at => (await page.request.get(at + '/none')).text()));
    assert.equal(off, upstream);
    assert.match(on, /<style>.*<\/style><script>/s);
    await page.context().close();
  });
  await check('the page sees the same objects, and no global more', async () => {
    const page = await open(browser, '/none');
    const look = () => ({
      globals: Object.getOwnPropertyNames(window).length,
      same: new EventSource('/events') instanceof EventSource && EventSource.prototype.constructor === EventSource,
      sub: new (class extends WebSocket {})(location.origin.replace('http', 'ws') + '/socket') instanceof WebSocket,
      constants: [WebSocket.OPEN, EventSource.CLOSED, WebSocket.name, fetch.name, fetch.length, WebSocket.length],
      text: [fetch, WebSocket, XMLHttpRequest.prototype.send].map(f => /\[native code\]/.test(String(f))),
      enumerable: Object.keys(XMLHttpRequest.prototype).includes('send'),
      promise: fetch('/data') instanceof Promise,
      tag: Object.prototype.toString.call(new XMLHttpRequest()),
    });
    const healed = await page.evaluate(look);
    await page.goto(`http://127.0.0.1:${port}/none`);
    assert.deepEqual(healed, await page.evaluate(look));
    await page.context().close();
  });
  await check('a promise that rejects is heard of as before', async () => {
    const page = await open(browser, '/none');
    await page.evaluate(() => fetch('http://127.0.0.1:1/').catch(() => {}));
    assert.equal(await page.evaluate(() => window.rejected), 0);
    await page.evaluate(() => void fetch('http://127.0.0.1:1/'));
    await page.waitForFunction(() => window.rejected === 1);
    await page.context().close();
  });
  await check('sockets that end while the session is there ask the gate rarely, and show nothing', async () => {
    const page = await open(browser, '/none');
    await page.evaluate(async () => {
      for (let i = 0; i < 4; i++) {
        const socket = new WebSocket(location.origin.replace('http', 'ws') + '/nothing');
        await new Promise(done => (socket.onclose = done));
      }
    });
    await page.waitForRequest(request => request.method() === 'HEAD');
    assert.ok(page.asked <= 2, `${page.asked} times`);
    assert.equal(await page.$(BAR), null);
    await page.context().close();
  });
  await check('a manifest is asked for with the cookie', async () => {
    const page = await open(browser, '/self');
    assert.equal(await page.getAttribute('link[rel=manifest]', 'crossorigin'), 'use-credentials');
    await page.context().close();
  });
}

async function people(browser) {
  await check('a frame leaves the bar to its page', async () => {
    const page = await open(browser, '/frames');
    const frame = page.frames()[1];
    await frame.waitForFunction(() => window.load);
    await expire(page);
    assert.equal(await frame.evaluate(() => window.load()), 401);
    await page.waitForSelector(BAR);
    assert.equal(await frame.$(BAR), null);
    await heal(page);
    await page.context().close();
  }, 60000);
  await check('the keyboard is enough, and the focus is where it was', async () => {
    const page = await open(browser, '/none');
    await WAYS.fetch(page);
    await page.waitForSelector(BAR);
    await page.focus('#note');
    await page.keyboard.press('Tab');
    await heal(page, () => page.keyboard.press('Enter'));
    await page.waitForFunction(() => document.activeElement.id === 'note');
    await page.context().close();
  }, 60000);
  await check('the page heals without a BroadcastChannel, and in a tab of its own', async () => {
    const page = await open(browser, '/none', {
      before: () => {
        delete window.BroadcastChannel;
        window.open = () => null;
      },
    });
    await WAYS.fetch(page);
    await page.waitForSelector(BAR);
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.click(BAR)]);
    await tab.waitForSelector('#pin');
    await typePin(tab, pin).catch(() => {});
    await page.waitForSelector(BAR, { state: 'detached' });
    assert.equal(await page.inputValue('#note'), TYPED);
    await page.context().close();
  }, 60000);
  await check('several pages heal by one sign-in', async () => {
    const page = await open(browser, '/none');
    const other = await page.context().newPage();
    await other.goto(gate + '/self');
    await expire(page);
    for (const each of [other, page]) {
      assert.equal(await each.evaluate(() => window.load()), 401);
      await each.waitForSelector(BAR);
    }
    await heal(page);
    await other.bringToFront();
    await other.waitForSelector(BAR, { state: 'detached' });
    await page.context().close();
  }, 60000);
}

async function looks(browser) {
  for (const [locale, size] of [['en', 900], ['de', 900], ['ar', 320]]) {
    await check(`${locale}, ${size} px: axe finds nothing, and it fits`, async () => {
      const page = await open(browser, '/none', { locale, viewport: { width: size, height: 480 } });
      await page.evaluate(() => (document.documentElement.lang = ''));
      await WAYS.fetch(page);
      await page.waitForSelector(BAR);
      const said = { en: 'Sign in', de: 'Anmelden', ar: 'تسجيل الدخول' };
      assert.equal(await page.textContent(BAR), said[locale]);
      await page.evaluate(tag => (document.documentElement.lang = tag), locale);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(rule => `${rule.id}: ${rule.nodes[0].html}`).filter(found => !/textarea/.test(found)), []);
      const wide = await page.$eval(BAR, link => link.parentElement.scrollWidth);
      assert.ok(wide <= size, `${wide} px`);
      if (locale === 'en') await page.screenshot({ path: `${folder}/session-ended-desktop.png` });
      await page.context().close();
    }, 60000);
  }
}

async function main() {
  const server = await start(Number(port));
  const browser = await chromium.launch({ executablePath, args: QUIET });
  await quiet(browser);
  await ways(browser);
  await policies(browser);
  await people(browser);
  await looks(browser);
  await browser.close();
  server.close();
  server.closeAllConnections();
  end();
}

main();
