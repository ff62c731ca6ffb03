// git's own server program as a web server's CGI: cgi.cjs PORT FOLDER_OF_REPOSITORIES
'use strict';

const { spawn } = require('node:child_process');
const { createServer } = require('node:http');

const [port, folder] = process.argv.slice(2);

function variables(request) {
  const { pathname, search } = new URL(request.url, 'http://server');
  const { headers } = request;
  return {
    PATH: process.env.PATH,
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: headers['git-protocol'] ?? '',
    REQUEST_METHOD: request.method,
    PATH_INFO: pathname,
    QUERY_STRING: search.slice(1),
    CONTENT_TYPE: headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    // The name that the gate gives.
    REMOTE_USER: headers['x-trusted-user-name'] ?? '',
    REMOTE_ADDR: '127.0.0.1',
    ...(headers['content-length'] && { CONTENT_LENGTH: headers['content-length'] }),
  };
}

function head(lines, response) {
  for (const line of lines) {
    const [, name, value] = /^([^:]+): *(.*)$/.exec(line);
    if (name === 'Status') response.statusCode = parseInt(value);
    else response.setHeader(name, value);
  }
}

createServer((request, response) => {
  const program = spawn('git', ['http-backend'], { env: variables(request), stdio: ['pipe', 'pipe', 'inherit'] });
  request.pipe(program.stdin).on('error', () => {});
  let begun = Buffer.alloc(0);
  program.stdout.on('data', function read(piece) {
    begun = Buffer.concat([begun, piece]);
    const end = begun.indexOf('\r\n\r\n');
    if (end < 0) return;
    program.stdout.off('data', read);
    head(begun.toString('latin1', 0, end).split('\r\n'), response);
    response.write(begun.subarray(end + 4));
    program.stdout.pipe(response);
  });
}).listen(Number(port), '127.0.0.1');
