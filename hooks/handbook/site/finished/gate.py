"""The last gate: what a built page may hold, as lists; whatever is not on them is a fault."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

from handbook.base.words import Told

OWN_SCRIPTS = (
    "assets/javascripts/on-demand.js",
    "assets/javascripts/language-switch.js",
    "assets/javascripts/my-role.js",
    "assets/javascripts/copy.js",
    "assets/javascripts/term-notes.js",
    "assets/javascripts/on-this-page.js",
    "assets/javascripts/duty-filter.js",
    "assets/javascripts/choose-pair.js",
    "assets/javascripts/topic-finder.js",
    "assets/javascripts/print-currency.js",
    "assets/javascripts/search.js",
    "assets/javascripts/bundle.a5f9d56c.min.js",  # of mkdocs-material 9.8.1, named by its contents
)
"""The files that pages may run, from the site's root. Read a script before you add it."""

ELEMENTS = {
    "html", "head", "meta", "title", "link", "script", "body",
    "header", "nav", "main", "article", "aside", "section", "footer", "div", "span", "p", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6", "a", "img", "br", "wbr", "blockquote", "pre", "code",
    "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody",
    "tfoot", "tr", "th", "td", "figure", "figcaption", "details", "summary", "time", "template",
    "abbr", "b", "cite", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "strong", "sub", "sup", "u", "var",
    "form", "input", "label", "select", "option", "button",
    "svg", "g", "path", "rect", "circle", "text", "tspan",
}  # fmt: skip
"""What the templates and Markdown are made of."""

_ATTRIBUTES = {
    "align", "alt", "autocapitalize", "autocomplete", "autocorrect", "blocking", "charset",
    "checked", "class", "content", "colspan", "d", "datetime", "defer", "dir", "disabled", "fill",
    "fill-opacity", "for", "headers", "height", "hidden", "href", "hreflang", "id", "lang",
    "loading", "markdown", "name", "open", "placeholder", "popover", "popovertarget",
    "popovertargetaction", "preserveaspectratio", "property", "rel", "required", "reversed", "role",
    "rowspan", "rx", "scope", "spellcheck", "src", "start", "stroke", "stroke-linecap",
    "stroke-width", "tabindex", "title", "translate", "type", "value", "viewbox", "width",
    "x", "xmlns", "y", "cx", "cy", "r", "cite",
}  # fmt: skip
_FAMILIES = ("aria-", "data-")
_ADDRESSES = {"href", "src", "cite"}
_META = {"viewport", "description", "robots"}
_OPEN_GRAPH = {"og:image", "og:title", "og:type", "og:url"}
_LINKS = {"alternate", "canonical", "expect", "icon", "next", "prev", "stylesheet"}
_DATA_SCRIPTS = {"__config", "hb-on-demand"}
_OF_THE_THEME = re.compile(r"__(?:config|drawer|search|toc|nav_\d+(?:_\d+)*(?:_label)?)")
_OURS = {
    "hb-header-end",
    "hb-main",
    "hb-nav",
    "hb-toc",
    "hb-on-demand",
    "hb-duties",
    "hb-abilities",
    "hb-report",
    "hb-words",
}
_NAMED = {"input", "select", "form", "meta"}
"""Elsewhere a name is one more way to stand in for something that scripts look for."""

_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_UNSEEN = re.compile(r"[\x00-\x20]")
"""Browsers skip these in an address."""
_UP = re.compile(r"(?:\.{1,2}/)*")
_REFRESH = re.compile(r"0; url=(.+)")


class Fault(NamedTuple):
    """Something that a page must not hold: what, and the part of it that its source may show."""

    what: Told
    typed: str


def faults(page: HtmlElement, scripts: Collection[str], base: str = "/") -> Iterator[Fault]:
    """What of a page is not on the lists.

    Args:
        page: the whole page, parsed, before its security policy is put in.
        scripts: the inline scripts that pages may have.
        base: the path of the site on its host, from which a 404 page leads to its files.
    """
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in ELEMENTS:
            yield Fault(_element(element), f"<{element.tag}")
            continue
        if element.tag == "script":
            yield from _script(element, scripts, base)
        elif element.tag == "meta":
            yield from _meta(element)
        elif element.tag == "link" and (element.get("rel") or "").strip() not in _LINKS:
            yield Fault(_text(f'<link rel="{element.get("rel")}">'), "<link")
        yield from _attributes(element.tag, tuple(element.items()))
    yield from _ids(page)


def _text(text: str) -> Told:
    """What needs no words: a piece of the page."""
    return Told("gate.text", text=text)


def _element(element: HtmlElement) -> Told:
    if element.tag == "style":
        return Told("gate.style", text=_start(element.text or ""))
    return Told("gate.element", name=element.tag)


def _script(script: HtmlElement, scripts: Collection[str], base: str) -> Iterator[Fault]:
    kind, text = (script.get("type") or "").lower(), script.text or ""
    loaded = [script.get("src")] if script.get("src") is not None else []
    if kind == "application/json" and script.get("id") in _DATA_SCRIPTS and not loaded:
        data = json.loads(text)
        loaded = data if isinstance(data, list) else []
    elif not loaded and (kind or text not in scripts):
        yield Fault(Told("gate.inline", text=_start(text)), text.strip()[:20] or "<script")
    elif kind:
        yield Fault(Told("gate.type", kind=kind), kind)
    for address in loaded:
        if _UP.sub("", str(address).removeprefix(base), count=1) not in OWN_SCRIPTS:
            yield Fault(Told("gate.script", address=_start(str(address))), str(address))


def _meta(meta: HtmlElement) -> Iterator[Fault]:
    kind, content = meta.get("http-equiv"), meta.get("content") or ""
    if kind is not None:
        refresh = _REFRESH.fullmatch(content)
        if kind != "refresh" or not refresh or not _has_moved(meta, refresh[1]):
            element = f'<meta http-equiv="{kind}" content="{_start(content)}">'
            yield Fault(_text(element), "http-equiv")
    elif meta.get("property") in _OPEN_GRAPH:
        return
    elif meta.get("charset") is None and meta.get("name") not in _META:
        yield Fault(_text(f'<meta name="{meta.get("name")}">'), "<meta")


def _has_moved(meta: HtmlElement, target: str) -> bool:
    """Whether the page only leads to another of this site, as overrides/redirect.html does."""
    body = meta.getroottree().find("body")
    shape = [each.tag for each in body.iter()] == ["body", "main", "h1", "p", "a"]
    leaves = _SCHEME.match(target) or target.startswith(("/", "\\"))
    return shape and not leaves and body.xpath(".//a/@href") == [target]


@lru_cache(maxsize=8192)  # most elements of a page are on the next one too
def _attributes(tag: str, attributes: tuple[tuple[str, str], ...]) -> tuple[Fault, ...]:
    found = []
    for name, value in attributes:
        known = name in _ATTRIBUTES or name.startswith(_FAMILIES)
        misplaced = (name == "name" and tag not in _NAMED) or (name == "property" and tag != "meta")
        # `http-equiv` has been looked at with its element.
        if (not known or misplaced) and not (tag == "meta" and name == "http-equiv"):
            typed = f'{name}="{_start(value)}"'
            found.append(Fault(Told("gate.attribute", typed=typed, element=tag), value))
        elif name in _ADDRESSES:
            rel = dict(attributes).get("rel") if tag == "link" else None
            loads = name == "src" or rel in {"icon", "stylesheet"}
            if what := _address(tag, value, loads=loads):
                found.append(Fault(Told(what, address=_start(value)), value))
    return tuple(found)


def _address(tag: str, value: str, *, loads: bool) -> str:
    """The key of what is wrong with an address, or "". Those of scripts are known by name."""
    if tag == "script":
        return ""
    plain = _UNSEEN.sub("", value).replace("\\", "/")
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1].lower() not in _SCHEMES:
        return "gate.no-link"
    if loads and (scheme or plain.startswith("//")):
        return "gate.other-host"
    return ""


def _ids(page: HtmlElement) -> Iterator[Fault]:
    found: Counter[str] = Counter()
    for element in page.xpath("//*[@id]"):
        name = element.get("id")
        found[name] += 1
        if found[name] == 2:
            yield Fault(Told("gate.twice", name=name), name)
        if name.startswith("__"):
            typed = any(True for _ in element.iterancestors("article"))
            if typed or not _OF_THE_THEME.fullmatch(name):
                yield Fault(Told("gate.theme-id", name=name), name)
        elif name.startswith("hb-") and name not in _OURS:
            yield Fault(Told("gate.own-id", name=name), name)


def _start(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
