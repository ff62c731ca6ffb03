"use strict";

const byId = (id) => document.getElementById(id);

function clock() {
  const events = new EventSource("/clock");
  let count = 0;
  events.onmessage = (event) => {
    const sent = new Date(event.data);
    byId("clock").textContent = sent.toLocaleTimeString([], { hour12: false });
    byId("clock-note").textContent = `${++count} ${count === 1 ? "event" : "events"} on one connection.`;
  };
  events.onerror = () => {
    byId("clock-note").textContent = events.readyState === EventSource.CLOSED
      ? "The stream has ended. Reload the page to sign in again."
      : "The stream broke off; the browser tries again.";
  };
}

function echo() {
  const form = byId("echo");
  const button = form.querySelector("button");
  const url = new URL("/echo", location);
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url);
  const sentAt = [];
  button.disabled = true;
  socket.onopen = () => {
    button.disabled = false;
    byId("echo-note").textContent = "Connected.";
  };
  socket.onclose = () => {
    button.disabled = true;
    byId("echo-note").textContent = "The socket is closed.";
  };
  socket.onmessage = (event) => {
    const time = document.createElement("span");
    time.textContent = `${(performance.now() - sentAt.shift()).toFixed(1)} ms`;
    const line = document.createElement("li");
    line.append(event.data, time);
    byId("echoes").prepend(line);
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    sentAt.push(performance.now());
    socket.send(byId("echo-text").value);
    form.reset();
  };
}

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Browsers digest in one piece and only on https or localhost.
const LARGEST_DIGEST = 256 * 1024 * 1024;

async function localSum(file) {
  if (!window.crypto?.subtle) {
    return null;
  }
  return file.size > LARGEST_DIGEST ? null : hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
}

function send(file) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/upload");
    request.upload.onprogress = (event) => {
      byId("progress").value = event.loaded / event.total;
    };
    request.onload = () => request.status === 200
      ? resolve(JSON.parse(request.responseText))
      : reject(new Error(`The answer was ${request.status}.`));
    request.onerror = () => reject(new Error("The upload broke off."));
    request.send(file);
  });
}

function verdict(text, bad) {
  byId("verdict").textContent = text;
  byId("verdict").classList.toggle("bad", bad);
}

async function upload(file) {
  byId("progress").hidden = false;
  byId("progress").value = 0;
  byId("sums").hidden = false;
  byId("name").textContent = `${file.name}, ${file.size.toLocaleString("en")} bytes`;
  byId("local").textContent = byId("remote").textContent = "…";
  verdict("", false);
  try {
    const [remote, local] = await Promise.all([send(file), localSum(file)]);
    byId("remote").textContent = remote.sha256;
    byId("local").textContent = local ?? "not computed by this browser";
    if (local === null) {
      verdict(`${remote.bytes.toLocaleString("en")} bytes arrived.`, remote.bytes !== file.size);
    } else {
      verdict(local === remote.sha256 ? "Every byte arrived." : "The checksums differ.", local !== remote.sha256);
    }
  } catch (error) {
    verdict(error.message, true);
  }
}

function uploads() {
  const drop = byId("drop");
  byId("file").onchange = (event) => event.target.files[0] && upload(event.target.files[0]);
  drop.ondragover = (event) => {
    event.preventDefault();
    drop.classList.add("over");
  };
  drop.ondragleave = () => drop.classList.remove("over");
  drop.ondrop = (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files[0]) {
      upload(event.dataTransfer.files[0]);
    }
  };
}

clock();
echo();
uploads();
