"""Tells readers where the other language has changed and theirs has not, duty by duty."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

from handbook.pages.loader import load
from handbook.pages.schema import authored
from handbook.versions.standings import part_name
from handbook.versions.translation_notice import with_notices
from handbook.versions.translation_status import by_role, known_standings

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from handbook.versions.standings import Standing

_found: tuple[Standing, ...] = ()


def on_pre_build(config: MkDocsConfig) -> None:
    """Compare the languages anew."""
    global _found  # noqa: PLW0603 - MkDocs' hooks keep their state in the module
    root = Path(config.config_file_path).parent
    _found = known_standings(root, load(root))


@event_priority(50)  # before what reads the finished text: printing, notes on terms
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    """Put the notices into a role's page."""
    folder, _, name = page.file.src_uri.rpartition("/")
    language, _, kind = folder.partition("/")
    own = [standing for standing in _found if standing.role == name.removesuffix(".md")]
    return with_notices(html, own, language) if kind == "roles" and own else None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Let the page about the translation ask how far it is."""
    language = authored(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    roles = load(Path(config.config_file_path).parent).roles(language)
    env.globals["translation"] = tuple(by_role(_found, roles))
    env.filters["part_name"] = lambda part: part_name(part, language)
