"""What the site takes besides docs/: three files of the root. What it leaves out: pictures that no page shows."""

import re
from pathlib import Path, PurePosixPath

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]
OF_THE_ROOT = ["SECURITY.md", "ARCHITECTURE.md", "CHANGELOG.md"]
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)|<img [^>]*src=\"([^\"]+)\"|srcset=\"([^\"]+)\"")


def on_files(files, config):
    for name in OF_THE_ROOT:
        files.append(File(name, str(ROOT), config["site_dir"], config["use_directory_urls"]))
    shown = {picture for page in files.documentation_pages() for picture in _pictures(page)}
    for file in list(files):
        if file.src_path.startswith("screenshots/") and file.src_path not in shown:
            files.remove(file)
    return files


def on_page_markdown(markdown, page, **_):
    """A link to one of the root's files becomes one to its page; one to another file of the repository becomes its name."""
    folder = PurePosixPath("docs", page.file.src_path).parent
    if page.file.src_path in OF_THE_ROOT:
        folder = PurePosixPath(".")

    def written(match):
        text, target = match.groups()
        if ":" in target or target.startswith("#"):
            return match.group()
        path, _, anchor = target.partition("#")
        parts = _plain(folder / path)
        if parts[0] == "docs":
            path = "/".join(parts[1:])
        elif "/".join(parts) in OF_THE_ROOT:
            path = parts[0]
        else:
            return f"{text} (`{'/'.join(parts)}`)" if text.strip("`") != "/".join(parts) else text
        up = "../" * page.file.src_path.count("/")
        return f"[{text}]({up}{path}{'#' + anchor if anchor else ''})"

    return LINK.sub(written, markdown)


def _pictures(page):
    folder = PurePosixPath(page.src_path).parent
    text = Path(page.abs_src_path).read_text(encoding="utf-8")
    for found in PICTURE.findall(text):
        yield "/".join(_plain(folder / next(filter(None, found))))


def _plain(path):
    parts = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return parts
