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

from handbook import days, loader, rules, session
from handbook.catalogue import preferred, words
from handbook.diagnostics import Diagnostic, as_text, has_errors, tally
from handbook.problem_box import problem_box

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger(__name__)

_checked: MkDocsConfig | None = None
_problems: list[Diagnostic] = []
_unread: frozenset[tuple[str, str]] = frozenset()


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
    global _checked, _problems, _unread  # noqa: PLW0603
    if config is _checked:
        return
    _checked = config
    say = words(preferred(os.environ))
    reading = rules.read(Path(config.config_file_path).parent)
    if not reading.handbook.pages and not session.serving:
        raise PluginError(say("check.no-pages", folder=f"{loader.DOCS}/"))
    _problems, _unread = rules.check(reading), reading.unread
    report = "\n".join(as_text(problem.told_in(say.language)) for problem in _problems)
    if has_errors(_problems) and not session.serving:
        refused = say("build.refused", found=tally(_problems, say.language))
        raise PluginError(f"{refused}\n{report}")
    if _problems:
        log.log(WARNING if has_errors(_problems) else INFO, "%s\n%s", say("build.found"), report)


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
