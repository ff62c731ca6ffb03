// A person with a browser before Gradio, under the name that a tunnel would bring: check.cjs BROWSER GATE PIN FOLDER
'use strict';

const assert = require('node:assert/strict');
const { createHash, randomBytes } = require('node:crypto');
const { openPage, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, pin, folder] = process.argv.slice(2);

async function main() {
  const page = await openPage(executablePath);
  const refused = [];
  page.on('response', answer => answer.status() >= 400 && refused.push(`${answer.status()} ${answer.url()}`));
  await check('the PIN opens the page', async () => {
    await page.goto(gate + '/?__theme=light');
    await typePin(page, pin);
    await page.getByLabel('Word').waitFor();
    assert.equal(page.url(), gate + '/?__theme=light');
  });
  await check('an answer grows letter by letter', async () => {
    const seen = new Set();
    await page.getByLabel('Word').fill('größe ✓');
    await page.getByRole('button', { name: 'Spell' }).click();
    let text;
    do seen.add((text = await page.getByLabel('Spelled').inputValue()));
    while (text !== 'größe ✓');
    assert.ok(seen.size > 4, [...seen].join());
  });
  await check('a file is uploaded', async () => {
    const buffer = randomBytes(3000000);
    const chooser = page.locator('input[type=file]').first();
    await chooser.setInputFiles({ name: 'grüße & more.bin', mimeType: 'application/octet-stream', buffer });
    const sum = createHash('sha256').update(buffer).digest('hex');
    while ((await page.getByLabel('Sum').inputValue()) !== sum) await page.waitForTimeout(50);
    await page.screenshot({ path: `${folder}/page.png` });
  });
  await check('nothing that the page asked for was refused', () => {
    // The browser asks for a manifest without cookies.
    assert.deepEqual(refused.filter(text => !text.endsWith('/manifest.json')), []);
  });
  await page.context().browser().close();
  end();
}

main();
