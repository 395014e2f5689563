"""What a role page says, section by section, and a short fingerprint of the words of each.

A role's sections are its introduction, each of its duties, and its abilities. Two texts with the
same words have the same fingerprint: white space, line breaks, markup, capitals and punctuation do
not count. Fingerprints are kept in files, so what they count must not change: see the tests.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from handbook.pages.schema import AUTHORED, DUTY_HEADING, SECTIONS

if TYPE_CHECKING:
    from handbook.pages.model import Handbook, Heading, Page, Role

INTRO, ABILITIES = "intro", "abilities"
"""The parts of a role that are no duty; a duty's part is its anchor, such as `duty-3-2`."""

_LENGTH = 12
_CJK = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"(?![{_CJK}])[^\W_][\u0300-\u036f]*"
_WORD = re.compile(rf"[{_CJK}]|\d+(?:[.,]\d+)+|(?:{_LETTER})+|[^\w\s]")
_SIGNS = "%‰&"
"""Punctuation by Unicode's table, yet read as words."""
_DUTY = re.compile(r"duty-\d+-\d+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: a Chinese character, or a word or number of another script.

    `key` is what counts of it, `start` and `end` say where it stands.
    """

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Section:
    """A section of a role in one language: its name, and its texts one a paragraph or list item.

    `role` is the name of the page (`marketing`), `part` is `intro`, `duty-3-2` or `abilities`;
    `path` and `line` are where it begins.
    """

    role: str
    part: str
    language: str
    name: str
    texts: tuple[str, ...]
    path: str
    line: int

    @property
    def said(self) -> tuple[str, ...]:
        """Its name and its texts."""
        return (self.name, *self.texts)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of its name and texts."""
        return fingerprint(self.said)

    @property
    def number(self) -> str:
        """The number of a duty, such as `3.2`; "" for another part."""
        return number_of(self.part)


def fingerprint(texts: str | Iterable[str]) -> str:
    """Twelve hexadecimal digits that are the same for the same words, in any language."""
    return _fingerprint((texts,) if isinstance(texts, str) else tuple(texts))


@lru_cache(maxsize=8192)  # several hooks ask, for every language
def _fingerprint(texts: tuple[str, ...]) -> str:
    keys = (word.key for text in texts for word in words(text))
    return hashlib.sha256(" ".join(keys).encode()).hexdigest()[:_LENGTH]


def words(text: str) -> Iterator[Word]:
    """The words of `text` that count, in order."""
    for match in _WORD.finditer(text):
        found = match[0]
        if len(found) > 1 or found.isalnum() or _is_sign(found):
            yield Word(unicodedata.normalize("NFKC", found).casefold(), *match.span())


def _is_sign(char: str) -> bool:
    """Whether a character that is no letter says something: `+`, `%`, `¥`, but not `·` or `、`."""
    char = unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char[0])
    return char in _SIGNS or (category.startswith("S") and category != "Sk")


def number_of(part: str) -> str:
    """The number of the duty that `part` is (`3.2` for `duty-3-2`), or ""."""
    return part.removeprefix("duty-").replace("-", ".") if _DUTY.fullmatch(part) else ""


def sections(handbook: Handbook) -> dict[tuple[str, str, str], Section]:
    """Every section of every role by role, part and language, in the handbook's order."""
    return {
        (section.role, section.part, section.language): section
        for language in AUTHORED
        for role in handbook.roles(language)
        if (page := handbook.page(language, f"roles/{role.slug}")) is not None
        for section in _of_role(role, page)
    }


def _of_role(role: Role, page: Page) -> Iterator[Section]:
    """The sections of one page. Nothing that is written on it is left out."""
    part, name, texts = INTRO, role.title, list[str]()
    line = next((heading.line for heading in page.headings if heading.level == 1), 1)

    def section() -> Section:
        return Section(role.slug, part, role.language, name, tuple(texts), role.path, line)

    for block in page.blocks:
        heading = block.heading
        following = _begins(heading) if heading else None
        if heading and following:
            yield section()
            part, name, line, texts = *following, heading.line, []
        elif not heading or (heading.level > 1 and heading.text not in _GIVEN):
            texts += [passage.text for passage in block.items or (block.passage,)]
    yield section()


_GIVEN = {text for section in SECTIONS for text in section.headings.values()}


def _begins(heading: Heading) -> tuple[str, str] | None:
    """The part that a heading begins and its name, or None."""
    if heading.anchor == ABILITIES:
        return ABILITIES, heading.text
    duty = DUTY_HEADING.fullmatch(heading.text)
    if duty and _DUTY.fullmatch(heading.anchor):
        return heading.anchor, duty["name"]
    return None
