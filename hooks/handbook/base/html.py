"""HTML that is marked as such for templates, and a finished page as a tree, written once."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement
from markupsafe import Markup

_PARSER = html.HTMLParser(encoding="utf-8")
_DEEP = html.HTMLParser(encoding="utf-8", huge_tree=True)
"""For what no rule has looked at yet: as deep as it may be, it must not raise."""


def as_html(html: str) -> Markup:
    """`html`, which was made as HTML, marked so that no template escapes it.

    Nothing else marks a text (ruff's S704 sees to it), and tests/house/test_escaping.py lists who
    asks for it.
    """
    return Markup(html)  # noqa: S704 - the one place


def parsed(page: str) -> HtmlElement:
    """The root element of a whole page."""
    return html.document_fromstring(page.encode(), parser=_PARSER)


def written(page: HtmlElement) -> str:
    """A page as HTML, which browsers read as the same tree."""
    text: str = html.tostring(page, encoding="unicode", doctype="<!doctype html>")
    return text


def fragment(text: str) -> HtmlElement:
    """A part of a page as a tree, in a body of its own."""
    whole = f"<html><body>{text}</body></html>"
    return html.document_fromstring(whole.encode(), parser=_DEEP).find("body")


def inner(element: HtmlElement) -> str:
    """What stands in an element, as HTML."""
    text: str = html.tostring(element, encoding="unicode", with_tail=False)
    return text.partition(">")[2].rpartition("</")[0]


def text_of(element: HtmlElement) -> str:
    """What an element says, on one line."""
    return " ".join(element.text_content().split())


def replace_with_text(element: HtmlElement, text: str) -> None:
    """Put `text` in the place of an element and all it holds."""
    element.tail = text + (element.tail or "")
    element.drop_tree()
