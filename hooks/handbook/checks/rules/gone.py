"""Pages that were there once: what took their place must be known, or old links lead nowhere.

Not among the rules of every check, since only the history knows such pages:
`handbook check --since COMMIT`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.base.located_yaml import YamlProblem
from handbook.base.source import NotUtf8
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import Reading, page_place
from handbook.pages.schema import AUTHORED
from handbook.site.redirects import REDIRECTS, read

REDIRECT_MISSING = rule("redirect-missing")
_NOWHERE = "index"


def check_gone(reading: Reading, gone: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The pages that are gone in every language and not redirected.

    Args:
        reading: the pages there are.
        gone: paths that were there before, and what each was renamed to ("" for nothing).
    """
    try:
        redirected = read(reading.root).data
    except (YamlProblem, NotUtf8):
        return  # another rule says so
    there = {*(key for _, key in reading.handbook.pages), *(key for _, key in reading.unread)}
    targets: dict[str, str] = {}
    for path, new in gone.items():
        place, new_place = page_place(path), page_place(new)
        if place and place[1] not in there and place[1] not in redirected:
            targets[place[1]] = (new_place[1] if new_place else "") or targets.get(place[1], "")
    for key, target in targets.items():
        found = f"docs/{AUTHORED[0]}/{key}.md"
        yield REDIRECT_MISSING.at(
            Place(REDIRECTS), found=found, fix=f"{key}: {target or _nearby(key, there)}"
        )


def _nearby(key: str, there: set[str]) -> str:
    """The list that the page stood in; the home page for others."""
    folder = f"{key.rpartition('/')[0]}/index"
    return folder if folder in there else _NOWHERE
