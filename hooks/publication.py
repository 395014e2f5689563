"""What is written beside the pages: for each language, and once at the end; both in order."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.utils import get_relative_url

from engine import LAST, i18n, theme
from engine.context import build_of
from engine.pages import page_file
from handbook.base.script import simplified, simplified_html
from handbook.base.words import preferred, words
from handbook.pages.redirects import page_of
from handbook.pages.schema import DERIVED
from handbook.site.ebook import Built
from handbook.site.finishing import finish, print_handbook, write_data
from handbook.site.print.typesetting import TypesettingError
from handbook.site.published import PublishingError
from handbook.site.redirects import redirects
from handbook.site.search_index import SCRIPTS, WORKER, worker

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from engine.context import Build
    from handbook.base.words import Words

log = get_plugin_logger(__name__)


@event_priority(LAST)  # when templates have all that they are given
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """For each language."""
    build = build_of(config)
    if not build.serving:
        name = next(each.name for each in i18n.languages(config) if each.locale == build.locale)
        log.info(_say()("build.language", name=name, n=len(files.documentation_pages())))
    _write_search(build, config, files)
    _write_redirects(build, config, files, env)


@event_priority(LAST)  # when the page is as it will be published
def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str | None:
    """For each language too: its own 404 page, not in the place of the first language's."""
    folder = build_of(config).folder
    if template_name != "404.html" or not folder:
        return None
    _write(Path(config.site_dir, folder, template_name), output_content)
    return ""  # MkDocs writes nothing


@event_priority(LAST)  # after static-i18n, when every page of every language is written
def on_post_build(config: MkDocsConfig) -> None:
    """At the end: prints, data files, then the pages, which say the sizes of both."""
    build = build_of(config)
    if i18n.is_within_another(config) or build.serving:
        return
    try:
        if build.downloads:
            log.info(_say()("build.downloads"))
            _write_downloads(build, config)
        log.info(_say()("build.finish"))
        finish(
            Path(config.site_dir),
            config.site_url or "",
            config.extra["scope"],
            partial(theme.template_source, config=config),
            build.root,
            i18n.sources(config),
            packed=build.edition.date if build.downloads else None,
        )
    except (TypesettingError, PublishingError) as error:
        raise PluginError(error.told(_say())) from error


def _write_search(build: Build, config: MkDocsConfig, files: Files) -> None:
    """The search in any script: one index a language."""
    scripts = Path(config.docs_dir, "assets", "javascripts")
    made = worker(
        build.handbook,
        build.language,
        i18n.urls(files),
        [(scripts / name).read_text(encoding="utf-8") for name in SCRIPTS],
        simplified if build.locale in DERIVED else str,
        build.source.retired,
    )
    _write(Path(config.site_dir, build.folder, WORKER), made)


def _write_redirects(build: Build, config: MkDocsConfig, files: Files, env: Environment) -> None:
    """Pages that lead from what was renamed or removed to what took its place; without scripts."""
    urls, taken = i18n.urls(files), {file.dest_uri for file in files.documentation_pages()}
    for old, target in redirects(build.handbook).items():
        file = page_file(old, build.locale, config)
        if page_of(target) not in urls or file.dest_uri in taken:
            continue
        url = urls[page_of(target)].removeprefix("./")
        address = get_relative_url(f"{url}{target.removeprefix(page_of(target))}", file.url)
        canonical = f"{config.site_url or ''}{url}"
        template = env.get_template("redirect.html")
        page = template.render(config=config, target=address, canonical=canonical)
        _write(Path(config.site_dir, file.dest_uri), simplified_html(page))


def _write_downloads(build: Build, config: MkDocsConfig) -> None:
    """The handbook as PDFs, made by Typst from the same model as the pages; as data and e-books."""
    built = Built(Path(config.site_dir), partial(i18n.folder, config), config.site_url or "")
    made_for = build.handbook, build.edition
    anew = print_handbook(*made_for, built, build.root)
    log.info(_say()("print.anew", n=len(anew)))
    write_data(*made_for, build.source.retired, built)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _say() -> Words:
    """The words of whoever builds."""
    return words(preferred(os.environ))
