"""Reads the authored pages under `docs/` into one `Handbook`: the only parse there is."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from handbook.base import docs_files, site_config
from handbook.base.docs_files import DocsFile
from handbook.base.limits import LARGEST_FILE, MOST_PAGES, start_of
from handbook.base.site_config import SiteConfig
from handbook.pages import exercises, redirects
from handbook.pages.diagnostics import Diagnostic
from handbook.pages.model import Handbook, Page, Role
from handbook.pages.parsing.page_parser import PageFile, PageParser, PageResult
from handbook.pages.schema import AUTHORED
from handbook.pages.vocabulary import Index, Vocabulary
from handbook.pages.vocabulary import read as read_vocabulary

DOCS = docs_files.DOCS
VOCABULARY = f"{DOCS}/vocabulary.yml"


@dataclass(frozen=True, slots=True)
class Project:
    """All there is to check: the handbook, the files it came from, and what could not be read."""

    root: Path
    config: SiteConfig
    terms: Index
    handbook: Handbook
    files: tuple[DocsFile, ...]
    unread: frozenset[tuple[str, str]]
    """(language, key) of pages that exist but could not be read: no twin is missing there."""
    problems: tuple[Diagnostic, ...]


_known: dict[str, PageResult] = {}
"""Pages already read in this process, by a digest of all that they follow from."""


def load(root: Path) -> Handbook:
    """The handbook of the repository `root`; what cannot be read is left out.

    Raises:
        site_config.ConfigError: if `mkdocs.yml` cannot be read.
    """
    return read(root).handbook


def read(root: Path) -> Project:
    """Read every authored page and the vocabulary; pages that did not change are not parsed again.

    Raises:
        site_config.ConfigError: if `mkdocs.yml` cannot be read.
    """
    root = root.resolve()
    config = site_config.read(root)
    vocabulary, problems = read_vocabulary(root / VOCABULARY, VOCABULARY)
    files = docs_files.docs_files(root)
    pages: dict[tuple[str, str], Page] = {}
    roles: dict[tuple[str, str], Role] = {}
    too_many = docs_files.are_too_many(files)
    refused = [file for file in files if too_many or not file.is_plain]
    unread = {place for file in refused for place in _places(file.path)}
    if too_many:  # then not all are listed, and perhaps no page is among them
        unread.update(_places(DOCS))
    for file, result in _results(root, () if too_many else files, config, vocabulary):
        place = file.language, file.key
        problems.extend(result.problems)
        if result.page is None:
            unread.add(place)
        else:
            pages[place] = result.page
        if result.role is not None:
            roles[place] = result.role
    handbook = Handbook(vocabulary, pages, roles)
    asked = exercises.exercises(handbook.roles(AUTHORED[0]), exercises.read(root).entries)
    return Project(
        root,
        config,
        Index(vocabulary),
        replace(handbook, exercises=asked, moved=redirects.moved(root)),
        files,
        frozenset(unread),
        tuple(problems),
    )


def texts(project: Project) -> dict[str, Sequence[str]]:
    """The lines of every page, and of the YAML files that both languages share, by path."""
    found: dict[str, Sequence[str]] = {
        page.path: page.lines for page in project.handbook.pages.values()
    }
    for file in project.files:
        folder, _, name = file.path.rpartition("/")
        if folder == DOCS and name.endswith(".yml") and file.is_plain:
            raw = start_of(project.root / file.path, LARGEST_FILE)
            found[file.path] = raw.decode(errors="replace").replace("\r\n", "\n").split("\n")
    return found


def page_place(path: str) -> tuple[str, str] | None:
    """(language, key) of the authored page at `path`, such as ("zh", "roles/marketing")."""
    docs, _, rest = path.partition("/")
    language, _, name = rest.partition("/")
    if docs != DOCS or language not in AUTHORED or not name.endswith(".md"):
        return None
    return language, name.removesuffix(".md")


def _places(path: str) -> Iterator[tuple[str, str]]:
    """The page at `path`, or the home of each language whose whole folder it is."""
    for language in AUTHORED:
        if path in {DOCS, f"{DOCS}/{language}"}:
            yield language, "index"
    if place := page_place(path):
        yield place


def _results(
    root: Path, files: Iterable[DocsFile], config: SiteConfig, vocabulary: Vocabulary
) -> Iterator[tuple[PageFile, PageResult]]:
    """Every page's file and result, in the order of `files`; unchanged ones are known already."""
    parser = PageParser(config, vocabulary)
    common = hashlib.sha256(repr((config, vocabulary)).encode()).digest()
    for file in _page_files(root, files):
        digest = hashlib.sha256(common + os.fsencode(file.path) + b"\0" + file.raw).hexdigest()
        if digest not in _known:
            _known[digest] = parser.parse(file)
        yield file, _known[digest]


def _page_files(root: Path, files: Iterable[DocsFile]) -> Iterator[PageFile]:
    counted: Counter[str] = Counter()
    for file in files:
        place = page_place(file.path)
        if place is None or not file.is_plain:
            continue
        counted[place[0]] += 1
        if counted[place[0]] > MOST_PAGES:  # which is for the rules to say
            continue
        # While an editor saves, a file may be gone for a moment.
        with suppress(FileNotFoundError), (root / file.path).open("rb") as opened:
            yield PageFile(file.path, *place, raw=opened.read(LARGEST_FILE + 1))
