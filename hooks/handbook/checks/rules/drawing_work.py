"""How much there is to draw: a shape that is referred to is drawn wherever it is referred to."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

_DEEPEST = 50


Spread = Literal["once", "inherited", "vertices"]
"""How often an element draws what it refers to: for itself, for each element within it too, or at
each vertex of their lines."""


class EndlessError(Exception):
    """Shapes refer to each other in a circle, or over too many others."""


@dataclass(slots=True)
class Element:
    """An element, in the order of the file.

    `names` are those that style sheets may know it by; `end` is the index after its last
    descendant; `vertices` how many its own lines and those within it have at most; `uses` the ids
    that it refers to.
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
    """Add what a style sheet paints elements with.

    Args:
        elements: all of them.
        painted: what is painted with, and how often, by the name that the style sheet uses.
        most: how often it may paint.

    Raises:
        EndlessError: if it paints more.
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
