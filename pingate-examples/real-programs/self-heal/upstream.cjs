// A program whose pages use all the ways to talk to their server: start(PORT).
'use strict';

const { createServer } = require('node:http');
const { WebSocketServer } = require('ws');

const POLICIES = {
  none: '',
  self: "default-src 'self'",
  nonce: "default-src 'self'; script-src 'nonce-abc123' 'strict-dynamic'",
  trusted: "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
};
const FRAMED = "default-src 'self'";

const APP = `
window.loads = 1;
window.rejected = 0;
window.events = 0;
window.ended = 0;
addEventListener('unhandledrejection', () => window.rejected++);
window.load = async () => (await fetch('/data')).status;
window.send = () => new Promise(done => {
  const request = new XMLHttpRequest();
  request.open('POST', '/data');
  request.onloadend = () => done(request.status);
  request.send('x');
});
window.listen = () => new Promise(done => {
  window.source = new EventSource('/events');
  window.source.onmessage = () => done(++window.events);
});
window.connect = () => new Promise(done => {
  window.socket = new WebSocket(location.origin.replace('http', 'ws') + '/socket');
  window.socket.onclose = event => (window.ended = event.code);
  window.socket.onopen = () => done(1);
});
`;

function page(name) {
  const nonce = name === 'nonce' ? ' nonce="abc123"' : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notes</title>
<link rel="manifest" href="/manifest.json"><link rel="icon" href="/data"><script src="/app.js"${nonce}></script></head>
<body><main><h1>Notes</h1><label>Note <textarea id="note" rows="6" cols="60"></textarea></label></main></body></html>`;
}

const TYPES = { js: 'text/javascript', json: 'application/json' };

function serve(request, response) {
  const path = new URL(request.url, 'http://upstream').pathname;
  const name = path.slice(1);
  if (path === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('retry: 200\ndata: 1\n\n');
  } else if (path === '/app.js' || path === '/manifest.json' || path === '/data') {
    response.setHeader('Content-Type', TYPES[path.split('.')[1]] ?? 'text/plain');
    response.end(path === '/app.js' ? APP : path === '/data' ? 'data' : '{"name":"Notes"}');
  } else {
    response.setHeader('Content-Type', 'text/html');
    const policy = name === 'frames' ? FRAMED : POLICIES[name];
    if (policy) response.setHeader('Content-Security-Policy', policy);
    response.end(name === 'frames'
      ? page(name).replace('</main>', '<iframe title="inner" src="/self"></iframe></main>')
      : page(name));
  }
}

function start(port) {
  const server = createServer(serve);
  new WebSocketServer({ server, path: '/socket' });
  return new Promise(done => server.listen(port, '127.0.0.1', () => done(server)));
}

module.exports = { start, POLICIES };
