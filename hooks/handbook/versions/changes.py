"""What differs between two states of the handbook, and a draft of the entry that says so.

Whether a change of words changes what is meant, no program knows: the draft guesses, and whoever
makes the edition decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from handbook.base.words import both, words
from handbook.pages.redirects import roles_now
from handbook.pages.schema import SECTIONS
from handbook.versions.parts import (
    ABILITIES,
    INTRO,
    PAGE,
    Section,
    family,
    number_of,
    sections,
)
from handbook.versions.word_changes import amount, bare, changed_lines, is_change

if TYPE_CHECKING:
    from handbook.pages.model import Handbook

Kind = Literal["duty", "meaning", "wording"]

KINDS: dict[Kind, dict[str, str]] = {
    "duty": both("log.duty"),
    "meaning": both("log.meaning"),
    "wording": both("log.wording"),
}
"""The classes of changes, the gravest first, and the bold words that name them."""

PARTS = {
    INTRO: both("log.intro"),
    PAGE: both("log.intro"),
    ABILITIES: next(each.headings for each in SECTIONS if each.key == ABILITIES),
}
"""What the parts that are no duty are called, where they have no name of their own."""
EXERCISE = both("log.exercise")
"""What goes before the id of an exercise."""

UNRELEASED = both("log.unreleased")
"""The heading of what will be in the next edition; its anchor is `unreleased`."""

_FEW = 0.2
"""Of the words of a section: so many may change for it to be taken for a matter of wording."""
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """The words that a section has lost and those it has gained, in one language."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    share: float
    """Of all its words, how many these are: 0 to 1."""


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is not what it was; `names` are those of now, or the last it had."""

    role: str
    part: str
    names: Mapping[str, str]
    kind: Kind
    was: bool
    """Whether there was such a section before."""
    differences: Mapping[str, Difference]
    elsewhere: str = ""
    """The number that took the place of a duty that is gone, or that a new one had before."""


def compare(old: Handbook, new: Handbook) -> tuple[Change, ...]:
    """The parts that changed, in the order of the new handbook; those it has not come last."""
    before, after = sections(old), sections(new)
    names = roles_now(new.moved, {role for role, _ in before})
    before = {(names[role], part): each for (role, part), each in before.items()}
    places = dict.fromkeys((*after, *before))
    found = ((at[0], _change(before.get(at, {}), after.get(at, {}))) for at in places)
    return tuple(_led(change, role, new.moved) for role, change in found if change)


def _led(change: Change, role: str, moved: Mapping[str, str]) -> Change:
    """The change with what became of a duty that is gone, or where a new one was before."""
    here = f"roles/{role}#{change.part}"
    before = (old for old, target in moved.items() if target == here)
    there = moved.get(here, "") if change.was else next(before, "")
    return replace(change, role=role, elsewhere=number_of(there.partition("#")[2]))


def _change(old: Mapping[str, Section], new: Mapping[str, Section]) -> Change | None:
    known = {**old, **new}
    differences = {}
    for of in known:
        before, after = old.get(of), new.get(of)
        if not (before and after and before.fingerprint == after.fingerprint):
            said = (each.said if each else () for each in (before, after))
            differences[of] = _difference(*said)
    if not differences:
        return None
    section = next(iter(known.values()))
    names = {of: each.name for of, each in known.items()}
    kind: Kind = "meaning"
    if not (old and new):
        kind = "duty"
    elif len(differences) == 1 and _is_wording(next(iter(differences.values()))):
        kind = "wording"
    return Change(section.role, section.part, names, kind, bool(old), differences)


def _is_wording(difference: Difference) -> bool:
    """Few words of one language, and no number, changed: a slip mended, or a better word."""
    changed = (*difference.removed, *difference.added)
    return difference.share <= _FEW and not any(re.search(r"\d", text) for text in changed)


def _difference(old: Sequence[str], new: Sequence[str]) -> Difference:
    pieces = [piece for line in changed_lines(old, new) for piece in line]
    removed, added = (
        tuple(bare(p.text) for p in pieces if p.kind == kind and is_change(p))
        for kind in ("removed", "added")
    )
    return Difference(removed, added, amount(old, new)[1])


def draft(changes: Iterable[Change], titles: Mapping[tuple[str, str], str], language: str) -> str:
    """The entry of the change log for `changes`, in Markdown, to be read over and completed.

    `titles` has the title of each page, by `role` and language.
    """
    by_role: dict[str, list[Change]] = {}
    for change in changes:
        by_role.setdefault(change.role, []).append(change)
    lines = [f"## {UNRELEASED[language]} {{ #unreleased }}"]
    for role, own in by_role.items():
        title = titles.get((role, language), role)
        lines += ["", f"### {title} {{ #unreleased-{role} }}", ""]
        whole = {each.was for each in own if each.part == INTRO and each.kind == "duty"}
        if whole:
            lines.append(item("duty", came_or_went(was=whole.pop())[language], language))
        else:
            lines += [item(each.kind, description(each, language), language) for each in own]
    return "\n".join(lines) + "\n"


def item(kind: Kind, text: str, language: str) -> str:
    """An item of an entry: the class of the change in bold, and what is said of it."""
    return f"- **{KINDS[kind][language]}**{words(language)('sign.colon')}{text}"


def came_or_went(*, was: bool) -> dict[str, str]:
    """What an entry says of a whole role: that it is new, or is gone."""
    return both("log.role-gone" if was else "log.new-role")


def description(change: Change, language: str) -> str:
    """What an entry says of a change: the part by its name, and what became of its words."""
    say, name = words(language), label(change.part, change.names.get(language, ""), language)
    if change.kind == "duty":
        key = ("log.moved-to", "log.gone") if change.was else ("log.moved-from", "log.new")
        said = say(key[0] if change.elsewhere else key[1], number=change.elsewhere)
    elif language in change.differences:
        said = _words(change.differences[language], language)
    else:
        said = say("log.other-only")
    return f"{name}{say('sign.colon')}{said}"


def label(part: str, name: str, language: str) -> str:
    """How an entry names a part: `3.2 廣告投放與渠道管理`, `簡介`, `練習 marketing-holiday`."""
    if part in PARTS:
        return PARTS[part][language]
    if family(part) == "exercise":
        return f"{EXERCISE[language]} {part.partition('-')[2]}"
    return f"{number_of(part)} {name}".strip()


def _words(difference: Difference, language: str) -> str:
    say, said = words(language), []
    for key, passages in (("log.added", difference.added), ("log.removed", difference.removed)):
        escaped = (re.sub(r"([\\`*_\[\]<>])", r"\\\1", each) for each in dict.fromkeys(passages))
        shown = [say("sign.quoted", text=each) for each in escaped]
        if shown:
            rest = say("sign.ellipsis") if len(shown) > _SHOWN else ""
            said.append(say(key, words=say("sign.comma").join(shown[:_SHOWN]) + rest))
    return say("sign.semicolon").join(said)
