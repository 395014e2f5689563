"""The rules: everything that is checked, in both languages, in one run.

`check` takes what `loader.read` gave and returns every problem, sorted. All rules are listed, with
their words, in `pages/rules.yml`; `_page` and `_OF_ALL` call what looks for them. Each has a
section on the contributor page `contributing/rules.md` and a golden case in `tests/cases/`. What
need not be told beside another problem, `suppression` leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from handbook.checks.fixes import hints
from handbook.checks.rules import one_line
from handbook.checks.rules.docs import contents, files
from handbook.checks.rules.role import abilities, anchors, duties, sections
from handbook.checks.rules.shared import (
    data_texts,
    editions,
    parity,
    promises,
    redirects,
    translation,
    vocabulary,
)
from handbook.checks.rules.suppression import breaks, twin_of, without_noise
from handbook.checks.rules.text import (
    characters,
    language,
    leftovers,
    link_syntax,
    links,
    markup,
    signs,
    wording,
)
from handbook.pages.diagnostics import Diagnostic, in_order
from handbook.pages.loader import Project
from handbook.pages.model import Handbook, Page
from handbook.pages.parsing.page_parser import PageResult
from handbook.pages.parsing.structure import role_as_meant
from handbook.pages.vocabulary import Index
from handbook.versions.baseline import Agreement

_OF_ALL = (
    contents.check_limits,
    data_texts.check_data_texts,
    parity.check_roles,
    parity.check_missing,
    redirects.check_redirects,
    editions.check_edition_files,
    editions.check_editions,
)
"""What is asked of the handbook as a whole."""
_OF_ONE = (
    leftovers.check_conflicts,
    characters.check_characters,
    characters.check_print_characters,
    sections.check_title,
    sections.check_reviewed,
    language.check_page_language,
    language.check_language,
    language.check_punctuation,
    leftovers.check_placeholders,
    markup.check_markup,
    signs.check_signs,
    markup.check_html,
    link_syntax.check_link_syntax,
)
"""What is asked of each page by itself."""


def check(
    project: Project,
    published: Sequence[Agreement] = (),
    promised: promises.Promises | None = None,
) -> list[Diagnostic]:
    """Every problem of the handbook, in a stable order; [] if it may be published.

    `published` are sections known to agree in both languages, although no record says so;
    `promised` is what was published, if that is more than what editions had.
    """
    promised = promised or promises.on_record(project)
    found = check_pages(project, promised)
    if any(map(files.stops, found)):
        return found
    broken = broken_pages(found)
    untranslated = translation.check_translations(project, broken, published)
    alike = _unlike(project, broken, published)
    of_pages = hints.with_command(found, project)
    joined = one_line.joined(of_pages, project, partial(_again, project, promised))
    return in_order([*joined, *untranslated, *alike])


def _again(project: Project, promised: promises.Promises, result: PageResult) -> list[Diagnostic]:
    """What is wrong with one page as it would be."""
    page, book = result.page, project.handbook
    if page is None:
        return []
    at = page.language, page.key
    roles = {**book.role_pages, at: result.role} if result.role else book.role_pages
    changed = replace(book, pages={**book.pages, at: page}, role_pages=roles)
    return without_noise([*result.problems, *_page(page, changed, project.terms, promised)])


def _unlike(
    project: Project, broken: frozenset[str], published: Sequence[Agreement]
) -> Iterator[Diagnostic]:
    """What says not the same as its twin, on whole pages, and where no translation waits."""
    told = [
        (section, found)
        for section, found in parity.check_alike(project.handbook)
        if broken.isdisjoint({found.path, twin_of(found.path)})
    ]
    waiting = translation.waiting(project, published) if told else set()
    yield from (found for section, found in told if section not in waiting)


def broken_pages(found: Iterable[Diagnostic]) -> frozenset[str]:
    """The paths of pages that must be mended before their translation can be judged."""
    return frozenset(diagnostic.path for diagnostic in found if diagnostic.severity == "error")


def check_pages(project: Project, promised: promises.Promises | None = None) -> list[Diagnostic]:
    """Every problem but those of translation, in a stable order."""
    book = project.handbook
    of_files = [*files.check_files(project)]
    if any(map(files.stops, of_files)):
        return in_order(filter(files.stops, of_files))
    found = [*project.problems, *of_files]
    for of_all in _OF_ALL:
        found.extend(of_all(project))
    promised = promised or promises.on_record(project)
    found.extend(vocabulary.check_vocabulary(project, promised))
    project = replace(project, terms=replace(project.terms, former=translation.former(project)))
    # Twins one after the other: what the rules keep of a page serves the comparison too.
    for page in sorted(book.pages.values(), key=lambda page: page.key):
        found.extend(_page(page, book, project.terms, promised))
    moved = frozenset(_moved(found))
    for page in book.pages.values():
        found.extend(links.check_links(page, project, promised, moved))
    found.extend(promised.check(moved))
    return in_order(without_noise(found))


def _moved(found: Sequence[Diagnostic]) -> Iterator[str]:
    """The paths of pages whose anchors are not what they will be once the page is mended."""
    for diagnostic in found:
        if breaks(diagnostic):
            yield diagnostic.path
        elif diagnostic.rule.startswith("parity-"):
            yield from (diagnostic.path, twin_of(diagnostic.path))


def _page(
    page: Page, book: Handbook, terms: Index, promised: promises.Promises
) -> Iterator[Diagnostic]:
    yield from _alone(page)
    role = None
    if page.is_role:
        role = role_as_meant(page, book, terms)
        yield from duties.check_duties(page, role, terms, promised.numbers(role))
        yield from abilities.check_abilities(page, role, terms)
    yield from anchors.check_anchors(page, book)
    yield from anchors.check_twins(page, book)
    yield from anchors.check_reserved(page, frozenset(role.slug for role in book.roles("zh")))
    yield from wording.check_wording(page, book)
    yield from wording.check_repeated(page, role)
    yield from parity.check_pair(page, book, terms)


@cache
def _alone(page: Page) -> tuple[Diagnostic, ...]:
    """What is wrong with a page whatever the others say; kept while commands and previews run."""
    found = [each for look in _OF_ONE for each in look(page)]
    if page.is_role:
        found += [*sections.check_intro(page), *sections.check_sections(page)]
    return tuple(found)
