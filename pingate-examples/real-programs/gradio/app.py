"""A program as people write it: app.py PORT"""

import hashlib
import sys
import time
from pathlib import Path

import gradio as gr


def spell(word):
    """One letter after the other."""
    for end in range(1, len(word) + 1):
        time.sleep(0.1)
        yield word[:end]


def fingerprint(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def copy(path):
    return path


def visitor(request: gr.Request):
    return f"{request.headers.get('x-trusted-user-email')}, cookie: {request.headers.get('cookie')}"


with gr.Blocks(title="Spelling", analytics_enabled=False) as app:
    word = gr.Textbox(label="Word")
    spelled = gr.Textbox(label="Spelled")
    gr.Button("Spell").click(spell, word, spelled, api_name="spell")
    file = gr.File(label="File")
    sum_ = gr.Textbox(label="Sum")
    file.upload(fingerprint, file, sum_, api_name="fingerprint")
    gr.Button("Copy").click(copy, file, gr.File(label="Copied"), api_name="copy")
    gr.Button("Who").click(visitor, None, gr.Textbox(label="Visitor"), api_name="visitor")

app.queue().launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
