// A program behind the gate: pages for caches, uploads that are counted, events that wait for their reader, an echo:
// upstream.cjs PORT, or as a part of a check.
'use strict';

const { createHash, randomBytes } = require('node:crypto');
const { createServer } = require('node:http');
const { WebSocketServer } = require('ws');

const LARGE = randomBytes(6 << 20);
const PAUSE_MILLIS = 100;
const SLOW_MILLIS = 1500;
// Also what a careless program says about a page for one person.
const CACHING = {
  public: { 'Cache-Control': 'public, max-age=600' },
  shared: { 'Cache-Control': 's-maxage=600', 'Surrogate-Control': 'max-age=600' },
  expires: { Expires: new Date(Date.now() + 600000).toUTCString() },
  silent: { 'Last-Modified': new Date(Date.now() - 86400000).toUTCString() },
};
const streams = new Map();
let served = 0;

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The next event of a stream; none is sent unless it is asked for here. */
function next(id) {
  const stream = streams.get(id);
  stream.response.write(`id: ${++stream.sent}\ndata: {"n":${stream.sent}}\n\n`);
  return stream.sent;
}

function events(id, response) {
  // What LiteLLM says, for nginx.
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no', 'Cache-Control': 'no-cache' });
  streams.set(id, { response, sent: 0 });
  response.on('close', () => streams.delete(id));
  next(id);
}

function page(kind, request, response) {
  const owner = request.headers['x-trusted-user-email'] ?? 'everybody';
  response.writeHead(200, { 'Content-Type': 'text/html', ...CACHING[kind] });
  response.end(`<p>Page ${++served} for ${owner}, who came to ${request.headers.host}.`);
}

/** A large answer that breaks off in the middle. */
function cut(response) {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
  response.write(LARGE.subarray(0, 200000), () => setTimeout(() => response.destroy(), PAUSE_MILLIS));
}

async function upload(request, response) {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of request) {
    hash.update(piece);
    bytes += piece.length;
  }
  response.end(`${bytes} ${hash.digest('hex')}`);
}

function serve(request, response) {
  const [, first, second] = new URL(request.url, 'http://upstream').pathname.split('/');
  if (first === 'events') events(second, response);
  else if (first === 'upload') upload(request, response).catch(() => response.destroy());
  else if (first === 'large') response.end(LARGE.subarray(0, second && Number(second)));
  else if (first === 'large.sha256') response.end(sha256(LARGE));
  else if (first === 'slow') setTimeout(() => response.end('It took a while.\n'), SLOW_MILLIS);
  else if (first === 'cut') cut(response);
  else if (first === 'next') response.end(String(next(second)));
  else page(second, request, response);
}

function listen(port) {
  const server = createServer(serve);
  const sockets = new WebSocketServer({ server, path: '/echo' });
  sockets.on('connection', socket => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })));
  server.listen(port, '127.0.0.1');
}

if (require.main === module) listen(Number(process.argv[2]));

module.exports = { CACHING, LARGE, listen, next, sha256 };
