"""Links every page to the same page in the other languages, relative to where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handbook.pages.schema import DERIVED, authored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


@dataclass(frozen=True, slots=True)
class Translation:
    """A page in one language: `tag` as in `<html lang>`, `url` from the site's root.

    `words` is the tag of the language that the site's own words are written in.
    """

    locale: str
    tag: str
    name: str
    short: str
    url: str
    words: str
    current: bool


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Tell a page's template where its translations are."""
    _add(context, config, getattr(page.file, "alternates", {}))


def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> None:
    """Let pages without a source, such as 404, link to the homes."""
    _add(context, config, {})


def _add(context: Any, config: MkDocsConfig, files: Mapping[str, File]) -> None:
    i18n: Any = config.plugins["i18n"]
    tags = {each.locale: each.extra["language_tag"] for each in i18n.config.languages}
    context["translations"] = [
        Translation(
            locale=language.locale,
            tag=language.extra["language_tag"],
            name=language.name,
            short=language.extra["language_short"],
            url=_url(language, files, config),
            words=tags[authored(language.locale)],
            current=language.locale == i18n.current_language,
        )
        for language in i18n.config.languages
        if language.build
    ]


def _url(language: Any, files: Mapping[str, File], config: MkDocsConfig) -> str:
    """Where the page is in `language`; its home, for a page that has no source."""
    if language.locale in files:
        return files[language.locale].url
    source = DERIVED.get(language.locale, "")
    if source in files:
        # A derived page has the address of the page it is made from, in a folder of its own.
        path = files[source].url.removeprefix("./")
        return f"{language.locale}/{path}"
    home = "" if config.use_directory_urls else "index.html"
    return f"{language.link.removeprefix('/')}{home}" or "./"
