"""What drawings refer to and paint with, in attributes and CSS; and how much that is to draw.

What they may consist of stands in `drawings.yml`: anything else is refused.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import tinycss2
import yaml

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

_LISTS = {
    name: frozenset(words.split())
    for name, words in yaml.load(
        Path(__file__).with_name("drawings.yml").read_bytes(), Loader=yaml.CSafeLoader
    ).items()
}
EDITORS = _LISTS["editors"]
DOCTYPES = _LISTS["doctypes"]
ELEMENTS = _LISTS["elements"]
REFERRING = _LISTS["referring"]
PROPERTIES = _LISTS["properties"]
NOT_IN_NOTES = _LISTS["not_in_notes"]
TEXTS = _LISTS["texts"]
ATTRIBUTES = _LISTS["attributes"]
FUNCTIONS = _LISTS["functions"]
PLACES = _LISTS["places"]

_DEEPEST = 50

Spread = Literal["once", "inherited", "vertices"]
"""How often an element draws what it refers to: for itself, for each element within it too, or at
each vertex of their lines."""


class EndlessError(Exception):
    """Shapes refer to each other in a circle, or over too many others."""


@dataclass(slots=True)
class Element:
    """An element, in the order of the file.

    Style sheets may know it by `names`; `end` is the index after its last descendant, `vertices`
    how many its own lines and those within it have at most, `uses` are the ids it refers to.
    """

    id: str
    names: frozenset[str]
    end: int = 0
    vertices: int = 0
    uses: list[tuple[str, Spread]] = field(default_factory=list)


def work(elements: Sequence[Element]) -> int:
    """How many elements are drawn in all.

    Raises:
        EndlessError: if there is no end to it.
    """
    known: dict[str, int] = {}
    spans = defaultdict(list)
    for index, element in enumerate(elements):
        if element.id:
            spans[element.id].append((index, element.end))
    referring = [index for index, element in enumerate(elements) if element.uses]

    def within(start: int, end: int, above: tuple[str, ...]) -> int:
        inside = referring[bisect_left(referring, start) : bisect_left(referring, end)]
        return (end - start) + sum(
            _times(index, elements[index], spread) * drawn(target, above)
            for index in inside
            for target, spread in elements[index].uses
        )

    def drawn(target: str, above: tuple[str, ...]) -> int:
        if target in above or len(above) > _DEEPEST:
            raise EndlessError
        if target not in known:
            known[target] = sum(within(*span, (*above, target)) for span in spans[target])
        return known[target]

    return within(0, len(elements), ())


def add_painted(
    elements: Sequence[Element], painted: Mapping[str, AbstractSet[tuple[str, Spread]]], most: int
) -> None:
    """Add what a style sheet paints elements with: `painted` by the name that the sheet uses.

    Raises:
        EndlessError: if it paints more than `most` times.
    """
    ids = {element.id for element in elements}
    there = {name: [use for use in uses if use[0] in ids] for name, uses in painted.items()}
    for element in elements:
        for name in element.names & there.keys():
            element.uses += there[name]
            most -= len(there[name])
        if most < 0:
            raise EndlessError


def _times(index: int, element: Element, spread: Spread) -> int:
    if spread == "once":
        return 1
    return element.end - index if spread == "inherited" else element.vertices


EVERYTHING = "*"

_SPREAD: dict[str, Spread] = {
    "clip-path": "once", "mask": "once", "marker": "vertices", "marker-mid": "vertices",
}  # fmt: skip
"""The other properties of `PLACES` are inherited."""

_ID = r"#([A-Za-z_][\w.:-]*)"
_REFERENCE = re.compile(_ID)
"""A place in the drawing itself."""
_SIMPLE_URL = rf"(?<![\w-])url\({_ID}\)"
_QUALIFIED = {f"{XLINK} title", f"{XML} lang", f"{XML} space"}
_SIMPLE = re.compile(rf"""(?:{_SIMPLE_URL}|[\w\s.,+%#:/-]|'[\w\s,.-]*'|"[\w\s,.-]*")*+""")
"""Words, numbers and names in quotes; no other functions, no comments, no escapes."""
_TRANSFORM = re.compile(
    r"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\([\d\s.,eE+-]*\)[\s,]*)*+"
)


@dataclass(frozen=True, slots=True)
class Refused:
    """What must go, as it is typed, and the line of a style sheet that it is on."""

    text: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Reference:
    """What is at the id `target` is drawn, or painted with.

    `painted` are those whom a style sheet says it of: each is `a`, `.a`, `#a` or `*`.
    """

    target: str
    spread: Spread = "once"
    painted: frozenset[str] = frozenset()


Found = Iterator[Refused | Reference]


def needs_parser(key: str, value: str) -> bool:
    """Whether the attribute `key` has CSS of more than simple words and transforms.

    Few have; tinycss2 reads 50,000 characters a second.
    """
    if " " in key or _is_text(key):
        return False
    return not all(map(_is_simple, value.split(";") if key == "style" else [value]))


def in_attribute(tag: str, key: str, value: str) -> Found:
    """What an attribute of the SVG element `tag` holds; `key` may begin with a namespace."""
    namespace, _, name = key.rpartition(" ")
    if name == "href" and namespace in {"", XLINK}:
        target = _REFERENCE.fullmatch(value) if tag in REFERRING else None
        yield (Reference(target[1]) if target else Refused(_typed_out(name, value)))
    elif namespace:
        if namespace not in EDITORS and key not in _QUALIFIED:
            yield Refused(_typed_out(name, value))
    elif name in PROPERTIES:
        yield from _in_property(name, value)
    elif name == "style":
        yield from in_style(value)
    elif name in ATTRIBUTES and (tag, name) != ("style", "type"):
        yield from _in_property(name, value)
    elif not (_is_text(name) or value == "text/css"):
        yield Refused(_typed_out(name, value))


def in_note(key: str, value: str) -> Found:
    """The same of an element with which a drawing program notes something for itself."""
    namespace, _, name = key.rpartition(" ")
    known = namespace in {"", XML, *EDITORS}
    if not known or name in NOT_IN_NOTES or name.lower().startswith("on"):
        yield Refused(_typed_out(name, value))


def in_style(style: str) -> Found:
    """What the declarations of a `style` attribute hold."""
    if needs_parser("style", style):
        yield from _in_declarations(style, frozenset())
        return
    for declaration in filter(str.strip, style.split(";")):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        yield from _in_property(name, value) if name in PROPERTIES else [Refused(f"{name}:")]


def in_style_sheet(sheet: str) -> Found:
    """What the text of a `<style>` element holds."""
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield from _in_declarations(rule.content, _subjects(rule.prelude))
        else:
            yield Refused(_typed(rule), rule.source_line)


def _in_declarations(content: Any, painted: frozenset[str]) -> Found:
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if each.type != "declaration":
            yield Refused(_typed(each), each.source_line)
        elif each.lower_name not in PROPERTIES:
            yield Refused(f"{each.name}:", each.source_line)
        else:
            yield from _placed(each.lower_name, _in_tokens(each.value, painted))


def _in_property(name: str, value: str) -> Found:
    if _is_simple(value):
        yield from _placed(name, map(Reference, re.findall(_SIMPLE_URL, value)))
    else:
        yield from _placed(name, _in_tokens(tinycss2.parse_component_value_list(value)))


def _placed(name: str, found: Found) -> Found:
    """`found` in the value of `name`, which may not be one that refers to something."""
    for each in found:
        if isinstance(each, Refused):
            yield each
        elif name in PLACES:
            yield replace(each, spread=_SPREAD.get(name, "inherited"))
        else:
            yield Refused(f"{name}: url(#{each.target})")


def _in_tokens(tokens: Sequence[Any], painted: frozenset[str] = frozenset()) -> Found:
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        if token.type == "url" or (token.type == "function" and token.lower_name == "url"):
            yield _address(token, painted)
        elif token.type == "function" and token.lower_name in FUNCTIONS:
            waiting.extend(reversed(token.arguments))
        elif token.type == "() block":
            waiting.extend(reversed(token.content))
        elif token.type in {"function", "error", "at-keyword", "{} block", "[] block"}:
            yield Refused(_typed(token), token.source_line)


def _address(token: Any, painted: frozenset[str]) -> Refused | Reference:
    parts = [token] if token.type == "url" else token.arguments
    texts = [each for each in parts if each.type not in {"whitespace", "comment"}]
    address = texts[0].value if [each.type for each in texts] in (["url"], ["string"]) else ""
    target = _REFERENCE.fullmatch(address)
    if target:
        return Reference(target[1], painted=painted)
    return Refused(f"url({address})", token.source_line)


def _is_simple(css: str) -> bool:
    return bool(_SIMPLE.fullmatch(css) or _TRANSFORM.fullmatch(css))


def _is_text(name: str) -> bool:
    return name in TEXTS or name.startswith(("aria-", "data-"))


def _typed_out(name: str, value: str) -> str:
    return f'{name}="{value}"'


def _typed(node: Any) -> str:
    if node.type == "function":
        return f"{node.name}()"
    if node.type in {"at-rule", "at-keyword"}:
        return f"@{node.at_keyword if node.type == 'at-rule' else node.value}"
    if node.type == "error":
        return str(node.message)
    return "[" if node.type == "[] block" else "{"


def _subjects(prelude: Sequence[Any]) -> frozenset[str]:
    """What the selectors of a rule may be about: all that they name."""
    names = set()
    after_dot = False
    for node in prelude:
        if node.type == "ident":
            names.add(f".{node.value}" if after_dot else node.value)
        elif node.type == "hash":
            names.add(f"#{node.value}")
        elif node.type not in {"whitespace", "comment"} and node not in (".", ",", ">"):
            return frozenset({EVERYTHING})
        after_dot = node == "."
    return frozenset(names)
