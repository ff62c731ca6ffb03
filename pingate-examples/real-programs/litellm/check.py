"""OpenAI's client before the gate: check.py GATE_BEFORE_LITELLM GATE_BEFORE_FAKE FAKE_PORT COOKIE"""

import json
import sys
import time
import urllib.request
from pathlib import Path

import httpx
import openai

sys.path.insert(0, str(Path(__file__).parents[1]))
from results import check  # noqa: E402

LITELLM, DIRECT, FAKE_PORT, COOKIE = sys.argv[1:]
KEY = "sk-only-the-gate-knows-this"
# What a program without a page sends: the cookie, and that it is not another site's page.
HEADERS = {"Cookie": COOKIE, "Sec-Fetch-Site": "same-origin"}
QUESTION = [{"role": "user", "content": "What about the gate?"}]


def client(gate, headers=HEADERS):
    return openai.OpenAI(
        base_url=gate + "/api/llm/v1", api_key="not-needed", default_headers=headers, max_retries=0, timeout=30
    )


def seen():
    with urllib.request.urlopen(f"http://127.0.0.1:{FAKE_PORT}/seen", timeout=10) as answer:
        return json.load(answer)


def leaves(gate, model, before_leaving):
    """Seconds from the client's leaving to the end of the upstream call."""
    stream = client(gate).chat.completions.create(model=model, messages=QUESTION, stream=True)
    before_leaving(stream)
    left = time.time()
    stream.close()
    deadline = left + 10
    while (call := seen()[-1])["ended"] is None:
        assert time.time() < deadline, "the upstream call still runs after 10 s"
        time.sleep(0.05)
    assert call["ended"] == "left", call["ended"]
    return call["endedAt"] / 1000 - left


with check("no cookie: 401"):
    try:
        client(LITELLM, {"Sec-Fetch-Site": "same-origin"}).models.list()
        raise AssertionError("it was let in")
    except openai.AuthenticationError:
        pass

with check("LiteLLM's models are listed"):
    assert {model.id for model in client(LITELLM).models.list()} == {"mock", "endless"}

with check("a chat is answered"):
    answer = client(LITELLM).chat.completions.create(model="mock", messages=QUESTION)
    assert answer.choices[0].message.content.startswith("The gate is open"), answer

with check("a chat is streamed"):
    chunks = list(client(LITELLM).chat.completions.create(model="mock", messages=QUESTION, stream=True))
    pieces = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]
    assert "".join(pieces).endswith("one piece after the other."), pieces
    assert len(pieces) > 3, pieces

with check("a chat that never ends is streamed while it is told, through LiteLLM"):
    words = []
    for chunk in client(LITELLM).chat.completions.create(model="endless", messages=QUESTION, stream=True):
        words.append(chunk.choices[0].delta.content)
        if len(words) == 5:
            break
    assert "".join(words) == "Once upon a time a ", words

with check("the async client streams too"):
    import asyncio

    async def ask():
        asking = openai.AsyncOpenAI(
            base_url=LITELLM + "/api/llm/v1", api_key="not-needed", default_headers=HEADERS, timeout=30
        )
        stream = await asking.chat.completions.create(model="mock", messages=QUESTION, stream=True)
        return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

    assert asyncio.run(ask()).endswith("one piece after the other.")

with check("/key/generate is refused with 403, and the setting is named"):
    answer = httpx.post(LITELLM + "/api/llm/key/generate", headers=HEADERS, json={})
    assert answer.status_code == 403 and "LITELLM_ALLOWED_PATHS" in answer.text, answer.text

with check("another site's page is refused with 403"):
    try:
        client(LITELLM, {**HEADERS, "Origin": "https://evil.example"}).models.list()
        raise AssertionError("it was let in")
    except openai.PermissionDeniedError:
        pass

with check("a POST that tells nothing of where it comes from is refused, and told what to send"):
    try:
        client(LITELLM, {"Cookie": COOKIE}).chat.completions.create(model="mock", messages=QUESTION)
        raise AssertionError("it was let in")
    except openai.PermissionDeniedError as refusal:
        assert "Sec-Fetch-Site" in str(refusal), refusal

with check("LiteLLM's own errors come through"):
    try:
        client(LITELLM).chat.completions.create(model="nothing-like-it", messages=QUESTION)
        raise AssertionError("it was answered")
    except openai.BadRequestError as refusal:
        assert "nothing-like-it" in str(refusal) and KEY not in str(refusal), refusal

with check("the LLM server gets the gate's key, and neither the client's nor the cookie"):
    list(client(DIRECT).chat.completions.create(model="story", messages=QUESTION, stream=True))
    headers = seen()[-1]["headers"]
    assert headers["authorization"] == f"Bearer {KEY}"
    assert "cookie" not in headers

with check("events come one by one, as they are written"):
    times = []
    for _ in client(DIRECT).chat.completions.create(model="story", messages=QUESTION, stream=True):
        times.append(time.time())
    gaps = [later - earlier for earlier, later in zip(times, times[1:])]
    assert times[-1] - times[0] > 1.5, "they came in one go"
    assert sum(gap > 0.03 for gap in gaps) > 0.8 * len(gaps) - 1, [round(gap, 3) for gap in gaps]

with check("a client that leaves in the middle ends the upstream call within 2 s:") as figures:
    took = leaves(DIRECT, "endless", lambda stream: [next(stream) for _ in range(3)])
    assert took < 2, took
    figures.append(f"{took:.2f} s")

with check("a client that leaves in silence ends the upstream call within 2 s:") as figures:
    took = leaves(DIRECT, "silent", lambda stream: time.sleep(1))
    assert took < 2, took
    figures.append(f"{took:.2f} s")

with check("a client that leaves LiteLLM ends the call of the model behind it"):
    leaves(LITELLM, "endless", lambda stream: [next(stream) for _ in range(3)])
