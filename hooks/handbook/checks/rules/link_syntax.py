"""Links whose brackets are not as Markdown wants them, so that readers see the signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.checks.rules.places import place, seen_lines
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Link, Page

LINK_BROKEN = rule("link-broken")

_BROKEN = re.compile(
    r"""
    \[[^\[\]]+\]\s*（[^（）]+）                     # [words]（page.md）
    | \[[^\[\]]+\][ \t]+\([^()\s]+\)              # [words] (page.md)
    | [【［][^【】［］]+[】］]\([^()\s]+\)           # 【words】(page.md)
    | \[[^\[\]]+\]\[[^\[\]]*\]                    # [words][nowhere]
    | [(（][^()（）]+[)）]\[[^\[\]]*\.md[^\[\]]*\]   # (words)[page.md]
    | \[\[[^\[\]]+\]\]                            # [[page]]
    | \[[^\[\]()]+\]\([^()\s]*$                   # [words](page.md
    | \[[^\[\]()]+\([^()\s]+\.md[^()]*\)          # [words(page.md)
    | \[https?://[^\[\]\s]+\](?!\()               # [https://…]
    """,
    re.VERBOSE,
)
_LONGEST = 2_000
"""Longer lines are looked at no further: no link is as long."""


def check_link_syntax(page: Page) -> Iterator[Diagnostic]:
    """Links that are none to the site, lead nowhere, or have no words."""
    for line, text in seen_lines(page).items():
        match = _BROKEN.search(text[:_LONGEST])
        if match:
            yield LINK_BROKEN.at(place(page, line, match[0]), found=match[0], fix=_mended(match[0]))
    pictures = {link.line for link in page.links if link.kind == "img"}
    for link in page.links:
        if link.kind == "a" and not link.raw and not _is_whole(link, pictures):
            found = f"[{link.text}]({link.target})"
            words = {
                "zh": f"[文字]({link.target or '頁面.md'})",
                "en": f"[text]({link.target or 'page.md'})",
            }
            yield LINK_BROKEN.at(place(page, link.line, "]("), found=found, fix=words)


def _is_whole(link: Link, pictures: set[int]) -> bool:
    return bool(link.target.strip()) and bool(link.text.strip() or link.line in pictures)


def _mended(text: str) -> object:
    parts = re.fullmatch(
        r"[\[【［](?P<text>[^\[\]】］()]+?)[\]】］]?\s*[（(](?P<to>[^()（）]+)[)）]?", text
    )
    swapped = re.fullmatch(r"[(（](?P<text>.+)[)）]\[(?P<to>.+)\]", text)
    address = re.fullmatch(r"\[(?P<to>https?://.+)\]", text)
    match = parts or swapped
    if match:
        return f"[{match['text']}]({match['to']})"
    return f"<{address['to']}>" if address else {"zh": "[文字](頁面.md)", "en": "[text](page.md)"}
