"""What templates see: one name, `site`, a few filters; of each page what is HTML and what text."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import pass_context
from markupsafe import escape
from mkdocs.plugins import event_priority
from mkdocs.utils import get_relative_url

from engine import FIRST, i18n, theme
from engine.context import build_of, session
from handbook.base.days import in_words
from handbook.base.html import as_html
from handbook.base.words import capital
from handbook.site.in_templates import TemplateSite, first_paragraph, first_sentence
from handbook.site.search.index import WORKER
from handbook.views.side_by_side import relinked

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context
    from markupsafe import Markup
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from engine.context import Build


def on_config(config: MkDocsConfig) -> None:
    """Make one environment for the templates of all languages."""
    theme.keep_environment(config)


@event_priority(FIRST)  # before any template is compiled
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Prepare the templates, and what they are given."""
    build = build_of(config)
    _name(config, build)
    env.globals["site"] = site = _site(build, config, files)
    env.filters |= {
        "capital": capital,
        "first_sentence": first_sentence,
        "day_in_words": lambda day: in_words(day, build.language),
        "from_role_page": pass_context(partial(_from_role_page, site=site)),
        "on_demand": theme.on_demand,
    }
    _prepare_pages(files, build)


def _name(config: MkDocsConfig, build: Build) -> None:
    """Call the site what its home page in this language is called, if no setting does."""
    if home := build.handbook.page(build.language, "index"):
        config.site_name = config.site_name or home.title
        config.site_description = first_paragraph(home)


def _site(build: Build, config: MkDocsConfig, files: Files) -> TemplateSite:
    return TemplateSite(
        handbook=build.handbook,
        locale=build.locale,
        language=build.language,
        languages=i18n.languages(config),
        urls=i18n.urls(files),
        translated=i18n.translated(files),
        edition=build.source.edition,
        snapshots=build.source.editions,
        retired=build.source.retired,
        statuses=build.source.statuses,
        reviews=build.source.reviews,
        changes=build.source.changes,
        repository=config.repo_url or "",
        report_to=config.extra.get("report_url") or "",
        search=f"{build.folder}{WORKER}",
        logo=as_html(Path(config.docs_dir, config.theme["favicon"]).read_text("utf-8").strip()),
        has_downloads=session.downloads,
        has_prints=build.prints,
    )


def _prepare_pages(files: Files, build: Build) -> None:
    """Mark what is HTML; describe every page for search engines."""
    for file in files.documentation_pages():
        if (page := file.page) is None:
            continue
        source = build.handbook.page(build.language, i18n.key_of(file))
        theme.mark(page, source.title if source else None)
        if source:
            description = page.meta.get("description") or first_paragraph(source)
            page.meta["description"] = str(description)


def _from_role_page(context: Context, html: str, language: str, *, site: TemplateSite) -> Markup:
    """Lead the addresses in `html`, which stands on a role's page in `language`."""

    def address(path: str) -> str:
        return get_relative_url(site.translated(path, language) or path, context["page"].url)

    return as_html(relinked(escape(html), "roles", address))
