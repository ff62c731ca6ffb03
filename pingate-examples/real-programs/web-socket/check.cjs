// Server and client in one program, so that both ends' views can be compared: check.cjs PORT GATE COOKIE
'use strict';

const assert = require('node:assert/strict');
const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const { WebSocket, WebSocketServer } = require('ws');
const { check, end } = require('../results.cjs');

const [port, gate, cookie] = process.argv.slice(2);
const CLOSE_CODES = [1000, 1001, 1011, 4000];
const server = new WebSocketServer({
  port: Number(port),
  host: '127.0.0.1',
  perMessageDeflate: { threshold: 0 },
  handleProtocols: offered => (offered.has('chat.v2') ? 'chat.v2' : false),
});

function connect(options = {}, protocols = []) {
  return new WebSocket(gate.replace('http', 'ws') + '/any/path?x=%2F', protocols, {
    headers: { Cookie: cookie },
    ...options,
  });
}

/** Both ends of one connection through the gate. */
async function pair(options, protocols) {
  const arrived = once(server, 'connection');
  const client = connect(options, protocols);
  const [[far, request]] = await Promise.all([arrived, once(client, 'open')]);
  return { client, far, request };
}

async function echo(client, far, data) {
  far.once('message', (message, binary) => far.send(message, { binary }));
  const answer = once(client, 'message');
  client.send(data);
  return (await answer)[0];
}

async function refusal(options) {
  const [problem] = await once(connect(options), 'error');
  return problem.message;
}

async function messages() {
  const { client, far, request } = await pair({}, ['chat.v1', 'chat.v2']);
  await check('the handshake arrives as it was sent, without the gate’s cookie', () => {
    assert.equal(request.url, '/any/path?x=%2F');
    assert.equal(request.headers.cookie, undefined);
  });
  await check('permessage-deflate and the subprotocol are the two ends’ own', () => {
    assert.match(client.extensions, /permessage-deflate/);
    assert.equal(client.protocol, 'chat.v2');
  });
  await check('text is echoed', async () => {
    assert.equal((await echo(client, far, 'grüß dich ✓')).toString(), 'grüß dich ✓');
  });
  await check('1 MiB of text travels compressed both ways', async () => {
    const text = 'All the same, all the time.\n'.repeat(37450).slice(0, 1 << 20);
    const before = client._socket.bytesRead;
    assert.equal((await echo(client, far, text)).toString(), text);
    assert.ok(client._socket.bytesRead - before < 50000, `${client._socket.bytesRead - before} bytes came back`);
  });
  await check('5 MiB of noise are echoed', async () => {
    const noise = randomBytes(5 << 20);
    assert.ok(noise.equals(await echo(client, far, noise)));
  });
  await check('an empty message is echoed', async () => {
    assert.equal((await echo(client, far, '')).length, 0);
  });
  await check('a ping of the client is answered by the server', async () => {
    client.ping('from here');
    assert.equal((await once(client, 'pong'))[0].toString(), 'from here');
  });
  await check('a ping of the server is answered by the client', async () => {
    far.ping('from there');
    assert.equal((await once(far, 'pong'))[0].toString(), 'from there');
  });
  client.terminate();
}

async function closings() {
  for (const code of CLOSE_CODES) {
    await check(`close code ${code} of the client reaches the server`, async () => {
      const { client, far } = await pair();
      const closed = Promise.all([once(far, 'close'), once(client, 'close')]);
      client.close(code, `the client says ${code}`);
      const [[there, why], [back]] = await closed;
      assert.deepEqual([there, why.toString(), back], [code, `the client says ${code}`, code]);
    });
    await check(`close code ${code} of the server reaches the client`, async () => {
      const { client, far } = await pair();
      const closed = Promise.all([once(client, 'close'), once(far, 'close')]);
      far.close(code, `the server says ${code}`);
      const [[here, why], [back]] = await closed;
      assert.deepEqual([here, why.toString(), back], [code, `the server says ${code}`, code]);
    });
  }
  await check('a client that vanishes is gone for the server', async () => {
    const { client, far } = await pair();
    const closed = once(far, 'close');
    client.terminate();
    assert.equal((await closed)[0], 1006);
  }, 5000);
  await check('a server that vanishes is gone for the client', async () => {
    const { client, far } = await pair();
    const closed = once(client, 'close');
    far.terminate();
    assert.equal((await closed)[0], 1006);
  }, 5000);
}

async function main() {
  await check('no cookie: 401', async () => assert.match(await refusal({ headers: {} }), /401/));
  await check('a page of another site: 403', async () => {
    assert.match(await refusal({ origin: 'https://evil.example', headers: { Cookie: cookie } }), /403/);
  });
  await check('nothing of that reached the server', () => assert.equal(server.clients.size, 0));
  await messages();
  await closings();
  await check('what does not compress goes through without the extension too', async () => {
    const { client, far } = await pair({ perMessageDeflate: false });
    assert.equal(client.extensions, '');
    assert.equal((await echo(client, far, 'plain')).toString(), 'plain');
    client.close();
  });
  end();
}

main();
