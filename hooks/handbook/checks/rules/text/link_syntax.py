"""How links are written: as the site reads them, with words, and to somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.source import instead
from handbook.base.words import both
from handbook.checks.rules.places import seen_lines, typed_lines
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Page

LINK_BROKEN = rule("link-broken")

_OPEN, _CLOSE = (
    "[\\[\u3010\uff3b\u3014\u300c\u300e\u201c]",
    "[\\]\u3011\uff3d\u3015\u300d\u300f\u201d]",
)
"""The brackets that editors type around a link's words, of either width."""
_TO = r"[^\s()\uff08\uff09]"
_ADDRESS = (
    rf"(?:{_TO}*\.md(?![A-Za-z0-9])(?:{_TO}*(?=[)\uff09])|(?:\#[A-Za-z0-9_-]+)?)|https?://{_TO}+)"
)
"""A page's file, of which what no bracket closes is the file and the anchor alone, or a site."""
_WORDS = "[^\\[\\]\u3010\u3011\uff3b\uff3d\u3014\u3015\u300c-\u300f\u201c\u201d()\uff08\uff09]+"
_BROKEN = re.compile(
    rf"""
    {_OPEN}{_WORDS}{_CLOSE}[ \t]*[(\uff08]{_ADDRESS}[)\uff09]?  # brackets of the other width
    | \[[^\[\]]+\]\s*\uff08[^\uff08\uff09]+\uff09    # the same with any other target
    | \[[^\[\]]+\][ \t]+\([^()\s]+\)              # [words] (page.md)
    | [\u3010\uff3b][^\u3010\u3011\uff3b\uff3d]+[\u3011\uff3d]\([^()\s]+\)
    | \[[^\[\]]+\]\[[^\[\]]*\]                    # [words][nowhere]
    | \[[^\[\]]*[^\W\d][^\[\]]*\][ ]\[\d+\]       # [words] [1]
    | [(\uff08][^()\uff08\uff09]+[)\uff09]\[[^\[\]]*\.md[^\[\]]*\]   # (words)[page.md]
    | !?\[\[[^\[\]]+\]\]                          # [[page]]
    | \[[^\[\]()]+\]\([^()\s]*$                   # [words](page.md
    | \[[^\[\]()]+\([^()\s]+\.md[^()]*\)          # [words(page.md)
    | \[https?://[^\[\]\s]+\](?!\()               # [https://…]
    """,
    re.VERBOSE,
)
_WIDE_MARK = re.compile(r"\uff01(\[[^\[\]]*\]\([^()\s]+\.(?:png|jpe?g|webp|gif|svg)\))")
IN_A_TAG = re.compile(r"<(?P<to>(?:[\w-]+\.)+[a-z]{2,}(?:/[^<>\s]*)?)>", re.IGNORECASE)
"""An address or a page's file as a tag, `<www.example.com>`, of which `markup` does not tell."""
_ELSEWHERE = re.compile(
    r"""\{:?(?:[^{}"']|"[^"]*"|'[^']*')*?(?<![\w-])(?:href|src)\s*=\s*"""
    r"""(?P<to>"[^"]*"|[^\s{}]+)[^{}]*\}""",
    re.IGNORECASE,
)
"""An attribute list whose address takes the place of the one in the brackets; `link-unsafe` tells
of what no link may lead to."""
_LONGEST = 2_000
"""Longer lines are looked at no further: no link is as long."""


def check_link_syntax(page: Page) -> Iterator[Diagnostic]:
    """Links that are none to the site, lead nowhere, or have no words."""
    for line, text in seen_lines(page).items():
        match = _BROKEN.search(text[:_LONGEST])
        if match:
            yield _broken(page, line, match[0], _mended(match[0]))
    for line, text in enumerate(typed_lines(page), start=1):
        if wide := _WIDE_MARK.search(text[:_LONGEST]):
            yield _broken(page, line, wide[0], f"!{wide[1]}")
        match = _ELSEWHERE.search(text[:_LONGEST])
        to = match["to"].strip("\"'") if match else ""
        if match and re.match(r"(?!(?!https?:|mailto:)[a-z][a-z0-9+.-]*:)", to, re.IGNORECASE):
            yield _broken(page, line, match[0], both("rule.links.link", to=to))
    for line in {tag.line for tag in page.tags if tag.raw and "." in tag.name}:
        if tag := IN_A_TAG.search(typed_lines(page)[line - 1][:_LONGEST]):
            to, is_page = tag["to"], tag["to"].endswith(".md")
            fix = both("rule.links.link", to=to) if is_page else f"<https://{to}>"
            yield _broken(page, line, tag[0], fix)
    pictures = {link.line for link in page.links if link.kind == "img"}
    for link in page.links:
        is_whole = link.target.strip() and (link.text.strip() or link.line in pictures)
        if link.kind == "a" and not link.raw and not is_whole:
            found = f"[{link.text}]({link.target})"
            to = link.target
            fix = both("rule.links.link", to=to) if to else both("rule.links.to-page")
            yield LINK_BROKEN.at(page.place(link.line, "]("), found=found, fix=fix)


def _broken(page: Page, line: int, found: str, fix: str | dict[str, str]) -> Diagnostic:
    mended = instead(page.lines[line - 1], found, fix) if isinstance(fix, str) else None
    return LINK_BROKEN.at(page.place(line, found), found=found, fix=fix, mended=mended)


def _mended(text: str) -> str | dict[str, str]:
    wiki = re.fullmatch(r"\[\[(?P<to>[^|]+\.md[^|]*)\|(?P<text>.+)\]\]", text)
    parts = re.fullmatch(
        rf"{_OPEN}(?P<text>.+?){_CLOSE}?\s*[(\uff08](?P<to>[^()\uff08\uff09]+)[)\uff09]?", text
    )
    swapped = re.fullmatch(r"[(\uff08](?P<text>.+)[)\uff09]\[(?P<to>.+)\]", text)
    address = re.fullmatch(r"\[(?P<to>https?://.+)\]", text)
    match = wiki or parts or swapped
    if match:
        return f"[{match['text']}]({match['to']})"
    if reference := re.fullmatch(r"(\[(.+)\]) ?(\[.*\])", text):
        name = reference[1] if reference[3] == "[]" else reference[3]
        return both("rule.links.reference", text=reference[2], name=name)
    return f"<{address['to']}>" if address else both("rule.links.to-page")
