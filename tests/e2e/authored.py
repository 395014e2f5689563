"""The authored pages, found where editors put them: a new page is tested without a line here."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

from handbook.pages.loader import load
from handbook.pages.vocabulary import TERM_GROUPS

ROOT = Path(__file__).parents[2]
LANGUAGES = {"zh": "", "zh-Hans": "zh-Hans/", "en": "en/"}
LANGUAGE_TAGS = {"zh": "zh-Hant", "zh-Hans": "zh-Hans", "en": "en"}
# The same by the tag that a page of the language carries.
ROOTS = {LANGUAGE_TAGS[language]: folder for language, folder in LANGUAGES.items()}
# Round all languages, so that every switch is tried in one direction or the other.
OTHER = {"zh": "en", "en": "zh-Hans", "zh-Hans": "zh"}
# The folder that a language is written in.
WRITTEN_IN = {"zh": "zh", "zh-Hans": "zh", "en": "en"}


def _keys(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.md")
    )


# Pages by the path that all languages share, such as `roles/marketing`.
PAGES = _keys(ROOT / "docs" / "zh")
ROLES = [key for key in PAGES if key.startswith("roles/") and key != "roles/index"]


def _section(role: str) -> int:
    """The number of a role, by which roles are ordered."""
    text = (ROOT / "docs" / "zh" / f"{role}.md").read_text(encoding="utf-8")
    return int(re.findall(r"^section: *(\d+)", text, re.MULTILINE)[0])


_SLUGS = [role.removeprefix("roles/") for role in sorted(ROLES, key=_section)]
# Pages that no one writes.
COMPARISONS = [f"compare/{first}/{second}" for first, second in combinations(_SLUGS, 2)]
IN_BOTH = [f"side-by-side/{slug}" for slug in _SLUGS]
# The pages that prints lead to: every edition, and every role that was in it.
EDITIONS = sorted((ROOT / "docs" / "editions").glob("20*.tsv"))
PRINTS = [
    key
    for edition in EDITIONS
    for key in (
        f"e/{edition.stem}",
        *sorted(
            f"e/{edition.stem}/{line.partition(chr(9))[0]}"
            for line in edition.read_text(encoding="utf-8").splitlines()
            if "\tintro\t" in line
        ),
    )
]
_MADE_ALIKE = re.compile(r"\b(compare|glossary|side-by-side|who-handles-what)/.+")
TOPICS = [f"who-handles-what/{topic}" for topic in load(ROOT).vocabulary.topics]
TERMS = [
    f"glossary/{group}-{term}"
    for group in TERM_GROUPS
    for term in load(ROOT).vocabulary.entries(group)
]
DERIVED = [*COMPARISONS, *IN_BOTH, *PRINTS, *TOPICS, *TERMS]


def url(key: str, language: str) -> str:
    """Where the site serves a page, relative to its root; "" is the home page."""
    path = key.removesuffix("index") if key.endswith("index") else f"{key}/"
    return LANGUAGES[language] + path


def file(key: str, language: str) -> str:
    """The file that the site serves a page from."""
    return url(key, language) + "index.html"


def of_language(pages: list[str], tag: str) -> list[str]:
    """Those of the addresses `pages` that are of the language `tag`."""
    others = tuple(root for other, root in ROOTS.items() if other != tag and root)
    return [page for page in pages if page.startswith(ROOTS[tag]) and not page.startswith(others)]


def unlike(pages: list[str], site: Path) -> list[str]:
    """The addresses `pages`, but of those that one template makes the longest and the shortest."""
    kinds: dict[str, list[str]] = {}
    for page in pages:
        kinds.setdefault(_MADE_ALIKE.sub(r"\1/", page), []).append(page)

    def length(page: str) -> int:
        path = site / page
        return (path / "index.html" if path.is_dir() else path).stat().st_size

    chosen = {end(kind, key=length) for kind in kinds.values() for end in (min, max)}
    return [page for page in pages if page in chosen]
