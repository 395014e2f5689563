"""How a host serves the site: one set of data, and a template beside this module for each host.

What a host must know stands in the built site itself: the policy in its pages, the names of files
that are named after their contents, the languages that have a 404 page.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from handbook.base.words import Told
from handbook.site.finished.policy import as_header

_HERE = Path(__file__).parent
FORMATS = tuple(sorted(path.stem for path in _HERE.glob("*.jinja")))
"""The hosts that there is a template for."""

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
HASHED = r"\.[0-9a-f]{8}\.(min\.)?(css|js|json)$"
"""The end of a name that changes with the contents: such a file may be kept for good."""
TYPES = {
    "csv": "text/csv",
    "epub": "application/epub+zip",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
}
"""Kinds of files that not every server knows."""


class HostError(Told):
    """No configuration can be made; says why."""


def configuration(form: str, site: Path, address: str, folder: str, port: int) -> str:
    """The configuration of a host.

    Args:
        form: one of `FORMATS`.
        site: the built site.
        address: where it is published; "" if that is not known: then at the root of any host.
        folder: where its files stand on the host.
        port: the port that a server listens on.

    Raises:
        HostError: if there is no site.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # the one command that does

    pages = [page.read_text(encoding="utf-8") for page in sorted(site.rglob("*.html"))]
    policies = {unescape(policy) for page in pages for policy in _POLICY.findall(page)}
    if not policies:
        raise HostError("host.no-site", folder=site)
    at, hashed = urlsplit(address), re.compile(HASHED)
    files = [path.relative_to(site).as_posix() for path in site.rglob("*.*")]
    kept = {f"{hashed.sub('', name)}.*" for name in files if hashed.search(name)}
    missing = [path.parent.relative_to(site).as_posix() for path in site.rglob("404.html")]
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - no HTML is made
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(f"{form}.jinja").render(
        headers=_headers(as_header(policies)),
        cache={"pages": "no-cache", "hashed": "public, max-age=31536000, immutable"},
        hashed=HASHED,
        kept=sorted(kept),
        languages=["", *sorted(f"{folder}/" for folder in missing if folder != ".")],
        types=TYPES,
        base=at.path or "/",
        host=at.hostname or "",
        folder=folder,
        port=port,
    )


def _headers(policy: str) -> dict[str, str]:
    """What is sent with every file."""
    return {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
