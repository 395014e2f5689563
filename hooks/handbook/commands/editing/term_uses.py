"""Where role pages name a term, and how another name is put there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.base.words import capital
from handbook.commands.editing.plan import Plan
from handbook.pages.model import Role
from handbook.pages.schema import LABELS, Group
from handbook.versions.parts import ABILITIES

_ITEM = r"(?<=[：:、,，;；\s]){}(?=\s*(?:[、,，;；（(。.]|$))"
"""A name in a list of names."""


@dataclass(frozen=True, slots=True)
class Use:
    """Where a page names a term: its words, its line, and the part of the role."""

    role: Role
    part: str
    words: str
    line: int


def uses(plan: Plan, group: Group, term_id: str) -> Iterator[Use]:
    """Where role pages name a term."""
    for role in plan.project.handbook.role_pages.values():
        for ability in role.abilities if group == "abilities" else ():
            if ability.term.id == term_id:
                yield Use(role, ABILITIES, ability.term.words, ability.line)
        for duty in role.duties:
            for each in LABELS:
                for use in duty.terms(each.key) if each.group == group else ():
                    if use.id == term_id:
                        yield Use(role, duty.anchor, use.words, use.line)


def beside(one: Use, other: Use) -> bool:
    """Whether two names stand in one section."""
    return (one.role, one.part) == (other.role, other.part)


def put(plan: Plan, use: Use, new: str) -> None:
    """Put another name on a page, or take the name away with what stands only for it."""
    text = plan.line(use.role.path, use.line)
    typed = re.escape(use.words)
    if use.part == ABILITIES:
        plan.put(use.role.path, use.line, re.sub(typed, new, text, count=1) if new else None)
        return
    if new:
        plan.put(use.role.path, use.line, re.sub(_ITEM.format(typed), new, text, count=1))
        return
    item = rf"{_ITEM.format(typed)}\s*(?:[（(][^（()）]*[)）])?"
    gone = re.sub(rf"[、,，;；]\s*{item}|{item}[、,，;；]?\s*", "", text, count=1)
    nothing = re.fullmatch(r"\s*\*\*[^*]+\*\*\s*[:：]?\s*", gone) is not None
    plan.put(use.role.path, use.line, None if nothing else gone)


def like(words: str, old: str, new: str) -> str:
    """`new` with a capital where `words` has one that is not of the name `old` itself."""
    return capital(new) if words[:1].isupper() and not old[:1].isupper() else new
