"""One role in two languages, matched duty by duty and ability by ability."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from handbook.base.html import as_html
from handbook.pages.model import Ability, Duty, Handbook, Role
from handbook.pages.schema import AUTHORED, SECTIONS, css_class

_ID = re.compile(r'\s(?:id|name|data-typed-id)="[^"]*"')
_ADDRESS = re.compile(r'(\s(?:href|src)=")(?![a-zA-Z][\w+.-]*:|/)([^"#?]+)([^"]*")')
_PARAGRAPH = re.compile(r"</?p>")


@dataclass(frozen=True, slots=True)
class Row:
    """A passage in one language, as HTML; "" where this language has none."""

    anchor: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Column:
    """A role's page in one language; the rows of all columns match."""

    language: str
    role: Role
    headings: dict[str, str]
    intro: Markup
    duties: tuple[Row, ...]
    abilities: tuple[Row, ...]


def side_by_side(handbook: Handbook, language: str, slug: str) -> tuple[Column, ...]:
    """The role in `language`, then in the others; without those in which it is missing."""
    order = sorted(AUTHORED, key=lambda each: each != language)
    roles = [role for each in order for role in handbook.roles(each) if role.slug == slug]
    duties = list(dict.fromkeys(duty.anchor for role in roles for duty in role.duties))
    abilities = list(dict.fromkeys(a.anchor for role in roles for a in role.abilities))
    return tuple(
        Column(
            role.language,
            role,
            {section.key: section.headings[role.language] for section in SECTIONS},
            as_html("".join(_intro(passage.html) for passage in role.intro)),
            tuple(_row(anchor, {d.anchor: duty_html(d) for d in role.duties}) for anchor in duties),
            tuple(
                _row(anchor, {a.anchor: ability_html(a) for a in role.abilities})
                for anchor in abilities
            ),
        )
        for role in roles
    )


def _row(anchor: str, html: dict[str, str]) -> Row:
    return Row(anchor, as_html(html.get(anchor, "")))


def _intro(html: str) -> str:
    tag = "ul" if html.lstrip().startswith("<li") else "p"
    return f"<{tag}>{_without_ids(html)}</{tag}>"


def duty_html(duty: Duty) -> str:
    """A duty as its page shows it, without ids, which belong to that page."""
    heading = f'<span class="duty-number">{duty.number}</span> {escape(duty.name)}'
    return f"<h3>{heading}</h3>{''.join(_blocks(duty))}"


def _blocks(duty: Duty) -> Iterator[str]:
    for block in duty.body:
        css = f' class="{own}"' if (own := css_class(block.kind)) else ""
        yield f"<{block.tag}{css}>{_without_ids(block.passage.html)}</{block.tag}>"


def ability_html(ability: Ability) -> str:
    """An ability item: the term, and the page's own words about it."""
    colon = "：" if re.match("[\u3400-\u9fff]", ability.term.words) else ": "
    words = _PARAGRAPH.sub("", ability.qualification.html)
    term = f"<strong>{escape(ability.term.words)}</strong>"
    return f"<p>{term}{colon}{_without_ids(words)}</p>" if words else f"<p>{term}</p>"


def _without_ids(html: str) -> str:
    return _ID.sub("", html)


def relinked(html: str, folder: str, address: Callable[[str], str]) -> str:
    """`html` from a page in `folder` with its relative addresses led to `address(path)`."""

    def lead(match: re.Match[str]) -> str:
        before, path, rest = match.groups()
        return f"{before}{escape(address(posixpath.normpath(posixpath.join(folder, path))))}{rest}"

    return _ADDRESS.sub(lead, html)
