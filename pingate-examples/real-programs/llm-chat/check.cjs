// A person with a browser before the gate: check.cjs BROWSER GATE LLM_PORT PIN FOLDER_OF_SCREENSHOTS
'use strict';

const assert = require('node:assert/strict');
const { openPage, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, llmPort, pin, screenshots] = process.argv.slice(2);
const KEY = 'sk-only-the-gate-knows-this';
const STORY = 'Once upon a time a gate stood before a **tool**, and only those who knew its PIN came in. <b>End.</b>';

async function seen() {
  return (await fetch(`http://127.0.0.1:${llmPort}/seen`)).json();
}

async function until(condition) {
  while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 50));
}

async function main() {
  const page = await openPage(executablePath);
  const received = [];
  const problems = [];
  page.on('response', response => received.push(response));
  page.on('console', message => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', problem => problems.push(problem.message));
  const lastAnswer = () => page.locator('.assistant').last();
  const ask = async (model, question) => {
    await page.selectOption('#model', model);
    await page.fill('#question', question);
    await page.press('#question', 'Enter');
  };

  await check('the page leads to the PIN form, and the PIN to the page', async () => {
    await page.goto(gate + '/index.html');
    assert.equal(new URL(page.url()).pathname, '/pin');
    await page.screenshot({ path: `${screenshots}/1-pin.png` });
    await typePin(page, pin);
    await page.waitForSelector('#ask');
    assert.equal(page.url(), gate + '/index.html');
  });
  await check('the models are offered', async () => {
    await page.waitForSelector('#model option', { state: 'attached' });
    // Those that only a test asks for.
    await page.evaluate(() => ['endless', 'broken'].forEach(id => document.getElementById('model').add(new Option(id))));
    assert.equal(await page.inputValue('#model'), 'story');
  });
  await check('an answer grows word by word', async () => {
    const lengths = new Set();
    await ask('story', 'Tell me a story.');
    await until(async () => {
      lengths.add((await lastAnswer().textContent()).length);
      if (lengths.size === 5) await page.screenshot({ path: `${screenshots}/2-answering.png` });
      return (await page.locator('.busy').count()) === 0;
    });
    assert.equal(await lastAnswer().textContent(), STORY);
    assert.ok(lengths.size > 5, `it was seen at ${lengths.size} lengths`);
  });
  await check('a model’s markup is shown, not obeyed', async () => {
    assert.equal(await page.locator('main b').count(), 0);
  });
  await check('the next question brings the conversation along', async () => {
    await ask('story', 'And then?');
    await until(async () => (await page.locator('.busy').count()) === 0);
    const { messages } = (await seen()).at(-1);
    assert.deepEqual(messages.map(message => message.role), ['user', 'assistant', 'user']);
    await page.screenshot({ path: `${screenshots}/3-answered.png` });
  });
  await check('Stop ends the upstream call', async () => {
    await ask('endless', 'Talk.');
    await until(async () => (await lastAnswer().textContent()).length > 20);
    await page.click('#stop');
    const begun = Date.now();
    await until(async () => (await seen()).at(-1).ended === 'left');
    assert.ok(Date.now() - begun < 2000, `after ${Date.now() - begun} ms`);
    assert.ok(await page.isVisible('#send'));
  });
  await check('the LLM server’s error is told', async () => {
    await ask('broken', 'Are you well?');
    await page.waitForSelector('.fault');
    assert.equal(await page.locator('.fault').last().textContent(), 'The model fell over.');
  });
  await check('the LLM server got the key and no cookie', async () => {
    for (const { headers } of await seen()) {
      assert.equal(headers.authorization, `Bearer ${KEY}`);
      assert.equal(headers.cookie, undefined);
    }
  });
  await check('the browser never got the key', async () => {
    for (const response of received) {
      assert.ok(!JSON.stringify(await response.allHeaders()).includes(KEY));
      assert.ok(!(await response.text().catch(() => '')).includes(KEY));
    }
    assert.ok(received.length > 6);
  });
  await check('no script saw the cookie, none was refused, none broke', async () => {
    assert.equal(await page.evaluate(() => document.cookie), '');
    // The broken model's 500 is told there by the browser itself.
    assert.deepEqual(problems.filter(text => !text.includes('500')), []);
  });
  await check('whoever is signed out is told, with the way back', async () => {
    await page.context().clearCookies();
    await ask('story', 'Still there?');
    const link = page.locator('.fault a');
    await link.waitFor();
    assert.equal(await link.getAttribute('href'), '/pin?next=%2Findex.html');
    await page.screenshot({ path: `${screenshots}/4-signed-out.png` });
    await link.click();
    await typePin(page, pin);
    await page.waitForSelector('#ask');
  });
  await check('Sign out leads to the PIN form', async () => {
    await page.click('text=Sign out');
    await page.waitForSelector('input[name=pin]');
    // Another address: http.server tells no Cache-Control, so the browser may still hold what it has seen.
    await page.goto(gate + '/index.html?again');
    assert.equal(new URL(page.url()).pathname, '/pin');
  });
  await page.context().browser().close();
  end();
}

main();
