"""Readers of a page can report a mistake in it, with the page and the duty already filled in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from mkdocs.exceptions import PluginError

from handbook.base.words import preferred, words
from handbook.pages.loader import DOCS, load
from handbook.pages.schema import authored
from handbook.site.reporting import Subject, report_address

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_SCHEMES = {"", "http", "https", "mailto"}


class ReportLink(NamedTuple):
    """The address for a report; `number` and `name` are a duty's, "" for the whole page."""

    address: str
    number: str
    name: str


def on_config(config: MkDocsConfig) -> None:
    """Refuse an address that no browser should follow."""
    if urlsplit(config.extra.get("report_url") or "").scheme not in _SCHEMES:
        raise PluginError(words(preferred(os.environ))("build.report-address"))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Let the templates ask for the links of a page: it as a whole, then duty by duty."""
    language = authored(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    roles = load(Path(config.config_file_path).parent).role_pages
    repository, own = config.repo_url or "", config.extra.get("report_url") or ""

    def report_links(page: Page) -> list[ReportLink]:
        title, path = str(page.title), f"{DOCS}/{page.file.src_uri}"
        role = roles.get((language, path.removeprefix(f"{DOCS}/{language}/").removesuffix(".md")))
        passages = [("", ""), *((duty.number, duty.name) for duty in (role.duties if role else ()))]
        links = [
            ReportLink(
                report_address(Subject(language, title, path, *passage), repository, own), *passage
            )
            for passage in passages
        ]
        return [link for link in links if link.address]

    env.filters["report_links"] = report_links
