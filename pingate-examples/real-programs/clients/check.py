"""python-requests and http.client before the gate: check.py GATE UPSTREAM PIN"""

import hashlib
import http.client
import os
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import requests

sys.path.insert(0, str(Path(__file__).parents[1]))
from results import check  # noqa: E402

GATE, UPSTREAM, PIN = sys.argv[1:]
UPLOAD = os.urandom(8 << 20)
session = requests.Session()


def next_event(stream):
    """Has the program send one more, which it does not do by itself."""
    with urllib.request.urlopen(f"{UPSTREAM}/next/{stream}", timeout=10) as answer:
        return answer.read()


with check("requests: the PIN opens the page"):
    assert session.get(GATE + "/page/silent", timeout=10).status_code == 401
    answer = session.post(GATE + "/pin/check", data={"pin": PIN, "next": "/page/silent"}, timeout=10)
    assert answer.history[0].status_code == 303 and "for me@example.org" in answer.text, answer.text

with check("requests: iter_lines has each event before the next is sent"):
    answer = session.get(GATE + "/events/lines", stream=True, timeout=10)
    lines = []
    for line in answer.iter_lines(decode_unicode=True):
        lines.append(line)
        if len(lines) == 60:
            break
        if line == "":
            next_event("lines")
    assert lines == [line for n in range(1, 21) for line in (f"id: {n}", f'data: {{"n":{n}}}', "")], lines
    answer.close()

with check("requests: 8 MiB go up with a length and in chunks, as a form too"):
    expected = f"{len(UPLOAD)} {hashlib.sha256(UPLOAD).hexdigest()}"
    assert session.put(GATE + "/upload", data=UPLOAD, timeout=30).text == expected
    pieces = (UPLOAD[at : at + 100000] for at in range(0, len(UPLOAD), 100000))
    assert session.post(GATE + "/upload", data=pieces, timeout=30).text == expected
    form = requests.Request("POST", GATE + "/upload", files={"file": ("a.bin", UPLOAD)}, cookies=session.cookies).prepare()
    expected = f"{len(form.body)} {hashlib.sha256(form.body).hexdigest()}"
    assert session.send(form, timeout=30).text == expected

with check("requests: 6 MiB come down whole"):
    expected = session.get(GATE + "/large.sha256", timeout=10).text
    assert hashlib.sha256(session.get(GATE + "/large", timeout=30).content).hexdigest() == expected

with check("requests: an answer that breaks off is an error"):
    try:
        raise AssertionError(len(session.get(GATE + "/cut", timeout=30).content))
    except requests.exceptions.ChunkedEncodingError:
        pass

# They read only when they have sent all.
with check("requests: an upload without a cookie is told 401, 8 times of 8"):
    for _ in range(8):
        answer = requests.post(GATE + "/upload", data=UPLOAD, timeout=30)
        assert (answer.status_code, answer.json()["sign_in"]) == (401, "/pin"), answer.text

with check("http.client: an upload without a cookie is told 401, 8 times of 8"):
    for _ in range(8):
        connection = http.client.HTTPConnection(urlsplit(GATE).netloc, timeout=30)
        connection.request("POST", "/upload", UPLOAD)
        answer = connection.getresponse()
        assert answer.status == 401 and b'"sign_in":"/pin"' in answer.read(), answer.status
        connection.close()
