"""Gradio's own client before the gate: check.py GATE COOKIE"""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

from gradio_client import Client, handle_file
from gradio_client.exceptions import AuthenticationError

sys.path.insert(0, str(Path(__file__).parents[1]))
from results import check  # noqa: E402

GATE, COOKIE = sys.argv[1:]
FOLDER = Path(tempfile.mkdtemp())

with check("Gradio's client is closed out without the cookie"):
    try:
        Client(GATE, verbose=False)
        raise AssertionError("it was let in")
    except AuthenticationError:
        pass

client = Client(GATE, headers={"Cookie": COOKIE}, verbose=False, download_files=str(FOLDER / "down"))

with check("Gradio's client gets an answer letter by letter"):
    letters = list(client.submit("größe ✓", api_name="/spell"))
    assert letters == ["größe ✓"[:end] for end in range(1, 8)], letters

with check("Gradio's client uploads 5 MB and downloads them again"):
    path = FOLDER / "grüße & more.bin"
    path.write_bytes(os.urandom(5_000_000))
    expected = hashlib.sha256(path.read_bytes()).hexdigest()
    assert client.predict(handle_file(path), api_name="/fingerprint") == expected
    back = client.predict(handle_file(path), api_name="/copy")
    assert hashlib.sha256(Path(back).read_bytes()).hexdigest() == expected

with check("Gradio knows the visitor, and not the gate's cookie"):
    answer = client.predict(api_name="/visitor")
    assert answer.startswith("me@example.org") and "pingate" not in answer, answer
