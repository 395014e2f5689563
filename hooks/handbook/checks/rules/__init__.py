"""The rules: everything that is checked, in both languages, in one run.

`read` reads the repository, `check` takes that reading and returns every problem, sorted. A rule is
listed, with its words, in `pages/rules.yml`, and has a section on the contributor page
`contributing/rules.md` and a golden case in `tests/cases/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from handbook.checks.rules import (
    abilities,
    anchors,
    characters,
    duty_body,
    edition_files,
    editions,
    exercises,
    files,
    glyphs,
    html,
    language,
    leftovers,
    limits,
    link_syntax,
    links,
    markup,
    mendable,
    parity,
    partners,
    punctuation,
    redirects,
    reserved,
    sections,
    titles,
    topics,
    translation,
)
from handbook.checks.rules.known_duties import KnownDuties
from handbook.checks.rules.suppression import breaks, without_noise
from handbook.pages import loader
from handbook.pages.diagnostics import Diagnostic, in_order
from handbook.pages.loader import Reading
from handbook.pages.model import Handbook, Page
from handbook.pages.schema import AUTHORED
from handbook.pages.structure import role_as_meant
from handbook.pages.vocabulary import Index
from handbook.versions.agreements import Agreement


def read(root: Path) -> Reading:
    """All there is to check.

    Raises:
        site_config.ConfigError: if `mkdocs.yml` cannot be read.
    """
    return loader.read(root)


def check(reading: Reading, published: Sequence[Agreement] = ()) -> list[Diagnostic]:
    """Every problem of the handbook, in a stable order; [] if it may be published.

    Args:
        reading: what `read` gave.
        published: sections that are known to agree in both languages, although no record says so.
    """
    found = check_pages(reading)
    if any(map(files.stops, found)):
        return found
    untranslated = translation.check_translations(reading, broken_pages(found), published)
    return in_order([*mendable.with_command(found, reading), *untranslated])


def broken_pages(found: Iterable[Diagnostic]) -> frozenset[str]:
    """The paths of pages that must be mended before their translation can be judged."""
    return frozenset(diagnostic.path for diagnostic in found if diagnostic.severity == "error")


def check_pages(reading: Reading) -> list[Diagnostic]:
    """Every problem but those of translation, in a stable order."""
    book = reading.handbook
    of_files = [*files.check_files(reading)]
    if any(map(files.stops, of_files)):
        return in_order(filter(files.stops, of_files))
    found = [*reading.problems, *of_files, *limits.check_limits(reading)]
    found.extend(parity.check_roles(book))
    for check_vocabulary in (
        characters.check_vocabulary,
        language.check_vocabulary,
        glyphs.check_vocabulary,
    ):
        found.extend(check_vocabulary(reading.root / loader.VOCABULARY, loader.VOCABULARY))
    # Twins one after the other: what the rules keep of a page serves the comparison too.
    for page in sorted(book.pages.values(), key=lambda page: page.key):
        found.extend(_page(page, book, reading.terms))
    found.extend(parity.check_missing(reading))
    known = KnownDuties(reading)
    found.extend(topics.check_topics(reading, known))
    found.extend(exercises.check_exercises(reading, known))
    found.extend(partners.check_partners(reading))
    found.extend(redirects.check_redirects(reading))
    found.extend(edition_files.check_edition_files(reading))
    found.extend(editions.check_editions(reading))
    moved = frozenset(_moved(found))
    for page in book.pages.values():
        found.extend(links.check_links(page, reading, moved))
    return in_order(without_noise(found, _twin_of))


def _moved(found: Sequence[Diagnostic]) -> Iterator[str]:
    """The paths of pages whose anchors are not what they will be once the page is mended."""
    for diagnostic in found:
        if breaks(diagnostic):
            yield diagnostic.path
        elif diagnostic.rule.startswith("parity-"):
            yield from (diagnostic.path, _twin_of(diagnostic.path) or diagnostic.path)


def _page(page: Page, book: Handbook, terms: Index) -> Iterator[Diagnostic]:
    yield from leftovers.check_conflicts(page)
    yield from characters.check_characters(page)
    yield from glyphs.check_print_characters(page)
    yield from titles.check_title(page)
    if page.is_role:
        yield from titles.check_intro(page)
        yield from sections.check_sections(page)
        role = role_as_meant(page, book, terms)
        yield from duty_body.check_duties(page, role, terms)
        yield from abilities.check_abilities(page, role, terms)
    yield from anchors.check_anchors(page, book)
    yield from anchors.check_twins(page, book)
    yield from reserved.check_reserved(page, frozenset(role.slug for role in book.roles("zh")))
    yield from language.check_page_language(page)
    yield from language.check_language(page)
    yield from punctuation.check_punctuation(page)
    yield from leftovers.check_placeholders(page)
    yield from markup.check_markup(page)
    yield from html.check_html(page)
    yield from link_syntax.check_link_syntax(page)
    yield from parity.check_pair(page, book, terms)


def _twin_of(path: str) -> str | None:
    place = loader.page_place(path)
    if place is None:
        return None
    other = next(language for language in AUTHORED if language != place[0])
    return f"{loader.DOCS}/{other}/{place[1]}.md"
