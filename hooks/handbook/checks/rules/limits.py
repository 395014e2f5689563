"""No more of anything than the check and the build can bear; see `handbook.limits`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from handbook.base import limits, located_yaml
from handbook.base.source import decode
from handbook.checks.rules.edition_files import edition_names
from handbook.pages import exercises
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import VOCABULARY, Reading, page_place
from handbook.pages.schema import AUTHORED, GROUPS
from handbook.site.redirects import REDIRECTS
from handbook.versions import editions

Item = TypeVar("Item")

SIZE_LIMIT = rule("size-limit")

_YAML = (VOCABULARY, EXERCISES, REDIRECTS)
_BYTES = {"zh": "檔案的位元組", "en": "bytes in the file"}
_PAGES = {"zh": "一種語言的頁面", "en": "pages in a language"}
_ROLES = {"zh": "崗位", "en": "roles"}
_DUTIES = {"zh": "一個崗位的職責", "en": "duties of a role"}
_TERMS = {"zh": "一組的詞條", "en": "terms in a group"}
_EXERCISES = {"zh": "練習", "en": "exercises"}
_EDITIONS = {"zh": "版本", "en": "editions"}
_ADDRESS = {"zh": "網址的字元", "en": "characters in an address"}

_FEWER = {
    "zh": "刪去不再用的；確實需要更多，修改 hooks/handbook/base/limits.py 的上限",
    "en": "delete what is no longer used; if more is truly needed, raise the limit in "
    "hooks/handbook/base/limits.py",
}
_SMALLER = {
    "zh": "刪去不屬於這裏的內容，或從 git 還原此檔",
    "en": "delete what does not belong there, or restore the file from git",
}
_SHORTER = {"zh": "改用較短的名稱", "en": "choose a shorter name"}


def check_limits(reading: Reading) -> Iterator[Diagnostic]:
    """The size of the files that are not pages, and how many there are of each thing."""
    for file in reading.files:
        if file.path in _YAML and file.is_plain and file.size > limits.LARGEST_FILE:
            yield _problem(Place(file.path), _BYTES, limits.LARGEST_FILE, file.size, _SMALLER)
    yield from _pages(reading)
    yield from _roles(reading)
    yield from _terms(reading)
    written = exercises.read(reading.root)
    yield from _too_many(
        [*written.entries],
        limits.MOST_EXERCISES,
        _EXERCISES,
        lambda name: Place(EXERCISES, *written.yaml.place((name,))),
    )
    made = [f"{editions.FOLDER}/{name}.tsv" for name in edition_names(reading)]
    yield from _too_many(made, limits.MOST_EDITIONS, _EDITIONS, Place)


def long_address(place: Place, length: int) -> Diagnostic:
    """That the address at `place` has more characters than systems can store."""
    return _problem(place, _ADDRESS, limits.LONGEST_ADDRESS, length, _SHORTER)


def too_many_redirects(place: Place, found: int) -> Diagnostic:
    """That `docs/redirects.yml` goes on at `place`, beyond as many lines as it may have."""
    return _problem(place, {"zh": "轉址", "en": "redirects"}, limits.MOST_REDIRECTS, found, _FEWER)


def _pages(reading: Reading) -> Iterator[Diagnostic]:
    found = [(file.path, place) for file in reading.files if (place := page_place(file.path))]
    for language in AUTHORED:
        places = [Place(path, language=of) for path, (of, _) in found if of == language]
        yield from _too_many(places, limits.MOST_PAGES, _PAGES, lambda place: place)
    for path, (language, key) in found:
        if len(key) > limits.LONGEST_ADDRESS:
            yield long_address(Place(path, language=language), len(key))


def _roles(reading: Reading) -> Iterator[Diagnostic]:
    for language in AUTHORED:
        roles = reading.handbook.roles(language)
        yield from _too_many(
            roles, limits.MOST_ROLES, _ROLES, lambda role: Place(role.path, language=role.language)
        )
        for role in roles:
            yield from _too_many(
                [Place(role.path, duty.line, 1, language) for duty in role.duties],
                limits.MOST_DUTIES,
                _DUTIES,
                lambda place: place,
            )


def _terms(reading: Reading) -> Iterator[Diagnostic]:
    def place(path: tuple[str, str]) -> Place:
        raw = (reading.root / VOCABULARY).read_bytes()
        return Place(VOCABULARY, *located_yaml.read(decode(raw)).place(path))

    for group in GROUPS:
        terms = [(group, term_id) for term_id in reading.handbook.vocabulary.group(group)]
        yield from _too_many(terms, limits.MOST_TERMS, _TERMS, place)


def _too_many(
    items: Sequence[Item], limit: int, what: dict[str, str], place: Callable[[Item], Place]
) -> Iterator[Diagnostic]:
    """One problem, at the first item beyond the limit."""
    if len(items) > limit:
        yield _problem(place(items[limit]), what, limit, len(items), _FEWER)


def _problem(
    place: Place, what: dict[str, str], limit: int, found: int, fix: dict[str, str]
) -> Diagnostic:
    return SIZE_LIMIT.at(place, what=what, limit=f"{limit:,}", found=f"{found:,}", fix=fix)
