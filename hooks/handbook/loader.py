"""Reads the authored pages under `docs/` into one `Handbook`: the only parse there is."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handbook import front_matter, site_config, source
from handbook.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.model import Handbook, Page, Role
from handbook.parser import observe, read_role
from handbook.rendering import MOST_LINES, Renderer
from handbook.schema import AUTHORED
from handbook.site_config import SiteConfig
from handbook.vocabulary import Index, Vocabulary
from handbook.vocabulary_file import read as read_vocabulary

DOCS = "docs"
VOCABULARY = f"{DOCS}/vocabulary.yml"
LARGEST_PAGE = 200_000
"""Bytes. The longest real page has about 5,000; Markdown is slow on far longer ones."""

ENCODING = Rule(
    "encoding",
    zh=Wording(
        "應為 UTF-8 編碼的文字，實為 {found}",
        "用編輯器開啟此檔，選「另存新檔」，編碼選 UTF-8",
    ),
    en=Wording(
        "expected text in UTF-8, found {found}",
        "open the file in your editor, choose “Save as” and the encoding UTF-8",
    ),
)
PAGE_UNREADABLE = Rule(
    "page-unreadable",
    zh=Wording("應為可以排版的頁面，實際{found}", "刪去多餘的層級，或把頁面分成幾頁"),
    en=Wording(
        "expected a page that can be rendered, found {found}",
        "take out the needless nesting, or split the page",
    ),
)
_TOO_LARGE = {"zh": "大於 200 KB", "en": "one larger than 200 KB"}
_TOO_DEEP = {"zh": "層級嵌套過深", "en": "one nested too deeply"}


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


@dataclass(frozen=True, slots=True)
class _PageResult:
    page: Page | None
    problems: tuple[Diagnostic, ...]


_pages: dict[tuple[str, str], tuple[str, _PageResult]] = {}
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
    terms = vocabulary.index()
    files = tuple(_walk(root))
    reader = _PageReader(root, config, vocabulary, terms)
    pages: dict[tuple[str, str], Page] = {}
    unread: set[tuple[str, str]] = set()
    for file in files:
        place = page_place(file.path)
        if place is None or file.is_link:
            continue
        result = reader.read(file, *place)
        problems.extend(result.problems)
        if result.page is None:
            unread.add(place)
        else:
            pages[place] = result.page
    handbook = Handbook(vocabulary, pages, dict(_roles(pages, terms)))
    return Reading(root, config, terms, handbook, files, frozenset(unread), tuple(problems))


def page_place(path: str) -> tuple[str, str] | None:
    """(language, key) of the authored page at `path`, such as ("zh", "roles/marketing")."""
    docs, _, rest = path.partition("/")
    language, _, name = rest.partition("/")
    if docs != DOCS or language not in AUTHORED or not name.endswith(".md"):
        return None
    return language, name.removesuffix(".md")


def _roles(
    pages: dict[tuple[str, str], Page], terms: Index
) -> Iterator[tuple[tuple[str, str], Role]]:
    for place, page in pages.items():
        if page.is_role:
            yield place, read_role(page, terms)


def _walk(root: Path) -> Iterator[DocsFile]:
    for folder, folders, names in os.walk(root / DOCS):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*names, *links]):
            # MkDocs publishes no dot files, and systems leave them behind: .DS_Store.
            if name.startswith("."):
                continue
            path = Path(folder, name)
            size = path.lstat().st_size
            yield DocsFile(path.relative_to(root).as_posix(), size, path.is_symlink())


class _PageReader:
    def __init__(
        self, root: Path, config: SiteConfig, vocabulary: Vocabulary, terms: Index
    ) -> None:
        self._root, self._config, self._terms = root, config, terms
        self._renderer: Renderer | None = None
        self._common = hashlib.sha256(repr((config, vocabulary.model_dump())).encode()).hexdigest()

    def read(self, file: DocsFile, language: str, key: str) -> _PageResult:
        if file.size > LARGEST_PAGE:
            place = Place(file.path, language=language)
            return _PageResult(None, (PAGE_UNREADABLE.at(place, found=_TOO_LARGE),))
        raw = (self._root / file.path).read_bytes()
        digest = hashlib.sha256(raw).hexdigest() + self._common
        known = _pages.get((str(self._root), file.path))
        if known and known[0] == digest:
            return known[1]
        result = self._parse(raw, file.path, language, key)
        _pages[str(self._root), file.path] = digest, result
        return result

    def _parse(self, raw: bytes, path: str, language: str, key: str) -> _PageResult:
        try:
            text = source.decode(raw)
        except source.NotUtf8 as error:
            place = Place(path, error.line, 1, language)
            return _PageResult(None, (ENCODING.at(place, found=error.encoding),))
        parts = source.split(text)
        data, problems = front_matter.read(parts, path, language, key)
        if self._renderer is None:
            self._renderer = Renderer(self._config, self._terms)
        lines = parts.markdown
        while lines and not lines[0]:
            lines = lines[1:]
        first_line = len(parts.lines) - len(lines) + 1
        try:
            if len(parts.lines) > MOST_LINES:
                raise RecursionError
            tree = self._renderer.render(lines, first_line)
            seen = observe(tree, parts.lines, first_line)
        except RecursionError:
            self._renderer = None  # its state is what the interrupted page left
            problem = PAGE_UNREADABLE.at(Place(path, language=language), found=_TOO_DEEP)
            return _PageResult(None, (problem,))
        page = Page(
            path=path,
            language=language,
            key=key,
            front_matter=data,
            lines=parts.lines,
            first_line=first_line,
            blocks=tuple(seen.blocks),
            headings=tuple(seen.headings),
            anchors=tuple(seen.anchors),
            links=tuple(seen.links),
            tags=tuple(seen.tags),
            runs=tuple(seen.runs),
        )
        return _PageResult(page, tuple(problems))
