"""What readers take along, made of the built pages: each role as plain text, and e-books.

A page says on paper, on a phone and in a chat what it says on the site, without what only the site
can do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml.html import HtmlElement
from markdownify import ATX, markdownify

from handbook.base.html import inner, text_of
from handbook.base.table import TAGS, in_language
from handbook.site import downloads
from handbook.site.files.ebook import Built, Chapter, ebook
from handbook.site.files.workbook import About
from handbook.versions.editions import folder_of
from handbook.views.derived import SIDE_BY_SIDE
from handbook.views.glossary import FOLDER as GLOSSARY
from handbook.views.tables import Tables
from handbook.views.topics import FOLDER as TOPICS

_TOOLS = {"button", "form", "script", "style", "svg", "template"}
_OF_THE_SITE = {
    "hb-actions", "hb-back", "hb-downloads", "hb-eyebrow", "hb-foot", "hb-link", "hb-neighbours",
    "hb-sides__back", "hb-summary", "hb-unseen",
}  # fmt: skip
"""The classes of what leads to other pages, repeats the page, or has no text to be seen."""
_NUMBER = re.compile(r"\d+\.\d+")
_BLANK = re.compile(r"\n{3,}")


def write(built: Built, tables: Tables, about: About) -> None:
    """Write the text of each role beside its page, and the e-books into the downloads."""
    roles = [str(row["role"]) for row in tables.roles.objects()]
    for of in TAGS:
        for key in (f"roles/{role}" for role in roles):
            if (page := built.page(of, key)) is not None:
                path = f"{folder_of(of)}{key}/"
                text = as_text(page, f"{built.address}{path}", absolute=bool(built.address))
                (built.folder / path / downloads.TEXT).write_text(text, encoding="utf-8")
    for name, tag, parts in _books(roles):
        chapters = [*_chapters(built, parts, tables)]
        file = f"{downloads.FOLDER}/{name}"
        (built.folder / file).write_bytes(ebook(chapters, about, tag, file, built))


def as_text(page: HtmlElement, address: str, *, absolute: bool) -> str:
    """A role's page as Markdown: below its title its number, edition and address.

    Links are `absolute`, or as the page has them where nobody knows where the site is published;
    those of terms are left out.
    """
    said = [*page.find_class("hb-eyebrow"), *page.find_class("hb-edition")]
    about = " · ".join([*map(text_of, said), address])
    body = content(page)
    for link in [*body.iter("a")]:
        if "hb-term" in link.classes or not link.get("href"):
            link.drop_tag()
        elif absolute:
            link.set("href", urljoin(address, link.get("href")))
    made = str(markdownify(inner(body), heading_style=ATX, bullets="-", newline_style="backslash"))
    title, _, rest = made.strip().partition("\n")
    return _BLANK.sub("\n\n", f"{title}\n\n{about}\n{rest}\n")


def content(page: HtmlElement) -> HtmlElement:
    """What a page says: its article without what only the site can do. The tree is changed."""
    article: HtmlElement = page.find(".//article")
    for each in [*article.iter()]:
        seen = isinstance(each.tag, str) and each.tag not in _TOOLS and "hidden" not in each.attrib
        if not seen or not _OF_THE_SITE.isdisjoint(each.classes):
            each.drop_tree()
    return article


def _books(roles: list[str]) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Of each e-book its name, its first language, and its pages: in which language, which."""
    pages = ["overview", *(f"roles/{role}" for role in roles), TOPICS, GLOSSARY]
    for of, tag in TAGS.items():
        yield downloads.epub(tag), tag, [(of, key) for key in pages]
    both = [(of, key) for key in pages for of in ("zh", "en") if not key.startswith("roles/")]
    both[2:2] = [("zh", f"{SIDE_BY_SIDE}/{role}") for role in roles]
    yield downloads.epub(downloads.BOTH), TAGS["zh"], both


def _chapters(built: Built, parts: list[tuple[str, str]], tables: Tables) -> Iterator[Chapter]:
    for of, key in parts:
        page = built.page(of, key)
        if page is None:
            continue
        body, folder = content(page), folder_of(of)
        places = {f"{folder}{key}/": ""}
        if key.startswith(SIDE_BY_SIDE):
            role = key.removeprefix(SIDE_BY_SIDE)
            places |= {f"{folder_of(each)}roles{role}/": "" for each in ("zh", "en")}
        elif key == TOPICS:
            _link_numbers(body, folder, tables)
            places |= _entries(body, f"{folder}{TOPICS}", "topic-")
        elif key == GLOSSARY:
            _define(body, TAGS[of], tables)
            places |= _entries(body, f"{folder}{GLOSSARY}", "")
        yield Chapter(f"{of}-{key.replace('/', '-')}", TAGS[of], body, places)


def _entries(body: HtmlElement, folder: str, before: str) -> dict[str, str]:
    """The pages of which a list has an entry each: there, its anchor. It leads there no more."""
    places = {}
    for item in body.xpath(".//li[@id]"):
        places[f"{folder}/{item.get('id').removeprefix(before)}/"] = item.get("id")
        for link in [*item.iter("a")]:
            if not _NUMBER.fullmatch(link.text_content()):
                link.drop_tag()
    return places


def _link_numbers(body: HtmlElement, folder: str, tables: Tables) -> None:
    """Lead from the numbers of duties to them."""
    places = {row["number"]: f"/{folder}roles/{row['id']}" for row in tables.duties.objects()}
    for numbers in body.find_class("hb-count"):
        found = _NUMBER.findall(numbers.text_content())
        numbers.text = ""
        for at, number in enumerate(found):
            href = str(places[number]).replace("/duty-", "/#duty-")
            link = numbers.makeelement("a", {"href": href})
            link.text, link.tail = number, " " if at < len(found) - 1 else ""
            numbers.append(link)


def _define(body: HtmlElement, tag: str, tables: Tables) -> None:
    """Say below each term what it means, which its own page says on the site."""
    for row in tables.glossary.objects():
        for item in body.xpath(".//li[@id=$id]", id=str(row["id"]).replace("/", "-")):
            meaning = item.makeelement("p")
            meaning.text = str(in_language(row["definition"], tag))
            item.append(meaning)
