"""Follows a page of docs/: follow.py PAGE, in an empty folder. A comment before a block says what becomes of it:

<!-- run: file PATH -->                 the block is written to that file
<!-- run: in the background, until URL -->   it is run until the page is done, and goes on when that address answers
<!-- run: prints TEXT -->               it is run to its end, and TEXT must be in what it prints
<!-- run: front NAME -->                the block is the configuration of Caddy or nginx, before the demo
"""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from results import check  # noqa: E402

PAGE = Path(sys.argv[1])
BLOCK = re.compile(r"^<!-- run: (.+?) -->\n```\w+\n(.*?)^```$", re.M | re.S)
GATE = "http://127.0.0.1:3060"
PUBLIC = "https://notes.example.org:8443"
started = []


def run(script):
    return subprocess.run(["bash", "-ec", script], capture_output=True, text=True, timeout=60, check=True).stdout


def background(script, until):
    process = subprocess.Popen(["bash", "-ec", script], stdout=sys.stderr, stderr=sys.stderr, start_new_session=True)
    started.append(process)
    deadline = time.monotonic() + 90
    while True:
        try:
            urllib.request.urlopen(until, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError as problem:
            assert process.poll() is None, f"{script!r} ended"
            assert time.monotonic() < deadline, f"{until} doesn't answer: {problem}"
            time.sleep(0.2)


def stranger():
    head = run(f"curl -si -H 'Accept: text/html' {GATE}/")
    assert "303" in head.splitlines()[0] and "/pin?next=/" in head, head[:200]
    assert 'name="pin"' in run(f"curl -s {GATE}/pin")
    assert "401" in run(f"curl -si -d pin=0815 {GATE}/pin/check").splitlines()[0]


def front(name, text):
    """On another port, since that of TLS is root's, and with a certificate of its own."""
    background("export PINGATE_PIN=73914625; java -jar pingate.jar --demo", f"{GATE}/pin/health")
    if name == "nginx":
        run("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=notes.example.org -keyout key.pem -out cert.pem 2>&1")
        text = text.replace("443 ssl", "8443 ssl").replace("/etc/ssl/notes.example.org.pem", f"{Path.cwd()}/cert.pem")
        text = text.replace("/etc/ssl/notes.example.org.key", f"{Path.cwd()}/key.pem")
        folders = "".join(f"{k}_temp_path {Path.cwd()}/{k};" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        Path("nginx.conf").write_text(
            f"daemon off; pid {Path.cwd()}/pid; error_log stderr; events {{}} http {{ access_log off; {folders}\n{text} }}"
        )
        command = f"nginx -e stderr -c {Path.cwd()}/nginx.conf"
    else:
        text = "{\n admin off\n auto_https disable_redirects\n local_certs\n skip_install_trust\n https_port 8443\n}\n" + text
        Path("Caddyfile").write_text(text)
        command = "caddy run --adapter caddyfile --config Caddyfile"
    process = subprocess.Popen(["bash", "-ec", command], stdout=sys.stderr, stderr=sys.stderr)
    started.append(process)
    curl = "curl -sk --resolve notes.example.org:8443:127.0.0.1"
    deadline = time.monotonic() + 30
    while subprocess.run([*curl.split(), "-o", "/dev/null", PUBLIC]).returncode:
        assert process.poll() is None and time.monotonic() < deadline, f"{name} doesn't answer"
        time.sleep(0.2)
    head = run(f"{curl} -i -c cookies -H 'Origin: {PUBLIC}' -d pin=73914625 {PUBLIC}/pin/check")
    assert "303" in head.splitlines()[0] and "secure" in head.lower(), head[:200]
    seen = run(f"{curl} -b cookies {PUBLIC}/headers").lower()
    assert "notes.example.org:8443" in seen and "https" in seen, seen[:300]
    socket = run(
        f"{curl} -i --http1.1 -m 3 -b cookies -H 'Origin: {PUBLIC}' -H 'Connection: Upgrade' -H 'Upgrade: websocket'"
        f" -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==' {PUBLIC}/echo || true"
    )
    assert "101" in socket.splitlines()[0], socket[:200]


def follow():
    for what, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        verb, _, rest = what.partition(" ")
        if verb == "file":
            Path(rest).parent.mkdir(parents=True, exist_ok=True)
            Path(rest).write_text(text, encoding="utf-8")
        elif what.startswith("in the background, until "):
            background(text, what.rpartition(" ")[2])
        elif verb == "prints":
            with check(f"{PAGE.stem}: strangers see the form"):
                stranger()
            with check(f"{PAGE.stem}: the PIN leads to the tool"):
                printed = run(text)
                assert rest in printed, printed[:200]
        elif verb == "front":
            with check(f"{PAGE.stem}: sign-in and WebSocket by its configuration"):
                front(rest, text)
        else:
            raise ValueError(what)


try:
    with check(f"{PAGE.stem}: its blocks are followed"):
        follow()
finally:
    for process in started:
        process.terminate()
