"""Reads the authored pages under `docs/` into one `Handbook`: the only parse there is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from handbook import site_config
from handbook.diagnostics import Diagnostic
from handbook.model import Handbook, Page, Role
from handbook.pages import LARGEST, PageFile, PageResult, parse_all
from handbook.schema import AUTHORED
from handbook.site_config import SiteConfig
from handbook.vocabulary import Index, Vocabulary
from handbook.vocabulary_file import read as read_vocabulary

DOCS = "docs"
VOCABULARY = f"{DOCS}/vocabulary.yml"


@dataclass(frozen=True, slots=True)
class DocsFile:
    """A file under `docs/`: its path from the repository root, size in bytes, whether a link."""

    path: str
    size: int
    is_link: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All there is to check: the handbook, the files it came from, and what could not be read."""

    root: Path
    config: SiteConfig
    terms: Index
    handbook: Handbook
    files: tuple[DocsFile, ...]
    unread: frozenset[tuple[str, str]]
    """(language, key) of pages that exist but could not be read: no twin is missing there."""
    problems: tuple[Diagnostic, ...]


_known: dict[tuple[str, str], tuple[str, PageResult]] = {}
"""Pages already read in this process, by repository and path, with a digest of their sources."""


def load(root: Path) -> Handbook:
    """The handbook of the repository `root`; what cannot be read is left out.

    Raises:
        site_config.ConfigError: if `mkdocs.yml` cannot be read.
    """
    return read(root).handbook


def read(root: Path) -> Reading:
    """Read every authored page and the vocabulary; pages that did not change are not parsed again.

    Raises:
        site_config.ConfigError: if `mkdocs.yml` cannot be read.
    """
    root = root.resolve()
    config = site_config.read(root)
    vocabulary, problems = read_vocabulary(root / VOCABULARY, VOCABULARY)
    files = tuple(_walk(root))
    pages: dict[tuple[str, str], Page] = {}
    roles: dict[tuple[str, str], Role] = {}
    unread: set[tuple[str, str]] = set()
    for file, result in _results(root, files, config, vocabulary):
        place = file.language, file.key
        problems.extend(result.problems)
        if result.page is None:
            unread.add(place)
        else:
            pages[place] = result.page
        if result.role is not None:
            roles[place] = result.role
    handbook = Handbook(vocabulary, pages, roles)
    return Reading(
        root, config, vocabulary.index(), handbook, files, frozenset(unread), tuple(problems)
    )


def page_place(path: str) -> tuple[str, str] | None:
    """(language, key) of the authored page at `path`, such as ("zh", "roles/marketing")."""
    docs, _, rest = path.partition("/")
    language, _, name = rest.partition("/")
    if docs != DOCS or language not in AUTHORED or not name.endswith(".md"):
        return None
    return language, name.removesuffix(".md")


def _results(
    root: Path, files: Iterable[DocsFile], config: SiteConfig, vocabulary: Vocabulary
) -> Iterator[tuple[PageFile, PageResult]]:
    """Every page's file with its result, in the order of `files`; new ones are parsed."""
    common = hashlib.sha256(repr((config, vocabulary.model_dump())).encode()).hexdigest()
    pages = list(_page_files(root, files))
    digests = [hashlib.sha256(page.raw).hexdigest() + common for page in pages]
    fresh = [
        (page, digest)
        for page, digest in zip(pages, digests, strict=True)
        if _known.get((str(root), page.path), ("",))[0] != digest
    ]
    results = parse_all([page for page, _ in fresh], config, vocabulary)
    for (page, digest), result in zip(fresh, results, strict=True):
        _known[str(root), page.path] = digest, result
    for page in pages:
        yield page, _known[str(root), page.path][1]


def _page_files(root: Path, files: Iterable[DocsFile]) -> Iterator[PageFile]:
    for file in files:
        place = page_place(file.path)
        if place is None or file.is_link:
            continue
        # While an editor saves, a file may be gone for a moment.
        with suppress(FileNotFoundError), (root / file.path).open("rb") as opened:
            yield PageFile(file.path, *place, raw=opened.read(LARGEST + 1))


def _walk(root: Path) -> Iterator[DocsFile]:
    for folder, folders, names in os.walk(root / DOCS):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*names, *links]):
            # MkDocs publishes no dot files, and systems leave them behind: .DS_Store.
            if name.startswith("."):
                continue
            path = Path(folder, name)
            with suppress(FileNotFoundError):
                size = path.lstat().st_size
                yield DocsFile(path.relative_to(root).as_posix(), size, path.is_symlink())
