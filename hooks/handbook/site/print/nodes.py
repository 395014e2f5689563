"""From the HTML of the model to the tree that the template sets: plain values, no markup.

A node is a string, or a mapping with its kind `t`, its children `c` and what the kind needs:
`{"t": "a", "to": "roles/marketing#duty-3-2", "c": ["3.2"]}`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from lxml.html import HtmlElement

Node = str | dict[str, Any]

_KINDS = {
    "b": "strong", "strong": "strong", "em": "em", "i": "em", "cite": "em", "code": "code",
    "kbd": "code", "samp": "code", "sub": "sub", "sup": "sup", "br": "br", "hr": "hr", "p": "p",
    "ul": "ul", "ol": "ol", "li": "li", "blockquote": "quote", "pre": "pre", "table": "table",
    "thead": "thead", "tr": "tr", "th": "th", "td": "td", "dl": "dl", "dt": "dt", "dd": "dd",
    "summary": "title", "del": "del", "ins": "strong", "mark": "strong",
}  # fmt: skip
"""What each HTML element is in print; of all others, only what they hold is printed."""

_BLOCKS = {
    "p", "ul", "ol", "quote", "pre", "table", "dl", "hr", "title", "box", "heading", "thead", "tr",
    "li", "dt", "dd", "img",
}  # fmt: skip
_HEADING = re.compile("h[1-6]")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n]+")
_UNSEEN = {"script", "style", "template"}


@dataclass(frozen=True, slots=True)
class Setting:
    """How the passages of one language are put into a book.

    Args:
        language: the tag of the text, as in `<html lang>`.
        folder: where the pages stand, such as `docs/zh`.
        labels: the places in this book that a link can lead to: `roles/marketing#duty-3-2`.
        address: the full address of a page that is not in this book, or "" if it is not known.
        anchors: whether list items can be led to; where two languages share a book, in one only.
        notices: what to say of a section that is behind the other language, or of a duty that is
            gone, as HTML, by language, page and part (`top`, `duty-3-2`, `abilities`).
    """

    language: str
    folder: str
    labels: frozenset[str]
    address: Callable[[str, str], str]
    anchors: bool = True
    notices: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def blocks(self, html: str, key: str) -> list[Node]:
        """The same as `nodes`, as blocks: what stands loose is a paragraph."""
        nodes = self.nodes(html, key)
        return nodes if all(map(_is_block, nodes)) else _tidy(nodes, loose=True)

    def nodes(self, html: str, key: str) -> list[Node]:
        """The nodes of a passage's `html`, which stands on the page `key`."""
        body = lxml.html.document_fromstring(f"<html><body>{html}</body></html>").find("body")
        return _tidy(list(_children(body, _Reader(self, key))))


@dataclass(frozen=True, slots=True)
class _Reader:
    setting: Setting
    key: str


def _children(element: HtmlElement, reader: _Reader) -> Iterator[Node]:
    if element.text:
        yield _SPACE.sub(" ", element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from _element(child, reader)
        if child.tail:
            yield _SPACE.sub(" ", child.tail)


def _element(element: HtmlElement, reader: _Reader) -> Iterator[Node]:
    if element.tag == "pre":
        yield {"t": "pre", "c": [element.text_content().strip("\n")]}
        return
    if element.tag == "img":
        yield _picture(element, reader)
        return
    children = list(_children(element, reader))
    language = element.get("lang")
    if language and language != reader.setting.language:
        children = [{"t": "lang", "lang": language, "c": children}]
    kind = _KINDS.get(element.tag, "")
    if element.tag == "a":
        yield from _link(element.get("href", ""), children, reader)
    elif _HEADING.fullmatch(element.tag):
        yield {"t": "title", "c": _tidy(children)}
    elif "admonition" in element.get("class", "").split() or element.tag == "details":
        yield {"t": "box", "c": _tidy(children)}
    elif not kind:
        yield from children
    elif kind == "p" and any(map(_is_block, children)):
        yield from _tidy(children)  # a picture stands by itself
    else:
        yield _node(element, kind, children, reader)


def _node(element: HtmlElement, kind: str, children: list[Node], reader: _Reader) -> Node:
    node: dict[str, Any] = {"t": kind, "c": _tidy(children) if kind in _BLOCKS else children}
    if element.tag in {"td", "th"} and element.get("align"):
        node["align"] = element.get("align")
    label = f"{reader.key}#{element.get('id')}"
    if reader.setting.anchors and label in reader.setting.labels:
        node["label"] = label
    return node


def _picture(element: HtmlElement, reader: _Reader) -> Node:
    folder = posixpath.join(reader.setting.folder, posixpath.dirname(reader.key))
    source = posixpath.normpath(posixpath.join(folder, element.get("src", "")))
    return {"t": "img", "src": f"/{source}", "alt": element.get("alt", "")}


def _link(target: str, children: list[Node], reader: _Reader) -> Iterator[Node]:
    if _OUTSIDE.match(target):
        yield {"t": "a", "url": target, "c": children}
        return
    path, _, anchor = target.partition("#")
    folder = posixpath.dirname(reader.key)
    key = reader.key
    if path:
        key = posixpath.normpath(posixpath.join(folder, path.removesuffix(".md")))
    label = f"{key}#{anchor}"
    if label not in reader.setting.labels and f"{key}#" in reader.setting.labels:
        label = f"{key}#"
    address = reader.setting.address(key, anchor)
    if label in reader.setting.labels:
        yield {"t": "a", "to": label, "c": children}
    elif address:
        yield {"t": "a", "url": address, "c": children}
    else:
        yield from children


def _tidy(nodes: list[Node], *, loose: bool = False) -> list[Node]:
    """Without the white space between and beside blocks; loose text beside one is a `p`.

    Args:
        nodes: what stands in an element.
        loose: whether text is a `p` even where there is no block.
    """
    if not loose and not any(map(_is_block, nodes)):
        return _stripped(nodes)
    tidy: list[Node] = []
    words: list[Node] = []
    for node in [*nodes, {"t": "end"}]:
        if not isinstance(node, str) and (_is_block(node) or node["t"] == "end"):
            if line := _stripped(words):
                tidy.append({"t": "p", "c": line})
            tidy.append(node)
            words = []
        else:
            words.append(node)
    return tidy[:-1]


def _is_block(node: Node) -> bool:
    return isinstance(node, Mapping) and node["t"] in _BLOCKS


def _stripped(nodes: list[Node]) -> list[Node]:
    nodes = list(nodes)
    if nodes and isinstance(nodes[0], str):
        nodes[0] = nodes[0].lstrip(" \n")
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] = nodes[-1].rstrip(" \n")
    return [node for node in nodes if node != ""]
