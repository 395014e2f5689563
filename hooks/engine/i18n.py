"""Languages: all that is asked of mkdocs-static-i18n 1.3.1, which promises none of it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handbook.pages.schema import DERIVED
from handbook.site.page.language_switch import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files


def say_less() -> None:
    """Let warnings through, but none of the settings that it has for each language.

    It tells them in reconfigure.py:239; MkDocs (1.6.1, commands/build.py:121) tells of templates
    that are left to another language.
    """
    logging.getLogger("mkdocs.plugins.mkdocs_static_i18n").setLevel(logging.WARNING)
    logging.getLogger("mkdocs.commands.build").addFilter(_is_no_template_left_out)


def _is_no_template_left_out(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO or not record.getMessage().startswith("Template skipped")


def plugin(config: MkDocsConfig) -> Any:
    """The plugin by the name that `mkdocs.yml` gives it."""
    return config.plugins["i18n"]


def current(config: MkDocsConfig) -> str:
    """The language that is being built; before the first `on_config` (plugin.py:39) the first."""
    found: str = plugin(config).current_language or plugin(config).default_language
    return found


def folder(config: MkDocsConfig, locale: str = "") -> str:
    """Where the pages of a language (that which is built) stand: "" or such as "en/"."""
    locale = locale or current(config)
    return "" if locale == plugin(config).default_language else f"{locale}/"


def is_within_another(config: MkDocsConfig) -> bool:
    """Whether the build runs inside that of the first language (plugin.py:235, `building`)."""
    return bool(plugin(config).building)


def build_only(config: MkDocsConfig, locale: str) -> None:
    """Begin with one language and end with it.

    What `on_post_build` does once the first language is built (plugin.py:235), it leaves to whoever
    says it is `building`.
    """
    plugin(config).current_language, plugin(config).building = locale, True


def settle_fallback(config: MkDocsConfig) -> None:
    """Let a derived language fall back to the pages it is derived from; an authored one never.

    `reconfigure_files` asks for the setting each time (reconfigure.py:561).
    """
    plugin(config).config.fallback_to_default = current(config) in DERIVED


def tell_search_engines(config: MkDocsConfig, file: File) -> None:
    """Put a page into the sitemap, which lists `i18n_files_per_language` (plugin.py:78, :145)."""
    plugin(config).i18n_files_per_language[current(config)].append(file)


def sources(config: MkDocsConfig) -> dict[str, Path]:
    """The files that the pages of all languages are written in, by page (plugin.py:78)."""
    root = Path(config.config_file_path).parent
    return {
        file.dest_uri: Path(file.abs_src_path).relative_to(root)
        for files in plugin(config).i18n_files_per_language.values()
        for file in files
        if file.abs_src_path
    }


def languages(config: MkDocsConfig) -> tuple[Language, ...]:
    """The site's languages in the order of `mkdocs.yml` (config.py, `I18nPluginLanguage`)."""
    end = "" if config.use_directory_urls else "index.html"
    return tuple(
        Language(
            locale=each.locale,
            tag=each.extra["language_tag"],
            name=each.name,
            short=each.extra["language_short"],
            home=f"{each.link.removeprefix('/')}{end}" or "./",
        )
        for each in plugin(config).config.languages
        if each.build
    )


def source_of(file: File) -> str:
    """A file's path without its language's folder (folder.py, `norm_src_uri`): `roles/x.md`."""
    source: str = getattr(file, "norm_src_uri", file.src_uri)
    return source


def key_of(file: File) -> str:
    """A page's name in every language, such as `roles/marketing`."""
    return source_of(file).removesuffix(".md")


def alternates(file: File) -> Mapping[str, File]:
    """The same page in other languages (folder.py, `alternates`); {} for what has none."""
    found: Mapping[str, File] = getattr(file, "alternates", {})
    return found


def place(file: File, locale: str, key: str, others: Mapping[str, File]) -> None:
    """Let a page that no file stands behind look as static-i18n leaves one (folder.py)."""
    file.locale = locale  # type: ignore[attr-defined]
    file.norm_src_uri = f"{key}.md"  # type: ignore[attr-defined]
    file.alternates = others  # type: ignore[attr-defined]


def translated(files: Files) -> Callable[[str, str], str]:
    """A function from a file's path (`roles/x.md`) and a language to where it stands there.

    A file that is the same in every language has one place; "" for one that the site has not.
    """
    known = {source_of(file): file for file in files}

    def url(path: str, locale: str) -> str:
        file = known.get(path)
        return alternates(file).get(locale, file).url if file else ""

    return url


def urls(files: Files) -> dict[str, str]:
    """Where the pages of the language stand, from the site's root, by their keys."""
    return {key_of(file): file.url for file in files.documentation_pages()}
