"""Renamed and removed pages lead, in every language, to what took their place; without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from handbook.base.script import simplified_html
from handbook.pages.loader import load
from handbook.site.redirects import page_of, redirects

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_env: Environment | None = None
_taken: frozenset[str] = frozenset()
"""The files of this language's pages, from the site's root: no redirect takes the place of one."""


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Keep this language's templates, which know where its pages are."""
    global _env, _taken
    _env, _taken = env, frozenset(file.dest_uri for file in files.documentation_pages())


@event_priority(-90)  # before static-i18n builds the other languages: each comes here too
def on_post_build(config: MkDocsConfig) -> None:
    """Write a page for each redirect of the language that was built."""
    assert _env is not None, "on_env comes before on_post_build"  # noqa: S101
    urls = cast("dict[str, str]", _env.globals["urls"])  # of hooks/handbook_in_templates.py
    i18n: Any = config.plugins["i18n"]
    folder = "" if i18n.is_default_language_build else f"{i18n.current_language}/"
    root = Path(config.config_file_path).parent
    for old, target in redirects(root, load(root)).items():
        plain = File(f"{old}.md", None, config.site_dir, config.use_directory_urls)
        path = Path(config.site_dir, f"{folder}{plain.dest_uri}")
        if page_of(target) not in urls or f"{folder}{plain.dest_uri}" in _taken:
            continue
        _, sign, anchor = target.partition("#")
        address = f"{urls[page_of(target)]}{sign}{anchor}".removeprefix("./")
        path.parent.mkdir(parents=True, exist_ok=True)
        page = _page(_env, f"{folder}{plain.url}", address, config)
        path.write_text(page, encoding="utf-8")


def _page(env: Environment, here: str, address: str, config: MkDocsConfig) -> str:
    """The page at `here` that leads to `address`, both from the site's root."""
    return simplified_html(
        env.get_template("redirect.html").render(
            config=config,
            target=get_relative_url(address, here),
            canonical=f"{config.site_url or ''}{address.partition('#')[0]}",
        )
    )
