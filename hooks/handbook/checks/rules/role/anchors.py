"""Anchors are public: right where typed, not taken, none missing, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from handbook.base.words import both, words
from handbook.checks.rules.places import seen_lines, typed_lines
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Handbook, Heading, Page, Tag
from handbook.pages.parsing.anchors import TITLE_ANCHOR, duty_anchor
from handbook.pages.schema import GROUPS, SECTION_LEVEL, SECTIONS
from handbook.versions import change_log
from handbook.versions.changes import UNRELEASED
from handbook.versions.editions import NAME
from handbook.versions.parts import titles

ANCHOR_RESERVED = rule("anchor-reserved")
ANCHOR_TYPED = rule("anchor-typed")
ANCHOR_MISSING = rule("anchor-missing")
ANCHOR_DUPLICATE = rule("anchor-duplicate")
ANCHOR_TWIN = rule("parity-anchor")
HEADING_SPACE = rule("heading-space")


_EVERYWHERE = r"__.*|hb-.*"
"""The theme's, which its script looks for, and ours."""

_OF_ROLES = rf"neighbours|downloads|{'|'.join(s.key for s in SECTIONS)}|duty-.*|ability-.*"
_OF_PAGES = {
    "abilities": r"ability-.*",
    "changes": r"prints",
    "collaboration": r"map-caption|in-words|others",
    "compare": r"alike|all|[\w-]+/[\w-]+",
    "glossary": rf"(?:{'|'.join(GROUPS)})(?:-.*)?",
    "matrix": r"shared|single",
    "who-handles-what": r"(?:topic|area)-.*",
}
"""What the template of a page adds below its text (overrides/)."""

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def check_reserved(page: Page, roles: frozenset[str]) -> Iterator[Diagnostic]:
    """Ids that must not come from a page; names of `roles` are anchors where they are listed."""
    for tag in page.tags:
        name = dict(tag.attributes).get("id", "")
        if name and _is_reserved(page, tag, roles):
            plain = re.sub(r"^(?:__|hb-)|[^a-z0-9-]+", "", name.casefold()).strip("-")
            other = plain if plain and plain != name else f"own-{plain or 'part'}"
            yield ANCHOR_RESERVED.at(page.place(tag.line, f"#{name}"), found=name, other=other)


def _is_reserved(page: Page, tag: Tag, roles: frozenset[str] = frozenset()) -> bool:
    """Whether the id of an element is one that the site itself gives to another."""
    name = dict(tag.attributes).get("id", "")
    if re.fullmatch(_EVERYWHERE, name, re.DOTALL):
        return True
    if name == TITLE_ANCHOR:
        return tag.name != "h1"
    if page.is_role:
        given = tag.name in _HEADINGS or (tag.name == "li" and name.startswith("ability-"))
        taken = _OF_ROLES if not given else "neighbours|downloads"
        return re.fullmatch(taken, name) is not None
    if page.key in {"collaboration", "self-test"} and name in roles:
        return True
    return re.fullmatch(_OF_PAGES.get(page.key, "(?!)"), name) is not None


_TYPED = re.compile(
    r"(?<!\s)(?:\s*\{:?\s*#?(?P<name>[\w-]*)[^{}]*\}?|\s+#(?P<bare>[a-z][\w-]*))\s*$"
)
"""An anchor as it is typed behind a heading, or as if: without its `}`, its braces or its `#`."""
_ON_ITS_OWN = re.compile(r"\s*\{:?\s*#(?P<name>[\w-]+)\s*\}\s*")
_WITHOUT_SPACE = re.compile(r" {0,3}#{1,6}[^#\s]")


def check_anchors(page: Page, book: Handbook) -> Iterator[Diagnostic]:
    """Anchors of one page."""
    twin = book.twin(page)
    for heading in page.headings:
        where = page.place(heading.line)
        source = page.lines[heading.line - 1]
        if _WITHOUT_SPACE.match(source):
            yield HEADING_SPACE.at(where, fix=re.sub(r"^ *(#+)", r"\1 ", source))
        typed = _TYPED.sub("", page.lines[heading.line - 1])
        if heading.typed_anchor and heading.typed_anchor != TITLE_ANCHOR:
            yield ANCHOR_TYPED.at(
                where,
                expected=heading.anchor,
                found=heading.typed_anchor,
                fix=typed,
                mended=typed,
            )
        elif not heading.anchor and _needs_one(page, heading):
            name = _suggestion(page, heading, twin)
            yield ANCHOR_MISSING.at(where, fix=with_anchor(source, name))
    yield from _duplicates(page)
    if page.is_role:
        yield from _items(page)


def with_anchor(source: str, name: str) -> str:
    """The line of a heading with the anchor `name` in place of what is typed as one."""
    return f"{_TYPED.sub('', source).rstrip(' #')} {{ #{name} }}"


def meant_anchor(page: Page, tag: Tag) -> bool:
    """Whether all that is typed behind a heading that needs an anchor is a name without its `#`."""
    if tag.raw or tag.name not in _HEADINGS:
        return False
    typed = _TYPED.search(page.lines[tag.line - 1])
    own = dict(tag.attributes).keys() - {"id"}
    here = [each for each in page.headings if each.line == tag.line and not each.anchor]
    return bool(typed and own == {typed["name"]} and any(_needs_one(page, each) for each in here))


def _duplicates(page: Page) -> Iterator[Diagnostic]:
    """Anchors used twice; that two duties have one number is said elsewhere."""
    given = {h.line for h in page.headings if _is_natural(h) or h.anchor == TITLE_ANCHOR}
    by_name: dict[str, list[Tag]] = defaultdict(list)
    for tag in page.tags:
        if (name := dict(tag.attributes).get("id")) and not _is_reserved(page, tag):
            by_name[name].append(tag)
    for name, tags in by_name.items():
        typed = [t for t in tags if t.line not in given and not name.startswith("ability-")]
        for tag in typed[1:] if len(typed) == len(tags) else typed:
            if len(tags) > 1:
                yield ANCHOR_DUPLICATE.at(page.place(tag.line), found=name)


def _is_natural(heading: Heading) -> bool:
    """Whether the build gives the heading its anchor."""
    names = {text for section in SECTIONS for text in section.headings.values()}
    return heading.text in names or bool(duty_anchor(heading.text)) or heading.level > SECTION_LEVEL


def _items(page: Page) -> Iterator[Diagnostic]:
    """Anchors typed below an ability, where the build gives another."""
    for number, line in enumerate(typed_lines(page), start=1):
        match = _ON_ITS_OWN.fullmatch(line)
        if match and match["name"] not in page.anchors and number not in seen_lines(page):
            above = [dict(t.attributes).get("id", "") for t in page.tags if t.line <= number]
            expected = next((a for a in reversed(above) if a.startswith("ability-")), "ability-…")
            yield ANCHOR_TYPED.at(
                page.place(number),
                expected=expected,
                found=match["name"],
                fix=both("rule.delete-line"),
            )


def check_twins(page: Page, book: Handbook) -> Iterator[Diagnostic]:
    """Anchors that the other language has and this page lacks."""
    twin = book.twin(page)
    if twin is None or page.is_role:
        return
    own = {heading.anchor: heading.line for heading in page.headings}
    if any(not h.anchor and _needs_one(page, h) for h in page.headings):
        return  # which is said already
    names = {heading.anchor for heading in twin.headings}
    if len(page.headings) == len(twin.headings):
        yield from _renamed(page, twin, {*own}, names)
        return
    end = len(page.lines) - (page.lines[-1] == "") or 1
    for position, heading in enumerate(twin.headings):
        if heading.level > 1 and heading.anchor and heading.anchor not in own:
            hashes = "#" * heading.level
            name = _known(page, heading, book) or words(page.language)("rule.anchors.heading")
            below = (h.anchor for h in twin.headings[position:] if h.anchor in own)
            yield ANCHOR_TWIN.at(
                page.place(own.get(next(below, ""), end)),
                anchor=heading.anchor,
                line=heading.line,
                found=both("rule.none"),
                fix=f"{hashes} {name} {{ #{heading.anchor} }}",
            )


def _known(page: Page, heading: Heading, book: Handbook) -> str:
    """What a heading of the change log is called in the page's language; "" if that is not known.

    The longest name of a role that its anchor ends with is meant.
    """
    if page.key != change_log.KEY:
        return ""
    if heading.anchor == change_log.UNRELEASED:
        return UNRELEASED[page.language]
    if NAME.fullmatch(heading.text):
        return heading.text
    called = {role: title for (role, of), title in titles(book).items() if of == page.language}
    named = (role for role in called if heading.anchor.endswith(f"-{role}"))
    return called.get(max(named, key=len, default=""), "")


def _renamed(page: Page, twin: Page, own: set[str], names: set[str]) -> Iterator[Diagnostic]:
    """As many headings in both languages: another name is said once, on the English page."""
    for mine, its in zip(page.headings, twin.headings, strict=True):
        if page.language == "en" and mine.anchor not in names and its.anchor not in own:
            source = _TYPED.sub("", page.lines[mine.line - 1]).rstrip(" #")
            yield ANCHOR_TWIN.at(
                page.place(mine.line, f"#{mine.anchor}"),
                anchor=its.anchor,
                line=its.line,
                found=both("rule.anchors.named", anchor=mine.anchor),
                fix=f"{source} {{ #{its.anchor} }}",
            )


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
    typed = _TYPED.search(page.lines[heading.line - 1])
    if name := typed and (typed["name"] or typed["bare"]):
        return name
    for text in (heading.text, other.text if other else ""):
        slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
        if len(slug) > 1 and text.isascii():
            return slug
    return f"part-{position}"
