"""A program as people write it: streamlit run app.py"""

import hashlib
import time

import streamlit as st

st.title("Counting")
name = st.text_input("Name")
if name:
    st.write(f"Hello, {name}!")
if st.button("Count"):
    place = st.empty()
    for number in range(1, 6):
        place.text(f"number {number}")
        time.sleep(0.2)
    st.download_button("Download", bytes(range(256)) * 10000, "bytes.bin")
file = st.file_uploader("File")
if file is not None:
    st.code(hashlib.sha256(file.getvalue()).hexdigest())
st.text(f"Visitor: {st.context.headers.get('X-Trusted-User-Email')}, cookies: {sorted(st.context.cookies)}")
