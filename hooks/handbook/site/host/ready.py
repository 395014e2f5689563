"""A built site made ready for a host: compressed, readable, with times that tell its contents."""

from __future__ import annotations

import os
import zlib
from hashlib import sha256
from pathlib import Path

import brotli

_TEXTS = {".css", ".csv", ".html", ".js", ".json", ".jsonld", ".md", ".svg", ".txt", ".xml"}
COMPRESSED = ".br", ".gz"
_QUALITY, _BEST = 7, 11
"""Of brotli. All 14 MB of text take 1 s; the best takes 28 s and saves another 9 %: it is for what
all pages share, and a first search waits for."""
_SHARED = {".css", ".js"}
_GZIP = 31
"""What zlib calls the form of gzip, without a name or a time in it."""
_FILE, _FOLDER = 0o644, 0o755
_FIRST, _SECONDS = 946_684_800, 20 * 365 * 86_400
"""Of the times of files: from 2000 on, twenty years."""


def make_ready(folder: Path) -> None:
    """Write `.br` and `.gz` beside what is text; let everyone read; give files lasting times.

    Servers tell from a file's time and size whether it is what a reader has. So its time is made of
    its contents: after another build only what changed is sent again.

    Args:
        folder: the built site.

    Raises:
        OSError: if there is no room for it.
    """
    folder.chmod(_FOLDER)
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            path.chmod(_FOLDER)
            continue
        if path.suffix in COMPRESSED and path.with_suffix("").exists():
            continue  # made with the file that it is of
        content = path.read_bytes()
        made = [path]
        if path.suffix in _TEXTS:
            made += _compressed(path, content)
        time = _FIRST + int.from_bytes(sha256(content).digest()[:8], "big") % _SECONDS
        for file in made:
            file.chmod(_FILE)
            os.utime(file, (time, time))


def _compressed(path: Path, content: bytes) -> list[Path]:
    """The files beside `path`, for servers that send these; none where nothing is saved."""
    packer = zlib.compressobj(9, wbits=_GZIP)
    packed = (
        brotli.compress(content, brotli.MODE_TEXT, _BEST if path.suffix in _SHARED else _QUALITY),
        packer.compress(content) + packer.flush(),
    )
    made = []
    for ending, smaller in zip(COMPRESSED, packed, strict=True):
        file = path.with_name(path.name + ending)
        file.unlink(missing_ok=True)
        if len(smaller) < len(content):
            file.write_bytes(smaller)
            made.append(file)
    return made
