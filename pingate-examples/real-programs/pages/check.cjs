// The gate's own pages: check.cjs BROWSER NAMED-GATE OTHER-GATE UPSTREAM-PORT PIN
'use strict';

const assert = require('node:assert/strict');
const { createServer } = require('node:http');
const axe = require('axe-core');
const { typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');
const { visitor, ways, signIn, read, launch, ODD } = require('./visit.cjs');

const [executablePath, gate, other, port, pin] = process.argv.slice(2);
const folder = process.env.SCREENSHOTS;
const LANGUAGES =
  ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'uk', 'tr', 'ar', 'hi', 'ja', 'ko', 'zh-Hans', 'zh-Hant'];
const SIZES = { phone: { width: 320, height: 640 }, desktop: { width: 900, height: 640 } };
const MAX_BYTES = 12 * 1024;

/** The program behind the gate, which comes and goes. */
const upstream = {
  server: null,
  start() {
    this.server = createServer((request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>Notes</title><p id=notes>Notes</p>');
    });
    return new Promise(done => this.server.listen(Number(port), '127.0.0.1', done));
  },
  stop() {
    return new Promise(done => {
      this.server.close(done);
      this.server.closeAllConnections();
    });
  },
};

/** Nothing that people can't see, reach or read: axe, a page that fits, no request elsewhere. */
async function judge(page, what) {
  await heed(page, what);
  await fit(page, what);
}

async function heed(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run());
    const found = violations.map(rule => `${rule.id}: ${rule.nodes[0].html}`);
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
}

async function fit(page, what) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 320, `${what} is ${width} wide`);
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const zoomed = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  assert.ok(zoomed <= 320, `${what} is ${zoomed} wide when its text is twice as large`);
  const elsewhere = page.asked.filter(url => !url.startsWith(gate) && !url.startsWith('data:'));
  assert.deepEqual(elsewhere, [], what);
  assert.deepEqual(page.refused, [], what);
}

async function photograph(page, name, sizes = Object.keys(SIZES)) {
  for (const size of sizes) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(SIZES[size]);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png` });
    }
  }
  await page.setViewportSize(SIZES.phone);
}

async function looks(browser) {
  for (const [address, locale] of [[1, 'en'], [2, 'ar']]) {
    const page = await visitor(browser, address, locale);
    for (const [name, go] of Object.entries(ways(gate, pin, upstream))) {
      await check(`${name} in ${locale}: axe finds nothing, light or dark, and it fits 320 px`, async () => {
        await page.context().clearCookies();
        await go(page);
        await judge(page, name);
        if (locale === 'en') await photograph(page, name);
        else await photograph(page, `right-to-left-${name}`, ['phone']);
      }, 60000);
      if (!upstream.server.listening) await upstream.start();
    }
    await page.context().close();
  }
}

async function languages(browser) {
  const page = await visitor(browser, 3);
  for (const language of LANGUAGES) {
    await check(`${language}: every page fits 320 px and 12 KiB, and says which language it is in`, async () => {
      for (const [status, target, options] of ODD) {
        const answer = await read(gate, target, language, options);
        assert.equal(answer.status, status);
        assert.equal(answer.language, language);
        assert.match(answer.body, new RegExp(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`));
        const bytes = Buffer.byteLength(answer.body);
        assert.ok(bytes < MAX_BYTES, `${bytes} bytes`);
        await page.setContent(answer.body);
        await fit(page, `${status} in ${language}`);
      }
      await heed(page, language);
    }, 60000);
  }
  await page.context().close();
}

async function use(browser) {
  const page = await visitor(browser, 4);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: gate });
  await check('the keyboard is enough: the PIN, the button, nothing hidden between', async () => {
    await page.goto(gate + '/pin?next=/notes');
    await page.keyboard.type(pin);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BUTTON');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#notes');
  });
  const paste = async text => {
    await page.context().clearCookies();
    await page.goto(gate + '/pin?next=/notes');
    await page.evaluate(written => navigator.clipboard.writeText(written), text);
    await page.keyboard.press('Control+V');
  };
  await check('pasting the whole PIN signs in, also with spaces and hyphens', async () => {
    for (const text of [pin, ` ${pin.slice(0, 2)}-${pin.slice(2)} `]) {
      await paste(text);
      await page.waitForSelector('#notes');
    }
  });
  await check('pasting what can be no whole PIN, or a part of it, sends nothing', async () => {
    for (const text of ['47', 'https://notes.test/']) {
      await paste(text);
      await page.waitForTimeout(300);
      assert.equal(await page.inputValue('#pin'), text);
    }
    await page.fill('#pin', '47');
    await page.evaluate(() => navigator.clipboard.writeText('114711'));
    await page.focus('#pin');
    await page.keyboard.press('End');
    await page.keyboard.press('Control+V');
    await page.waitForTimeout(300);
    assert.equal(await page.inputValue('#pin'), '47114711');
  });
  await check('a password manager finds a user name, which people do not', async () => {
    await page.goto(gate + '/pin');
    assert.equal(await page.getAttribute('[autocomplete=username]', 'value'), new URL(gate).host);
    assert.equal(await page.getAttribute('#pin', 'autocomplete'), 'current-password');
    assert.equal(await page.getAttribute('#pin', 'inputmode'), 'numeric');
    const box = await page.locator('[autocomplete=username]').boundingBox();
    assert.ok(box.width <= 1 && box.height <= 1);
    await page.goto(other + '/pin');
    assert.equal(await page.textContent('.tool'), new URL(other).host);
  });
  await check('times are told in the words of the browser', async () => {
    await signIn(page, gate, pin);
    await page.goto(gate + '/pin');
    const time = page.locator('time');
    assert.match(await time.getAttribute('datetime'), /^2.*Z$/);
    assert.match(await time.textContent(), /[A-Z][a-z]+ [0-9]+, 2[0-9]{3} at /);
  });
  await check('colours that the system forces leave the edges of fields and buttons', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.context().clearCookies();
    await page.goto(gate + '/pin');
    for (const part of ['main', '#pin', 'button']) {
      const edge = await page.locator(part).evaluate(element => getComputedStyle(element).borderTopWidth);
      assert.equal(edge, '1px', part);
    }
    await page.screenshot({ path: `${folder}/form-forced-colors.png` });
  });
  await page.context().close();
}

async function waits(browser) {
  const page = await visitor(browser, 1);
  await check('the wait counts down, then another try is possible', async () => {
    await page.clock.install();
    await ways(gate, pin, upstream).throttled(page);
    assert.ok(await page.isDisabled('button'));
    const before = await page.textContent('[role=timer]');
    assert.match(before, /^[01]:[0-9]{2}$/);
    await page.clock.fastForward(2000);
    assert.notEqual(await page.textContent('[role=timer]'), before);
    await page.clock.fastForward(61000);
    await page.waitForSelector('button:enabled');
    assert.equal(await page.textContent('#error'), 'You can try again now.');
  });
  await page.context().close();
  for (const javaScriptEnabled of [true, false]) {
    const scripts = javaScriptEnabled ? 'with scripts' : 'without scripts';
    const reader = await visitor(browser, 5, 'en', { javaScriptEnabled });
    await check(`a program that comes back is shown by itself, ${scripts}`, async () => {
      await signIn(reader, gate, pin);
      await upstream.stop();
      assert.equal((await reader.goto(gate + '/notes')).status(), 502);
      await upstream.start();
      await reader.waitForSelector('#notes');
    });
    await reader.context().close();
  }
  await check('without scripts, a wait ends at the form', async () => {
    const reader = await visitor(browser, 1, 'en', { javaScriptEnabled: false });
    await ways(gate, pin, upstream).throttled(reader);
    const refresh = await reader.getAttribute('meta[http-equiv=refresh]', 'content');
    assert.match(refresh, /^[0-9]+;url=\/pin\?next=\/notes$/);
    // The same page as if the wait were over in a second.
    await reader.route(/\/pin/, async route => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace(/content="[0-9]+;/, 'content="1;') });
    });
    await typePin(reader, '1');
    await reader.waitForSelector('[role=timer]', { state: 'detached' });
    assert.equal(new URL(reader.url()).search, '?next=/notes');
    await reader.context().close();
  });
}

async function main() {
  await upstream.start();
  const browser = await launch(executablePath);
  await looks(browser);
  await languages(browser);
  await use(browser);
  await waits(browser);
  await browser.close();
  end();
}

main();
