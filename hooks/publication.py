"""What is written beside the pages: for each language, and once at the end; both in order."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.utils import get_relative_url

from engine import LAST, i18n, theme
from engine.context import build_of, session
from engine.pages import page_file
from handbook.base.script import simplified, simplified_html
from handbook.base.words import of_the_environment as _say
from handbook.pages.redirects import page_of
from handbook.pages.schema import DERIVED
from handbook.site.downloads import MOST_PRINTED
from handbook.site.files.ebook import Built
from handbook.site.finished.finishing import announce, finish, print_handbook, write_data
from handbook.site.finished.policy import PublishingError
from handbook.site.print.typesetting import TypesettingError
from handbook.site.redirects import redirects
from handbook.site.search.index import SCRIPTS, worker

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from engine.context import Build

log = get_plugin_logger(__name__)


@event_priority(LAST)  # when templates have all that they are given
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """For each language."""
    build = build_of(config)
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
    if i18n.is_within_another(config) or session.serving:
        return
    built = Built(Path(config.site_dir), config.site_url or "")
    try:
        if session.downloads:
            _write_downloads(build, built)
        log.info(_say()("build.finish"))
        site = built.folder, built.address, config.extra["scope"]
        template = partial(theme.template_source, config=config)
        packed = build.source.edition.date if session.downloads else None
        finish(*site, template, build.source.root, i18n.sources(config), packed)
        editions = build.source.edition, *(each.edition for each in build.source.editions)
        announce(build.handbook, i18n.languages(config), editions, built, build.source.root)
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
    for name, text in made.items():
        _write(Path(config.site_dir, build.folder, name), text)


def _write_redirects(build: Build, config: MkDocsConfig, files: Files, env: Environment) -> None:
    """Pages that lead from what was renamed or removed to what took its place; without scripts."""
    urls, taken = i18n.urls(files), {file.dest_uri for file in files.documentation_pages()}
    for old, target in redirects(build.handbook).items():
        file = page_file(old, build.locale, config)
        if page_of(target) not in urls or file.dest_uri in taken:
            continue
        url = urls[page_of(target)].removeprefix("./")
        to = get_relative_url(f"{url}{target.removeprefix(page_of(target))}", file.url)
        told = {"config": config, "target": to, "canonical": f"{config.site_url or ''}{url}"}
        page = env.get_template("redirect.html").render(told)
        _write(Path(config.site_dir, file.dest_uri), simplified_html(page))


def _write_downloads(build: Build, built: Built) -> None:
    """The handbook as PDFs, made by Typst from the same model as the pages; as data and e-books."""
    made_for, say = (build.handbook, build.source.edition), _say()
    if build.prints:
        anew = print_handbook(*made_for, built, build.source.root, partial(log.info, "  %s"))
    log.info(say("print.anew", n=len(anew)) if build.prints else say("print.none", n=MOST_PRINTED))
    log.info(say("build.data"))
    write_data(*made_for, build.source.retired, built)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
