"""The content security policy: what a page may load and run."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable

from handbook.base.words import Told

THEME_SCRIPTS = {
    "partials/javascripts/base.html": "sha256-y9l/ox7WzDlkrPJYqzPN2dxt0NU+wDGMOB2hkyeaGG8=",
    "partials/javascripts/palette.html": "sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=",
}
"""The inline scripts that pages may have: the template of mkdocs-material 9.8.1 that each is in,
and the hash of it as it stands there. Read a script before you renew its hash."""

OWN_SCRIPTS = "partials/javascripts/offer.html", "partials/javascripts/not-found.html"
"""Our own, which must run before the page is shown, or where no other script can be found."""

_SCOPE = "{{ config.extra.scope | d(base_url) }}"
"""The one thing that varies in them: the site's address, from `extra.scope`."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class PublishingError(Told):
    """What must not be published; names each problem with its page."""

    def __init__(self, *problems: Told) -> None:
        super().__init__("gate.refused", problems=[*problems])


def digest(text: str) -> str:
    """The hash of an inline script or style, as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def inline_scripts(read: Callable[[str], str], scope: str) -> frozenset[str]:
    """The inline scripts that pages may have, the theme's and ours, as pages have them.

    Args:
        read: gives the source of a template.
        scope: `extra.scope` of the site.

    Raises:
        PublishingError: if a template does not have the script that is listed for it.
    """
    found = set()
    for template, listed in THEME_SCRIPTS.items():
        script = next((s for s in _SCRIPT.findall(read(template)) if digest(s) == listed), None)
        if script is None:
            raise PublishingError(Told("build.theme-script", template=template))
        found.add(script.replace(_SCOPE, scope))
    for template in OWN_SCRIPTS:
        found |= {*_SCRIPT.findall(read(template))}
    return frozenset(found)


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The policy of a page that has these inline scripts and style sheets."""
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *sorted(f"'{digest(text)}'" for text in scripts)]),
        "style-src": " ".join(["'self'", *sorted(f"'{digest(text)}'" for text in styles)]),
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def as_header(policies: Iterable[str]) -> str:
    """One policy for all files of a site: what any of its pages' own may do, but in no frame.

    Args:
        policies: those of the pages, as `policy` gives them. A browser obeys both.
    """
    sources: dict[str, set[str]] = {}
    for each in policies:
        for directive in each.split("; "):
            name, *values = directive.split()
            sources.setdefault(name, set()).update(values)
    sources["frame-ancestors"] = {"'none'"}
    return "; ".join(f"{name} {' '.join(sorted(sources[name]))}" for name in sources)
