"""What is added to the body of a rendered page, each thing by itself: numbers, signs, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from lxml.html import HtmlElement

from handbook.base.html import text_of
from handbook.site.page.pictures import size_of

_DUTY = re.compile(r"duty-(\d+)-(\d+)")


def number_duties(page: HtmlElement) -> None:
    """Set the number in a duty's heading apart, so that it can be styled by itself."""
    for heading in page.iter("h3"):
        duty = _DUTY.fullmatch(heading.get("id", ""))
        words = (heading.text or "").split(maxsplit=1)
        if duty and words and words[0] == f"{duty[1]}.{duty[2]}":
            number = heading.makeelement("span", {"class": "duty-number"})
            number.text, number.tail = words[0], f" {''.join(words[1:])}"
            heading.text = ""
            heading.insert(0, number)


def sign_places(page: HtmlElement, name: Callable[[str], str]) -> None:
    """Give each heading and each ability the link to copy its address from.

    It has no text: nothing of it is copied with a passage. It stands after a heading, not in it,
    for it would become part of what the heading is called; and at the end of an ability.

    Args:
        page: the body.
        name: what the link to a place of that name is called.
    """
    for heading in [*page.iter("h2", "h3", "h4", "h5", "h6")]:
        if heading.get("id"):
            number = heading.find("span[@class='duty-number']")
            heading.addnext(_sign(heading, name(text_of(heading if number is None else number))))
    for item in page.iterfind(".//li[@id]"):
        if item.get("id").startswith("ability-"):
            term = item.find(".//strong")
            sign = _sign(item, name(text_of(item if term is None else term)))
            first = next((child for child in item if child.tag in {"p", "ul", "ol"}), None)
            if first is None:
                item.append(sign)
            elif first.tag == "p":
                first.append(sign)
            else:
                item.insert(item.index(first), sign)


def _sign(place: HtmlElement, name: str) -> HtmlElement:
    address = f"#{place.get('id')}"
    return place.makeelement("a", {"class": "hb-link", "href": address, "title": name})


def size_pictures(page: HtmlElement, path_of: Callable[[str], Path | None]) -> None:
    """Give local pictures their width and height: what stands below does not move when they come.

    Args:
        page: the body.
        path_of: the file at an address on this page; None if it is not one of the site's.
    """
    for picture in page.iterfind(".//img[@src]"):
        if {"width", "height"} & {*picture.keys()}:
            continue
        path = path_of(picture.get("src"))
        size = size_of(path) if path else None
        if size:
            picture.set("width", str(size[0]))
            picture.set("height", str(size[1]))
