// A chat with an OpenAI-compatible server by way of the gate's LLM route. The sign-in's cookie is all that opens it.

const API = '/api/llm/v1';
const $ = id => document.getElementById(id);
const conversation = $('conversation');
const hint = conversation.firstElementChild;
let messages = [];
let asking = null;

function show(role, text = '') {
  const line = document.createElement('p');
  line.className = role;
  // Never as HTML: a model's words are a stranger's.
  line.textContent = text;
  conversation.append(line);
  conversation.scrollTop = conversation.scrollHeight;
  return line;
}

function append(line, text) {
  const atEnd = conversation.scrollHeight - conversation.scrollTop - conversation.clientHeight < 40;
  line.textContent += text;
  if (atEnd) conversation.scrollTop = conversation.scrollHeight;
}

function showFault(problem) {
  const line = show('fault', problem.message);
  if (problem.status !== 401) return;
  const link = document.createElement('a');
  link.href = '/pin?next=' + encodeURIComponent(location.pathname);
  link.textContent = 'Sign in';
  line.replaceChildren('You are signed out. ', link);
}

async function request(path, options) {
  const response = await fetch(API + path, options);
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  const said = answer.error?.message ?? answer.error ?? answer.message;
  throw Object.assign(new Error(said ?? `The server answered ${response.status}.`), { status: response.status });
}

/** The data of each event of a stream (HTML, section 9.2.6), as far as these APIs use it: one line of data an event. */
async function* events(body) {
  let rest = '';
  for await (const piece of pieces(body.pipeThrough(new TextDecoderStream()))) {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop();
    for (const line of lines) if (line.startsWith('data:')) yield line.slice(5).trim();
  }
}

/** What `for await (... of stream)` does where browsers know it. */
async function* pieces(stream) {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function answer(line, signal) {
  const response = await request('/chat/completions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ model: $('model').value, messages, stream: true }),
    signal,
  });
  for await (const data of events(response.body)) {
    if (data === '[DONE]') return;
    const event = JSON.parse(data);
    if (event.error) throw new Error(event.error.message);
    append(line, event.choices?.[0]?.delta?.content ?? '');
  }
}

function setBusy(busy) {
  $('send').hidden = busy;
  $('stop').hidden = !busy;
}

async function ask(question) {
  hint.remove();
  show('user', question);
  messages.push({ role: 'user', content: question });
  const line = show('assistant busy');
  const mine = (asking = new AbortController());
  setBusy(true);
  try {
    await answer(line, mine.signal);
  } catch (problem) {
    if (problem.name !== 'AbortError') showFault(problem);
  }
  line.classList.remove('busy');
  // A new chat may have begun meanwhile; what was said before it is not part of it.
  if (asking !== mine) return;
  if (line.textContent === '') {
    line.remove();
    messages.pop();
  } else {
    messages.push({ role: 'assistant', content: line.textContent });
  }
  asking = null;
  setBusy(false);
}

function startAfresh() {
  asking?.abort();
  asking = null;
  messages = [];
  conversation.replaceChildren(hint);
  setBusy(false);
  $('question').focus();
}

async function listModels() {
  const { data } = await (await request('/models')).json();
  $('model').replaceChildren(...data.map(model => new Option(model.id)));
}

$('ask').addEventListener('submit', event => {
  event.preventDefault();
  const question = $('question').value.trim();
  if (question === '' || asking) return;
  $('question').value = '';
  ask(question);
});
$('question').addEventListener('keydown', event => {
  // isComposing: Enter that chooses a character does not send.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $('ask').requestSubmit();
});
$('stop').addEventListener('click', () => asking?.abort());
$('fresh').addEventListener('click', startAfresh);
listModels().catch(showFault);
