"""The parts of a book that pages become: their blocks in order, duties kept together.

In a book of several languages a part is matched section by section, passage by passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from handbook.pages.model import Block, Page, Role
from handbook.pages.parsing.observation import LABEL
from handbook.pages.schema import DUTY_HEADING, DUTY_LEVEL
from handbook.site.page.retired import in_order, is_behind
from handbook.site.print.nodes import Node, Setting

_NUMBER = re.compile(r"^\s*[\d.]+\s+")


def page_part(page: Page, setting: Setting, role: Role | None = None) -> dict[str, Any]:
    """A page as a part of a book: its title, what stands before its first section, the rest."""
    lead: list[Node] = []
    sections: list[dict[str, Any]] = []
    into: list[Any] = lead
    gone = in_order(role, setting.notices) if role else []
    lead.extend(_notice(page, "top", setting))
    for block in page.blocks:
        heading = block.heading
        if heading is None or heading.container:
            into.extend(_block(block, page, setting))
        elif heading.level > 1:
            while role and gone and is_behind(heading.anchor, gone[0][0]):
                into.extend(_notice(page, gone.pop(0)[1], setting))
            section = _section(block, page, setting)
            if heading.level > DUTY_LEVEL and into is not lead:
                label = section["label"] if setting.anchors else ""
                into.append({"t": "heading", **section, "label": label})
            else:
                sections.append(section)
                into = section["blocks"]
                into.extend(_notice(page, heading.anchor, setting))
    return {
        "kind": "role" if role else "page",
        "number": str(role.section) if role else "",
        "label": f"{page.key}#",
        "title": title(page, setting),
        "lead": lead,
        "sections": sections,
    }


def title(page: Page, setting: Setting) -> list[Node]:
    """The page's title."""
    html = next((b.passage.html for b in page.blocks if b.heading and b.heading.level == 1), "")
    return setting.nodes(html, page.key)


def _notice(page: Page, anchor: str, setting: Setting) -> list[Node]:
    """What readers are told of a section, set apart."""
    html = setting.notices.get((page.language, page.key, anchor))
    return setting.blocks(f"<blockquote>{html}</blockquote>", page.key) if html else []


def _section(block: Block, page: Page, setting: Setting) -> dict[str, Any]:
    """A section's heading, and its body to be filled; the number of a duty stands by itself."""
    heading = block.heading
    assert heading is not None, "called with headings only"  # noqa: S101
    duty = DUTY_HEADING.fullmatch(heading.text) if heading.anchor.startswith("duty-") else None
    html = _NUMBER.sub("", block.passage.html) if duty else block.passage.html
    label = f"{page.key}#{heading.anchor}"
    return {
        "level": heading.level,
        "number": f"{duty['section']}.{duty['n']}" if duty else "",
        "label": label if label in setting.labels else "",
        "title": setting.nodes(html, page.key),
        "blocks": [],
    }


def _block(block: Block, page: Page, setting: Setting) -> Iterator[Node]:
    if block.kind and (match := LABEL.match(block.passage.html)):
        yield {
            "t": "labelled",
            "label": setting.nodes(f"{match[1]}{match[2]}", page.key),
            "c": setting.nodes(block.passage.html[match.end() :], page.key),
        }
        return
    html = f"<{block.tag}>{block.passage.html}</{block.tag}>"
    yield from setting.blocks(html, page.key)


def parallel(sides: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One part of the same part in each language; what is said in each is a list of as many."""
    first = sides[0]
    return {
        "kind": first["kind"],
        "number": first["number"],
        "label": first["label"],
        "titles": [side["title"] for side in sides],
        "lead": _rows([side["lead"] for side in sides]),
        "sections": _sections(sides),
    }


def _sections(sides: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sections of all sides, those with the same anchor beside each other."""
    by_label = [
        {section["label"] or n: section for n, section in enumerate(side["sections"])}
        for side in sides
    ]
    rows = []
    for label in dict.fromkeys(label for side in by_label for label in side):
        present = next(side[label] for side in by_label if label in side)
        pair = [side.get(label, {"title": [], "blocks": []}) for side in by_label]
        row = {key: present[key] for key in ("level", "number", "label")}
        row["titles"] = [section["title"] for section in pair]
        row["rows"] = _rows([section["blocks"] for section in pair])
        rows.append(row)
    return rows


def _rows(sides: Sequence[list[Any]]) -> list[list[list[Any]]]:
    """Block beside block where both sides have the same kinds of blocks, else all in one row."""
    kinds = [[block["t"] if isinstance(block, dict) else "" for block in side] for side in sides]
    if all(each == kinds[0] for each in kinds):
        return [[[block] for block in row] for row in zip(*sides, strict=True)]
    return [list(sides)]
