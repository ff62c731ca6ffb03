// Node's HTTP/2 client, which speaks it to the gate from the first byte: http2.cjs GATE COOKIE
'use strict';

const assert = require('node:assert/strict');
const { createHash, randomBytes } = require('node:crypto');
const { once } = require('node:events');
const http2 = require('node:http2');
const { check, end } = require('../results.cjs');

const [gate, cookie] = process.argv.slice(2);
const UPLOAD = randomBytes(8 << 20);

async function upload(session, headers) {
  const stream = session.request({ ':method': 'PUT', ':path': '/upload', ...headers });
  stream.end(UPLOAD);
  const [head] = await once(stream, 'response');
  let text = '';
  for await (const piece of stream.setEncoding('utf8')) text += piece;
  return { status: head[':status'], text };
}

async function download(session, path) {
  const stream = session.request({ ':path': path, cookie });
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function main() {
  // Node counts in MB what it has not sent, that of answered uploads too.
  const session = http2.connect(gate, { maxSessionMemory: 1000 });
  await check('Node’s HTTP/2: 8 MiB arrive whole, three at a time', async () => {
    const sum = `${UPLOAD.length} ${createHash('sha256').update(UPLOAD).digest('hex')}`;
    const answers = await Promise.all([1, 2, 3].map(() => upload(session, { cookie })));
    assert.deepEqual(answers, Array(3).fill({ status: 200, text: sum }));
  });
  await check('Node’s HTTP/2: 20 uploads without a cookie are told 401, and the connection goes on', async () => {
    for (let time = 0; time < 20; time++) {
      const { status, text } = await upload(session, {});
      assert.deepEqual([status, JSON.parse(text).sign_in], [401, '/pin']);
    }
    assert.equal((await upload(session, { cookie })).status, 200);
  });
  // More than 128 a second, which Jetty takes for an attack by itself.
  await check('Node’s HTTP/2: 1000 answers of 100 kB come on one connection, 10 at a time', async () => {
    let left = 1000;
    const some = async () => {
      while (left-- > 0) assert.equal((await download(session, '/large/100000')).length, 100000);
    };
    await Promise.all(Array.from({ length: 10 }, some));
  });
  end();
}

main();
