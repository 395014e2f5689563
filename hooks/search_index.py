"""Gives every language its own search: one script with the engine and the index of its pages.

Material's box and result list stay; overrides/partials/header.html shows them without the theme's
plugin, whose index mixes the languages, and overrides/main.html names the script written here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mkdocs.plugins import event_priority

from handbook.base.script import simplified
from handbook.pages.loader import load
from handbook.pages.schema import DERIVED, authored
from handbook.site.search_index import SCRIPTS, worker

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_urls: dict[str, str] = {}


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Tell the templates where this language's search is; note where its pages are."""
    global _urls  # noqa: PLW0603 - MkDocs' hooks keep their state in the module
    env.globals["search_worker"] = _path(config)
    _urls = cast("dict[str, str]", env.globals["urls"])  # of hooks/handbook_in_templates.py


@event_priority(-90)  # before static-i18n builds the other languages: each comes here too
def on_post_build(config: MkDocsConfig) -> None:
    """Write the script of the language that was built."""
    i18n: Any = config.plugins["i18n"]
    language: str = i18n.current_language
    scripts = Path(config.docs_dir, "assets", "javascripts")
    path = Path(config.site_dir, _path(config))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        worker(
            load(Path(config.config_file_path).parent),
            authored(language),
            _urls,
            [(scripts / name).read_text(encoding="utf-8") for name in SCRIPTS],
            simplified if language in DERIVED else str,
        ),
        encoding="utf-8",
    )


def _path(config: MkDocsConfig) -> str:
    i18n: Any = config.plugins["i18n"]
    folder = "" if i18n.is_default_language_build else f"{i18n.current_language}/"
    return f"{folder}search/worker.js"
