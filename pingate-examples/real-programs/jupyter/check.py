"""A user of JupyterLab before the gate: check.py GATE PIN"""

import json
import sys
import uuid
from pathlib import Path

import requests
import websocket

sys.path.insert(0, str(Path(__file__).parents[1]))
from results import check  # noqa: E402

# The public name that a tunnel would send: Jupyter compares it with Origin.
HOST = "lab.example.test"
GATE, PIN = sys.argv[1:]
PAGE = {"Accept": "text/html", "Host": HOST}
session = requests.Session()
session.headers["Host"] = HOST


def request(method, path, **options):
    return session.request(method, GATE + path, timeout=60, allow_redirects=False, **options)


def api(method, path, **options):
    xsrf = {"X-XSRFToken": session.cookies.get("_xsrf", ""), "Origin": f"http://{HOST}"}
    return request(method, path, headers=xsrf, **options)


def open_channels(kernel, cookies):
    address = GATE.replace("http", "ws") + f"/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
    return websocket.create_connection(
        address, timeout=60, host=HOST, origin=f"http://{HOST}", cookie=cookies, suppress_origin=False
    )


def cookies():
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies)


def send(channels, code):
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": "execute_request",
        "username": "",
        "session": uuid.uuid4().hex,
        "version": "5.3",
    }
    content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    channels.send(json.dumps(message))
    return header["msg_id"]


def answer_of(channels, sent, kind):
    """The content of the kernel's first message of that kind which answers the one sent."""
    while True:
        answer = json.loads(channels.recv())
        if answer["parent_header"].get("msg_id") == sent and answer["msg_type"] == kind:
            return answer["content"]


with check("the API is closed without the PIN"):
    assert request("GET", "/api/kernels").status_code == 401

with check("the lab's page leads to the form"):
    answer = request("GET", "/lab", headers=PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pin?next=/lab"), answer.headers

with check("the PIN opens it"):
    form = {"pin": PIN, "next": "/lab"}
    answer = request("POST", "/pin/check", data=form, headers={"Origin": f"http://{HOST}"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/lab"), answer.status_code

with check("the lab's page comes, with Jupyter's own cookie"):
    answer = request("GET", "/lab", headers=PAGE)
    assert answer.status_code == 200 and "<title>JupyterLab</title>" in answer.text, answer.status_code
    assert "_xsrf" in session.cookies

kernel = None
with check("a kernel starts over REST"):
    answer = api("POST", "/api/kernels", json={"name": "python3"})
    assert answer.status_code == 201, f"{answer.status_code} {answer.text[:200]}"
    kernel = answer.json()["id"]

with check("its WebSocket is closed without the PIN"):
    try:
        open_channels(kernel, "")
        raise AssertionError("it opened")
    except websocket.WebSocketBadStatusException as refusal:
        assert refusal.status_code == 401, refusal.status_code

with check("6*7 over the kernel's WebSocket is 42"):
    channels = open_channels(kernel, cookies())
    answer = answer_of(channels, send(channels, "6*7"), "execute_result")["data"]["text/plain"]
    assert answer == "42", answer

with check("a busy kernel is interrupted over REST"):
    sent = send(channels, "print('busy', flush=True)\nwhile True: pass")
    assert answer_of(channels, sent, "stream")["text"] == "busy\n"
    assert api("POST", f"/api/kernels/{kernel}/interrupt").status_code == 204
    assert answer_of(channels, sent, "error")["ename"] == "KeyboardInterrupt"
    channels.close()

with check("a notebook is saved and read back"):
    cell = {"cell_type": "code", "id": "a", "source": "6*7", "metadata": {}, "outputs": [], "execution_count": None}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = "/api/contents/gr%C3%BC%C3%9Fe%20%26%20more.ipynb"
    answer = api("PUT", path, json={"type": "notebook", "content": notebook})
    assert answer.status_code in (200, 201), f"{answer.status_code} {answer.text[:200]}"
    assert request("GET", path).json()["content"]["cells"][0]["source"] == "6*7"

with check("the kernel is shut down over REST"):
    assert api("DELETE", f"/api/kernels/{kernel}").status_code == 204
