"""An e-book (EPUB 3) for phones: reflowable, in the reader's own font, size and colours.

The same chapters and edition give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from lxml.html import HtmlElement

from handbook.base.html import parsed, text_of
from handbook.base.script import simplify
from handbook.base.table import in_both, titles
from handbook.base.zipped import zipped
from handbook.versions.editions import folder_of

if TYPE_CHECKING:
    from handbook.site.files.workbook import About

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_NAME = re.compile(r"[^a-z0-9.]+", re.IGNORECASE)
_KEPT = {"alt", "class", "colspan", "href", "id", "lang", "rowspan", "src", "start"}
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
_STYLE = """\
:root { color-scheme: light dark; }
body { line-height: 1.6; }
h1, h2, h3 { line-height: 1.3; break-after: avoid; }
nav ol, ul.hb-topics, ol.hb-index { padding-left: 0; list-style: none; }
.hb-count a { margin-left: .5em; }
li p, dd { margin: 0 0 .6em; }
div[lang] + div[lang] { margin-top: 1em; }
img { max-width: 100%; }
dt { font-weight: bold; }
"""
"""No colours: those of the reader's program, light or dark, stay."""
_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{tag}" xml:lang="{tag}">
<head><title>{title}</title><link rel="stylesheet" href="style.css"/></head>
<body>{body}</body></html>
"""
_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{tag}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{id}</dc:identifier>
<dc:title>{title}</dc:title>
{languages}
<dc:rights>{rights}</dc:rights>
<meta property="dcterms:modified">{day}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
{items}
</manifest>
<spine>{spine}</spine>
</package>
"""


@dataclass(frozen=True)
class Built:
    """The built site in `folder`, published at `address`; its pages are not finished yet."""

    folder: Path
    address: str

    def page(self, of: str, key: str) -> HtmlElement | None:
        """The page `key` in the language `of`; None if there is none."""
        path = self.folder / folder_of(of) / key / "index.html"
        if not path.is_file():
            return None
        page = parsed(path.read_text("utf-8"))
        simplify(page)
        return page


@dataclass(frozen=True)
class Chapter:
    """A chapter: its file's name, its language, what it says, and where else that stands.

    `places` are the pages of the site, from its root, that it holds, each with the anchor at which
    it does; the first is its own.
    """

    name: str
    tag: str
    body: HtmlElement
    places: Mapping[str, str]

    @property
    def file(self) -> str:
        """Its name in the book."""
        return f"{self.name}.xhtml"

    @property
    def title(self) -> str:
        """Its heading."""
        return text_of(next(self.body.iter("h1")))


def ebook(chapters: Sequence[Chapter], about: About, tag: str, file: str, built: Built) -> bytes:
    """A book of `chapters`, whose trees are changed.

    Args:
        chapters: what it holds, in order.
        about: what it says of itself.
        tag: its first language.
        file: where it is published on the site, which makes its identifier.
        built: the site, which has its pictures, and to which what it lacks leads.
    """
    tags = dict.fromkeys([tag, *(chapter.tag for chapter in chapters)])
    title = " · ".join(str(about.name[each]) for each in tags)
    pages = {"nav.xhtml": _page(tag, title, _contents(chapters, tag))}
    pages["title.xhtml"] = _page(tag, title, _title(title, about, tag))
    pictures: dict[str, bytes] = {}
    for chapter in chapters:
        _settle(chapter, chapters, built, pictures)
        inner = "".join(
            etree.tostring(each, encoding="unicode", method="xml") for each in chapter.body
        )
        pages[chapter.file] = _page(chapter.tag, chapter.title, inner)
    package = _PACKAGE.format(
        tag=tag,
        id=uuid5(NAMESPACE_URL, f"{built.address}{file}"),
        title=escape(title),
        languages="".join(f"<dc:language>{each}</dc:language>" for each in tags),
        rights=escape(dict(about.lines)[in_both("licence")]),
        day=about.date.isoformat(),
        items="\n".join(_items([*pages, "style.css", *pictures])),
        spine="".join(f'<itemref idref="{_id(name)}"/>' for name in list(pages)[1:]),
    )
    files = {"package.opf": package.encode(), "style.css": _STYLE.encode()}
    files |= {name: page.encode() for name, page in pages.items()} | pictures
    first = {"mimetype": b"application/epub+zip", "META-INF/container.xml": _CONTAINER.encode()}
    return zipped(first | {f"EPUB/{name}": files[name] for name in files}, about.date)


def _items(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        kind = "application/xhtml+xml" if name.endswith(".xhtml") else guess_type(name)[0]
        nav = ' properties="nav"' if name == "nav.xhtml" else ""
        yield f'<item id="{_id(name)}" href="{name}" media-type="{kind}"{nav}/>'


def _id(name: str) -> str:
    return name.replace("/", "-")


def _page(tag: str, title: str, body: str) -> str:
    return _PAGE.format(tag=tag, title=escape(title), body=body)


def _title(title: str, about: About, tag: str) -> str:
    said = dict(about.lines)
    lines = "".join(
        f"<dt>{titles(f'table.{key}')[tag]}</dt><dd>{escape(said[in_both(key)])}</dd>"
        for key in ("edition", "date", "address", "licence")
        if in_both(key) in said
    )
    return f"<h1>{escape(title)}</h1><dl>{lines}</dl>"


def _contents(chapters: Sequence[Chapter], tag: str) -> str:
    """The chapters, and below each its duties."""
    heading = titles("pdf.contents")[tag]
    listed = "".join(f"<li>{_entry(chapter)}</li>" for chapter in chapters)
    return f'<nav epub:type="toc"><h1>{heading}</h1><ol>{listed}</ol></nav>'


def _entry(chapter: Chapter) -> str:
    lang = f'lang="{chapter.tag}" xml:lang="{chapter.tag}"'
    duties = "".join(
        f'<li><a href="{chapter.file}#{place.get("id")}">{escape(text_of(heading))}</a></li>'
        for place in chapter.body.xpath(".//*[starts-with(@id, 'duty-')]")
        for heading in [next(place.iter("h3"), place)]
    )
    below = f"<ol>{duties}</ol>" if duties else ""
    return f'<a href="{chapter.file}" {lang}>{escape(chapter.title)}</a>{below}'


def _settle(
    chapter: Chapter, chapters: Sequence[Chapter], built: Built, pictures: dict[str, bytes]
) -> None:
    """Lead the links of a chapter within the book, or to the site; take its pictures along."""
    own = f"/{next(iter(chapter.places))}"
    at = {place: (each, anchor) for each in chapters for place, anchor in each.places.items()}
    for element in [*chapter.body.iter()]:
        for name in {*element.attrib} - _KEPT:
            del element.attrib[name]
        if lang := element.get("lang"):
            element.set(_LANG, lang)
        if element.tag == "img":
            path = unquote(urljoin(own, element.get("src", ""))).removeprefix("/")
            kept = f"pictures/{_NO_NAME.sub('-', path)}"
            pictures[kept] = (built.folder / path).read_bytes()
            element.set("src", kept)
        if element.tag == "a" and element.get("href"):
            _lead(element, urljoin(own, element.get("href")), at, built.address)


def _lead(
    link: HtmlElement, target: str, at: Mapping[str, tuple[Chapter, str]], address: str
) -> None:
    """Lead a link to where its target, from the site's root, stands in the book, or on the site."""
    path, fragment = urldefrag(target)
    if found := at.get(path.removeprefix("/")):
        chapter, anchor = found
        place = fragment if chapter.body.xpath(".//*[@id=$id]", id=fragment) else anchor
        link.set("href", chapter.file + (f"#{place}" if place else ""))
    elif path.startswith("/") and address:
        link.set("href", urljoin(address, target[1:]))
    elif path.startswith("/"):
        link.drop_tag()
