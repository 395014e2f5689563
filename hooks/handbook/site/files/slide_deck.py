"""A presentation (.pptx) that an office can change: its texts stand in placeholders of its layouts.

So it takes on another template. The same content and day give the same bytes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from itertools import count, zip_longest
from typing import Any

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from handbook.base.table import TAGS
from handbook.base.zipped import unzipped, zipped
from handbook.pages.handbook_file import OWN
from handbook.site.files.workbook import AUTHOR, breadth

_LANGUAGES = {
    "zh": MSO_LANGUAGE_ID.TRADITIONAL_CHINESE,
    "zh-Hans": MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE,
    "en": MSO_LANGUAGE_ID.ENGLISH_UK,
}
_EAST_ASIAN = {"zh": "Microsoft JhengHei", "zh-Hans": "Microsoft YaHei", "en": "Microsoft JhengHei"}
"""The theme's font for Chinese; a computer without it takes one of its own."""
_FRONT, _PLAIN, _CASE, _WITH_BAND = range(4)
"""The layouts: "Title Slide", "Title and Content", "Section Header" and "Two Content"."""
_HEADING, _SIZES, _ASKED, _SMALL, _NOTES = 30, (24, 22), 32, 16, 12
"""The size of type, in points: of titles, of what is said first and what is listed below it, of a
case, in the band at the foot, of notes."""
_WIDE, _EDGE = 960, 48
"""How wide a slide of 16:9 is, and its margin, in points."""
_TITLE, _WHOLE, _UPPER, _BAND = (24, 82), (118, 376), (118, 250), (376, 120)
"""How far down each box begins, and how high it is, in points."""
_LINE, _APART, _INSET, _USED = 1.2, 0.3, 15, 0.97
"""The height of a line, and the space before a paragraph, as parts of the size of type; what a box
keeps free within, in points; how much of a line is filled, as words are not broken."""
_ADDRESS = re.compile(r"(https?://[!-~]+)")

_Line = tuple[int, str]
"""A paragraph: its level (an index of `_SIZES`) and its text."""
_SCRIPTS = {"latin": "lt", "ea": "ea", "cs": "cs"}


class SlideDeck:
    """A presentation in a language; `foot` stands below each of its slides."""

    def __init__(self, language: str, foot: str, say: Mapping[str, str]) -> None:
        self._language, self._foot, self._say = language, foot, say
        self._deck = Presentation()
        _design(self._deck)

    def front(self, title: str, lines: Iterable[str], notes: Iterable[str]) -> None:
        """Add the slide that it begins with."""
        self._add(_FRONT, title, [[(0, line) for line in lines]], notes)

    def content(
        self, title: str, top: Sequence[_Line], small: Sequence[str] = (), notes: Sequence[str] = ()
    ) -> None:
        """Add a slide, or several where one is too small; `small` stands in a band below."""
        band = _shared([(0, text) for text in small], _BAND, (_SMALL,))
        upper = _shared(top, _UPPER if band else _WHOLE, _SIZES)
        pages = [[*filter(None, boxes)] for boxes in zip_longest(upper, band)] or [[[]]]
        for n, boxes in enumerate(pages, start=1):
            part = f"{self._say['bracket.open']}{n}/{len(pages)}{self._say['bracket.close']}"
            layout = _WITH_BAND if len(boxes) > 1 else _PLAIN
            self._add(layout, title + (part if len(pages) > 1 else ""), boxes, notes)

    def case(self, title: str, text: str, notes: Iterable[str]) -> None:
        """Add a slide with something to be talked about."""
        self._add(_CASE, title, [[(0, text)]], notes)

    def _add(
        self, layout: int, title: str, boxes: Iterable[Iterable[_Line]], notes: Iterable[str]
    ) -> None:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        for holder, lines in zip(slide.placeholders, ([(0, title)], *boxes), strict=True):
            self._fill(holder.text_frame, lines)
        for holder in slide.slide_layout.placeholders if layout != _FRONT else ():
            kind = holder.placeholder_format.type
            if kind in {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}:
                slide.shapes.element.append(copied := deepcopy(holder.element))
                for said in copied.iter(qn("a:rPr"), qn("a:endParaRPr")):
                    said.set("lang", _LANGUAGES[self._language].xml_value)
                if kind == PP_PLACEHOLDER.FOOTER:
                    self._fill(slide.shapes[-1].text_frame, [(0, self._foot)])
        if told := [(0, line) for line in notes]:
            self._fill(slide.notes_slide.notes_text_frame, told, Pt(_NOTES))

    def _fill(self, frame: Any, lines: Iterable[_Line], size: Pt | None = None) -> None:
        """Put paragraphs into a box; addresses are links. Without `size`, type is the box's."""
        for n, (level, text) in enumerate(lines):
            paragraph = frame.add_paragraph() if n else frame.paragraphs[0]
            paragraph.level = level
            for part in filter(None, _ADDRESS.split(text)):
                run = paragraph.add_run()
                run.text = part
                run.font.size = size
                run.font.language_id = _LANGUAGES[self._language]
                if _ADDRESS.match(part):
                    run.hyperlink.address = part

    def file(self, title: str, date: datetime.date) -> bytes:
        """The presentation as a file of that day."""
        about, package = self._deck.core_properties, self._deck.part.package
        about.title, about.comments = title, ""
        about.author = about.last_modified_by = AUTHOR
        about.created = about.modified = datetime.datetime.combine(date, datetime.time())
        about.language = TAGS[self._language]
        for owner, kind in (
            (package, RELATIONSHIP_TYPE.THUMBNAIL),
            (package, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES),
            (self._deck.part, RELATIONSHIP_TYPE.PRINTER_SETTINGS),
        ):  # what the empty presentation says of itself and of the printer of whoever made it
            owner.drop_rel(owner.relate_to(owner.part_related_by(kind), kind))
        files = unzipped(self._deck.save)
        for name in files:
            if name.startswith("ppt/theme/"):
                files[name] = _themed(files[name].decode(), self._language).encode()
        return zipped(files, date)


def _shared(
    lines: Sequence[_Line], box: tuple[int, int], sizes: Sequence[int]
) -> list[list[_Line]]:
    """The lines on as few slides as hold them in such a box, as evenly as they can be shared."""
    heights = [_height(text, sizes[level]) for level, text in lines]
    for n in count(1):
        shares: list[list[int]] = [[] for _ in range(n)]
        for at, height in enumerate(heights):
            middle = sum(heights[:at]) + height / 2
            shares[int(middle / sum(heights) * n)].append(at)
        fits = all(sum(heights[at] for at in share) <= box[1] - _INSET / 2 for share in shares)
        if fits or n >= len(lines):
            break
    return [[lines[at] for at in share] for share in shares if share]


def _height(text: str, size: int) -> float:
    """How high a paragraph is in type of that size, in points."""
    line = (_WIDE - 2 * _EDGE - _INSET - size) * _USED / (size / 2)
    return size * (_LINE * -(-breadth(text) // int(line)) + _APART)


def _themed(theme: str, language: str) -> str:
    """A theme with the handbook's colours, and with a font for Chinese."""
    shades = OWN.accent.light
    colours = {"lt2": shades.ground, "accent1": shades.text, "accent2": shades.line}
    for name, colour in {**colours, "hlink": shades.text}.items():
        pattern = rf'(<a:{name}>\s*<a:srgbClr val=")\w+'
        theme = re.sub(pattern, rf"\g<1>{colour.removeprefix('#').upper()}", theme)
    return theme.replace('<a:ea typeface=""/>', f'<a:ea typeface="{_EAST_ASIAN[language]}"/>')


def _design(deck: Any) -> None:
    """Make the empty presentation a wide one, with a title above, a band and a line at the foot."""
    wide = Pt(_WIDE) / deck.slide_width
    deck.slide_width = Pt(_WIDE)
    master, layouts = deck.slide_master, deck.slide_layouts
    for holder in (each for page in (master, *layouts) for each in page.placeholders):
        if holder.element.spPr.xfrm is not None:
            holder.left, holder.width = Emu(int(holder.left * wide)), Emu(int(holder.width * wide))
    title, body, day, foot, number = master.placeholders
    _place(title, _TITLE)
    _place(body, _WHOLE)
    foot.left, foot.width, day.left = Pt(_EDGE), Pt(500), Pt(_EDGE + 500)
    number.left = Pt(_WIDE - _EDGE) - number.width
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    styles = master.element.find(qn("p:txStyles"))
    _style(styles.find(qn("p:titleStyle")), 1, _HEADING, "accent1", title=True)
    _style(styles.find(qn("p:bodyStyle")), 1, _SIZES[0])
    _style(styles.find(qn("p:bodyStyle")), 2, _SIZES[1], bullet=True)
    foot.element.txBody.find(f".//{qn('a:lvl1pPr')}").set("algn", "l")
    for pale in [tint for each in (day, foot, number) for tint in each.element.iter(qn("a:tint"))]:
        pale.getparent().remove(pale)
    _, upper, band, *_ = layouts[_WITH_BAND].placeholders
    _place(upper, _UPPER)
    _place(band, _BAND)
    _own(upper)
    _style(_own(band), 1, _SMALL)
    band.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    band.fill.solid()
    band.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
    for layout, boxes, size, colours in (
        (_FRONT, ((130, 150), (300, 120)), _SIZES[0], ("bg1", "bg1")),
        (_CASE, (_TITLE, _WHOLE), _ASKED, ("accent1", "tx1")),
    ):
        heading, below, *_ = layouts[layout].placeholders
        heading.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        below.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        for holder, box in zip((heading, below), boxes, strict=True):
            _place(holder, box)
        _style(_own(heading), 1, 48 if layout == _FRONT else _HEADING, colours[0], title=True)
        _style(_own(below), 1, size, colours[1])
    ground = layouts[_FRONT].background.fill
    ground.solid()
    ground.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1


def _place(holder: Any, box: tuple[int, int]) -> None:
    holder.left, holder.top, holder.width, holder.height = map(
        Pt, (_EDGE, box[0], _WIDE - 2 * _EDGE, box[1])
    )


def _own(holder: Any) -> Any:
    """The list of a placeholder's own styles, emptied."""
    styles = holder.element.txBody.find(qn("a:lstStyle"))
    del styles[:]
    return styles


def _style(
    styles: Any,
    level: int,
    size: int,
    colour: str = "tx1",
    title: bool = False,
    bullet: bool = False,
) -> None:
    """Put the style of a level in the place of the one that is there."""
    left, font = Pt(size) if bullet else 0, "mj" if title else "mn"
    faces = "".join(f'<a:{each} typeface="+{font}-{short}"/>' for each, short in _SCRIPTS.items())
    made = parse_xml(
        f'<a:lvl{level}pPr {nsdecls("a")} marL="{left}" indent="{-left}" algn="l">'
        f'<a:spcBef><a:spcPct val="{int(_APART * 100_000)}"/></a:spcBef>'
        + ('<a:buFont typeface="Arial"/><a:buChar char="•"/>' if bullet else "<a:buNone/>")
        + f'<a:defRPr sz="{size}00" b="{int(title)}" kern="1200"><a:solidFill><a:schemeClr '
        f'val="{colour}"/></a:solidFill>{faces}</a:defRPr></a:lvl{level}pPr>'
    )
    if (old := styles.find(qn(f"a:lvl{level}pPr"))) is not None:
        styles.replace(old, made)
    else:
        styles.append(made)
