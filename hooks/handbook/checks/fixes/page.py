"""Mends a page's source and keeps of it only what the site renders to the same words."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from handbook.base.script import simplified
from handbook.base.source import NotUtf8, decode
from handbook.base.words import words as catalogue
from handbook.checks.fixes.lines import MENDS, Lines, Mend
from handbook.checks.rules.text.markup import MISREAD, check_markup
from handbook.pages.front_matter import EATEN, MISSING, UNCLOSED
from handbook.pages.model import Page, Role
from handbook.pages.parsing.page_parser import PageFile, PageResult
from handbook.versions.fingerprints import words

_MOST_ROUNDS = 5
_TORN = {rule.id for rule in (EATEN, MISSING, UNCLOSED)}
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Change:
    """One line that was mended: its number, how (in the page's language), before and after.

    `keys` are those of the mends; what is done to a file as a whole has none.
    """

    line: int
    how: str
    before: str = ""
    after: str = ""
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mended:
    """A page's file as it should be, and what changed in it."""

    raw: bytes
    changes: tuple[Change, ...]


def mend(file: PageFile, parse: Callable[[PageFile], PageResult], twin: Page | None) -> Mended:
    """Mend a page; what cannot be mended without a doubt stays as it is.

    `parse` reads a page as the site renders it.
    """
    try:
        decode(file.raw)
    except NotUtf8:
        return Mended(file.raw, ())
    raw, changes = _mended_file(file.raw, file.language)
    result = parse(replace(file, raw=raw))
    numbers = [*range(1, raw.count(b"\n") + 2)]  # of the lines as they were, by those now
    for _ in range(0 if _is_torn(result) else _MOST_ROUNDS):
        before = raw
        for each in MENDS:
            raw, result, found = _applied(each, replace(file, raw=raw), result, parse, twin)
            changes += [replace(change, line=numbers[change.line - 1]) for change in found]
            more = {change.line: change.after.count("\n") for change in found}
            numbers = [n for now, n in enumerate(numbers, 1) for _ in range(more.get(now, 0) + 1)]
        if raw == before:
            break
    texts = defaultdict(list)
    for number, text in zip(numbers, raw.decode().split("\n"), strict=True):
        texts[number].append(text)
    return Mended(raw, tuple(_merged(changes, texts, file.language)))


def _is_torn(result: PageResult) -> bool:
    """Whether it cannot be told where front matter, code or a script begins and ends."""
    if result.page is None or any(problem.rule in _TORN for problem in result.problems):
        return True
    scripts = any(tag.raw and tag.name in {"script", "style"} for tag in result.page.tags)
    return scripts or any(found.rule == MISREAD.id for found in check_markup(result.page))


def _mended_file(raw: bytes, language: str) -> tuple[bytes, list[Change]]:
    """Byte order marks, line ends, the end of the last line."""
    say, changes = catalogue(language), []
    if raw.startswith(_BOM):
        while raw.startswith(_BOM):
            raw = raw.removeprefix(_BOM)
        changes.append(Change(1, say("mend.byte-order")))
    unix = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if unix != raw:
        line = raw[: raw.find(b"\r")].count(b"\n") + 1
        changes.append(Change(line, say("mend.line-ends")))
    lines = unix.split(b"\n")
    while len(lines) > 1 and not lines[-1].strip(b" \t"):
        lines.pop()
    ended = b"\n".join([*lines, b""]) if unix.strip(b" \t\n") else unix
    if ended != unix:
        changes.append(Change(ended.count(b"\n"), say("mend.last-line")))
    return ended, changes


def _applied(
    mend: Mend,
    file: PageFile,
    result: PageResult,
    parse: Callable[[PageFile], PageResult],
    twin: Page | None,
) -> tuple[bytes, PageResult, list[Change]]:
    """The page with one kind of mend; line by line where all of it at once would change more."""
    if result.page is None:
        return file.raw, result, []
    old = result.page.lines
    new = mend.apply(result.page, twin)
    numbers = [n for n, (a, b) in enumerate(zip(old, new, strict=True), start=1) if a != b]

    def change(number: int) -> Change:
        how = catalogue(file.language)(f"mend.{mend.key}")
        return Change(number, how, old[number - 1], new[number - 1], frozenset({mend.key}))

    def attempt(base: PageResult, lines: Lines) -> PageResult | None:
        tried = parse(replace(file, raw="\n".join(lines).encode()))
        return tried if says_the_same(base, tried, mend) else None

    if not numbers:
        return file.raw, result, []
    whole = attempt(result, new)
    if whole and whole.page:
        done = [change(number) for number in numbers]
        return "\n".join(new).encode(), whole, done
    lines, done = list(old), []
    for number in numbers if len(numbers) > 1 else ():
        candidate = (*lines[: number - 1], new[number - 1], *lines[number:])
        if tried := attempt(result, candidate):
            result, lines = tried, list(candidate)
            done.append(change(number))
    return "\n".join(lines).encode(), result, done


def says_the_same(before: PageResult, after: PageResult, mend: Mend) -> bool:
    """Whether a mended page has the same words, links, code and outline, no id or term fewer."""
    old, new = before.page, after.page
    if old is None or new is None:
        return False
    same = (
        old.front_matter == new.front_matter
        and _are_same_words(_words(old), _words(new), mend)
        and _untouched(old) == _untouched(new)
        and _outline(old) == _outline(new)
        and len(after.problems) <= len(before.problems)
        and (mend.makes_blocks or [b.tag for b in old.blocks] == [b.tag for b in new.blocks])
    )
    return same and _are_among(old.anchors, new.anchors) and _keeps_terms(before.role, after.role)


def _words(page: Page) -> list[str]:
    """The words that readers see, in either script: marks are set beside each other as seen."""
    texts = (run.text for run in page.runs if not run.code)
    return [word.key for text in texts for word in words(simplified(text))]


def _are_same_words(old: Sequence[str], new: Sequence[str], mend: Mend) -> bool:
    """Whether no word came or went, but for the signs of lists that are lists now."""
    if not mend.makes_blocks:
        return old == new
    rest, gone = iter(old), list[str]()
    for word in new:
        gone += takewhile(lambda each, word=word: each != word, rest)  # type: ignore[misc]
    return _are_among(new, old) and all(map(_is_sign, [*gone, *rest]))


def _is_sign(word: str) -> bool:
    """Whether a word is a bullet, or a number or letter that items have."""
    numeric = len(word) == 1 and unicodedata.numeric(word, None) is not None
    sign = len(word) == 1 and (word in "abcdefgh" or not word.isalnum())
    return numeric or sign or (word.isdigit() and len(word) <= len("99"))


def _untouched(page: Page) -> tuple[object, ...]:
    code = [run.text for run in page.runs if run.code or run.language]
    links = [(link.kind, link.target, link.raw) for link in page.links]
    return code, links, [(tag.name, tag.attributes) for tag in page.tags if tag.raw]


def _outline(page: Page) -> list[tuple[int, str]]:
    return [(heading.level, heading.container) for heading in page.headings]


def _keeps_terms(before: Role | None, after: Role | None) -> bool:
    """Whether every term of the vocabulary that was recognised still is."""
    if before is None or after is None:
        return before is after
    return _are_among([term for term in _terms(before) if term], _terms(after))


def _are_among(these: Iterable[str], those: Iterable[str]) -> bool:
    """Whether all of `these` are among `those`, in their order."""
    rest = iter(those)
    return all(each in rest for each in these)


def _terms(role: Role) -> Sequence[str]:
    of_duties = [
        use.id for duty in role.duties for each in duty.labelled.values() for use in each.uses
    ]
    return [*of_duties, *(ability.term.id for ability in role.abilities)]


def _merged(
    changes: Sequence[Change], texts: Mapping[int, Sequence[str]], language: str
) -> Iterator[Change]:
    """One change a line, in the order of the page: what was before all mends and after them.

    `texts` are the lines that each has become.
    """
    whole = [change for change in changes if not change.keys]
    yield from whole
    by_line: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        if change.keys:
            by_line[change.line].append(change)
    for line, those in sorted(by_line.items()):
        how = catalogue(language)("sign.comma").join(dict.fromkeys(change.how for change in those))
        keys = frozenset[str]().union(*(change.keys for change in those))
        yield Change(line, how, those[0].before, "\n".join(texts[line]), keys)
