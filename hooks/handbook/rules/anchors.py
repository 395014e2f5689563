"""Anchors are public: right where typed, there where the build cannot give one, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.diagnostics import Diagnostic, Rule, Wording
from handbook.model import Handbook, Heading, Page
from handbook.rules.places import place
from handbook.schema import AUTHORED, SECTION_LEVEL

ANCHOR_TYPED = Rule(
    "anchor-typed",
    zh=Wording("錨點應為 #{expected}，實為 #{found}；不寫也可以，網站會自動加上", "{fix}"),
    en=Wording(
        "expected the anchor #{expected}, found #{found}; it may be left out, the site adds it",
        "{fix}",
    ),
)
ANCHOR_MISSING = Rule(
    "anchor-missing",
    zh=Wording("這個標題應帶有錨點，實際沒有", "{fix}"),
    en=Wording("expected this heading to carry an anchor, found none", "{fix}"),
)
ANCHOR_DUPLICATE = Rule(
    "anchor-duplicate",
    zh=Wording("錨點 #{found} 應只用一次，實際重複", "換一個名稱"),
    en=Wording("expected the anchor #{found} once, found it again", "choose another name"),
)
ANCHOR_TWIN = Rule(
    "parity-anchor",
    zh=Wording("應有錨點為 #{anchor} 的標題（英文頁第 {line} 行），中文頁沒有", "{fix}"),
    en=Wording(
        "expected a heading with the anchor #{anchor} (line {line} in Chinese), found none",
        "{fix}",
    ),
)

HEADING_SPACE = Rule(
    "heading-space",
    zh=Wording("「#」之後應空一格，實際沒有；網站照常顯示，但代碼託管平台的預覽不會", "{fix}"),
    en=Wording(
        "expected a space after the `#`, found none; the site shows the heading, but the code "
        "host's preview does not",
        "{fix}",
    ),
    severity="warning",
)

_TYPED = re.compile(r"\s*\{[^{}]*\}\s*$")
_WITHOUT_SPACE = re.compile(r" {0,3}#{1,6}[^#\s]")


def check_anchors(page: Page, book: Handbook) -> Iterator[Diagnostic]:
    """Anchors of one page."""
    twin = _twin(page, book)
    for heading in page.headings:
        where = place(page, heading.line)
        source = page.lines[heading.line - 1]
        if _WITHOUT_SPACE.match(source):
            yield HEADING_SPACE.at(where, fix=re.sub(r"^ *(#+)", r"\1 ", source))
        typed = _TYPED.sub("", page.lines[heading.line - 1])
        if heading.typed_anchor:
            yield ANCHOR_TYPED.at(
                where, expected=heading.anchor, found=heading.typed_anchor, fix=typed
            )
        elif not heading.anchor and _needs_one(page, heading):
            name = _suggestion(page, heading, twin)
            yield ANCHOR_MISSING.at(where, fix=f"{typed.rstrip(' #')} {{ #{name} }}")
    seen: set[str] = set()
    for anchor in page.anchors:
        if anchor in seen and not anchor.startswith(("duty-", "ability-", "duties", "abilities")):
            line = next((h.line for h in reversed(page.headings) if h.anchor == anchor), 1)
            yield ANCHOR_DUPLICATE.at(place(page, line), found=anchor)
        seen.add(anchor)


def check_twins(page: Page, book: Handbook) -> Iterator[Diagnostic]:
    """Anchors that the other language has and this page lacks."""
    twin = _twin(page, book)
    if twin is None or page.is_role:
        return
    own = {heading.anchor for heading in page.headings}
    if any(not h.anchor and _needs_one(page, h) for h in page.headings):
        return
    for heading in twin.headings:
        if heading.anchor and heading.anchor not in own:
            hashes = "#" * heading.level
            name = {"zh": "標題", "en": "Heading"}[page.language]
            yield ANCHOR_TWIN.at(
                place(page, len(page.lines) - (page.lines[-1] == "") or 1),
                anchor=heading.anchor,
                line=heading.line,
                fix=f"{hashes} {name} {{ #{heading.anchor} }}",
            )


def _twin(page: Page, book: Handbook) -> Page | None:
    other = next(language for language in AUTHORED if language != page.language)
    return book.page(other, page.key)


def _needs_one(page: Page, heading: Heading) -> bool:
    """Below the title; on a role page only further sections: what the schema names gets its own."""
    if heading.level < SECTION_LEVEL or heading.container:
        return False
    if not page.is_role:
        return True
    schema = {"duties", "abilities"}
    above = [h for h in page.headings if h.line <= heading.line and h.level == SECTION_LEVEL]
    return bool(schema & {h.anchor for h in page.headings}) and bool(
        above and above[-1].anchor not in schema and above[-1].line > _last_section(page)
    )


def _last_section(page: Page) -> int:
    """Headings before the last section may be misspelt sections, which other rules explain."""
    lines = [h.line for h in page.headings if h.anchor in {"duties", "abilities"}]
    return max(lines) if len(lines) > 1 else len(page.lines)


def _suggestion(page: Page, heading: Heading, twin: Page | None) -> str:
    position = page.headings.index(heading)
    other = twin.headings[position] if twin and position < len(twin.headings) else None
    if other and other.anchor:
        return other.anchor
    for text in (heading.text, other.text if other else ""):
        slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
        if len(slug) > 1 and text.isascii():
            return slug
    return f"part-{position}"
