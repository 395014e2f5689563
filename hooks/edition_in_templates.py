"""Lets the templates say which edition this is, and what has changed since an earlier one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.pages.loader import load
from handbook.pages.schema import authored
from handbook.versions.editions import currency_key, current, snapshots
from handbook.views.currency import CLASSES, Since, since

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give every template of this language the editions."""
    root = Path(config.config_file_path).parent
    language = authored(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    handbook, kept = load(root), snapshots(root)

    @cache  # each role's page asks for the whole edition
    def changed_since(name: str) -> Since:
        return since(kept, name, handbook, language)

    env.globals["edition"] = current(root)
    env.globals["editions"] = [snapshot.edition for snapshot in kept]
    env.globals["changed_since"] = changed_since
    env.globals["currency_key"] = currency_key
    env.globals["change_classes"] = CLASSES
