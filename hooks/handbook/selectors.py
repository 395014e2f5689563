"""Whether a selector can meet any element of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinycss2.ast import (
    FunctionBlock,
    HashToken,
    IdentToken,
    LiteralToken,
    SquareBracketsBlock,
    StringToken,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tinycss2.ast import Node

    from handbook.used_names import UsedNames

_ALTERNATIVES = {"is", "where", "has", "-webkit-any", "-moz-any", "matches"}
_STATES = {"hidden", "open", "checked", "disabled", "selected"}
"""Attributes that any script, or the browser, sets without naming them as such."""


def alternatives(selectors: Sequence[Node]) -> Iterator[list[Node]]:
    """The selectors of a list, without the commas between them."""
    part: list[Node] = []
    for node in selectors:
        if node == ",":
            yield part
            part = []
        else:
            part.append(node)
    yield part


def may_match(selector: Sequence[Node], used: UsedNames) -> bool:
    """Whether the pages or scripts have every name that the selector asks for.

    What stands in `:not()` is not asked for; of `:is()` and the like, one alternative must do.
    """
    previous: Node | None = None
    for node in selector:
        if not _may_be(node, previous, used):
            return False
        previous = node
    return True


def _may_be(node: Node, previous: Node | None, used: UsedNames) -> bool:
    if isinstance(node, HashToken):
        return used.has_id(node.value)
    if isinstance(node, SquareBracketsBlock):
        return _may_have(node.content, used)
    if isinstance(node, FunctionBlock) and node.lower_name in _ALTERNATIVES:
        return any(may_match(part, used) for part in alternatives(node.arguments))
    if isinstance(node, IdentToken):
        if previous == ".":
            return used.has_class(node.value)
        return previous == ":" or node.lower_value in used.tags
    return True


def _may_have(condition: Sequence[Node], used: UsedNames) -> bool:
    """Whether an attribute can be as `[condition]` says; of a part of a value, assume it can."""
    name = next(node.lower_value for node in condition if isinstance(node, IdentToken))
    if name in _STATES or name.startswith("aria-"):
        return True
    values = [n.value for n in condition[1:] if isinstance(n, IdentToken | StringToken)]
    exact = any(isinstance(node, LiteralToken) and node == "=" for node in condition)
    return used.has_attribute(name, values[0] if exact else None)
