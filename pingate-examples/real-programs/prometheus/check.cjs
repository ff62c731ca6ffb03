// A person and a program before Prometheus: check.cjs BROWSER GATE PIN COOKIE
'use strict';

const assert = require('node:assert/strict');
const { setTimeout: pause } = require('node:timers/promises');
const { openPage, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, pin, cookie] = process.argv.slice(2);

function ask(path, options = {}) {
  return fetch(gate + path, { redirect: 'manual', ...options, headers: { Cookie: cookie, ...options.headers } });
}

async function value(query) {
  const answer = await ask('/api/v1/query', { method: 'POST', body: new URLSearchParams({ query }) });
  assert.equal(answer.status, 200);
  const { data } = await answer.json();
  return data.result[0]?.value[1];
}

async function api() {
  await check('the API is closed without the PIN, for questions and for a reload', async () => {
    assert.equal((await fetch(gate + '/api/v1/query?query=1')).status, 401);
    assert.equal((await fetch(gate + '/-/reload', { method: 'POST' })).status, 401);
  });
  await check('its figures are public', async () => {
    const answer = await fetch(gate + '/metrics');
    assert.match(await answer.text(), /^prometheus_build_info\{/m);
  });
  await check('a question is answered, from the query and from a form', async () => {
    const asked = await ask('/api/v1/query?query=' + encodeURIComponent('vector(6) * 7'));
    assert.equal((await asked.json()).data.result[0].value[1], '42');
    assert.equal(await value('scalar(vector(6)) * scalar(vector(7)) + vector(0)'), '42');
  });
  await check('it reads its own figures through the gate', async () => {
    while ((await value('sum(up)')) !== '2') await pause(200);
    assert.equal(await value('up{job="through-the-gate"}'), '1');
  });
  await check('brackets and braces in a query arrive as they are', async () => {
    const answer = await ask('/federate?match[]={job="through-the-gate",__name__=~"up|scrape_.*"}');
    assert.match(await answer.text(), /^up\{.*job="through-the-gate".*\} 1 /m);
  });
  await check('a reload by POST is done', async () => assert.equal((await ask('/-/reload', { method: 'POST' })).status, 200));
}

async function main() {
  await api();
  const page = await openPage(executablePath);
  await check('a person asks behind the PIN, and reads the answer', async () => {
    await page.goto(gate + '/');
    await typePin(page, pin);
    await page.waitForURL('**/graph**');
    await page.goto(gate + '/graph?g0.expr=' + encodeURIComponent('up{job="through-the-gate"}') + '&g0.tab=1');
    await page.getByText('job="through-the-gate"').filter({ hasText: 'up{' }).first().waitFor();
  });
  await page.context().browser().close();
  end();
}

main();
