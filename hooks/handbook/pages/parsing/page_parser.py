"""Parses pages, from bytes to `Page` and `Role`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handbook.base import source
from handbook.base.limits import LARGEST_FILE
from handbook.base.site_config import SiteConfig
from handbook.pages import front_matter
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.model import Page, Role
from handbook.pages.parsing import work
from handbook.pages.parsing.observation import Observation
from handbook.pages.parsing.parser import read_role
from handbook.pages.parsing.rendering import Renderer, Unrenderable
from handbook.pages.vocabulary import Index, Vocabulary

ENCODING = rule("encoding")
PAGE_UNREADABLE = rule("page-unreadable")


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page's file: its place in the handbook and what it holds."""

    path: str
    language: str
    key: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class PageResult:
    """A page, the role on it if it is a role's, and what could not be read."""

    page: Page | None
    role: Role | None = None
    problems: tuple[Diagnostic, ...] = ()


class PageParser:
    """Parses pages, one after another."""

    def __init__(self, config: SiteConfig, vocabulary: Vocabulary) -> None:
        self._config, self._terms = config, Index(vocabulary)
        self._renderer: Renderer | None = None

    def parse(self, file: PageFile) -> PageResult:
        """The page in `file`, or why there is none."""
        place = Place(file.path, language=file.language)
        if len(file.raw) > LARGEST_FILE:
            return _unreadable(place, work.excessive(1, "too-large", size=LARGEST_FILE // 1000))
        try:
            parts = source.split(source.decode(file.raw))
        except source.NotUtf8 as error:
            place = Place(file.path, error.line, 1, file.language)
            return PageResult(None, problems=(ENCODING.at(place, found=error.encoding),))
        data, problems = front_matter.read(parts, file.path, file.language, file.key)
        lines = parts.markdown
        while lines and not lines[0]:
            lines = lines[1:]
        first_line = len(parts.lines) - len(lines) + 1
        if self._renderer is None:
            self._renderer = Renderer(self._config, self._terms)
        if excess := work.excess(lines, first_line):
            return _unreadable(place, excess)
        try:
            seen = Observation(self._renderer.render(lines, first_line), parts.lines, first_line)
        except (Unrenderable, RecursionError):
            self._renderer = None  # its state is what the interrupted page left
            return _unreadable(place, work.excessive(1, "too-deep", "too-deep-fix"))
        page = Page(
            path=file.path,
            language=file.language,
            key=file.key,
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
        role = read_role(page, self._terms) if page.is_role else None
        return PageResult(page, role, tuple(problems))


def _unreadable(place: Place, excess: work.Excess) -> PageResult:
    at = replace(place, line=excess.line)
    problem = PAGE_UNREADABLE.at(at, found=excess.found, mend=excess.fix)
    return PageResult(None, problems=(problem,))
