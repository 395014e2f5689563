"""A map of who works with whom, as figures for an SVG: roles on the left, others on the right.

Lines to the right lead to partners outside the roles; arcs on the left join two roles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbook.pages.model import Role
from handbook.pages.terms import TermText
from handbook.views.collaboration import Collaboration, Tie

WIDTH = 430
_ROLE_X, _ROLE_W = 62, 168
_OUT_X, _OUT_W = 304, 124
_LINE, _PADDING, _GAP, _EM = 22, 9, 14, 17
_WORDS = re.compile("[\u2e80-\u9fff\uff00-\uffef]|[^\\s\u2e80-\u9fff\uff00-\uffef]+")


_Node = tuple[str, Role | None, TermText | None]


@dataclass(frozen=True, slots=True)
class Box:
    """A node: where it stands, and its words broken into lines (x, y of each line's middle)."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[int, int, str], ...]
    role: Role | None
    partner: TermText | None

    @property
    def middle(self) -> int:
        """The height at which lines meet it."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Line:
    """An edge: an SVG path, and the tie that it shows."""

    path: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole map."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(collaboration: Collaboration) -> Drawing:
    """Lay the map out; a role's own team is not drawn."""
    roles: list[_Node] = [(role.title, role, None) for role in collaboration.roles]
    others: list[_Node] = [(_capital(text.name), None, text) for _, text in collaboration.outside]
    tall = max(_height(roles, _ROLE_W), _height(others, _OUT_W))
    left = _column(roles, _ROLE_X, _ROLE_W, tall)
    right = _column(others, _OUT_X, _OUT_W, tall)
    by_role = {box.role.slug: box for box in left if box.role}
    by_name = {box.partner.name: box for box in right if box.partner}
    lines = [
        Line(_path(by_role[tie.role.slug], by_role, by_name, tie), tie)
        for tie in collaboration.ties
        if not tie.own
    ]
    return Drawing(WIDTH, tall, (*left, *right), tuple(lines))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _path(start: Box, by_role: dict[str, Box], by_name: dict[str, Box], tie: Tie) -> str:
    if tie.partner_role is None:
        end = by_name[tie.partner.name]
        x1, x2 = start.x + start.width, end.x
        bend = (x2 - x1) // 2
        return _curve(x1, start.middle, x1 + bend, x2 - bend, x2, end.middle)
    end = by_role[tie.partner_role.slug]
    # The farther apart, the wider the arc; it stays within the margin.
    reach = min(_ROLE_X - 4, 24 + abs(end.middle - start.middle) // 8) * 4 // 3
    x = start.x
    return _curve(x, start.middle, x - reach, x - reach, x, end.middle)


def _curve(x1: int, y1: int, bend1: int, bend2: int, x2: int, y2: int) -> str:
    """From (x1, y1) to (x2, y2), leaving and arriving level."""
    return f"M{x1} {y1}C{bend1} {y1} {bend2} {y2} {x2} {y2}"


def _column(nodes: list[_Node], x: int, width: int, tall: int) -> list[Box]:
    """Boxes of one column, spread evenly over the height."""
    spare = tall - sum(_box_height(words, width) for words, _, _ in nodes)
    gap = spare / (len(nodes) + 1) if nodes else 0.0
    boxes: list[Box] = []
    y = gap
    for words, role, partner in nodes:
        lines = wrap(words, width - 2 * _PADDING)
        height = _box_height(words, width)
        first = round(y) + _PADDING + _LINE // 2
        placed = tuple((x + width // 2, first + n * _LINE, line) for n, line in enumerate(lines))
        boxes.append(Box(x, round(y), width, height, placed, role, partner))
        y += height + gap
    return boxes


def _height(nodes: list[_Node], width: int) -> int:
    return sum(_box_height(words, width) + _GAP for words, _, _ in nodes) + _GAP


def _box_height(words: str, width: int) -> int:
    return len(wrap(words, width - 2 * _PADDING)) * _LINE + 2 * _PADDING


def wrap(words: str, width: int) -> list[str]:
    """`words` in lines of at most `width`: Chinese breaks anywhere, other scripts between words."""
    lines: list[str] = []
    for match in _WORDS.finditer(words):
        word = match[0]
        spaced = match.start() > 0 and words[match.start() - 1].isspace()
        joined = f"{lines[-1]}{' ' if spaced else ''}{word}" if lines else word
        if lines and _measure(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return _balanced(lines)


def _balanced(lines: list[str]) -> list[str]:
    """No line of a single Chinese character: it takes one more from the line above."""
    if len(lines) > 1 and len(lines[-1]) == 1 and len(lines[-2]) > 2:
        return [*lines[:-2], lines[-2][:-1], lines[-2][-1] + lines[-1]]
    return lines


def _measure(words: str) -> float:
    """A rough width: a Chinese character is as wide as the type is high, a Latin letter half."""
    return sum(_EM if ord(char) >= 0x2E80 else _EM * 0.54 for char in words)
