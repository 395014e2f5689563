"""Public anchors, given by the build: a Markdown extension over the page schema.

`## 崗位職責` becomes `#duties`, `### 3.2 …` `#duty-3-2`, an ability item `#ability-<id>`; a further
heading inside a duty `#duty-3-2-1`, a page's title `#top`. The same pass names the parts of a duty
for the style sheet: see `schema.css_class`.
An id that an editor typed gives way to the public one and is kept as `data-typed-id` for the rules.
"""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from handbook.pages.parsing.source_map import unmarked
from handbook.pages.schema import (
    AUTHORED,
    DUTY_HEADING,
    DUTY_LEVEL,
    SECTION_LEVEL,
    SECTIONS,
    css_class,
    label_of,
)
from handbook.pages.vocabulary import Index

_AFTER_ATTR_LIST = 7
"""`attr_list` runs at 8 and `toc` at 5: typed ids are known, made-up ones are not needed."""

TITLE_ANCHOR = "top"
"""The anchor of a page's title, which `toc` would call `_1` in Chinese; browsers know it too."""

_SECTION_ANCHORS = {
    heading: section.key for section in SECTIONS for heading in section.headings.values()
}
_HEADING_TAG = re.compile(r"h[1-6]")
_ESCAPED = re.compile("\x02(\\d+)\x03")
STASHED = re.compile("\x02wzxhzdk:(\\d+)\x03")
"""How Python-Markdown writes escaped characters and typed HTML or entities until the very end."""


class PublicAnchors(Extension):
    """Gives role pages their public anchors; pages without such sections stay as they are."""

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
                level, text = int(element.tag[1]), self._words(element)
                if level == 1 and not element.get("id"):
                    _give(element, TITLE_ANCHOR)
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
            elif duty and self._words(element):
                self._classify(element, opening)
                opening = False

    def _abilities(self, items: Element) -> None:
        for item in items:
            text = self._words(item)
            for language in AUTHORED:
                _, term_id = self._terms.leading("abilities", language, text)
                if term_id:
                    _give(item, f"ability-{term_id}")
                    break

    def _classify(self, element: Element, opening: bool) -> None:
        if element.tag != "p":
            return
        first = element[0] if len(element) else None
        label = ""
        if first is not None and first.tag == "strong" and not unmarked(element.text or "").strip():
            label = label_of(self._words(first))
        if label or opening:
            own = css_class(label or "purpose")
            element.set("class", " ".join([*(element.get("class") or "").split(), own]))

    def _words(self, element: Element) -> str:
        """The text of an element: marks and tags dropped, white space folded, entities read."""
        text = _ESCAPED.sub(lambda match: chr(int(match[1])), "".join(element.itertext()))
        return " ".join(unmarked(STASHED.sub(self._stashed, text)).split())

    def _stashed(self, match: re.Match[str]) -> str:
        html = self.md.htmlStash.rawHtmlBlocks[int(match[1])]
        return unescape(re.sub(r"<[^>]*>", "", html)) if isinstance(html, str) else ""


def duty_anchor(heading: str) -> str:
    """`duty-3-2` for the heading `3.2 廣告投放與渠道管理`; "" if it is not a duty's."""
    match = DUTY_HEADING.fullmatch(heading)
    return f"duty-{match['section']}-{match['n']}" if match else ""


def _give(element: Element, anchor: str) -> None:
    if not anchor:
        return
    typed = element.get("id")
    if typed and typed != anchor:
        element.set("data-typed-id", typed)
    element.set("id", anchor)
