// A person with a browser before Node-RED: check.cjs BROWSER GATE PIN FOLDER
'use strict';

const assert = require('node:assert/strict');
const { openPage, typePin } = require('../browser.cjs');
const { check, end } = require('../results.cjs');

const [executablePath, gate, pin, folder] = process.argv.slice(2);
const FLOW = [
  { id: 'tab', type: 'tab', label: 'Behind the gate' },
  { id: 'inject', type: 'inject', z: 'tab', x: 100, y: 60, payload: 'grüß dich ✓', payloadType: 'str', wires: [['debug']] },
  { id: 'debug', type: 'debug', z: 'tab', x: 400, y: 60, active: true, tosidebar: true, complete: 'payload' },
  { id: 'in', type: 'http in', z: 'tab', x: 100, y: 120, url: '/double', method: 'post', wires: [['double']] },
  { id: 'double', type: 'function', z: 'tab', x: 250, y: 120, func: 'msg.payload = { twice: 2 * msg.payload.n }; return msg;', wires: [['out']] },
  { id: 'out', type: 'http response', z: 'tab', x: 400, y: 120 },
];

/** A request of the page itself, with what it brings along. */
function ask(page, method, path, body, headers = {}) {
  return page.evaluate(
    async ([path, options]) => {
      const answer = await fetch(path, options);
      return { status: answer.status, text: await answer.text() };
    },
    [path, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } }],
  );
}

async function main() {
  await check('its API is closed without the PIN', async () => {
    assert.equal((await fetch(gate + '/flows')).status, 401);
    assert.equal((await fetch(gate + '/flows', { method: 'POST', body: '[]' })).status, 401);
  });
  const page = await openPage(executablePath);
  const frames = [];
  page.on('websocket', socket => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  await check('the PIN opens the editor, with its palette of nodes', async () => {
    await page.goto(gate + '/#flow/tab');
    await typePin(page, pin);
    await page.waitForSelector('.red-ui-palette-node[data-palette-type=inject]');
    assert.equal(new URL(page.url()).pathname, '/');
  });
  await check('a flow is deployed over the API, and the editor is told over the WebSocket', async () => {
    const { status, text } = await ask(page, 'POST', '/flows', FLOW, { 'Node-RED-Deployment-Type': 'full' });
    assert.equal(status, 204, text);
    while (!frames.some(frame => frame.includes('notification/runtime-deploy'))) await page.waitForTimeout(50);
  });
  await check('what the flow says comes over the WebSocket', async () => {
    // The editor is told of a deployment before the flow runs; what is injected until then is lost.
    do {
      await ask(page, 'POST', '/inject/inject', {});
      await page.waitForTimeout(250);
    } while (!frames.some(frame => frame.includes('grüß dich ✓')));
  });
  await check('the flow’s own address is behind the PIN, and answers', async () => {
    const stranger = await fetch(gate + '/double', { method: 'POST', body: '{"n":21}' });
    assert.equal(stranger.status, 401);
    assert.deepEqual(await ask(page, 'POST', '/double', { n: 21 }), { status: 200, text: '{"twice":42}' });
  });
  await check('the editor shows the flow', async () => {
    await page.reload();
    await page.getByText('Behind the gate').first().waitFor();
    await page.screenshot({ path: `${folder}/editor.png` });
  });
  await page.context().browser().close();
  end();
}

main();
