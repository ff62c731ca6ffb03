// Speaks as much of OpenAI's API as a chat needs, and remembers who called and how it ended: fake-llm.cjs PORT
// GET /seen tells. Models: "story" ends, "endless" does not, "silent" never says a word, "broken" answers 500.
'use strict';

const { createServer } = require('node:http');

const WORDS = 'Once upon a time a gate stood before a **tool**, and only those who knew its PIN came in. <b>End.</b>';
const PAUSE_MILLIS = 120;
const seen = [];

function chunk(delta, finish = null) {
  const choice = { index: 0, delta, finish_reason: finish };
  return `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'fake',
    choices: [choice],
  })}\n\n`;
}

function stream(model, call, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Access-Control-Allow-Origin': '*' });
  response.flushHeaders();
  const words = WORDS.match(/\S+\s*/g);
  let next = 0;
  const timer = setInterval(() => {
    if (model === 'silent') return;
    if (next < words.length || model === 'endless') {
      response.write(chunk({ role: 'assistant', content: words[next++ % words.length] }));
      call.sent++;
      return;
    }
    clearInterval(timer);
    response.end(chunk({}, 'stop') + 'data: [DONE]\n\n');
  }, PAUSE_MILLIS);
  response.on('close', () => {
    clearInterval(timer);
    call.ended = response.writableFinished ? 'whole' : 'left';
    call.endedAt = Date.now();
  });
}

function answer(response, status, value) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

async function serve(request, response) {
  if (request.url === '/seen') return answer(response, 200, seen);
  const { method, url, headers } = request;
  const call = { method, url, headers, model: null, messages: [], sent: 0, ended: null, endedAt: null };
  seen.push(call);
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  const { model, messages } = text === '' ? {} : JSON.parse(text);
  Object.assign(call, { model, messages });
  if (url.endsWith('/models')) return answer(response, 200, { object: 'list', data: [{ id: 'story', object: 'model' }] });
  if (model === 'broken') return answer(response, 500, { error: { message: 'The model fell over.' } });
  return stream(model, call, response);
}

createServer(serve).listen(Number(process.argv[2]), '127.0.0.1');
