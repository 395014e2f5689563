"""Refuses to publish a handbook that breaks its rules; while serving, says so and goes on.

The check runs once, over all languages, before `site/` is touched: a refused build costs nothing.
`mkdocs serve` must never meet an exception, it would hang: there each page shows its own problems
(see page_text.py).
"""

from __future__ import annotations

import os
import re
from logging import INFO, WARNING
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from engine import FIRST, i18n
from engine.context import build_of, session
from handbook.base import days
from handbook.base.words import of_the_environment
from handbook.checks.formats.text import as_text
from handbook.pages import loader
from handbook.pages.diagnostics import has_errors, tally

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

log = get_plugin_logger(__name__)

_SCHEMES = {"", "http", "https", "mailto"}


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether this is `serve`; it makes no downloads, nor does a quick look.

    MkDocs itself asks for the day from here on.
    """
    days.settle()
    i18n.say_less()
    session.serving = command == "serve"
    asked = os.environ.get("HANDBOOK_DOWNLOADS")
    session.downloads = not session.serving and asked != "0"
    session.prints_all = asked == "1"


@event_priority(FIRST)
def on_config(config: MkDocsConfig) -> None:
    """Check everything, at the first of the events that come once for each language."""
    if config is session.config:
        return
    is_first = session.config is None
    config.extra["scope"] = config.extra.get("scope") or "/"  # SITE_URL may be set, but empty
    _check_settings(config)
    _check_pages(config, is_first=is_first)


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Stand in for a page that cannot be read, so that serving goes on."""
    place = loader.page_place(f"{loader.DOCS}/{page.file.src_uri}")
    unread = build_of(config).source.project.unread
    return f"# {page.file.src_uri}\n" if place in unread else None


def _check_settings(config: MkDocsConfig) -> None:
    say = of_the_environment()
    # An address that would not stand in a page as it is: the theme's script holds it.
    if not re.fullmatch(r"[!#$%(-;=?-\[\]_a-z~]*", config.site_url or ""):
        raise PluginError(say("build.site-url"))
    # One that no browser should follow.
    given = {"REPORT_URL": config.extra.get("report_url"), "EDIT_URI": config.edit_uri}
    for name, address in given.items():
        if urlsplit(address or "").scheme not in _SCHEMES:
            raise PluginError(say("build.address", name=name))
    months = config.extra.get("review_months", 0)
    if not isinstance(months, int) or not 0 <= months < 1200:
        raise PluginError(say("build.months", found=months))


def _check_pages(config: MkDocsConfig, *, is_first: bool) -> None:
    say = of_the_environment()
    source = build_of(config).source
    project, problems = source.project, source.problems
    if not project.handbook.pages and not project.unread and not session.serving:
        raise PluginError(say("check.no-pages", folder=f"{loader.DOCS}/"))
    report = "\n".join(as_text(problem.told_in(say.language)) for problem in problems)
    if has_errors(problems) and (not session.serving or (is_first and source.not_plain)):
        refused = say("build.refused", found=tally(problems, say.language))
        raise PluginError(f"{refused}\n{report}")
    if problems:
        log.log(WARNING if has_errors(problems) else INFO, "%s\n%s", say("build.found"), report)
