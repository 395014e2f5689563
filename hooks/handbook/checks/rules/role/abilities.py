"""The abilities of a role: a list, each with a name of the vocabulary, and once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.words import capital, words
from handbook.checks.rules.places import typed_lines
from handbook.checks.rules.role.sections import has_content
from handbook.checks.rules.role.terms import (
    AND,
    named_within,
    nearest_term,
    several_terms,
    unknown_term,
)
from handbook.checks.rules.text.blocks import apart, in_rows
from handbook.checks.rules.text.leftovers import PLACEHOLDER
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Ability, Page, Role
from handbook.pages.parsing.structure import locate
from handbook.pages.schema import SECTION_LEVEL
from handbook.pages.vocabulary import Index

ABILITY_LIST = rule("ability-list")
ABILITY_TERM = rule("ability-term")
_NO_COLON = rule("ability-term/colon")
_NO_ITEM = rule("ability-term/item")
ABILITY_DUPLICATE = rule("ability-duplicate")


_TO_NAME = {PLACEHOLDER.words["ability"], "Name of an ability"}
"""What stands for the name of an ability on a page that was begun by command."""
_BARE = re.compile(
    r"(?P<bold>\*\*|__)?(?P<name>[^*_:：]+)(?(bold)(?:[:：](?P=bold)|(?P=bold) ?[:：])|[:：]).*"
)
"""A line that is an ability and no item."""


def check_abilities(page: Page, role: Role, terms: Index) -> Iterator[Diagnostic]:
    """All abilities of a role page."""
    section = next(each for each in locate(page) if each.schema.key == "abilities")
    if (
        section.heading is None
        or section.flaw == "hidden"
        or not has_content(page, section.heading)
    ):
        return
    abilities = role.abilities
    bare = [*_bare_abilities(page, role, section.heading.line, terms)]
    yield from bare
    if not abilities and not bare:
        place = page.place(section.heading.line)
        yield ABILITY_LIST.at(place, heading=section.schema.headings[page.language])
    lines: dict[str, int] = {}
    for ability in abilities:
        place = page.place(ability.line)
        name = ability.term.words
        if rest := _without_colon(page, ability, terms):
            yield _NO_COLON.at(place, found=name, fix=item_of(page, name, rest))
        elif not ability.term.id and name in _TO_NAME:
            yield PLACEHOLDER.at(place, found=name)
        elif not ability.term.id:
            yield _unknown(page, name, ability.qualification.text, ability.line, terms)
        elif ability.term.id in lines:
            yield ABILITY_DUPLICATE.at(place, name=name, first=lines[ability.term.id])
        lines.setdefault(ability.term.id, ability.line)


def _without_colon(page: Page, ability: Ability, terms: Index) -> str:
    """What stands right behind the name of an ability on its line; "" if a sign is between."""
    name = ability.term.words
    item = rf"\W*(?:\d+\.)?\s(?P<bold>\*\*|__)?{re.escape(name)}(?(bold)(?P=bold))\s*(\w[^:：]*)$"
    said = re.match(item, page.lines[ability.line - 1])
    known = said and terms.find("abilities", page.language, name)
    return said[2] if said and known and not AND.match(said[2]) else ""


def _bare_abilities(page: Page, role: Role, start: int, terms: Index) -> Iterator[Diagnostic]:
    """Abilities below line `start` that are no items, with the line below, which would be none."""
    typed, listed = typed_lines(page), {ability.term.id for ability in role.abilities}
    after = (h.line for h in page.headings if h.line > start and h.level <= SECTION_LEVEL)
    bare = set()
    for number in range(start + 1, min(after, default=len(typed) + 1)):
        match = _BARE.fullmatch(typed[number - 1])
        term_id = terms.find("abilities", page.language, match["name"]) if match else ""
        if term_id and term_id not in listed:
            bare.add(number)
    for run in in_rows(bare):
        below = "".join(typed[run[-1] : run[-1] + 1]).strip()
        if not (listed or below or len(run) > 1):
            continue  # then there is no list at all
        lines = page.lines[run[0] - 1 : run[-1] + bool(below)]
        items = ("- " * (number in bare) + line for number, line in enumerate(lines, start=run[0]))
        right = apart(page, run[0]) + "\n".join(items)
        values = {"found": lines[0], "fix": right, "mended": right, "lines": len(lines)}
        yield _NO_ITEM.at(page.place(run[0]), **values)


def _unknown(page: Page, name: str, rest: str, line: int, terms: Index) -> Diagnostic:
    near = nearest_term(page, "abilities", name.strip("*_ "), terms)
    if not rest and not near and (near := named_within(page, "abilities", name, terms)):
        rest = name.removeprefix(near) if name.count(near) > 1 else name
    meant = several_terms(page, "abilities", name, terms) or [near] * bool(near)
    items = [item_of(page, each, rest) for each in meant]
    fix = "\n".join(items) or unknown_term(page, "abilities", name, line, terms).hint
    mended = "\n".join(items) or None
    return ABILITY_TERM.at(page.place(line), found=name, fix=fix, mended=mended)


def item_of(page: Page, name: str, rest: str) -> str:
    """The list item of an ability."""
    name = capital(name) if page.language == "en" else name
    return f"- **{name}**" + (f"{words(page.language)('sign.colon')}{rest}" if rest else "")
