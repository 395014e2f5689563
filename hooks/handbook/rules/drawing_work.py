"""How much there is to draw: a shape that is referred to is drawn wherever it is referred to."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

_DEEPEST = 50


class EndlessError(Exception):
    """Shapes refer to each other in a circle, or over too many others."""


@dataclass(slots=True)
class Element:
    """An element, in the order of the file.

    `names` are those that style sheets may know it by; `end` is the index after its last
    descendant; `uses` the ids that it refers to, each as often as it draws what is there.
    """

    id: str
    names: frozenset[str]
    end: int = 0
    uses: list[tuple[str, int]] = field(default_factory=list)


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
        uses = (use for index in inside for use in elements[index].uses)
        return end - start + sum(times * drawn(target, above) for target, times in uses)

    def drawn(target: str, above: tuple[str, ...]) -> int:
        if target in above or len(above) > _DEEPEST:
            raise EndlessError
        if target not in known:
            known[target] = sum(within(*span, (*above, target)) for span in spans[target])
        return known[target]

    return within(0, len(elements), ())


def add_painted(
    elements: Sequence[Element], painted: Mapping[str, AbstractSet[str]], most: int
) -> None:
    """Add what a style sheet paints elements with.

    Args:
        elements: all of them.
        painted: the ids of what is painted with, by the name that the style sheet uses.
        most: how often it may paint.

    Raises:
        EndlessError: if it paints more.
    """
    ids = {element.id for element in elements}
    there = {name: targets & ids for name, targets in painted.items()}
    for index, element in enumerate(elements):
        for name in element.names & there.keys():
            element.uses += [(target, element.end - index) for target in there[name]]
            most -= len(there[name])
        if most < 0:
            raise EndlessError
