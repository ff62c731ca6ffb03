"""What happens at a gate, and what Prometheus tells of it: check.py UPSTREAM_PORT GATE PIN PROMETHEUS DASHBOARD."""

import base64
import hashlib
import http.client
import http.server
import json
import re
import sys
import threading
import time
import urllib.parse
import urllib.request

from results import check

upstream_port, gate, pin, prometheus, dashboard = sys.argv[1:]
UPLOAD = b"u" * 1000
ANSWER = b"a" * 2000
WAIT_SECONDS = 10
over = threading.Event()


class Upstream(http.server.BaseHTTPRequestHandler):
    """Answers; holds an event stream and a WebSocket open until the end."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket":
            guid = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(guid.encode()).digest()).decode())
            self.end_headers()
            over.wait()
            self.close_connection = True
        elif self.path == "/events":
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            over.wait()
            self.close_connection = True
        else:
            self.answer(404 if self.path == "/nothing" else 200)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


def connect():
    return http.client.HTTPConnection(urllib.parse.urlsplit(gate).netloc, timeout=10)


def ask(method, path, body=None, **fields):
    """The answer's status, and its cookie."""
    connection = connect()
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in fields.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, (answer.getheader("Set-Cookie") or "").split(";")[0]


def form(text, **fields):
    return ask("POST", "/pin/check", "pin=" + text, Content_Type="application/x-www-form-urlencoded", **fields)


def query(expression):
    """The values of a question to Prometheus's API."""
    try:
        with urllib.request.urlopen(prometheus + "/api/v1/query?" + urllib.parse.urlencode({"query": expression})) as answer:
            return [float(series["value"][1]) for series in json.load(answer)["data"]["result"]]
    except urllib.error.HTTPError as refusal:
        raise AssertionError(f"{expression}: {refusal.read()[:300]}") from None


def await_values(expression, *expected):
    """Waits for the next scrapes to bring them."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (values := query(expression)) != list(expected):
        assert time.monotonic() < deadline, f"{expression} is {values}, not {list(expected)}"
        time.sleep(0.1)


def use_gate():
    """Ways in, and refusals; gives the cookie back."""
    status, cookie = form(pin)
    assert status == 303 and cookie, status
    for _ in range(3):
        assert form("0815")[0] == 401
    for _ in range(2):
        assert ask("GET", "/", Accept="application/json")[0] == 401
    assert ask("POST", "/pin/logout", Origin="https://evil.example", Cookie=cookie)[0] == 403
    for path in ("/", "/", "/", "/nothing"):
        assert ask("GET", path, Cookie=cookie)[0] in (200, 404)
    assert ask("POST", "/upload", UPLOAD, Cookie=cookie)[0] == 200
    return cookie


def hold_open(cookie):
    """An event stream and a WebSocket."""
    stream = connect()
    stream.request("GET", "/events", headers={"Cookie": cookie})
    assert stream.getresponse().status == 200
    socket = connect()
    key = base64.b64encode(b"0123456789abcdef").decode()
    fields = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key}
    socket.request("GET", "/socket", headers={"Cookie": cookie, **fields})
    assert socket.getresponse().status == 101
    return stream, socket


def dashboard_expressions():
    with open(dashboard, encoding="utf-8") as file:
        panels = json.load(file)["panels"]
    for panel in panels:
        for target in panel.get("targets", []):
            expression = target["expr"].replace("$__rate_interval", "1m")
            yield panel["title"], re.sub(r"\$\w+", ".*", expression)


def main():
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", int(upstream_port)), Upstream)
    upstream.daemon_threads = True
    threading.Thread(target=upstream.serve_forever, daemon=True).start()

    with check("Prometheus reaches the gate's figures"):
        await_values('up{job="pingate"}', 1)
    with check("all are there before anything has happened, at zero"):
        await_values("count(pingate_requests_total == 0)", 9)
        await_values('pingate_upstream_response_seconds_count{status="2xx"}', 0)
    with check("people and programs use the gate"):
        cookie = use_gate()
    with check("a sign-in, wrong PINs and a refusal are counted"):
        await_values('pingate_events_total{event="sign-in"}', 1)
        await_values('pingate_events_total{event="wrong-pin"}', 3)
        await_values('pingate_events_total{event="refused"}', 1)
    with check("requests are counted by what became of them"):
        for outcome, count in {"session": 5, "form": 4, "sign-in": 2, "refused": 1, "token": 0}.items():
            await_values(f'pingate_requests_total{{outcome="{outcome}"}}', count)
    with check("the upstream's time is a histogram"):
        await_values('pingate_upstream_response_seconds_count{status="2xx"}', 4)
        await_values('pingate_upstream_response_seconds_bucket{status="4xx", le="300.0"}', 1)
    with check("bytes are counted in both directions"):
        await_values('pingate_bytes_total{direction="received"}', len(UPLOAD))
        await_values('pingate_bytes_total{direction="sent"}', 5 * len(ANSWER))
    with check("what is open is known, and what was"):
        opened = hold_open(cookie)
        await_values('pingate_open{kind="exchange"}', 1)
        await_values('pingate_open{kind="websocket"}', 1)
        over.set()
        for connection in opened:
            connection.close()
        await_values("sum(pingate_open)", 0)
    with check("an upstream that is gone is a failure"):
        upstream.shutdown()
        upstream.server_close()
        assert ask("GET", "/", Cookie=cookie)[0] == 502
        await_values('pingate_upstream_failures_total{reason="unreachable"}', 1)
    with check("every panel of the dashboard has figures") as figures:
        expressions = list(dashboard_expressions())
        empty = [title for title, expression in expressions if not query(expression)]
        assert not empty, f"no figures in {empty}"
        figures.append(f"({len(expressions)} questions)")


main()
