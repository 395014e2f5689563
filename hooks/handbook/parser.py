"""From a rendered page to the model's values.

`observe` walks the rendered tree once and notes everything the rules look at; `read_role` reads a
role page's duties and abilities from the blocks that this leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import lxml.html
from lxml.html import HtmlElement

from handbook.anchors import MARKS, label_of
from handbook.model import (
    Ability,
    Block,
    Duty,
    Heading,
    Link,
    Page,
    Passage,
    Role,
    Tag,
    TermUse,
    TextRun,
)
from handbook.rendering import MADE_BY_MARKDOWN, WITHOUT_ANCHOR, line_of, unmarked
from handbook.schema import DUTY_HEADING, DUTY_LEVEL, LABELS, SECTION_LEVEL, SECTIONS
from handbook.vocabulary import Index

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "div", "table", "thead", "tbody", "tr",
    "th", "td", "pre", "details", "summary", "figure", "section", *_HEADINGS,
}  # fmt: skip
_OURS = {MADE_BY_MARKDOWN, WITHOUT_ANCHOR, "data-typed-id"}
_CODE = {"pre", "code", "kbd", "samp"}
_BOXES = {"details", "admonition"}
_MARK_OR_TEXT = re.compile(f"({MARKS.pattern})")
_SEPARATORS = re.compile(r"[、,，;；]")
_ASIDE = re.compile(r"\s*[（(][^（）()]*[)）]\s*$")


@dataclass(slots=True)
class Observation:
    """What a rendered page holds, in the order of the page."""

    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    runs: list[TextRun] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Inside:
    """What surrounds an element."""

    code: bool = False
    language: str = ""
    container: str = ""


def observe(tree: HtmlElement, lines: Sequence[str], first_line: int) -> Observation:
    """Note the blocks, headings, anchors, links, tags and words of a rendered page.

    Args:
        tree: the page as `Renderer.render` returns it.
        lines: all lines of the file.
        first_line: the line of the file on which the Markdown begins.
    """
    walk = _Walk(lines, first_line)
    walk.children(tree, _Inside())
    for element in tree:
        if isinstance(element.tag, str):
            walk.seen.blocks.append(walk.block(element))
    return walk.seen


class _Walk:
    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self.seen = Observation()
        self._lines = lines
        self._line = first_line
        self._marks: list[int] = []
        self._places: dict[HtmlElement, int] = {}
        self._heading_of: dict[HtmlElement, Heading] = {}

    def children(self, element: HtmlElement, inside: _Inside) -> None:
        self._text(element.text, inside)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, inside)
            self._text(child.tail, inside)

    def _element(self, element: HtmlElement, inside: _Inside) -> None:
        name = element.tag
        raw = MADE_BY_MARKDOWN not in element.attrib
        line = self._typed_line(name) if raw and name not in _CODE else self._line
        index = len(self.seen.tags)
        marks = len(self._marks)
        self.seen.tags.append(Tag(name, (), line, raw))
        self.children(
            element,
            _Inside(
                inside.code or name in _CODE,
                element.get("lang") or inside.language,
                inside.container or _container(element, raw),
            ),
        )
        if name in _BLOCKS and len(self._marks) > marks and not (raw and name not in _CODE):
            line = self._marks[marks]
        self._places[element] = line
        attributes = tuple(
            (key, unmarked(value)) for key, value in element.attrib.items() if key not in _OURS
        )
        self.seen.tags[index] = Tag(name, attributes, line, raw)
        self._note(element, inside, line, raw=raw)

    def _note(self, element: HtmlElement, inside: _Inside, line: int, *, raw: bool) -> None:
        name = element.tag
        anchor = element.get("id") or (element.get("name") if name == "a" else None)
        if WITHOUT_ANCHOR in element.attrib:
            anchor = None
        if anchor:
            self.seen.anchors.append(unmarked(anchor))
        if name in _HEADINGS:
            heading = Heading(
                _HEADINGS[name],
                _words(element),
                line,
                unmarked(anchor or ""),
                unmarked(element.get("data-typed-id") or ""),
                inside.container or ("html" if raw else ""),
            )
            self._heading_of[element] = heading
            self.seen.headings.append(heading)
        target = element.get("href" if name == "a" else "src")
        if target is not None and name in {"a", "img"}:
            text = _words(element) if name == "a" else unmarked(element.get("alt") or "")
            self.seen.links.append(Link(name, unmarked(target), text, line, raw))

    def _text(self, text: str | None, inside: _Inside) -> None:
        if not text:
            return
        for part in _MARK_OR_TEXT.split(text):
            if MARKS.fullmatch(part):
                self._line = line_of(part)
                self._marks.append(self._line)
            elif part.strip():
                self.seen.runs.append(
                    TextRun(part.strip("\n"), self._line, inside.code, inside.language)
                )

    def _typed_line(self, name: str) -> int:
        """Typed HTML carries no marks: its line is the next one that opens this element."""
        opening = f"<{name}"
        for number in range(self._line, len(self._lines) + 1):
            if opening in self._lines[number - 1].casefold():
                return number
        return self._line

    def block(self, element: HtmlElement) -> Block:
        items: tuple[Passage, ...] = ()
        if element.tag in {"ul", "ol"}:
            items = tuple(self._passage(item) for item in element if item.tag == "li")
        return Block(element.tag, self._passage(element), items, self._heading_of.get(element))

    def _passage(self, element: HtmlElement) -> Passage:
        return Passage(_words(element), _inner_html(element), self._places.get(element, 1))


def _container(element: HtmlElement, raw: bool) -> str:
    if element.tag == "blockquote":
        return "quote"
    if element.tag == "li":
        return "list"
    if _BOXES & {element.tag, *(element.get("class") or "").split()}:
        return "box"
    return "html" if raw and element.tag in _BLOCKS - set(_HEADINGS) else ""


def _words(element: HtmlElement) -> str:
    return " ".join(unmarked("".join(element.itertext())).split())


def _inner_html(element: HtmlElement) -> str:
    html = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    start, end = html.index(">") + 1, html.rfind("</")
    return unmarked(html[start:end] if end >= start else "").replace(f' {MADE_BY_MARKDOWN}=""', "")


def between(blocks: Sequence[Block], start: Heading, ends: Iterable[Heading]) -> tuple[Block, ...]:
    """The blocks after heading `start` and before the next heading in `ends`."""
    closing = {id(heading) for heading in ends} - {id(start)}
    found: list[Block] = []
    inside = False
    for block in blocks:
        if block.heading is start:
            inside = True
        elif block.heading is not None and id(block.heading) in closing and inside:
            break
        elif inside:
            found.append(block)
    return tuple(found)


def section_heading(page: Page, key: str) -> Heading | None:
    """The heading of section `key` ("duties", "abilities"), where it is as the schema wants it."""
    wanted = next(section for section in SECTIONS if section.key == key).headings[page.language]
    return next(
        (
            heading
            for heading in page.headings
            if (heading.level, heading.text, heading.container) == (SECTION_LEVEL, wanted, "")
        ),
        None,
    )


def read_role(page: Page, terms: Index, headings: Mapping[str, Heading] | None = None) -> Role:
    """The role that a role page describes, as far as it can be read.

    Args:
        page: a role page.
        terms: the vocabulary's look-up.
        headings: where the sections begin, if not where the schema says (a rule that has found a
            misspelt heading reads on below it, so that the other mistakes are found too).
    """
    if headings is None:
        found = {section.key: section_heading(page, section.key) for section in SECTIONS}
        headings = {key: heading for key, heading in found.items() if heading}
    ends = [
        heading
        for heading in page.headings
        if heading in headings.values()
        or (heading.level <= SECTION_LEVEL and not heading.container and not _is_duty(heading))
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
        abilities=tuple(_abilities(abilities, page.language, terms)),
    )


def _is_duty(heading: Heading) -> bool:
    return DUTY_HEADING.fullmatch(heading.text) is not None


def _intro(blocks: Sequence[Block]) -> Iterator[Passage]:
    for block in blocks:
        if block.heading and block.heading.level >= SECTION_LEVEL:
            return
        if not block.heading:
            yield block.passage


def _duties(blocks: Sequence[Block], language: str, terms: Index) -> Iterator[Duty]:
    heading: Heading | None = None
    body: list[Block] = []
    for block in [*blocks, None]:
        starts = block is None or (block.heading is not None and block.heading.level <= DUTY_LEVEL)
        if not starts:
            if block is not None:
                body.append(block)
            continue
        if heading is not None and (match := DUTY_HEADING.fullmatch(heading.text)):
            number = int(match["section"]), int(match["n"])
            yield _duty(number, match["name"], heading.line, body, language, terms)
        heading, body = (block.heading if block else None), []


def _duty(
    number: tuple[int, int],
    name: str,
    line: int,
    body: Sequence[Block],
    language: str,
    terms: Index,
) -> Duty:
    labelled = {label.key: _labelled(body, label.key) for label in LABELS}
    first = body[0] if body else None
    opens = first is not None and first.tag == "p" and not label_of_block(first)
    lists = [block for block in body if block.tag in {"ul", "ol"}]
    uses = {
        label.key: tuple(_uses(labelled[label.key], label.group, language, terms))
        for label in LABELS
        if label.group
    }
    return Duty(
        *number,
        name=name,
        line=line,
        purpose=first.passage if first and opens else None,
        tasks=lists[0].items if lists else (),
        example=_after_label(labelled["example"]),
        measures=uses["measures"],
        partners=uses["partners"],
        tools=uses["tools"],
        body=tuple(body),
    )


def label_of_block(block: Block) -> str:
    """The label key of a paragraph such as `**指標**：…`, or ""."""
    match = re.match(r"<strong>(.*?)</strong>\s*([:：]?)", block.passage.html, re.DOTALL)
    if block.tag != "p" or not match:
        return ""
    bold = re.sub(r"<[^>]*>", "", match[1])
    return label_of(bold) if match[2] or bold.rstrip().endswith((":", "：")) else ""


def _labelled(body: Sequence[Block], key: str) -> Passage | None:
    return next((block.passage for block in body if label_of_block(block) == key), None)


def _after_label(passage: Passage | None) -> Passage | None:
    if passage is None:
        return None
    text = re.split("[:：]", passage.text, maxsplit=1)[-1].strip()
    html = re.sub(r"^\s*<strong>.*?</strong>\s*[:：]?\s*", "", passage.html, flags=re.DOTALL)
    return Passage(text, html, passage.line)


def _uses(
    passage: Passage | None, group: str | None, language: str, terms: Index
) -> Iterator[TermUse]:
    content = _after_label(passage)
    if content is None or group is None:
        return
    for item in _SEPARATORS.split(content.text.rstrip("。.")):
        name = _ASIDE.sub("", item).strip()
        if name:
            yield TermUse(name, terms.find(group, language, name), content.line)  # type: ignore[arg-type]


def _abilities(blocks: Sequence[Block], language: str, terms: Index) -> Iterator[Ability]:
    for block in blocks:
        for item in block.items:
            yield _ability(item, language, terms)


def _ability(item: Passage, language: str, terms: Index) -> Ability:
    name, term_id = terms.leading("abilities", language, item.text)
    if not term_id:
        bold = re.match(r"(?:<p>)?\s*<strong>(.*?)</strong>", item.html, re.DOTALL)
        name = re.sub(r"<[^>]*>", "", bold[1]) if bold else re.split("[:：]", item.text)[0]
    rest = item.text.removeprefix(name).lstrip(" :：,，—–-")
    html = re.sub(r"^(?:<p>)?\s*<strong>.*?</strong>\s*[:：]?\s*", "", item.html, flags=re.DOTALL)
    return Ability(
        TermUse(name.strip(" :："), term_id, item.line), Passage(rest, html, item.line), item.line
    )
