// A person with a browser before Streamlit: check.cjs BROWSER GATE PIN FOLDER
'use strict';

const assert = require('node:assert/strict');
const { createHash, randomBytes } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { openPage, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, pin, folder] = process.argv.slice(2);

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

async function main() {
  await check('its pages and its health are behind the PIN', async () => {
    for (const path of ['/_stcore/health', '/_stcore/host-config', '/']) {
      assert.deepEqual([path, (await fetch(gate + path)).status], [path, 401]);
    }
  });
  const page = await openPage(executablePath);
  const sockets = [];
  page.on('websocket', socket => sockets.push(new URL(socket.url()).pathname));
  await check('the PIN opens the page, which talks over its WebSocket', async () => {
    await page.goto(gate + '/?day=1');
    await typePin(page, pin);
    await page.getByRole('heading', { name: 'Counting' }).waitFor();
    assert.deepEqual(sockets, ['/_stcore/stream']);
  });
  await check('it knows the visitor, and not the gate’s cookie', async () => {
    const text = await page.getByText('Visitor:').textContent();
    assert.match(text, /^Visitor: me@example.org, /);
    assert.doesNotMatch(text, /pingate/);
  });
  await check('what is typed is answered', async () => {
    await page.getByLabel('Name').fill('grüß dich ✓');
    await page.getByLabel('Name').press('Enter');
    await page.getByText('Hello, grüß dich ✓!').waitFor();
  });
  await check('numbers come one by one', async () => {
    await page.getByRole('button', { name: 'Count' }).click();
    for (let number = 1; number <= 5; number++) await page.getByText(`number ${number}`).waitFor();
  });
  await check('a file is downloaded', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    const expected = Buffer.concat(Array(10000).fill(Buffer.from(Array.from({ length: 256 }, (_, i) => i))));
    assert.equal(sha256(readFileSync(await download.path())), sha256(expected));
  });
  await check('a file is uploaded', async () => {
    const buffer = randomBytes(3000000);
    const file = { name: 'grüße & more.bin', mimeType: 'application/octet-stream', buffer };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText(sha256(buffer)).waitFor();
    await page.screenshot({ path: `${folder}/page.png` });
  });
  await page.context().browser().close();
  end();
}

main();
