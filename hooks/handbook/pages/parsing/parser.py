"""From a page's blocks to the role that they describe: its duties and abilities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import dropwhile, pairwise, takewhile

from handbook.pages.model import (
    Ability,
    Block,
    Duty,
    Heading,
    Labelled,
    Page,
    Passage,
    Role,
    TermUse,
)
from handbook.pages.parsing.observation import LABEL
from handbook.pages.schema import DUTY_HEADING, DUTY_LEVEL, LABELS, SECTION_LEVEL, SECTIONS, Group
from handbook.pages.vocabulary import Index

_SEPARATORS = re.compile(r"[、,，;；](?![^（(]*[)）])")
"""Between the terms of a labelled line; not those within an aside."""
_ASIDE = re.compile(r"\s*[（(][^（）()]*[)）]\s*$")
_AFTER_NAME = " :：,，—–-"


def between(blocks: Sequence[Block], start: Heading, ends: Iterable[Heading]) -> tuple[Block, ...]:
    """The blocks after heading `start` and before the next heading in `ends`."""
    closing = {id(heading) for heading in ends} - {id(start)}
    after = dropwhile(lambda block: block.heading is not start, blocks)
    next(after, None)
    return tuple(takewhile(lambda block: id(block.heading) not in closing, after))


def read_role(page: Page, terms: Index, headings: Mapping[str, Heading] | None = None) -> Role:
    """The role that a role page describes, as far as it can be read.

    Args:
        page: a role page.
        terms: the vocabulary's look-up.
        headings: where the sections begin, if not where the schema says (a rule that has found a
            misspelt heading reads on below it, so that the other mistakes are found too).
    """
    if headings is None:
        top = [h for h in page.headings if h.level == SECTION_LEVEL and not h.container]
        names = {section.headings[page.language]: section.key for section in SECTIONS}
        headings = {names[h.text]: h for h in reversed(top) if h.text in names}
    ends = [
        h
        for h in page.headings
        if h in headings.values()
        or (h.level <= SECTION_LEVEL and not h.container and not DUTY_HEADING.fullmatch(h.text))
    ]
    duties = between(page.blocks, headings["duties"], ends) if "duties" in headings else ()
    abilities = between(page.blocks, headings["abilities"], ends) if "abilities" in headings else ()
    section = page.front_matter.get("section")
    return Role(
        slug=page.key.rpartition("/")[2],
        language=page.language,
        path=page.path,
        section=section if isinstance(section, int) else 0,
        title=page.title,
        intro=tuple(_intro(page.blocks)),
        duties=tuple(_duties(duties, page.language, terms)),
        abilities=tuple(
            _ability(item, page.language, terms) for block in abilities for item in block.items
        ),
    )


def _intro(blocks: Sequence[Block]) -> Iterator[Passage]:
    for block in blocks:
        if block.heading and block.heading.level >= SECTION_LEVEL:
            return
        if not block.heading:
            yield block.passage


def _duties(blocks: Sequence[Block], language: str, terms: Index) -> Iterator[Duty]:
    starts = [n for n, b in enumerate(blocks) if b.heading and b.heading.level <= DUTY_LEVEL]
    for start, end in pairwise([*starts, len(blocks)]):
        heading = blocks[start].heading
        if not heading or not (match := DUTY_HEADING.fullmatch(heading.text)):
            continue
        body = tuple(_of_their_kinds(blocks[start + 1 : end]))
        found = {block.kind: block for block in reversed(body)}
        yield Duty(
            section=int(match["section"]),
            n=int(match["n"]),
            name=match["name"],
            line=heading.line,
            purpose=found["purpose"].passage if "purpose" in found else None,
            tasks=found["tasks"].items if "tasks" in found else (),
            labelled={
                label.key: _labelled(found[label.key].passage, label.group, language, terms)
                for label in LABELS
                if label.key in found
            },
            body=body,
        )


def _of_their_kinds(body: Sequence[Block]) -> Iterator[Block]:
    """The blocks of a duty: what begins it is its purpose, the first list are its tasks."""
    tasks = next((block for block in body if block.tag in {"ul", "ol"}), None)
    for position, block in enumerate(body):
        opens = position == 0 and block.tag == "p" and not block.kind
        kind = "purpose" if opens else "tasks" if block is tasks else block.kind
        yield replace(block, kind=kind) if kind != block.kind else block


def _labelled(passage: Passage, group: Group | None, language: str, terms: Index) -> Labelled:
    text = re.split("[:：]", passage.text, maxsplit=1)[-1].strip()
    said = Passage(text, LABEL.sub("", passage.html, count=1), passage.line)
    return Labelled(said, tuple(_uses(said, group, language, terms)) if group else ())


def _uses(content: Passage, group: Group, language: str, terms: Index) -> Iterator[TermUse]:
    for item in _SEPARATORS.split(content.text.rstrip("。.")):
        name = _ASIDE.sub("", item).strip()
        if name:
            yield TermUse(name, terms.find(group, language, name), content.line)


def _ability(item: Passage, language: str, terms: Index) -> Ability:
    name, term_id = terms.leading("abilities", language, item.text)
    if not term_id:
        bold = re.match(r"(?:<p>)?\s*<strong>(.*?)</strong>", item.html, re.DOTALL)
        name = re.sub(r"<[^>]*>", "", bold[1]) if bold else re.split("[:：]", item.text)[0]
    rest = item.text.removeprefix(name).lstrip(_AFTER_NAME)
    words = name.strip(" :：")
    qualification = Passage(rest, _html_after(words, item.html, rest), item.line)
    return Ability(TermUse(words, term_id, item.line), qualification, item.line)


def _html_after(name: str, html: str, rest: str) -> str:
    """The HTML of an item without the name it begins with, bold or not."""
    paragraph = re.fullmatch(r"\s*<p>(.*)</p>\s*", html, re.DOTALL)
    if paragraph and "<p>" not in paragraph[1]:
        html = paragraph[1]
    words = re.escape(escape(name, quote=False)).replace("\\ ", r"\s+")
    between = f"[{re.escape(_AFTER_NAME)}\\s]*"
    start = re.match(rf"\s*(?:<(strong|b|em)>{words}{between}</\1>|{words}){between}", html)
    return html[start.end() :].rstrip() if start else escape(rest)
