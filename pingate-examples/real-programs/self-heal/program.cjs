// A program's page while its session ends: program.cjs BROWSER GATE PIN READY API PICTURE; READY is what its page shows once it is
// there, API what it can fetch. SIGN_OUT is the command that signs everybody out.
'use strict';

const assert = require('node:assert/strict');
const { execSync } = require('node:child_process');
const { openPage, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, pin, ready, api, picture] = process.argv.slice(2);
const BAR = '[role=alert] a[href*=healed]';

async function main() {
  const page = await openPage(executablePath);
  const sockets = [];
  page.on('websocket', socket => sockets.push(socket));
  await page.goto(gate + '/');
  await typePin(page, pin);
  await page.waitForSelector(ready);
  await page.evaluate(() => (window.stayed = true));
  await check('the page says that its session has ended', async () => {
    execSync(process.env.SIGN_OUT, { stdio: 'pipe' });
    await page.waitForSelector(BAR);
    await page.screenshot({ path: picture });
  }, 60000);
  await check('a sign-in in the window of the bar heals it, without a reload', async () => {
    const connected = sockets.length;
    const [popup] = await Promise.all([page.context().waitForEvent('page'), page.click(BAR)]);
    await popup.waitForSelector('#pin');
    await typePin(popup, pin).catch(() => {});
    await page.waitForSelector(BAR, { state: 'detached' });
    // What had a socket makes another.
    while (connected && sockets.every(socket => socket.isClosed())) await page.waitForTimeout(100);
    assert.equal(await page.evaluate(() => window.stayed), true);
    assert.equal(await page.evaluate(async path => (await fetch(path)).status, api), 200);
  }, 60000);
  await page.context().browser().close();
  end();
}

main();
