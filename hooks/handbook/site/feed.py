"""The change log as an Atom feed, one a language: an entry is an edition, or what is next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import takewhile

from lxml import etree
from lxml.etree import _Element

from handbook.base.script import simplified
from handbook.base.words import words
from handbook.pages.model import Handbook, Page
from handbook.pages.schema import DERIVED, authored
from handbook.versions import change_log

FEED = "feed.xml"
"""Where it is, from the home of its language."""

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"


def feed(handbook: Handbook, locale: str, tag: str, home: str, days: Mapping[str, date]) -> bytes:
    """The feed of one language.

    Args:
        handbook: what the pages say.
        locale: the language; `tag` as pages name it.
        tag: such as `zh-Hant`.
        home: the whole address of the language's home.
        days: of each edition its day, of what is next ("") that of the last change.

    Returns:
        The file; b"" where there is no change log, or nothing in it has a day.
    """
    language = authored(locale)
    page, index = handbook.page(language, change_log.KEY), handbook.page(language, "index")
    entries = [each for each in change_log.entries(page) if each.name in days] if page else []
    if not page or not index or not entries:
        return b""
    shown = simplified if locale in DERIVED else str
    at, say = f"{home}{change_log.KEY}/", words(language)
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    root.set(f"{{{_XML}}}lang", tag)
    _texts(root, id=at, title=shown(index.title), updated=_moment(max(days.values())))
    _texts(etree.SubElement(root, f"{{{_ATOM}}}author"), name=shown(index.title))
    _link(root, "self", f"{home}{FEED}")
    _link(root, "alternate", at)
    for each in entries:
        element = etree.SubElement(root, f"{{{_ATOM}}}entry")
        anchor = change_log.anchor(each.name)
        title = say("page.edition", name=each.name) if each.name else each.heading.text
        _texts(element, id=f"{at}#{anchor}", title=shown(title), updated=_moment(days[each.name]))
        _link(element, "alternate", f"{at}#{anchor}")
        content = etree.SubElement(element, f"{{{_ATOM}}}content", type="html")
        content.set(f"{{{_XML}}}base", at)
        content.text = shown(_below(page, each.heading.line))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _below(page: Page, line: int) -> str:
    """What stands below the heading in that line, up to the next of its level."""
    blocks = iter(page.blocks)
    next(block for block in blocks if block.heading and block.heading.line == line)
    own = takewhile(lambda block: not (block.heading and block.heading.level <= 2), blocks)
    return "\n".join(block.passage.html for block in own)


def _texts(parent: _Element, **texts: str) -> None:
    for name, text in texts.items():
        etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _link(parent: _Element, rel: str, address: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}link", rel=rel, href=address)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
