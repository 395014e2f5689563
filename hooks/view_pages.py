"""Gives the templates the views: who handles what, who needs what, how two roles differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import pass_context
from markupsafe import escape
from mkdocs.utils import get_relative_url

from handbook.base.html import as_html
from handbook.pages.loader import load
from handbook.views import Views
from handbook.views.side_by_side import relinked

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context
    from markupsafe import Markup
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Let every template of this language ask for the views."""
    locale: str = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
    handbook = load(Path(config.config_file_path).parent)
    env.globals["views"] = Views(handbook, locale.partition("-")[0])
    pages = {getattr(file, "norm_src_uri", file.src_uri): file for file in files}

    @pass_context
    def from_role_page(context: Context, html: str, language: str) -> Markup:
        """Lead the addresses in `html`, which stands on a role's page in `language`."""
        here = context["page"]

        def address(path: str) -> str:
            file = pages.get(path)
            found = getattr(file, "alternates", {}).get(language, file) if file else None
            return get_relative_url(found.url if found else path, here.url)

        return as_html(relinked(escape(html), "roles", address))

    env.filters["from_role_page"] = from_role_page
    env.filters["capital"] = capital


def capital(words: str) -> str:
    """`words` with a capital letter at the beginning, as a heading or entry has it."""
    return words[:1].upper() + words[1:]
