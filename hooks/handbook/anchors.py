"""Public anchors, given by the build: a Markdown extension over the page schema.

`## 崗位職責` becomes `#duties`, `### 3.2 …` `#duty-3-2`, an ability item `#ability-<id>`; a further
heading inside a duty `#duty-3-2-1`. The same pass names the parts of a duty for the style sheet:
the paragraphs `duty-purpose`, `duty-example`, `duty-measures`, `duty-partners`, `duty-tools`.
An id that an editor typed gives way to the public one and is kept as `data-typed-id` for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from handbook.schema import AUTHORED, DUTY_HEADING, DUTY_LEVEL, LABELS, SECTION_LEVEL, SECTIONS
from handbook.vocabulary import Index

_AFTER_ATTR_LIST = 7
"""`attr_list` runs at 8 and `toc` at 5: typed ids are known, made-up ones are not needed."""

MARKS = re.compile("[\U000f0000-\U0010fffd]")
"""Private characters that never belong to the text; the parser marks source lines with them."""

_SECTION_ANCHORS = {
    heading: section.anchor for section in SECTIONS for heading in section.headings.values()
}
_LABEL_KEYS = {name: label.key for label in LABELS for name in label.names.values()}
_HEADING_TAG = re.compile(r"h[1-6]")


class PublicAnchors(Extension):
    """Gives role pages their public anchors; pages without the schema's sections stay as they are.

    Args:
        terms: the vocabulary's look-up, for `#ability-<id>`.
    """

    def __init__(self, terms: Index) -> None:
        super().__init__()
        self._terms = terms

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the pass."""
        md.treeprocessors.register(_Pass(md, self._terms), "public-anchors", _AFTER_ATTR_LIST)


class _Pass(Treeprocessor):
    def __init__(self, md: Markdown, terms: Index) -> None:
        super().__init__(md)
        self._terms = terms

    def run(self, root: Element) -> None:
        section = duty = ""
        extra = 0
        opening = False
        for element in root:
            if _HEADING_TAG.fullmatch(element.tag):
                level, text = int(element.tag[1]), words(element)
                if level <= SECTION_LEVEL:
                    section, duty = _SECTION_ANCHORS.get(text, ""), ""
                    _give(element, section)
                elif section == "duties":
                    anchor = duty_anchor(text) if level == DUTY_LEVEL else ""
                    if anchor:
                        duty, extra, opening = anchor, 0, True
                        _give(element, duty)
                    elif duty:
                        extra += 1
                        _give(element, f"{duty}-{extra}")
            elif section == "abilities" and element.tag in {"ul", "ol"}:
                self._abilities(element)
            elif duty:
                _classify(element, opening)
                opening = False

    def _abilities(self, items: Element) -> None:
        for item in items:
            text = words(item)
            for language in AUTHORED:
                _, term_id = self._terms.leading("abilities", language, text)
                if term_id:
                    _give(item, f"ability-{term_id}")
                    break


def duty_anchor(heading: str) -> str:
    """`duty-3-2` for the heading `3.2 廣告投放與渠道管理`; "" if it is not a duty's."""
    match = DUTY_HEADING.fullmatch(heading)
    return f"duty-{match['section']}-{match['n']}" if match else ""


def words(element: Element) -> str:
    """The text of an element: marks dropped, white space folded, character references read."""
    return " ".join(MARKS.sub("", "".join(_texts(element))).split())


def _texts(element: Element) -> Iterator[str]:
    for text in element.itertext():
        # Python-Markdown writes an escaped character as STX, its code, ETX until the very end.
        yield re.sub("\x02(\\d+)\x03", lambda match: chr(int(match[1])), text)


def label_of(text: str) -> str:
    """The key of the label that a paragraph's bold opening words are, or ""."""
    return _LABEL_KEYS.get(text.strip().rstrip(":：").rstrip(), "")


def _classify(element: Element, opening: bool) -> None:
    if element.tag != "p":
        return
    first = element[0] if len(element) else None
    label = ""
    if (
        first is not None
        and first.tag == "strong"
        and not MARKS.sub("", element.text or "").strip()
    ):
        label = label_of(words(first))
    if label:
        element.set("class", f"duty-{label}")
    elif opening:
        element.set("class", "duty-purpose")


def _give(element: Element, anchor: str) -> None:
    if not anchor:
        return
    typed = element.get("id")
    if typed and typed != anchor:
        element.set("data-typed-id", typed)
    element.set("id", anchor)
