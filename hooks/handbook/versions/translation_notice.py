"""The notice on a section that the other language has left behind, with what changed there."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from handbook.base.html import fragment
from handbook.base.words import words
from handbook.versions.fingerprints import ABILITIES, INTRO
from handbook.versions.standings import Standing
from handbook.versions.word_changes import as_html

_TAGS = {"zh": "zh-Hant", "en": "en"}
_MOST_LINES = 8


def add_notices(page: HtmlElement, standings: Iterable[Standing], language: str) -> None:
    """Put a notice below the heading of each section of a role's page that is behind."""
    behind = {_anchor(each.part): each for each in standings if each.behind == language}
    for heading in page.xpath("//*[self::h1 or self::h2 or self::h3][@id]") if behind else ():
        if standing := behind.get(heading.get("id")):
            for element in reversed([*fragment(notice(standing))]):
                heading.addnext(element)


def notice(standing: Standing) -> str:
    """The notice as HTML, in the language that is behind."""
    say, lines = words(standing.behind), standing.changes(standing.ahead)
    if not lines:
        return f'<div class="hb-behind" role="note"><p>{say("behind.notice")}</p></div>'
    items = as_html(lines[:_MOST_LINES]) + ("<li>…</li>" if len(lines) > _MOST_LINES else "")
    return (
        f'<div class="hb-behind" role="note"><p>{say("behind.notice-with")}</p>'
        f'<ul lang="{_TAGS[standing.ahead]}">{items}</ul></div>'
    )


def _anchor(part: str) -> str:
    """The id of the heading that a section begins with."""
    return {INTRO: "top", ABILITIES: ABILITIES}.get(part, part)
