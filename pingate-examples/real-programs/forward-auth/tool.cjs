// The tool behind the proxies: says what it was asked, and by whom as far as it was told. Counts on no one but the proxy.
const http = require('http');

const port = Number(process.argv[2]);
http.createServer((request, response) => {
  let body = '';
  request.on('data', (piece) => { body += piece; });
  request.on('end', () => {
    const email = request.headers['x-trusted-user-email'];
    response.setHeader('Content-Type', 'text/plain');
    response.end(`tool heard ${request.method} ${request.url} from ${email || 'nobody'}: ${body}\n`);
  });
}).listen(port, '127.0.0.1');
