// A client before each of the proxies: check.cjs UPSTREAM_PORT GATE PIN FOLDER NAME:PORT:RELAY_PORT...
'use strict';

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const { createReadStream, readFileSync, writeFileSync } = require('node:fs');
const http = require('node:http');
const { pipeline } = require('node:stream');
const { setTimeout: pause } = require('node:timers/promises');
const { WebSocket } = require('ws');
const { check, end } = require('../results.cjs');
const upstream = require('../upstream.cjs');
const { relay } = require('./relay.cjs');

const [upstreamPort, gate, pin, folder, ...places] = process.argv.slice(2);
const CACHES = ['nginx', 'nginx-unbuffered', 'apache', 'haproxy', 'varnish'];
// Caddy 2.6 makes whole answers of broken ones, whatever is behind it.
const BLIND_TO_CUTS = ['caddy', 'caddy-h2'];
const [SEND_ERROR, RECEIVE_ERROR] = [55, 56];
const IDLE_MILLIS = 65000;
const UPLOAD = randomBytes(8 << 20);
const file = `${folder}/upload.bin`;
const uploaded = `${UPLOAD.length} ${upstream.sha256(UPLOAD)}`;

/** What curl got: its exit code, the head and the body. */
function curl(front, path, options = [], input = null) {
  const dump = `${folder}/${front.name}.body`;
  const options_ = ['-sS', '-m', '15', '-D', '-', '-o', dump, ...options, front.address + path];
  return new Promise(resolve => {
    const child = execFile('curl', options_, (problem, head) => {
      const status = Number(/^HTTP\S+ (\d+)(?![^]*\nHTTP)/m.exec(head)?.[1]);
      resolve({ exit: problem?.code ?? 0, head, status, body: status ? readFileSync(dump) : null });
    });
    // curl stops reading its input when the answer came early.
    if (input) pipeline(createReadStream(input), child.stdin, () => {});
  });
}

async function signIn(front) {
  await check(`${front.name}: the PIN is asked for and opens the page`, async () => {
    const asked = await curl(front, '/page/public', ['-H', 'Accept: text/html']);
    assert.deepEqual([asked.status, /^location: (.*)\r/im.exec(asked.head)[1]], [303, '/pin?next=/page/public']);
    const { status, head } = await curl(front, '/pin/check', ['-d', `pin=${pin}&next=/page/silent`]);
    assert.equal(status, 303, head);
    front.cookie = /^set-cookie: (pingate=[^;]+)/im.exec(head)[1];
    front.signedIn = ['-H', `Cookie: ${front.cookie}`];
    const { body } = await curl(front, '/page/silent', front.signedIn);
    assert.match(body.toString(), new RegExp(`for me@example.org, who came to 127.0.0.1:${front.port}[.]`));
  });
}

/** HAProxy breaks one such upload in twenty off by itself, also where it answers alone: then curl has no answer at all. */
async function uploadWithoutCookie(front, input) {
  const options = ['-H', 'Expect:', '-T', input ? '-' : file];
  for (let tries = 5; ; tries--) {
    const answer = await curl(front, '/upload', options, input);
    const brokenOff = front.name.startsWith('haproxy') && [SEND_ERROR, RECEIVE_ERROR].includes(answer.exit) && !answer.status;
    if (!brokenOff || tries === 0) return answer;
  }
}

async function bodies(front) {
  await check(`${front.name}: 8 MiB are uploaded whole, with a length and in chunks`, async () => {
    const counted = await curl(front, '/upload', [...front.signedIn, '-T', file]);
    assert.equal(String(counted.body), uploaded);
    const chunked = await curl(front, '/upload', [...front.signedIn, '-H', 'Expect:', '-T', '-'], file);
    assert.equal(String(chunked.body), uploaded);
  });
  await check(`${front.name}: an upload without a cookie gets its 401, 5 times of 5`, async () => {
    for (const input of [null, null, null, file, file]) {
      const { exit, status, body, head } = await uploadWithoutCookie(front, input);
      assert.deepEqual([exit, status], [0, 401], head);
      assert.equal(JSON.parse(body).sign_in, '/pin');
    }
  });
  await check(`${front.name}: 6 MiB are downloaded whole`, async () => {
    assert.equal(upstream.sha256((await curl(front, '/large', front.signedIn)).body), upstream.sha256(upstream.LARGE));
  });
  if (BLIND_TO_CUTS.includes(front.name)) return;
  await check(`${front.name}: an answer that breaks off is not taken for a whole one`, async () => {
    const { exit, head } = await curl(front, '/cut', front.signedIn);
    assert.ok(exit !== 0, `curl was content with ${head}`);
  });
}

/** Each event is only sent when the one before has arrived whole: a piece that is held back anywhere ends the test. */
async function events(front) {
  await check(`${front.name}: each event arrives before the next is sent`, async () => {
    const request = http.get(`${front.address}/events/${front.name}`, { headers: { Cookie: front.cookie } });
    const [response] = await once(request, 'response');
    assert.equal(response.headers['content-type'], 'text/event-stream');
    let text = '';
    for await (const piece of response.setEncoding('utf8')) {
      text += piece;
      const arrived = text.split('\n\n').length - 1;
      if (arrived === 20) break;
      if (text.endsWith('\n\n')) upstream.next(front.name);
    }
    const all = Array.from({ length: 20 }, (_, i) => `id: ${i + 1}\ndata: {"n":${i + 1}}\n\n`);
    assert.equal(text, all.join(''));
    request.destroy();
  });
}

async function webSocket(front) {
  const connect = headers => new WebSocket(front.address.replace('http', 'ws') + '/echo', { headers });
  await check(`${front.name}: a WebSocket is refused without the cookie, and echoes with it`, async () => {
    assert.match((await once(connect({}), 'error'))[0].message, /401/);
    const socket = connect({ Cookie: front.cookie, Origin: front.address });
    await Promise.race([once(socket, 'open'), once(socket, 'error').then(([problem]) => Promise.reject(problem))]);
    for (const message of [Buffer.from('grüß dich ✓'), randomBytes(300000)]) {
      socket.send(message);
      assert.ok(message.equals((await once(socket, 'message'))[0]));
    }
    socket.close(4000, 'enough');
    assert.equal((await once(socket, 'close'))[0], 4000);
  });
}

async function caches(front) {
  const fetchPage = async (path, options) => String((await curl(front, path, options)).body);
  await check(`${front.name}: its cache keeps what is public`, async () => {
    const first = await fetchPage('/open/public', []);
    assert.match(first, /for everybody/);
    assert.equal(await fetchPage('/open/public', []), first);
  });
  await check(`${front.name}: its cache hands nobody's page to a stranger, and no sign-in page to who is signed in`, async () => {
    for (const kind of Object.keys(upstream.CACHING)) {
      const path = `/kept/${kind}`;
      const form = await curl(front, path, ['-H', 'Accept: text/html']);
      assert.deepEqual([kind, form.status], [kind, 303]);
      const pages = [await fetchPage(path, front.signedIn), await fetchPage(path, front.signedIn)];
      for (const page of pages) assert.match(page, /for me@example.org/);
      assert.notEqual(pages[0], pages[1], `${kind} was kept`);
      const stranger = await curl(front, path);
      assert.deepEqual([kind, stranger.status], [kind, 401]);
      assert.doesNotMatch(String(stranger.body), /for me/);
    }
  });
}

async function idle(front) {
  await check(`${front.name}: its connection to the gate is used again after 65 s`, async () => {
    const opened = front.relay.connections;
    await pause(front.idleSince + IDLE_MILLIS - Date.now());
    const { status, body } = await curl(front, '/idle/silent', front.signedIn);
    assert.equal(status, 200);
    assert.match(String(body), /for me@example.org/);
    assert.deepEqual([front.relay.connections, front.relay.closedByGate], [opened, 0]);
    assert.equal(front.relay.begins.startsWith('PRI * HTTP/2'), front.name.endsWith('-h2'), front.relay.begins);
  }, IDLE_MILLIS + 20000);
}

async function main() {
  writeFileSync(file, UPLOAD);
  upstream.listen(Number(upstreamPort));
  const fronts = places.map(place => {
    const [name, port, relayPort] = place.split(':');
    return { name, port, address: `http://127.0.0.1:${port}`, relay: relay(Number(relayPort), Number(new URL(gate).port)) };
  });
  for (const front of fronts) {
    await signIn(front);
    await curl(front, '/idle/silent', front.signedIn);
    front.idleSince = Date.now();
  }
  for (const front of fronts) {
    await bodies(front);
    await events(front);
    await webSocket(front);
    if (CACHES.includes(front.name)) await caches(front);
  }
  // By default nginx closes its connection after each request.
  for (const front of fronts.filter(({ name }) => name !== 'nginx')) await idle(front);
  end();
}

main();
