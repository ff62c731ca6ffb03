// Between a proxy and the gate: passes the bytes on, and tells how many connections there were and what they began with.
'use strict';

const { connect, createServer } = require('node:net');

function relay(port, gatePort) {
  const seen = { connections: 0, begins: '', closedByGate: 0 };
  const server = createServer({ allowHalfOpen: true }, near => {
    const far = connect({ port: gatePort, host: '127.0.0.1', allowHalfOpen: true });
    seen.connections++;
    near.once('data', bytes => (seen.begins = bytes.toString('latin1', 0, 14)));
    far.once('end', () => (seen.closedByGate += near.readableEnded ? 0 : 1));
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  server.listen(port, '127.0.0.1');
  return seen;
}

module.exports = { relay };
