// The editor while its session ends: heal.cjs BROWSER GATE PIN FOLDER; SIGN_OUT is the command that signs everybody out.
'use strict';

const assert = require('node:assert/strict');
const { execSync } = require('node:child_process');
const { openPage, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, pin, folder] = process.argv.slice(2);
const BAR = '[role=alert] a[href*=healed]';

async function main() {
  const page = await openPage(executablePath);
  const sockets = [];
  page.on('websocket', socket => sockets.push(socket));
  await page.goto(gate + '/');
  await typePin(page, pin);
  await page.waitForSelector('.red-ui-palette-node[data-palette-type=inject]');
  await page.evaluate(() => (window.stayed = true));
  await check('the editor says that its session has ended', async () => {
    execSync(process.env.SIGN_OUT, { stdio: 'pipe' });
    await page.waitForSelector(BAR);
    await page.screenshot({ path: `${folder}/session-ended-node-red.png` });
  }, 60000);
  await check('a sign-in in the window of the bar heals it: the editor connects again, without a reload', async () => {
    const before = sockets.length;
    const [popup] = await Promise.all([page.context().waitForEvent('page'), page.click(BAR)]);
    await popup.waitForSelector('#pin');
    await typePin(popup, pin).catch(() => {});
    await page.waitForSelector(BAR, { state: 'detached' });
    while (sockets.slice(before).every(socket => socket.isClosed())) await page.waitForTimeout(100);
    assert.equal(await page.evaluate(() => window.stayed), true);
    assert.equal(await page.evaluate(async () => (await fetch('/flows')).status), 200);
  }, 60000);
  await page.context().browser().close();
  end();
}

main();
