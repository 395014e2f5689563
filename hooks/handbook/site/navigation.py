"""The order and grouping of the site's pages, decided from their keys and the roles' numbers."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from math import isqrt

from handbook.base.words import words
from handbook.pages.model import Role
from handbook.site.layout import UNLISTED, VIEWS
from handbook.views.derived import SIDE_BY_SIDE

FIRST = ("index", "overview", "roles")
"""What the navigation begins with, by file or folder name; the views follow."""

ABOUT = ("", "changes", "about", "contributing")
"""The last group, about the handbook itself; "" is the place of all others, by name."""

CONTRIBUTING = ("first-change", "writing", "rules", "translation", "reviews", "editions", "hosting")
"""The pages for contributors, in the order in which they are needed; others follow by name."""

MOST_ROLES = 24
"""The most roles that stand in one list; more are grouped by their numbers."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages under a common title: that of the page `index`, or `label` if there is none."""

    label: str
    index: str
    children: tuple[str | Group, ...]


def arrange(keys: Collection[str], roles: Sequence[Role]) -> tuple[str | Group, ...]:
    """The navigation of one language: pages by their keys (`roles/marketing`), some in groups.

    Args:
        keys: the pages that the site has in this language.
        roles: the roles of this language, in the handbook's order.
    """
    say = words(roles[0].language if roles else "zh")
    views = tuple(key for key in VIEWS if key in keys)
    keys = [key for key in keys if key not in VIEWS and key not in UNLISTED]
    first: list[str | Group] = []
    about: list[str | Group] = []
    for name in sorted({key.partition("/")[0] for key in keys}, key=_place):
        into = first if name in FIRST else about
        if name in keys:
            into.append(name)
        if inside := sorted(key for key in keys if key.startswith(f"{name}/")):
            into.append(_folder(name, inside, roles))
    if views:
        first.append(Group(say("derived.views"), "", views))
    if about:
        first.append(Group(say("derived.about"), "", tuple(about)))
    return tuple(first)


def _place(name: str) -> tuple[int, str]:
    order = (*FIRST, *ABOUT)
    return order.index(name if name in order else ""), name


def above(key: str, known: Container[str]) -> tuple[str, ...]:
    """The pages above the page `key`, the home page first; of those that are `known`.

    A folder's page is that of its name, or its index: `compare/a/b` stands below `compare`.
    """
    folders = _STANDS_AT.get(key, key).split("/")[:-1]
    if folders == [SIDE_BY_SIDE]:
        folders = ["roles", key.rpartition("/")[2]]
    paths = ["/".join(folders[: end + 1]) for end in range(len(folders))]
    pages = ["index"]
    for path in paths:
        pages += [_PAGE_OF.get(path, path), f"{path}/index"]
    return tuple(page for page in pages if page in known and page != key)


_STANDS_AT = {"abilities": "glossary/abilities", SIDE_BY_SIDE: f"roles/{SIDE_BY_SIDE}"}
_PAGE_OF = {"e": "changes"}


def series(key: str) -> str:
    """What the pages that no one writes are read through in: all topics, all pairs, an edition."""
    return "compare" if key.startswith("compare/") else key.rpartition("/")[0]


def _folder(name: str, keys: Sequence[str], roles: Sequence[Role]) -> Group:
    index = f"{name}/index"
    numbered = [role for role in roles if f"{name}/{role.slug}" in keys] if name == "roles" else []
    placed = {index, *(f"{name}/{role.slug}" for role in numbered)}
    children: list[str | Group] = [index] if index in keys else []
    children += _ranges(numbered)
    others = sorted((key for key in keys if key not in placed), key=_order_of_use)
    children += others
    return Group(name, index if index in keys else "", tuple(children))


def _order_of_use(key: str) -> tuple[int, str]:
    folder, _, name = key.partition("/")
    known = folder == "contributing" and name in CONTRIBUTING
    return CONTRIBUTING.index(name) if known else len(CONTRIBUTING), key


def _ranges(roles: Sequence[Role]) -> list[str | Group]:
    """One list of a few roles; of many, groups that grow with their number, such as `2–25`."""
    entries = [f"roles/{role.slug}" for role in roles]
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
