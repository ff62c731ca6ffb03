"""A compose file under test: check.py FILE shape README | settings PORT | seen PORT"""

import json
import os
import re
import sys
import urllib.request
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))
from results import check  # noqa: E402

FILE, WHAT, ARGUMENT = sys.argv[1:]
NAME = Path(FILE).name
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
file = yaml.safe_load(Path(FILE).read_text())
services = file["services"]


def environment(service):
    """What the service gets, with variables filled in as Compose does."""

    def value(match):
        name, kind, default = match.groups()
        if kind == "-":
            return os.environ.get(name) or default
        return os.environ[name]

    return {name: VARIABLE.sub(value, str(text)) for name, text in services[service].get("environment", {}).items()}


def networks(service):
    return set(services[service]["networks"])


def shape(readme):
    with check(f"{NAME} sets only what the gate knows"):
        known = set(re.findall(r"^\| `([A-Z_]+)` \|", Path(readme).read_text(), re.M))
        assert environment("gate").keys() <= known, environment("gate").keys() - known
    with check(f"{NAME} lets nobody round the gate"):
        behind = services.keys() - {"gate", "tunnel"}
        assert all("ports" not in service for service in services.values())
        assert all(networks("tunnel").isdisjoint(networks(name)) for name in behind)
        assert all(networks("gate") & networks(name) for name in services)
    with check(f"{NAME} names services that there are"):
        upstreams = re.findall(r"http://([\w-]+):\d+", " ".join(environment("gate").values()))
        assert upstreams and set(upstreams) <= services.keys(), upstreams
    with check(f"{NAME} builds the gate and mounts what there is"):
        build = services["gate"]["build"]
        assert (Path(FILE).parent / build["context"] / build["dockerfile"]).is_file()
        mounts = [mount.split(":")[0] for service in services.values() for mount in service.get("volumes", [])]
        assert all((Path(FILE).parent / m).exists() if "." in m else m in file["volumes"] for m in mounts), mounts


def settings(port):
    for name, value in environment("gate").items():
        value = re.sub(r"http://[\w-]+:\d+", f"http://127.0.0.1:{port}", value)
        print(f"{name}={value}")


def seen(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/seen", timeout=10) as answer:
        tool, llm = json.load(answer)[-2:]
    if "open-webui" in services:
        header = environment("open-webui")["WEBUI_AUTH_TRUSTED_EMAIL_HEADER"].lower()
        with check("Open WebUI is told who it is"):
            assert tool["headers"][header] == "me@example.org", tool
    if "grafana" in services:
        variables = environment("grafana")
        with check("Grafana is told who it is, and in which role"):
            extra = dict(pair.split(":") for pair in variables["GF_AUTH_PROXY_HEADERS"].split())
            assert tool["headers"][variables["GF_AUTH_PROXY_HEADER_NAME"].lower()] == "me@example.org", tool
            assert tool["headers"][extra["Role"].lower()] == "Admin", tool
        with check("Grafana believes the gate's address"):
            address = services["gate"]["networks"]["back"]["ipv4_address"]
            assert variables["GF_AUTH_PROXY_WHITELIST"] == address
    if "litellm" in services:
        with check("LiteLLM gets the key that it asks for, and no cookie"):
            key = environment("litellm")["LITELLM_MASTER_KEY"]
            assert llm["headers"]["authorization"] == f"Bearer {key}" and "cookie" not in llm["headers"], llm
            assert "authorization" not in tool["headers"], tool


{"shape": shape, "settings": settings, "seen": seen}[WHAT](ARGUMENT)
