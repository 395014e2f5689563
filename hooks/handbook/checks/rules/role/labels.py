"""The labelled lines of a duty: in fixed words, apart, each once, with terms of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from handbook.base.folding import fold, slipped
from handbook.base.words import both
from handbook.checks.rules.places import seen_lines, set_apart, typed_lines
from handbook.checks.rules.role.terms import unknown_term
from handbook.checks.rules.text.leftovers import PLACEHOLDER
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Block, Duty, Page
from handbook.pages.schema import LABELS, LabelSchema
from handbook.pages.vocabulary import Index

LABEL_NAME = rule("label-name")
_STUCK = rule("label-name/stuck")
_LISTED = rule("label-name/listed")
LABEL_DUPLICATE = rule("label-duplicate")


_START = re.compile(
    r"\s{0,3}(?P<marks>(?:[>*+•#-]+\s+)?[*_＊]*)\s*(?P<word>[^\W\d_][^:：*_＊#]{0,20}?)\s*"
    r"(?:(?P<bold>[*_＊]+)\s*[:：]?|[:：]\s*[*_＊]*|$)\s*(?P<rest>.*)"
)
"""A source line that begins with a label, whatever marks are about it."""


_TOO_SHORT = 4
"""Letters of which one slip makes another word."""
_NAMES = {label.key: {fold(name) for name in label.names.values()} for label in LABELS}


@dataclass(frozen=True, slots=True)
class _Line:
    """A source line that begins like a label."""

    line: int
    word: str
    rest: str
    item: bool
    """Whether it is a list item."""
    marked: bool
    """Whether the word is bold or has a colon behind it."""


def check_labels(
    page: Page, duty: Duty, lines: range, body: Sequence[Block], terms: Index
) -> Iterator[Diagnostic]:
    """The labelled lines of one duty, whose source lines are `lines` and whose blocks `body`."""
    right = {block.passage.line: block.kind for block in body if block.kind}
    wrong: list[int] = []
    for line in _candidates(page, lines):
        label = _meant(page, line, terms)
        named = label and line.word == label.names[page.language]
        if label and not (named and right.get(line.line) == label.key):
            wrong.append(line.line)
            yield _wrong(page, line, label)
        elif label and not line.rest:
            yield _empty(page, line, label)
    yield from _twice(page, duty, body)
    for label in LABELS:
        uses = duty.terms(label.key)
        broken = any(_is_stuck(page, use.line, wrong) for use in uses)
        for use in () if broken else uses:
            if label.group and not use.id:
                yield unknown_term(page, label.group, use.words, use.line, terms)


def _candidates(page: Page, lines: range) -> Iterator[_Line]:
    typed = typed_lines(page)
    for number in lines:
        text = typed[number - 1].replace("\\*", "*") if number <= len(typed) else ""
        match = _START.fullmatch(text)
        if match and number in seen_lines(page):
            marks = match["marks"]
            heading = "#" in marks
            marked = bool(match["bold"]) or ":" in text or "：" in text or heading
            item = re.match(r"[*+-]\s", marks) is not None
            yield _Line(number, match["word"].strip(), match["rest"].strip(), item, marked)


def _meant(page: Page, line: _Line, terms: Index) -> LabelSchema | None:
    """The label that the line is meant to begin with, or None."""
    folded = fold(line.word)
    for label in LABELS:
        known = folded in _NAMES[label.key] or (folded in label.near and not line.item)
        if known and line.marked:
            return label
        if label.group and line.marked and not line.item and _names_terms(page, line, label, terms):
            return label
    return next((label for label in LABELS if _is_slip(page, line, label)), None)


def _is_slip(page: Page, line: _Line, label: LabelSchema) -> bool:
    """Whether a bold word is a slip of the keys away from a label that is long enough to tell.

    With another first letter it is rather another word: `Sample` is no `Example`.
    """
    name = label.names[page.language]
    bold = page.lines[line.line - 1].lstrip().startswith("**")
    begun = bold and not line.item and fold(line.word)[:1] == fold(name)[:1]
    return begun and len(fold(name)) > _TOO_SHORT and slipped(line.word, name)


def _names_terms(page: Page, line: _Line, label: LabelSchema, terms: Index) -> bool:
    """Whether only terms of the label's group follow: then the word is a misspelt label."""
    names = [name.strip() for name in re.split(r"[、,，;；]", line.rest.rstrip("。."))]
    group = label.group
    return group is not None and all(terms.find(group, page.language, name) for name in names)


def _wrong(page: Page, line: _Line, label: LabelSchema) -> Diagnostic:
    name = label.names[page.language]
    right = f"**{name}**{_colon(page)}{line.rest or _below(page, line.line)}"
    above = page.lines[line.line - 2].strip() if line.line > 1 else ""
    place, found = page.place(line.line), page.lines[line.line - 1].strip()
    fix: object = both("rule.labels.apart", line=right) if above else right
    if not line.rest:
        joined = not right.endswith(_colon(page))
        fix = both("rule.labels.with-below", line=right) if joined else both("rule.labels.behind")
    case = _STUCK if above and found == right else LABEL_NAME
    mended = set_apart(page, line.line, right) if line.rest else None
    return case.at(place, expected=name, found=found, fix=fix, mended=mended)


def _empty(page: Page, line: _Line, label: LabelSchema) -> Diagnostic:
    """A label with nothing behind it; what is meant to be may be the list below it."""
    name = f"**{label.names[page.language]}**{_colon(page)}"
    below = [text.strip() for text in page.lines[line.line :] if text.strip()]
    items = [text[2:] for text in takewhile(lambda text: re.match(r"[-*+] \S", text), below)]
    if not (label.group and items):
        return PLACEHOLDER.at(page.place(line.line), found=name)
    listed = ("、" if page.language == "zh" else ", ").join(items)
    fix = both("rule.labels.with-below", line=name + listed)
    return _LISTED.at(page.place(line.line), expected=name.strip(), fix=fix)


def _below(page: Page, line: int) -> str:
    """The words on the next line with words, if they are by themselves; a list's are not."""
    rest = [text.strip() for text in page.lines[line:]]
    words = next(filter(None, rest), "")
    after = "".join(rest[rest.index(words) + 1 :][:1])
    return "" if after or re.match(r"[#>|*+`-]|\d+\. ", words) else words


def _colon(page: Page) -> str:
    return "：" if page.language == "zh" else ": "


def _is_stuck(page: Page, line: int, wrong: Sequence[int]) -> bool:
    """Whether a wrong label stands in the same paragraph, further down."""
    return any(
        line < other and all(page.lines[number - 1].strip() for number in range(line, other))
        for other in wrong
    )


def _twice(page: Page, duty: Duty, body: Sequence[Block]) -> Iterator[Diagnostic]:
    labels = {label.key: label for label in LABELS}
    seen: set[str] = set()
    for block in body:
        label = labels.get(block.kind)
        if label and label.key in seen:
            name = f"**{label.names[page.language]}**"
            fix = both("rule.labels.join") if label.group else both("rule.labels.join-prose")
            at = page.place(block.passage.line)
            yield LABEL_DUPLICATE.at(at, number=duty.number, name=name, fix=fix)
        seen.add(block.kind)
    for key in labels:
        uses = duty.terms(key)
        for position, use in enumerate(uses):
            if use.id and use.id in {each.id for each in uses[:position]}:
                place = page.place(use.line)
                fix = both("rule.labels.once")
                yield LABEL_DUPLICATE.at(place, number=duty.number, name=use.words, fix=fix)
