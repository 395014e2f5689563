"""Whatever a picture's file holds, it is refused with a message, or is what its name says."""

from __future__ import annotations

import re
import warnings
from io import BytesIO

import lxml.etree
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from handbook.checks.rules.docs.drawing_css import ATTRIBUTES, ELEMENTS, PROPERTIES, SVG, TEXTS
from handbook.checks.rules.docs.drawings import check_drawing
from handbook.pages.diagnostics import Place
from handbook.site.page.pictures import picture_fault

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
BOUND = settings(derandomize=True, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def saved(extension: str) -> bytes:
    file = BytesIO()
    picture = Image.effect_mandelbrot((24, 16), (-3, -2.5, 2, 2.5), 30).convert("RGB")
    picture.save(file, FORMATS[extension])
    return file.getvalue()


@pytest.mark.parametrize("extension", FORMATS)
@BOUND
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), max_size=4),
    kept=st.floats(0, 1) | st.just(1.0),
    after=st.binary(max_size=3),
)
def test_pictures(
    extension: str, changes: list[tuple[float, bytes]], kept: float, after: bytes
) -> None:
    raw = bytearray(saved(extension))
    for place, new in changes:
        at = int(place * len(raw))
        raw[at : at + len(new)] = new
    raw = raw[: int(kept * len(raw))] + after
    if picture_fault(bytes(raw), extension) is None:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(raw)) as picture:
            picture.load()
            assert picture.format == FORMATS[extension]
            assert max(picture.size) <= 4_000


WORDS = st.sampled_from(
    [*sorted(ELEMENTS), "script", "a", "image", "set", "foreignObject", "filter", "x:g", "l:g"]
)
NAMES = st.sampled_from(
    [*sorted(ATTRIBUTES | PROPERTIES | TEXTS), "href", "l:href", "onload", "x:a", "xml:base", "src"]
)
PIECES = st.sampled_from(
    [
        "url(", "#a", ")", "u\\72l(", "https://x.example/a", "'", "/*", "*/", "\\", "@import",
        "@\\69", ";", ":", "{", "}", "fill", "style", "red", "rgb(", "image-set(", "var(--a", ",",
        " ", "\n",
        "javascript:", "expression(", "<![CDATA[", "]]>", "<!--", "-->", "&#117;rl(", "&a;", "!",
    ]
)  # fmt: skip
VALUES = st.sampled_from(["red", "1", "none", "url(#a)"]) | st.lists(PIECES, max_size=6).map(
    "".join
)
TAGS = st.builds(
    lambda tag, attributes, text: (
        f"<{tag} "
        + " ".join(f'{name}="{value}"' for name, value in attributes.items())
        + f">{text}</{tag}>"
    ),
    WORDS,
    st.dictionaries(NAMES, VALUES, max_size=3),
    VALUES,
)
OUTSIDE = re.compile(
    r"url\(\s*['\"]?(?!\s*#)|image-set|expression|@import|javascript:", re.IGNORECASE
)
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\")


def as_browsers_read(css: str) -> str:
    """Without comments and escapes: these words must not come out of it."""
    plain = re.sub(r"/\*.*?(\*/|$)", "", css, flags=re.DOTALL)
    return ESCAPE.sub(lambda escape: chr(int(escape[1], 16) or 1) if escape[1] else "", plain)


@BOUND
@given(tags=st.lists(TAGS, max_size=4))
def test_drawings(tags: list[str]) -> None:
    spaces = f"xmlns='{SVG}' xmlns:l='http://www.w3.org/1999/xlink' xmlns:x='x'"
    text = f"<svg {spaces}>{''.join(tags)}</svg>"
    if [*check_drawing(text.encode(), Place("a.svg"))]:
        return
    for element in lxml.etree.fromstring(text.encode()).iter():
        tag: object = element.tag
        if tag is lxml.etree.Comment:
            continue
        name = lxml.etree.QName(element)
        assert (name.namespace, name.localname in ELEMENTS) == (SVG, True)
        if name.localname == "style":
            assert not OUTSIDE.search(as_browsers_read("".join(map(str, element.itertext()))))
        for key, value in element.attrib.items():
            local = lxml.etree.QName(str(key)).localname
            assert not local.startswith("on")
            assert local != "href" or str(value).startswith("#")
            assert local in TEXTS or not OUTSIDE.search(as_browsers_read(str(value)))


@BOUND
@given(raw=st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    assert [*check_drawing(raw, Place("a.svg"))]
    assert all(picture_fault(raw, extension) for extension in FORMATS)
