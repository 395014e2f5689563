"""The abilities of a role page: a list, each item beginning with a vocabulary term, each once."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.checks.rules.labels import nearest_term, unknown_term
from handbook.checks.rules.sections import has_content
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.model import Page, Role
from handbook.pages.structure import locate
from handbook.pages.vocabulary import Index

ABILITY_LIST = rule("ability-list")
ABILITY_TERM = rule("ability-term")
ABILITY_DUPLICATE = rule("ability-duplicate")


def check_abilities(page: Page, role: Role, terms: Index) -> Iterator[Diagnostic]:
    """All abilities of a role page.

    Args:
        page: the page.
        role: what it says.
        terms: the vocabulary's look-up.
    """
    section = next(each for each in locate(page) if each.schema.key == "abilities")
    if (
        section.heading is None
        or section.flaw == "hidden"
        or not has_content(page, section.heading)
    ):
        return
    abilities = role.abilities
    if not abilities:
        place = Place(page.path, section.heading.line, 1, page.language)
        yield ABILITY_LIST.at(place, heading=section.schema.headings[page.language])
    lines: dict[str, int] = {}
    for ability in abilities:
        place = Place(page.path, ability.line, 1, page.language)
        name = ability.term.words
        if not ability.term.id:
            yield _unknown(page, name, ability.qualification.text, ability.line, terms)
        elif ability.term.id in lines:
            yield ABILITY_DUPLICATE.at(place, name=name, first=lines[ability.term.id])
        lines.setdefault(ability.term.id, ability.line)


def _unknown(page: Page, name: str, rest: str, line: int, terms: Index) -> Diagnostic:
    near = nearest_term(page, "abilities", name, terms)
    if not near:
        fix = unknown_term(page, "abilities", name, line, terms).hint
    elif page.language == "zh":
        fix = f"- **{near}**：{rest}" if rest else f"- **{near}**"
    else:
        near = near[0].upper() + near[1:]
        fix = f"- **{near}**: {rest}" if rest else f"- **{near}**"
    return ABILITY_TERM.at(Place(page.path, line, 1, page.language), found=name, fix=fix)
