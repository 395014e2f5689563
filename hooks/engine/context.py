"""What a build is made from and for: read once for all languages, and handed to every stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import i18n
from handbook.base import days
from handbook.base.git import last_changes
from handbook.checks import rules
from handbook.pages import loader
from handbook.pages.loader import DOCS
from handbook.pages.schema import AUTHORED, authored
from handbook.site.downloads import MOST_PRINTED
from handbook.site.page import retired
from handbook.site.page.term_notes import TermNotes
from handbook.versions.editions import Edition, Snapshot, current, snapshots
from handbook.versions.translation_status import known_statuses
from handbook.views.reviews import Review, reviews

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

    from handbook.pages.diagnostics import Diagnostic
    from handbook.pages.loader import Project
    from handbook.pages.model import Handbook
    from handbook.site.page.retired import Notes
    from handbook.versions.status import Status


@dataclass(frozen=True)
class Source:
    """What all languages of one build are made from; each part is read when first asked for."""

    root: Path
    review_months: int

    @cached_property
    def project(self) -> Project:
        """The authored pages and all that stands beside them."""
        return loader.read(self.root)

    @cached_property
    def problems(self) -> list[Diagnostic]:
        """What is wrong with them."""
        return rules.check(self.project)

    @cached_property
    def edition(self) -> Edition:
        """The edition that is built."""
        return current(self.root)

    @cached_property
    def editions(self) -> tuple[Snapshot, ...]:
        """The editions that were kept."""
        return snapshots(self.root)

    @cached_property
    def retired(self) -> Notes:
        """What pages say in place of duties that are gone."""
        return retired.notes(self.project.handbook, self.editions)

    @cached_property
    def statuses(self) -> tuple[Status, ...]:
        """How far each section's two languages agree."""
        return known_statuses(self.root, self.project.handbook)

    @cached_property
    def statuses_of(self) -> Mapping[str, list[Status]]:
        """The same by the page where readers find it."""
        found: dict[str, list[Status]] = {}
        for each in self.statuses:
            found.setdefault(each.page, []).append(each)
        return found

    @cached_property
    def changes(self) -> Mapping[str, date]:
        """The day each page last changed, by its path."""
        return last_changes(self.root, DOCS)

    @cached_property
    def reviews(self) -> list[Review]:
        """When each role's page was reviewed, and whether that is overdue."""
        return reviews(self.project.handbook, self.changes, self.review_months, days.today())

    @cached_property
    def term_notes(self) -> Mapping[str, TermNotes]:
        """What terms mean, by authored language."""
        return {of: TermNotes(self.project.handbook.vocabulary, of) for of in AUTHORED}

    @cached_property
    def not_plain(self) -> tuple[str, ...]:
        """Links, pipes, devices, and folders that are links: opened, they may never end."""
        return tuple(file.path for file in self.project.files if not file.is_plain)

    def leaves_out(self, path: str) -> bool:
        """Whether `path` is, or stands in, what must not be opened."""
        return any(path == each or path.startswith(f"{each}/") for each in self.not_plain)


@dataclass(frozen=True)
class Build:
    """The build of one language.

    `locale` is the language that is built, `language` the authored one that it shows, `folder`
    where its pages stand from the site's root: "" or such as "en/".
    """

    source: Source
    locale: str
    folder: str

    @property
    def prints(self) -> bool:
        """Whether PDFs are among the downloads."""
        few = len(self.handbook.roles(self.language)) <= MOST_PRINTED
        return session.downloads and (few or session.prints_all)

    @property
    def handbook(self) -> Handbook:
        """What the pages say."""
        return self.source.project.handbook

    @property
    def language(self) -> str:
        """The authored language that is shown: "zh" or "en"."""
        return authored(self.locale)


@dataclass
class Session:
    """What lives as long as the process, and the one place in the hooks that something is kept."""

    serving: bool = False
    """Whether pages are served while they are edited: nothing is refused then."""
    downloads: bool = True
    """Whether this build makes the downloads and links to them."""
    prints_all: bool = False
    """Whether PDFs are asked for, however many roles there are."""
    config: MkDocsConfig | None = None
    source: Source | None = None
    """Of the build with that configuration; builds of further languages within it share it."""
    only: str = ""
    """While serving, the language that is built; "" for the whole site."""
    pages: dict[str, set[str]] = field(default_factory=dict)
    """While serving, where the pages of each language were written."""
    rendered: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    """By language, source and text: what MkDocs notes of a page when it renders it."""
    environments: dict[tuple[str, ...], Environment] = field(default_factory=dict)
    """Of templates, with what was compiled of them, by the folders that they stand in."""


session = Session()


def build_of(config: MkDocsConfig) -> Build:
    """The build that `config` is for, in the language that is being built.

    `mkdocs serve` makes a configuration for each build (1.6.1, commands/serve.py:61, `builder`),
    and static-i18n hands one on from language to language (1.3.1, plugin.py, `on_post_build`).
    """
    if session.source is None or session.config is not config:
        root = Path(config.config_file_path).parent
        session.config = config
        session.source = Source(root, config.extra.get("review_months", 0))
    return Build(session.source, i18n.current(config), i18n.folder(config))
