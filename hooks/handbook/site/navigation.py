"""The order and grouping of the site's pages, decided from their keys and the roles' numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

from handbook.base.words import words
from handbook.site.layout import VIEWS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from handbook.pages.model import Role

ORDER = ("index", "overview", "roles", "", "changes", "about", "contributing")
"""The top level of the site, by file or folder name; "" is the place of all others, by name."""

CONTRIBUTING = ("first-change", "writing", "rules", "translation", "reviews", "editions")
"""The pages for contributors, in the order in which they are needed; others follow by name."""

MOST_ROLES = 24
"""The most roles that stand in one list; more are grouped by their numbers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, named by its key (`roles/marketing`)."""

    key: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages under a common title: that of the page `index`, or `label` if there is none."""

    label: str
    index: str
    children: tuple[Entry | Group, ...]


def arrange(keys: Collection[str], roles: Sequence[Role]) -> tuple[Entry | Group, ...]:
    """The navigation of one language.

    Args:
        keys: the pages that the site has in this language.
        roles: the roles of this language, in the handbook's order.
    """
    views = tuple(Entry(key) for key in VIEWS if key in keys)
    keys = [key for key in keys if Entry(key) not in views]
    names = {key.partition("/")[0] for key in keys}
    arranged: list[Entry | Group] = []
    for name in sorted(names, key=_place):
        if name in keys:
            arranged.append(Entry(name))
        inside = sorted(key for key in keys if key.startswith(f"{name}/"))
        if inside:
            arranged.append(_folder(name, inside, roles))
    if views:
        after = sum(_place(_name(node)) < _AFTER_ROLES for node in arranged)
        label = words(roles[0].language if roles else "zh")("derived.views")
        arranged.insert(after, Group(label, "", views))
    return tuple(arranged)


def _place(name: str) -> tuple[int, str]:
    return ORDER.index(name if name in ORDER else ""), name


_AFTER_ROLES = ORDER.index("roles") + 1, ""


def _name(node: Entry | Group) -> str:
    return node.key if isinstance(node, Entry) else node.label


def _folder(name: str, keys: Sequence[str], roles: Sequence[Role]) -> Group:
    index = f"{name}/index"
    numbered = [role for role in roles if f"{name}/{role.slug}" in keys] if name == "roles" else []
    placed = {index, *(f"{name}/{role.slug}" for role in numbered)}
    children: list[Entry | Group] = [Entry(index)] if index in keys else []
    children += _ranges(numbered)
    others = sorted((key for key in keys if key not in placed), key=_order_of_use)
    children += [Entry(key) for key in others]
    return Group(name, index if index in keys else "", tuple(children))


def _order_of_use(key: str) -> tuple[int, str]:
    folder, _, name = key.partition("/")
    known = folder == "contributing" and name in CONTRIBUTING
    return CONTRIBUTING.index(name) if known else len(CONTRIBUTING), key


def _ranges(roles: Sequence[Role]) -> list[Entry | Group]:
    """One list of a few roles; of many, groups that grow with their number, such as `2–25`."""
    entries = [Entry(f"roles/{role.slug}") for role in roles]
    if len(roles) <= MOST_ROLES:
        return [*entries]
    size = max(MOST_ROLES, isqrt(len(roles)))
    return [
        Group(
            f"{roles[start].section}–{roles[min(start + size, len(roles)) - 1].section}",
            "",
            tuple(entries[start : start + size]),
        )
        for start in range(0, len(roles), size)
    ]
