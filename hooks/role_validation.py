"""Refuses to publish a handbook that breaks its rules; while serving, shows the problems instead.

The check runs once, over all languages, before `site/` is touched: a refused build costs nothing.
`mkdocs serve` must never meet an exception, it would hang: there each page shows its own problems.
"""

from __future__ import annotations

import os
from logging import INFO, WARNING
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from engine import session
from handbook.base import days
from handbook.base.words import preferred, words
from handbook.checks import rules
from handbook.pages import loader
from handbook.pages.diagnostics import Diagnostic, as_text, has_errors, tally
from handbook.pages.problem_box import problem_box

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger(__name__)

_checked: MkDocsConfig | None = None
_problems: list[Diagnostic] = []
_unread: frozenset[tuple[str, str]] = frozenset()
_not_plain: tuple[str, ...] = ()
"""Links, pipes, devices, and folders that are links: opened, they may never end."""


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether this is `serve`; it makes no downloads, nor does a quick look.

    MkDocs itself asks for the day from here on.
    """
    days.settle()
    session.serving = command == "serve"
    session.downloads = not session.serving and os.environ.get("HANDBOOK_DOWNLOADS") != "0"


@event_priority(100)
def on_config(config: MkDocsConfig) -> None:
    """Check everything, at the first of the events that come once for each language."""
    global _checked, _problems, _unread, _not_plain  # noqa: PLW0603
    if config is _checked:
        return
    is_first, _checked = _checked is None, config
    say = words(preferred(os.environ))
    reading = rules.read(Path(config.config_file_path).parent)
    if not reading.handbook.pages and not reading.unread and not session.serving:
        raise PluginError(say("check.no-pages", folder=f"{loader.DOCS}/"))
    _problems, _unread = rules.check(reading), reading.unread
    _not_plain = tuple(file.path for file in reading.files if not file.is_plain)
    report = "\n".join(as_text(problem.told_in(say.language)) for problem in _problems)
    if has_errors(_problems) and (not session.serving or (is_first and _not_plain)):
        refused = say("build.refused", found=tally(_problems, say.language))
        raise PluginError(f"{refused}\n{report}")
    if _problems:
        log.log(WARNING if has_errors(_problems) else INFO, "%s\n%s", say("build.found"), report)


@event_priority(100)  # before anything is made of them
def on_files(files: Files, config: MkDocsConfig) -> None:
    """While serving, leave out what must not be opened."""
    for file in [*files]:
        path = f"{loader.DOCS}/{file.src_uri}"
        if any(path == each or path.startswith(f"{each}/") for each in _not_plain):
            files.remove(file)


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Stand in for a page that cannot be read, so that serving goes on."""
    place = loader.page_place(f"{loader.DOCS}/{page.file.src_uri}")
    return f"# {page.file.src_uri}\n" if place in _unread else None


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    """While serving, put a page's problems at its top; those of no page at the top of each home."""
    if not session.serving or not _problems:
        return None
    path = f"{loader.DOCS}/{page.file.src_uri}"
    place = loader.page_place(path)
    own = [p for p in _problems if p.path == path]
    if place and place[1] == "index":
        own += [p for p in _problems if loader.page_place(p.path) is None]
    return problem_box(own, place[0] if place else "en") + html if own else None
