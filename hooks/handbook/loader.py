"""Reads the authored pages under `docs/` into one `Handbook`: the only parse there is."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISLNK

from handbook import site_config
from handbook.diagnostics import Diagnostic
from handbook.model import Handbook, Page, Role
from handbook.pages import LARGEST, Examine, PageFile, PageResult, PairResult
from handbook.parse_all import parse_all
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
    found: Mapping[str, tuple[Diagnostic, ...]] | None = None
    """What was found in each page by itself, by path; None if nobody asked."""


_known: dict[tuple[str, str], tuple[str, PairResult]] = {}
"""Pages already read in this process, by repository and key, with a digest of their sources."""


def load(root: Path) -> Handbook:
    """The handbook of the repository `root`; what cannot be read is left out.

    Raises:
        site_config.ConfigError: if `mkdocs.yml` cannot be read.
    """
    return read(root).handbook


def read(root: Path, examine: Examine | None = None) -> Reading:
    """Read every authored page and the vocabulary; pages that did not change are not parsed again.

    Args:
        root: the repository.
        examine: what to check pages for while they are at hand, if anything.

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
    found: dict[str, tuple[Diagnostic, ...]] = {}
    for file, result, own in _results(root, files, config, vocabulary, examine):
        place = file.language, file.key
        problems.extend(result.problems)
        found[file.path] = own
        if result.page is None:
            unread.add(place)
        else:
            pages[place] = result.page
        if result.role is not None:
            roles[place] = result.role
    return Reading(
        root,
        config,
        vocabulary.index(),
        Handbook(vocabulary, pages, roles),
        files,
        frozenset(unread),
        tuple(problems),
        found if examine else None,
    )


def page_place(path: str) -> tuple[str, str] | None:
    """(language, key) of the authored page at `path`, such as ("zh", "roles/marketing")."""
    docs, _, rest = path.partition("/")
    language, _, name = rest.partition("/")
    if docs != DOCS or language not in AUTHORED or not name.endswith(".md"):
        return None
    return language, name.removesuffix(".md")


def _results(
    root: Path,
    files: Iterable[DocsFile],
    config: SiteConfig,
    vocabulary: Vocabulary,
    examine: Examine | None,
) -> list[tuple[PageFile, PageResult, tuple[Diagnostic, ...]]]:
    """Every page's file, result and problems, in the order of `files`; new ones are parsed."""
    common = _common_digest(config, vocabulary)
    pairs: dict[str, list[PageFile]] = defaultdict(list)
    for page in _page_files(root, files):
        pairs[page.key].append(page)
    digests = {key: _digest(pair, common) for key, pair in pairs.items()}
    fresh = [key for key, digest in digests.items() if not _is_known(root, key, digest, examine)]
    results = parse_all([pairs[key] for key in fresh], config, vocabulary, examine)
    for key, result in zip(fresh, results, strict=True):
        _known[str(root), key] = digests[key], result
    found = {
        file.path: (file, result, (known.found or {}).get(file.path, ()))
        for key, pair in pairs.items()
        for known in [_known[str(root), key][1]]
        for file, result in zip(pair, known.pages, strict=True)
    }
    return [found[file.path] for file in files if file.path in found]


_common: tuple[SiteConfig, Vocabulary, bytes] | None = None


def _common_digest(config: SiteConfig, vocabulary: Vocabulary) -> bytes:
    """What all results follow from, in short; unchanged files give the very same objects."""
    global _common  # noqa: PLW0603
    if _common is None or _common[0] is not config or _common[1] is not vocabulary:
        texts = repr((config, vocabulary.model_dump()))
        _common = config, vocabulary, hashlib.sha256(texts.encode()).digest()
    return _common[2]


def _digest(pair: Iterable[PageFile], common: bytes) -> str:
    """What the results of `pair` follow from, in short."""
    each = b"".join(os.fsencode(page.path) + hashlib.sha256(page.raw).digest() for page in pair)
    return hashlib.sha256(common + each).hexdigest()


def _is_known(root: Path, key: str, digest: str, examine: Examine | None) -> bool:
    known = _known.get((str(root), key))
    return known is not None and known[0] == digest and not (examine and known[1].found is None)


def _page_files(root: Path, files: Iterable[DocsFile]) -> Iterator[PageFile]:
    for file in files:
        place = page_place(file.path)
        if place is None or file.is_link:
            continue
        # While an editor saves, a file may be gone for a moment.
        with suppress(FileNotFoundError), (root / file.path).open("rb") as opened:
            yield PageFile(file.path, *place, raw=opened.read(LARGEST + 1))


def _walk(root: Path) -> Iterator[DocsFile]:
    for walked, folders, names in os.walk(root / DOCS):
        folder = Path(walked)
        shown = folder.relative_to(root).as_posix()
        links = [name for name in folders if (folder / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*names, *links]):
            # MkDocs publishes no dot files, and systems leave them behind: .DS_Store.
            if name.startswith("."):
                continue
            with suppress(FileNotFoundError):
                status = (folder / name).lstat()
                yield DocsFile(f"{shown}/{name}", status.st_size, S_ISLNK(status.st_mode))
