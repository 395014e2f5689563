"""The files under `docs/`: what belongs there, and under which names."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from handbook.base.docs_files import DocsFile, are_too_many
from handbook.base.limits import LONGEST_PATH, MOST_FILES
from handbook.base.words import both
from handbook.checks.rules.docs.contents import FILE_SIZE, PICTURES, Contents
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.exercises import EXERCISES
from handbook.pages.handbook_file import HANDBOOK
from handbook.pages.loader import DOCS, VOCABULARY, Project
from handbook.pages.redirects import REDIRECTS
from handbook.pages.schema import AUTHORED, DERIVED, FILE_NAME
from handbook.site.host import at_root
from handbook.versions.baseline import FILE as TRANSLATIONS
from handbook.versions.editions import FOLDER as EDITIONS

FILE_NAME_RULE = rule("file-name")
_FILE_PATH = rule("file-name/too-long")
FILE_TAKEN = rule("file-taken")
FILE_STRAY = rule("file-stray")
FILE_LINK = rule("file-symlink")


ASSETS = f"{DOCS}/assets"
_OWN = {
    "javascripts": (
        "copy.js duty-filter.js choose-pair.js topic-finder.js print-currency.js my-role.js "
        "language-switch.js on-demand.js on-this-page.js search.js term-notes.js"
    ),
    "javascripts/search": "index.js messages.js names.js ranking.js results.js slips.js text.js",
    "javascripts/vendor/minisearch": "LICENSE.txt minisearch.min.js package-lock.json package.json",
    "stylesheets": (
        "across-roles.css editions.css pages.css print.css search.css theme.css views.css"
    ),
}
SITE_ASSETS = {f"{ASSETS}/{at}/{name}" for at, names in _OWN.items() for name in names.split()}
"""What is in `docs/assets/` beside pictures: the site's code, of which all is reviewed."""

_PAGES = {".md", ".markdown", ".mdown", ".mkdn", ".mkd"}
"""All that MkDocs takes for a page; the first is the one to use."""
_SOURCES = {HANDBOOK, VOCABULARY, EXERCISES, REDIRECTS, TRANSLATIONS}
_BACKUP = re.compile(FILE_STRAY.words["backup"], re.IGNORECASE)
WINDOWS_NAMES = re.compile(
    r"(con|prn|aux|nul|conin|conout|clock|com\d|lpt\d)(\..*)?", re.IGNORECASE
)
"""Names that Windows cannot store."""
TAKEN = {"404", "assets", "e", "search", *(name.lower() for name in (*AUTHORED, *DERIVED))}
"""What the site has at its root beside pages."""
_TAKEN_WITHIN = {"compare", "downloads", "side-by-side", "who-handles-what"}
"""Folders that the site fills; each has a page of that name."""

_DELETE = both("rule.files.delete")


def check_files(project: Project) -> Iterator[Diagnostic]:
    """Every file under `docs/`."""
    if are_too_many(project.files):
        yield from _too_many(project.files)
        return
    paths = {file.path for file in project.files}
    contents = Contents(project)
    for file in project.files:
        language = next((of for of in AUTHORED if file.path.startswith(f"{DOCS}/{of}/")), "")
        place = Place(file.path, language=language)
        if len(file.path) > LONGEST_PATH:
            yield _FILE_PATH.at(place, found=len(file.path))
        elif not file.is_plain:
            found, fix = both(f"rule.file.{file.kind}"), both(f"rule.file.{file.kind}-fix")
            yield FILE_LINK.at(place, found=found, fix=fix)
        elif stray := _stray(file):
            yield FILE_STRAY.at(place, found=posixpath.basename(file.path), fix=stray)
        else:
            yield from _name(file, place, paths)
            yield from _taken(file, place, paths)
            yield from contents.check(file, place)


def stops(diagnostic: Diagnostic) -> bool:
    """Whether nothing else is told: what all pages follow from cannot be read."""
    folder = posixpath.dirname(diagnostic.path)
    return diagnostic.rule in {FILE_LINK.id, FILE_SIZE.id} and (
        diagnostic.path == DOCS or folder in {DOCS, EDITIONS}
    )


def _too_many(files: Sequence[DocsFile]) -> Iterator[Diagnostic]:
    if len(files) > MOST_FILES:
        what, fix = both("rule.files.most"), both("rule.files.fewer")
        yield FILE_SIZE.at(Place(DOCS), what=what, found=both("rule.more"), fix=fix)
        return
    total = sum(file.size for file in files)
    largest = max(files, key=lambda file: file.size)
    what = both("rule.files.all-small")
    size = f"{total / 1_000_000:.1f} MB"
    fix = both("rule.files.largest", path=largest.path)
    yield FILE_SIZE.at(Place(DOCS), what=what, found=size, fix=fix)


def _stray(file: DocsFile) -> object:
    """What to do with a file that does not belong under `docs/`, or None."""
    folder = file.path.split("/")[1] if file.path.count("/") > 1 else ""
    name = posixpath.basename(file.path)
    extension = posixpath.splitext(name)[1].lower()
    if file.path in SITE_ASSETS | _SOURCES:
        return None
    if _BACKUP.search(name):
        return _DELETE
    if posixpath.dirname(file.path) == at_root.FOLDER:
        return None if at_root.NAME.fullmatch(name) else _DELETE
    if name in at_root.KNOWN:
        return both("rule.files.to-host")
    if folder == posixpath.basename(EDITIONS):
        return None if extension == ".tsv" else _DELETE
    if folder in AUTHORED:
        return None if extension in _PAGES | PICTURES else _DELETE
    if extension in PICTURES:
        return None if file.path.startswith(f"{ASSETS}/") else both("rule.files.to-assets")
    if extension == ".md" and folder != posixpath.basename(ASSETS):
        return both("rule.files.to-pages")
    return _DELETE


def _name(file: DocsFile, place: Place, paths: Collection[str]) -> Iterator[Diagnostic]:
    if file.path in SITE_ASSETS | _SOURCES or file.path.startswith(
        (f"{EDITIONS}/", f"{at_root.FOLDER}/")
    ):
        return
    folder, name = posixpath.split(file.path)
    stem, extension = posixpath.splitext(name)
    is_page = extension.lower() in _PAGES
    right_extension = ".md" if is_page else extension.lower()
    right = f"{_slug(stem)}{right_extension}"
    wrong = not FILE_NAME.fullmatch(name) if is_page else name != right
    if wrong or WINDOWS_NAMES.fullmatch(name):
        if f"{folder}/{right}" in paths:
            right = f"{_slug(stem)}-2{right_extension}"
        yield FILE_NAME_RULE.at(place, found=name, fix=right)
    for each in file.path.split("/")[2:-1]:
        if each != _slug(each):
            yield FILE_NAME_RULE.at(place, found=f"{each}/", fix=f"{_slug(each)}/")


def _taken(file: DocsFile, place: Place, paths: Collection[str]) -> Iterator[Diagnostic]:
    """Addresses that the site itself has, or another page."""
    if not place.language:
        return
    first, *within = posixpath.splitext(file.path)[0].split("/")[2:]
    if first in TAKEN or (first in _TAKEN_WITHIN and within):
        sign = "/" if within else ""
        name = f"{first}{sign}"
        fix = both("rule.files.other-name", name=f"{first}-page{sign}")
        yield FILE_TAKEN.at(place, found=name, owner=both("rule.files.site"), fix=fix)
    elif file.path.endswith("/index.md"):
        twin = f"{posixpath.dirname(file.path)}.md"
        if twin in paths:
            fix = both("rule.files.one-page")
            yield FILE_TAKEN.at(
                place, found=f"{posixpath.basename(twin[:-3])}/", owner=f" {twin}", fix=fix
            )


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.removesuffix(".md")).casefold()
    ascii_only = "".join(char for char in plain if not unicodedata.combining(char))
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "page-name"
    return f"{slug}-page" if WINDOWS_NAMES.fullmatch(slug) else slug
