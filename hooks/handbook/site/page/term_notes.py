"""Notes on terms: in a page's HTML, a vocabulary term says what it means on hover and on focus.

It is a link to its page of the glossary, described by the note: screen readers stop at links.

Sparing: a term once in each part of a page, best where a labelled line names it; in running text
only those that the schema has explained there, by their own names; never in headings, links, code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from handbook.base.word_search import finder
from handbook.pages.schema import LABELS, Group
from handbook.pages.vocabulary import Vocabulary

_NO_NOTES = {
    "a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp",
    "script", "style", "summary", "svg",
}  # fmt: skip
_PARTS = {"h1", "h2", "h3"}
_LABELS = {f"duty-{label.key}": label.group for label in LABELS if label.group}
_IN_TEXT = tuple(label.group for label in LABELS if label.group and label.explained)


class Noted(NamedTuple):
    """A term: its anchor in the glossary, and what it means."""

    anchor: str
    definition: str


@dataclass(slots=True)
class _Words:
    """A text that may carry notes: that within an element or after it, and the group it names."""

    element: HtmlElement
    place: Literal["text", "tail"]
    group: Group | None
    found: list[tuple[int, int, Noted]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return getattr(self.element, self.place) or ""


class TermNotes:
    """Adds notes to pages in one language."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._labelled = {
            group: _names(vocabulary, language, (group,), also=True)
            for group in (*_LABELS.values(), "abilities")
        }
        self._running = _names(vocabulary, language, _IN_TEXT, also=False)

    def add(self, page: HtmlElement, glossary: str) -> None:
        """Add the notes to a page's body.

        Args:
            page: the body.
            glossary: the address of the glossary there; "" if there is none.
        """
        for part in [*_parts(page)]:
            noted: set[Noted] = set()
            # Labelled lines first: there a term is named for what it is.
            for words in sorted(part, key=lambda each: each.group is None):
                self._find(words, noted)
            for words in part:
                _note(words, glossary)

    def _find(self, words: _Words, noted: set[Noted]) -> None:
        known = self._labelled[words.group] if words.group else self._running
        for match in finder(known).finditer(words.text):
            term = known[_fold(match[0])]
            within = words.text[: match.start()].endswith("-")  # such as `sales` in `after-sales`
            if term not in noted and not within:
                noted.add(term)
                words.found.append((match.start(), match.end(), term))


def _names(
    vocabulary: Vocabulary, language: str, groups: tuple[Group, ...], *, also: bool
) -> dict[str, Noted]:
    """Terms by name."""
    terms = [
        (term.text(language), f"{group}-{term_id}")
        for group in groups
        for term_id, term in vocabulary.group(group).items()
    ]
    names = {_fold(text.name): Noted(anchor, text.definition) for text, anchor in terms}
    if also:
        for text, anchor in terms:
            for name in text.also:
                names.setdefault(_fold(name), Noted(anchor, text.definition))
    return names


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _parts(page: HtmlElement) -> Iterator[list[_Words]]:
    """The texts between one heading and the next."""
    part: list[_Words] = []
    opened: list[tuple[Group | None, bool]] = [(None, True)]
    for event, element in iterwalk(page, events=("start", "end", "comment", "pi")):
        if event == "start":
            if element.tag in _PARTS:
                yield part
                part = []
            group, open_to_notes = opened[-1]
            group, open_to_notes = (
                _group(element) or group,
                (open_to_notes and element.tag not in _NO_NOTES),
            )
            opened.append((group, open_to_notes))
            words = _Words(element, "text", group)
        else:
            if event == "end":
                opened.pop()
            group, open_to_notes = opened[-1]
            words = _Words(element, "tail", group)
        if open_to_notes and words.text.strip():
            part.append(words)
    yield part


def _group(element: HtmlElement) -> Group | None:
    if element.get("id", "").startswith("ability-"):
        return "abilities"
    classes = element.get("class", "").split()
    return next((group for css, group in _LABELS.items() if css in classes), None)


def _note(words: _Words, glossary: str) -> None:
    """Put what was found into elements of their own."""
    if not words.found:
        return
    text = words.text
    parent, index = words.element, 0
    if words.place == "tail":
        parent = words.element.getparent()
        index = parent.index(words.element) + 1
    starts = [*(start for start, *_ in words.found), len(text)]
    setattr(words.element, words.place, text[: starts[0]])
    for number, (start, end, term) in enumerate(words.found):
        said = {"class": "hb-term", "aria-description": term.definition}
        note = (
            parent.makeelement("a", {"href": f"{glossary}{term.anchor}/", **said})
            if glossary
            else parent.makeelement("button", {"type": "button", **said})
        )
        note.text, note.tail = text[start:end], text[end : starts[number + 1]]
        parent.insert(index + number, note)
