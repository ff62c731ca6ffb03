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

async function main() {
  const session = http2.connect(gate, { maxSessionMemory: 100 });
  await check('Node’s HTTP/2: 8 MiB arrive whole, three at a time', async () => {
    const sum = `${UPLOAD.length} ${createHash('sha256').update(UPLOAD).digest('hex')}`;
    const answers = await Promise.all([1, 2, 3].map(() => upload(session, { cookie })));
    assert.deepEqual(answers, Array(3).fill({ status: 200, text: sum }));
  });
  await check('Node’s HTTP/2: without a cookie it is told 401, 5 times of 5, and the connection goes on', async () => {
    for (let time = 0; time < 5; time++) {
      const { status, text } = await upload(session, {});
      assert.deepEqual([status, JSON.parse(text).sign_in], [401, '/pin']);
    }
    const { status } = await upload(session, { cookie });
    assert.equal(status, 200);
  });
  end();
}

main();
