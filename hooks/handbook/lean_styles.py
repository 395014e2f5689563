"""Style sheets cut down to what a site uses: rules that no element can meet are left out.

A custom property stays as long as anything that stays, or a script, reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.ast import AtRule, Declaration, ParseError, QualifiedRule

from handbook.selectors import alternatives, may_match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tinycss2.ast import Node

    from handbook.used_names import UsedNames

_COMMENT_OR_SPACE = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/|\s+""", re.DOTALL
)
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)")
_FILE = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)""", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")
_GROUPS = {"container", "layer", "media", "supports"}


class StyleError(Exception):
    """A style sheet cannot be read, or needs another file; says what."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A style rule, or a rule such as `@media` around others: `head { items }`.

    `items` are declarations, as a name with its value, and further rules.
    """

    head: str
    items: tuple[tuple[str, str] | _Rule, ...]


def lean(css: str, used: UsedNames) -> str:
    """`css` without what the pages and scripts in `used` have no use for.

    Raises:
        StyleError: if a rule cannot be parsed, or needs a file, which a page would not find.
    """
    if file := _FILE.search(css):
        raise StyleError(f"refers to the file {file[1]}")
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    rules = [rule for node in nodes for rule in _met(node, used)]
    rules = _read(rules, filter(used.reads_property, used.properties))
    return "".join(map(_text, _played(rules)))


def _met(node: Node, used: UsedNames) -> Iterator[_Rule]:
    """The rule with those of its selectors that can meet something, if any is left."""
    if isinstance(node, ParseError):
        raise StyleError(f"line {node.source_line}: {node.message}")
    if isinstance(node, QualifiedRule):
        selectors = [part for part in alternatives(node.prelude) if may_match(part, used)]
        head, content = ",".join(map(_short, selectors)), node.content
        keep = bool(selectors)
    elif isinstance(node, AtRule) and node.lower_at_keyword != "charset":
        if node.content is None:
            raise StyleError(f"line {node.source_line}: @{node.at_keyword} needs another file")
        head, content = f"@{node.at_keyword} {_short(node.prelude)}".strip(), node.content
        keep = True
        if node.lower_at_keyword.endswith("keyframes"):
            yield _Rule(head, (("", _short(content)),))
            return
    else:
        return
    items = tuple(_items(content, used)) if keep else ()
    if items:
        yield _Rule(head, items)


def _items(content: Sequence[Node], used: UsedNames) -> Iterator[tuple[str, str] | _Rule]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(node, Declaration):
            important = "!important" if node.important else ""
            yield node.name, _short(node.value) + important
        else:
            yield from _met(node, used)


def _read(rules: list[_Rule], by_scripts: Iterable[str]) -> list[_Rule]:
    """The rules without custom properties that nothing reads."""
    values = [pair for rule in rules for pair in _declarations(rule)]
    definitions: dict[str, list[str]] = {}
    for name, value in values:
        definitions.setdefault(name if name.startswith("--") else "", []).append(value)
    read, new = set[str](), {"", *by_scripts}
    while new:
        read |= new
        found = (_REFERENCE.findall(v) for name in new for v in definitions.get(name, ()))
        new = {name for names in found for name in names} - read
    return [kept for rule in rules for kept in _only(rule, read)]


def _declarations(rule: _Rule) -> Iterator[tuple[str, str]]:
    for item in rule.items:
        if isinstance(item, _Rule):
            yield from _declarations(item)
        else:
            yield item


def _only(rule: _Rule, read: set[str]) -> Iterator[_Rule]:
    items: list[tuple[str, str] | _Rule] = []
    for item in rule.items:
        if isinstance(item, _Rule):
            items += _only(item, read)
        elif not item[0].startswith("--") or item[0] in read:
            items.append(item)
    if items:
        yield replace(rule, items=tuple(items))


def _played(rules: Iterable[_Rule]) -> Iterator[_Rule]:
    """The rules without animations that none of them plays."""
    rules = list(rules)
    played = {
        word
        for rule in rules
        for name, value in _declarations(rule)
        if "animation" in name or name.startswith("--")
        for word in _WORD.findall(value)
    }
    for rule in rules:
        keyword, _, name = rule.head.partition(" ")
        if not keyword.endswith("keyframes") or name in played:
            yield rule


def _short(nodes: Sequence[Node]) -> str:
    """Nodes as text, without comments and with white space as short as it can be."""
    text = tinycss2.serialize(nodes)
    return _COMMENT_OR_SPACE.sub(lambda match: match[1] or " ", text).strip()


def _text(rule: _Rule) -> str:
    parts = [
        _text(item) if isinstance(item, _Rule) else f"{item[0]}:{item[1]}" if item[0] else item[1]
        for item in rule.items
    ]
    out = ""
    for part, item in zip(parts, rule.items, strict=True):
        out += part if isinstance(item, _Rule) else f"{part};"
    return f"{rule.head}{{{out.removesuffix(';')}}}"
