"""What changes the body of a page, in order: anchors while it is rendered, the rest after."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from mkdocs.plugins import event_priority
from mkdocs.utils import get_relative_url

from engine import LAST, i18n
from engine.context import build_of, session
from handbook.base.html import fragment, inner
from handbook.base.words import words
from handbook.checks.formats.page_box import problem_box
from handbook.pages.loader import DOCS, page_place
from handbook.pages.parsing.anchors import PublicAnchors
from handbook.site.page.body import number_duties, sign_places, size_pictures
from handbook.site.page.retired import add_notes
from handbook.versions.translation_status import add_notices

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from engine.context import Build


@event_priority(LAST)
def on_config(config: MkDocsConfig) -> None:
    """Set up Markdown, now that static-i18n has put in place what this language says."""
    notes = config.mdx_configs.setdefault("footnotes", {})
    notes["BACKLINK_TITLE"] = config.extra["footnote_back"]  # the note's number in the place of %d
    if not any(isinstance(each, PublicAnchors) for each in config.markdown_extensions):
        terms = build_of(config).source.project.terms
        config.markdown_extensions.append(PublicAnchors(terms))  # type: ignore[arg-type]


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make all changes, one after the other."""
    build, key, body = build_of(config), i18n.key_of(page.file), fragment(html)
    language, source = build.language, build.source

    def address(key: str) -> str:
        return get_relative_url(i18n.urls(files).get(key, ""), page.url)

    # Readers are told where the other language has changed and theirs has not, duty by duty.
    add_notices(body, source.statuses_of.get(key, ()), language)
    number_duties(body)
    size_pictures(body, partial(_path_of, page=page, files=files))
    sign_places(body, lambda name: words(language)("page.copy.link", name=name))
    # Whoever comes for what the page has no longer is led on.
    add_notes(body, key, language, build.handbook, source.retired, address)
    # When all text is there: the terms in role pages and the overview say what they mean.
    if key == "overview" or (key.startswith("roles/") and key != "roles/index"):
        glossary = address("glossary") if "glossary" in i18n.urls(files) else ""
        source.term_notes[language].add(body, glossary)
    return _problems(page, build) + inner(body)


def _path_of(address: str, page: Page, files: Files) -> Path | None:
    url = unquote(urljoin(f"/{page.url}", address)).removeprefix("/")
    found = next((file for file in files.media_files() if file.url == url), None)
    return Path(found.abs_src_path) if found and found.abs_src_path else None


def _problems(page: Page, build: Build) -> str:
    """While serving, a page's problems; on each home those of no page too."""
    if not session.serving:
        return ""
    path = f"{DOCS}/{page.file.src_uri}"
    place = page_place(path)
    own = [problem for problem in build.source.problems if problem.path == path]
    if place and place[1] == "index":
        own += [problem for problem in build.source.problems if page_place(problem.path) is None]
    return problem_box(own, place[0] if place else "en") if own else ""
