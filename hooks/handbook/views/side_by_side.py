"""One role in two languages, matched duty by duty and ability by ability."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from markupsafe import Markup

from handbook.base.html import as_html
from handbook.pages.model import Ability, Duty, Handbook, Role
from handbook.pages.schema import AUTHORED, SECTIONS, css_class
from handbook.versions.parts import number_of

_ID = re.compile(r'\s(?:id|name|data-typed-id)="[^"]*"')
_ADDRESS = re.compile(r'(\s(?:href|src)=")(?![a-zA-Z][\w+.-]*:|/)([^"#?]+)([^"]*")')
_PARAGRAPH = re.compile(r"</?p>")


@dataclass(frozen=True, slots=True)
class Column:
    """A role's page in one language, as HTML: its duties and its abilities by their anchors.

    All columns have the same anchors in the same order; "" where this language has none.
    """

    role: Role
    headings: dict[str, str]
    intro: Markup
    duties: dict[str, Markup]
    abilities: dict[str, Markup]


def side_by_side(
    handbook: Handbook,
    language: str,
    slug: str,
    gone: Mapping[tuple[str, str, str], str] = MappingProxyType({}),
) -> tuple[Column, ...]:
    """The role in `language`, then in the others; without those in which it is missing.

    `gone` has the notes on retired numbers, by language, page and part.
    """
    order = sorted(AUTHORED, key=lambda each: each != language)
    roles = [role for each in order for role in handbook.roles(each) if role.slug == slug]
    notes = {
        (of, part): html.replace("<p>", '<p class="hb-retired">', 1)
        for (of, key, part), html in gone.items()
        if key == f"roles/{slug}" and number_of(part)
    }
    there = [duty.anchor for role in roles for duty in role.duties]
    duties = sorted({*there, *(part for _, part in notes)}, key=_order)
    abilities = list(dict.fromkeys(a.anchor for role in roles for a in role.abilities))
    return tuple(
        Column(
            role,
            {section.key: section.headings[role.language] for section in SECTIONS},
            as_html("".join(_intro(passage.html) for passage in role.intro)),
            _rows(duties, _duties(role, notes)),
            _rows(abilities, {a.anchor: ability_html(a) for a in role.abilities}),
        )
        for role in roles
    )


def _order(anchor: str) -> list[int]:
    return [int(number) for number in anchor.split("-")[1:]]


def _duties(role: Role, notes: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """The role's duties, and in place of those that are gone the notes on them, by anchor."""
    own = {part: html for (of, part), html in notes.items() if of == role.language}
    return own | {duty.anchor: duty_html(duty) for duty in role.duties}


def _rows(anchors: Iterable[str], html: Mapping[str, str]) -> dict[str, Markup]:
    return {anchor: as_html(html.get(anchor, "")) for anchor in anchors}


def _intro(html: str) -> str:
    tag = "ul" if html.lstrip().startswith("<li") else "p"
    return f"<{tag}>{_ID.sub('', html)}</{tag}>"


def duty_html(duty: Duty) -> str:
    """A duty as its page shows it, without ids, which belong to that page."""
    heading = f'<span class="duty-number">{duty.number}</span> {escape(duty.name)}'
    return f"<h3>{heading}</h3>{''.join(_blocks(duty))}"


def _blocks(duty: Duty) -> Iterator[str]:
    for block in duty.body:
        css = f' class="{own}"' if (own := css_class(block.kind)) else ""
        yield f"<{block.tag}{css}>{_ID.sub('', block.passage.html)}</{block.tag}>"


def ability_html(ability: Ability) -> str:
    """An ability item: the term, and the page's own words about it."""
    colon = "：" if re.match("[\u3400-\u9fff]", ability.term.words) else ": "
    words = _ID.sub("", _PARAGRAPH.sub("", ability.qualification.html))
    term = f"<strong>{escape(ability.term.words)}</strong>"
    return f"<p>{term}{colon}{words}</p>" if words else f"<p>{term}</p>"


def relinked(html: str, folder: str, address: Callable[[str], str]) -> str:
    """`html` from a page in `folder` with its relative addresses led to `address(path)`."""

    def lead(match: re.Match[str]) -> str:
        before, path, rest = match.groups()
        return f"{before}{escape(address(posixpath.normpath(posixpath.join(folder, path))))}{rest}"

    return _ADDRESS.sub(lead, html)
