"""Adds the pages that no one writes: roles compared, roles in two languages, prints checked."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel

from handbook.pages.loader import load
from handbook.pages.rendering import literal
from handbook.versions.editions import snapshots
from handbook.views.currency import currency_pages
from handbook.views.derived import DerivedPage, derived_pages

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


@event_priority(-110)  # after static-i18n, which cannot read a page that is no file
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the derived pages of the language that is being built."""
    i18n: Any = config.plugins["i18n"]
    locale: str = i18n.current_language
    written = locale.partition("-")[0]
    root = Path(config.config_file_path).parent
    handbook = load(root)
    pages = chain(
        derived_pages(handbook, written), currency_pages(handbook, snapshots(root), written)
    )
    for page in pages:
        file = _file(page, written, locale, config)
        file.alternates = {  # type: ignore[attr-defined]
            each: file if each == locale else _file(page, written, each, config)
            for each in i18n.build_languages
        }
        files.append(file)
        if page.listed:
            i18n.i18n_files_per_language[locale].append(file)  # for the sitemap
    return files


def _file(page: DerivedPage, written: str, locale: str, config: MkDocsConfig) -> File:
    """A page that is not in the navigation; found by readers through links, not by the search."""
    i18n: Any = config.plugins["i18n"]
    source = f"{written}/{page.key}.md"
    front_matter = {
        "title": page.title,
        "description": page.description,
        "search": {"exclude": True},
    }
    content = f"---\n{json.dumps(front_matter)}\n---\n\n# {literal(page.title)} {{ #title }}\n"
    file = File.generated(config, source, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
    folder = "" if locale == i18n.default_language else f"{locale}/"
    plain = File(f"{page.key}.md", None, config.site_dir, config.use_directory_urls)
    file.dest_uri = f"{folder}{plain.dest_uri}"
    file.locale = written  # type: ignore[attr-defined]
    file.norm_src_uri = f"{page.key}.md"  # type: ignore[attr-defined]
    return file
