"""The parts of a book that pages become: their blocks in order, duties kept together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from handbook.pages.model import Block, Page, Role
from handbook.pages.observation import LABEL
from handbook.pages.schema import DUTY_HEADING, DUTY_LEVEL
from handbook.site.print.nodes import Node, Setting
from handbook.site.retired import in_order, is_behind

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
