// Server and client in one program, so that both ends' views can be compared: check.cjs PORT GATE COOKIE
'use strict';

const assert = require('node:assert/strict');
const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { Server } = require('socket.io');
const { io } = require('socket.io-client');
const { check, end } = require('../results.cjs');

const [port, gate, cookie] = process.argv.slice(2);

function serve() {
  const http = createServer();
  const server = new Server(http, { maxHttpBufferSize: 2e6 });
  server.on('connection', socket => {
    socket.on('echo', (value, reply) => reply(value));
    socket.on('count', to => {
      for (let n = 1; n <= to; n++) socket.emit('number', n);
    });
    socket.on('leave me', () => socket.disconnect());
    socket.on('who am I', reply => reply(socket.handshake.headers));
  });
  http.listen(Number(port), '127.0.0.1');
  return server;
}

function connect(transports, headers = { Cookie: cookie }) {
  return io(gate, { transports, extraHeaders: headers, reconnection: false, forceNew: true });
}

async function connected(transports) {
  const socket = connect(transports);
  await Promise.race([
    once(socket, 'connect'),
    once(socket, 'connect_error').then(([problem]) => Promise.reject(problem)),
  ]);
  return socket;
}

async function conversation(name, transports) {
  let socket;
  await check(`${name} connects`, async () => {
    socket = await connected(transports);
    assert.equal(socket.io.engine.transport.name, transports[0]);
  });
  await check(`${name} brings text and bytes there and back`, async () => {
    const bytes = randomBytes(300000);
    assert.equal(await socket.emitWithAck('echo', 'grüß dich ✓'), 'grüß dich ✓');
    assert.ok(bytes.equals(await socket.emitWithAck('echo', bytes)));
  });
  await check(`${name} brings 500 events in order`, async () => {
    const numbers = [];
    const all = new Promise(resolve => socket.on('number', n => numbers.push(n) === 500 && resolve()));
    socket.emit('count', 500);
    await all;
    assert.deepEqual(numbers, Array.from({ length: 500 }, (_, i) => i + 1));
  });
  await check(`${name}: the handshake names the user and hides the gate's cookie`, async () => {
    const headers = await socket.emitWithAck('who am I');
    assert.equal(headers['x-trusted-user-email'], 'me@example.org');
    assert.equal(headers.cookie, undefined);
  });
  await check(`${name}: the server's goodbye arrives`, async () => {
    const goodbye = once(socket, 'disconnect');
    socket.emit('leave me');
    assert.equal((await goodbye)[0], 'io server disconnect');
  });
}

async function refused(name, transports) {
  await check(`${name} is refused without the cookie`, async () => {
    const socket = connect(transports, {});
    const [problem] = await once(socket, 'connect_error');
    socket.close();
    const status = problem.context?.status ?? String(problem.context?.message);
    assert.match(String(problem.description?.message ?? problem.description ?? status), /401/);
  });
}

async function main() {
  const server = serve();
  await refused('polling', ['polling']);
  await refused('websocket', ['websocket']);
  assert.equal(server.engine.clientsCount, 0);
  await conversation('polling', ['polling']);
  await conversation('websocket', ['websocket']);
  await check('polling turns into a websocket', async () => {
    const socket = await connected(['polling', 'websocket']);
    if (socket.io.engine.transport.name !== 'websocket') await once(socket.io.engine, 'upgrade');
    assert.equal(await socket.emitWithAck('echo', 'after the upgrade'), 'after the upgrade');
    socket.close();
  });
  await check('a client that leaves is gone for the server', async () => {
    const socket = await connected(['websocket']);
    const [gone] = [...server.sockets.sockets.values()];
    const left = once(gone, 'disconnect');
    socket.io.engine.transport.ws.terminate();
    assert.match((await left)[0], /transport (close|error)/);
  }, 5000);
  end();
}

main();
