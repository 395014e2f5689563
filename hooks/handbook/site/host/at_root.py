"""The files that hosts and robots look for at the root of a site.

`docs/host/` has those that are this handbook's own: each is published as it is, but security.txt in
its place and with what the standard (RFC 9116) asks for. Nobody is named there whom no file names.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from handbook.base import days
from handbook.base.docs_files import DOCS

FOLDER = f"{DOCS}/host"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.txt|CNAME|_headers|_redirects")
"""What may stand there: texts, such as those by which a service knows a site; no pages."""

KNOWN = {"robots.txt", "security.txt", "CNAME", "_headers", "_redirects"}
"""Names that hosts and robots know."""

_ROBOTS, _SECURITY = "robots.txt", "security.txt"
_LASTS = timedelta(days=365)
"""How long what security.txt says is to be believed: the standard's advice is a year at most."""


def write(root: Path, site: Path, address: str) -> None:
    """Write them into the built site.

    Args:
        root: the repository.
        site: the built site.
        address: where it is published; "" if that is not known: then no robots.txt is made.
    """
    files = (path for path in (root / FOLDER).glob("*") if NAME.fullmatch(path.name))
    own = {path.name: path.read_bytes() for path in files if path.is_file()}
    if address:
        own.setdefault(
            _ROBOTS, f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n".encode()
        )
    for name, content in own.items():
        if name == _SECURITY:
            (site / ".well-known").mkdir(exist_ok=True)
            (site / ".well-known" / name).write_bytes(_completed(content, address))
        else:
            (site / name).write_bytes(content)


def _completed(content: bytes, address: str) -> bytes:
    """What a security.txt says, with the fields that it lacks."""
    fields = {"Expires": f"{(days.today() + _LASTS).isoformat()}T00:00:00Z"}
    if address:
        fields["Canonical"] = f"{address}.well-known/{_SECURITY}"
    lines = content.decode(errors="replace").splitlines()
    said = {line.partition(":")[0].casefold() for line in lines}
    lines += [f"{name}: {text}" for name, text in fields.items() if name.casefold() not in said]
    return "".join(f"{line}\n" for line in lines).encode()
