"""The two languages match: same pages, same duties, same abilities, same terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest

from rapidfuzz import fuzz

from handbook.base.words import both, capital
from handbook.checks.rules.places import line_with
from handbook.checks.rules.role.abilities import item_of
from handbook.checks.rules.role.duties import duty_headings
from handbook.checks.rules.role.sections import hidden_duty
from handbook.checks.rules.role.terms import AND
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import DOCS, Project
from handbook.pages.model import Ability, Handbook, Page, Passage, Role, TermUse
from handbook.pages.parsing.structure import is_whole, role_as_meant
from handbook.pages.schema import AUTHORED, LABELS, Group, LabelSchema, other
from handbook.pages.vocabulary import Index
from handbook.versions.editions import snapshots
from handbook.versions.parts import Section, family, key_of, sections
from handbook.versions.status import part_name

PAGE_MISSING = rule("page-missing")
PAGE_RENAMED = rule("page-missing/renamed")
PARITY_SECTION = rule("parity-section")
SECTION_TAKEN = rule("section-taken")
PARITY_DUTY = rule("parity-duty")
PARITY_ABILITY = rule("parity-ability")
PARITY_ORDER = rule("parity-order")
PARITY_TERM = rule("parity-term")
PARITY_NUMBER = rule("parity-number")
PARITY_TASK = rule("parity-task")
PARITY_LABEL = rule("parity-term/label")

_VALUES = {
    word: int(value)
    for word, _, value in (pair.partition("=") for pair in PARITY_NUMBER.words["spelt"].split())
}
"""Numbers and months in words."""
_TIMES = {word: value for word, value in _VALUES.items() if value >= 100}
_NUMBER = re.compile(
    r"(?<![A-Za-z\d.])(\d{3}[ -]\d{4}[ -]\d{4}|\d+(?:[.,]\d+)*)"
    rf"(?:\s*({'|'.join(_TIMES)}))?",
    re.IGNORECASE,
)
"""In figures, a telephone number as a whole, and what it is times."""
_MORNING = re.compile(r"\b(\d{1,2})\.(\d\d)(?=\s*a\.?m\b)", re.IGNORECASE)
"""A time of day, whose hour and minutes are two numbers in the other language."""
_RECKONED: tuple[tuple[re.Pattern[str], Callable[[float], float]], ...] = (
    (
        re.compile(PARITY_NUMBER.words["left"]),
        lambda left: 100 - (left if left >= 10 else 10 * left),
    ),
    (re.compile(PARITY_NUMBER.words["afternoon"], re.IGNORECASE), lambda hour: 12 + hour % 12),
    (re.compile(PARITY_NUMBER.words["hours"]), lambda hours: round(60 * hours)),
    (re.compile(PARITY_NUMBER.words["decade"]), lambda decade: 1900 + decade),
)
"""What one language counts otherwise: tenths that are left of a price, hours of the afternoon,
parts of an hour, years of the last century."""
_SAME_NAME = 75
"""Likeness of two names, of 100, from which one is the other misspelt."""
_ITEM = re.compile(r"(?:\s*[-*+] )?([^\s\W].*)")
_ON_PAGES = {"role", "section"}
_TOKEN = re.compile("[a-z]+|[\u3007\u4e00-\u9fff]")


def check_pair(page: Page, book: Handbook, terms: Index) -> Iterator[Diagnostic]:
    """What a role's page has differently beside its twin in the other language.

    The message stands on the page that lacks something. Where neither page is nearer to being
    right, it is on the English one: Chinese is the source's language.
    """
    twin = book.twin(page)
    if twin is None or not page.is_role:
        return
    own_section, section = page.front_matter.get("section"), twin.front_matter.get("section")
    if page.language == "en" and own_section and section and own_section != section:
        yield PARITY_SECTION.at(page.place(2), expected=section, found=own_section)
        return
    if not (is_whole(page) and is_whole(twin)):
        return
    role, other = (role_as_meant(each, book, terms) for each in (page, twin))
    yield from _duties(page, twin)
    yield from _abilities(page, role, other, book)
    if page.language == "en":
        yield from _terms(page, role, other, book)


def check_missing(project: Project) -> Iterator[Diagnostic]:
    """Pages that are there in one language only, or have another name in each."""
    alone: dict[str, list[Page]] = {language: [] for language in AUTHORED}
    for page in project.handbook.pages.values():
        twin = other(page.language), page.key
        there = twin in project.handbook.pages or twin in project.unread
        if not there and not _is_misnamed(*twin, project):
            alone[page.language].append(page)
    renamed = {page.path: twin for page in alone["en"] for twin in alone["zh"] if _are(page, twin)}
    named = {twin.path for twin in renamed.values()}
    for page in (*alone["en"], *alone["zh"]):
        if twin_page := renamed.get(page.path):
            moved = twin_page if page.is_role and not twin_page.is_role else page
            yield PAGE_RENAMED.at(moved.place(1), english=page.key, chinese=twin_page.key)
        elif page.path not in named:
            path = f"{DOCS}/{other(page.language)}/{page.key}.md"
            yield PAGE_MISSING.at(page.place(1), expected=path)


def _are(page: Page, twin: Page) -> bool:
    """Whether two pages are one in two languages: the same role, a name moved or misspelt."""
    section = page.front_matter.get("section")
    role = section is not None and section == twin.front_matter.get("section")
    names = [key.rpartition("/")[2] for key in (page.key, twin.key)]
    return role or fuzz.ratio(*names) >= _SAME_NAME


def check_roles(project: Project) -> Iterator[Diagnostic]:
    """Roles that have the number of another: of a page and its copy, the one no edition has."""
    for language in AUTHORED:
        roles, first = project.handbook.roles(language), dict[int, Role]()
        free = max((role.section for role in roles), default=0) + 1
        often = Counter(role.section for role in roles if role.section)
        twice = [role for role in roles if often[role.section] > 1]
        editions = snapshots(project.root) if twice else ()
        published = {slug for edition in editions for slug in edition.roles}
        for role in sorted(twice, key=lambda role: role.slug not in published):
            other = first.setdefault(role.section, role)
            if other is not role:
                place = Place(role.path, 2, 1, role.language)
                yield SECTION_TAKEN.at(place, found=role.section, other=other.path, free=free)


def _is_misnamed(language: str, key: str, project: Project) -> bool:
    """Whether the twin is there under a name that `file-name` asks to change to this one."""
    return any(
        lang == language
        and name != key
        and name.casefold().replace("_", "-").replace(" ", "-") == key
        for lang, name in (*project.handbook.pages, *project.unread)
    )


def _duties(page: Page, twin: Page) -> Iterator[Diagnostic]:
    own, others = duty_headings(page), duty_headings(twin)
    if any(duty.n is None for duty in (*own, *others)) or len(own) >= len(others):
        # As many duties under other numbers: the numbers are wrong, and `duty-order` says so.
        return
    numbers = {duty.n for duty in own}
    for duty in others:
        if duty.n in numbers:
            continue
        hidden = hidden_duty(page, duty.number)
        if hidden:
            yield hidden
            continue
        below = [each.heading.line for each in own if each.n and duty.n and each.n > duty.n]
        below += [h.line for h in page.headings if h.anchor == "abilities"]
        yield PARITY_DUTY.at(
            page.place(next(iter(below), len(page.lines))),
            own=len(own),
            other=len(others),
            missing=duty.number,
            path=twin.path,
            line=duty.heading.line,
        )


def _abilities(page: Page, role: Role, other: Role, book: Handbook) -> Iterator[Diagnostic]:
    own = [ability.term for ability in role.abilities]
    theirs = [ability.term for ability in other.abilities]
    if not own or not theirs or not all(term.id for term in (*own, *theirs)):
        return
    missing = [term for term in theirs if term.id not in {each.id for each in own}]
    extra = [term for term in own if term.id not in {each.id for each in theirs}]
    if missing and extra and page.language == "zh":
        return  # another ability in place of one: said once, on the English page
    for term, instead in zip_longest(missing, extra[: len(missing)]):
        name = _name("abilities", term.id, page.language, book)
        shown = capital(name)
        split = (_split(page, each, name) for each in role.abilities)
        yield PARITY_ABILITY.at(
            page.place(instead.line if instead else own[-1].line),
            name=shown,
            path=other.path,
            line=term.line,
            found=both("rule.quoted", text=instead.words) if instead else both("rule.none"),
            fix=next(filter(None, split), f"- **{shown}**"),
        )
    if page.language == "en" and {term.id for term in own} == {term.id for term in theirs}:
        for mine, its in zip(own, theirs, strict=False):
            if mine.id != its.id:
                name = _name("abilities", its.id, page.language, book)
                yield PARITY_ORDER.at(page.place(mine.line), expected=name, found=mine.words)
                return


def _split(page: Page, ability: Ability, name: str) -> str:
    """An item of two abilities as two, each with what is said of both; "" if `name` is in none."""
    said = ability.qualification.text
    start = AND.match(said)
    if start is None or not said[start.end() :].casefold().startswith(name.casefold()):
        return ""
    rest = said[start.end() + len(name) :].lstrip(" :\uff1a")
    return "\n".join(item_of(page, each, rest) for each in (ability.term.words, name))


def _terms(page: Page, role: Role, other: Role, book: Handbook) -> Iterator[Diagnostic]:
    theirs = {duty.number: duty for duty in other.duties}
    for duty in role.duties:
        twin = theirs.get(duty.number)
        for label in LABELS if twin else ():
            if label.group is None or twin is None:
                continue
            own, its = duty.terms(label.key), twin.terms(label.key)
            if not all(use.id for use in (*own, *its)):
                continue
            if [use.id for use in own] != [use.id for use in its]:
                yield PARITY_TERM.at(
                    page.place(own[0].line if own else duty.line),
                    number=duty.number,
                    label=label.names[page.language],
                    path=other.path,
                    line=its[0].line if its else twin.line,
                    found=f"`{', '.join(use.words for use in own)}`" if own else "no such line",
                    fix=_label_line(page, label, its, other, book),
                )


def _label_line(
    page: Page, label: LabelSchema, uses: Sequence[TermUse], other: Role, book: Handbook
) -> str:
    """The line as it should be, after the Chinese page."""
    if label.group is None or not uses:
        return f"delete this line, or add it to {other.path}"
    names = (_name(label.group, use.id, page.language, book) for use in uses)
    return f"**{label.names[page.language]}**: {', '.join(names)}"


def _name(group: Group, term_id: str, language: str, book: Handbook) -> str:
    return book.vocabulary.group(group)[term_id].text(language).name


def check_alike(book: Handbook) -> Iterator[tuple[tuple[str, str], Diagnostic]]:
    """Numbers and tasks of which a section has others than its twin, each with role and part.

    They may differ while a translation waits.
    """
    for at, own in sections(book).items():
        page = book.page("en", key_of(*at)) if family(at[1]) in _ON_PAGES else None
        if page and len(own) > 1 and (numbers := _other_number(own["en"], own["zh"])):
            yield at, _number(page, own["en"], own["zh"], *numbers)
    for language in AUTHORED:
        for of in book.roles(language):
            if theirs := book.role_pages.get((other(language), f"roles/{of.slug}")):
                page = book.page(language, f"roles/{of.slug}")
                yield from _lacking(of, theirs, page.lines if page else ())


def _lacking(
    own: Role, other: Role, lines: Sequence[str]
) -> Iterator[tuple[tuple[str, str], Diagnostic]]:
    """The labelled lines of prose, and how many tasks, that only the duties of `other` have."""
    theirs = {duty.n: duty for duty in other.duties}
    for duty in own.duties:
        if (twin := theirs.get(duty.n)) is None:
            continue
        at, told = (own.slug, duty.anchor), {"number": duty.number, "path": other.path}
        for label in LABELS:
            if not label.group and label.key in twin.labelled and label.key not in duty.labelled:
                place = Place(own.path, duty.line, 1, own.language)
                line = twin.labelled[label.key].passage.line
                yield at, PARITY_LABEL.at(place, name=label.names[own.language], line=line, **told)
        if duty.tasks and len(duty.tasks) < len(twin.tasks):
            line, item = next(
                ((task.line + 1, found) for task in duty.tasks if (found := _run_on(lines, task))),
                (duty.tasks[-1].line, None),
            )
            fix = item or both("rule.parity.task")
            counts = {"other": len(twin.tasks), "own": len(duty.tasks), "fix": fix, "mended": item}
            place = Place(own.path, line, 1, own.language)
            yield at, PARITY_TASK.at(place, line=twin.tasks[0].line, **counts, **told)


def _run_on(lines: Sequence[str], task: Passage) -> str | None:
    """The line below a task as a task too, if it has no sign or stands too far to the right."""
    below = "".join(lines[task.line : task.line + 1])
    item = _ITEM.fullmatch(below)
    return f"- {item[1]}" if item and below != f"- {item[1]}" else None


def _number(page: Page, own: Section, twin: Section, found: str, expected: str) -> Diagnostic:
    line = line_with(page, found, own.line)
    return PARITY_NUMBER.at(
        page.place(line, found),
        section=part_name(own, own.language),
        path=twin.path,
        line=twin.line,
        expected=expected,
        found=found,
    )


def _other_number(own: Section, twin: Section) -> tuple[str, str] | None:
    """A number that only `own` has and one that only `twin` has, both in figures."""
    here, there = _numbers(own.said), _numbers(twin.said)
    mine = [typed for n, typed in here.items() if n not in there and not _is_spelt(n, twin)]
    its = [typed for n, typed in there.items() if n not in here and not _is_spelt(n, own)]
    return (mine[0], its[0]) if mine and its else None


def _numbers(texts: Sequence[str]) -> Mapping[float, str]:
    """The numbers in figures, as they are typed, by what they come to in either language."""
    found: dict[float, str] = {}
    for text in texts:
        plain = text
        for pattern, reckon in _RECKONED:
            for match in pattern.finditer(text):
                number = match[1] or match[2]
                found[reckon(float(number))] = number
            plain = pattern.sub("", plain)
        for match in _NUMBER.finditer(_MORNING.sub(r"\1:\2", plain)):
            figures = re.sub("[ ,-]", "", match[1])
            if figures.count(".") <= 1:
                times = _TIMES.get((match[2] or "").casefold(), 1)
                found[round(float(figures) * times, 6)] = match[1]
    return found


def _is_spelt(number: float, section: Section) -> bool:
    """Whether a section has the number in words, or as the name of a month."""
    tokens = _TOKEN.findall(" ".join(section.said).casefold())
    words = {_VALUES[token] for token in tokens if token in _VALUES}
    tens, ones = divmod(number, 10)
    return number in words or (ones in words | {0} and (tens * 10 in words or {tens, 10} <= words))
