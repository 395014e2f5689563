"""SVG drawings: what programs export passes, whatever acts, loads or never ends does not."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
import typst
import yaml
from conftest import ROOT

from handbook.checks.rules.docs.drawing_css import Element, EndlessError, work
from handbook.checks.rules.docs.drawings import check_drawing
from handbook.pages.diagnostics import Place

DRAWINGS = ROOT / "tests/drawings"
REFUSED = yaml.safe_load((DRAWINGS / "refused.yml").read_text("utf-8"))
RIGHT = sorted((DRAWINGS / "right").glob("*.svg"))
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{}</svg>"


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_refused_at_its_line(case: dict[str, Any]) -> None:
    text = case["file"] if "file" in case else SVG.format(case["svg"] * case.get("times", 1))
    found = [*check_drawing(text.encode(), Place("a.svg", language="en"))]
    told = [(each.line, each.message.partition(", found ")[2]) for each in found]
    assert (case["line"], case["found"]) in told
    assert {each.rule for each in found} == {"file-drawing"}
    assert all(each.path == "a.svg" and each.hint for each in found)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "cp037"])
def test_another_encoding_hides_nothing(encoding: str) -> None:
    raw = SVG.format("<script>alert(1)</script>").encode(encoding)
    assert [*check_drawing(raw, Place("a.svg"))]


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_what_programs_export_passes_and_is_printed(path: Path, tmp_path: Path) -> None:
    assert not [*check_drawing(path.read_bytes(), Place(path.name))]
    shutil.copy(path, tmp_path)
    page = tmp_path / "page.typ"
    page.write_text(f'#image("{path.name}", alt: "a")', "utf-8")
    pdf = typst.compile(str(page))
    assert pdf is not None
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("levels", "shapes"), [(4, 35_796), (5, None), (60, None)], ids=["4", "5", "60"]
)
def test_shapes_count_as_often_as_they_are_drawn(levels: int, shapes: int | None) -> None:
    elements = [Element("0", frozenset(), 2), Element("", frozenset(), 2)]
    for level in range(1, levels + 1):
        first = len(elements)
        uses = [
            Element("", frozenset(), first + n, uses=[(f"{level - 1}", "once")])
            for n in range(2, 12)
        ]
        elements += [Element(f"{level}", frozenset(), first + 11), *uses]
    try:
        found: int | None = work(elements)
    except EndlessError:
        found = None
    assert (found == shapes) if shapes else (found is None or found > 100_000)


MARKER = "<marker id='a'><g/><g/><g/><g/><g/></marker>"
LINE = "M0 0" + "h1" * 20_000


@pytest.mark.parametrize("marked", ["marker-mid", "marker", "marker-end"])
@pytest.mark.parametrize(
    "svg",
    [
        "<path {0}='url(#a)' d='{1}'/>",
        "<polyline style='{0}: url(#a)' points='{1}'/>",
        "<style>.b {{ {0}: url(#a) }}</style><path class='b' d='{1}'/>",
        "<g {0}='url(#a)'><path d='{1}'/></g>",
        "<style>.c {{ {0}: url(#a) }}</style><g class='c'><path d='{1}'/></g>",
    ],
)
def test_a_marker_is_drawn_at_every_vertex(svg: str, marked: str) -> None:
    text = SVG.format(MARKER + svg.format(marked, LINE))
    found = [*check_drawing(text.encode(), Place("a.svg", language="en"))]
    assert ["shapes to draw" in each.message for each in found] == (
        [] if marked == "marker-end" else [True]
    )


@pytest.mark.parametrize(
    "text",
    [
        "<g fill='" + "(" * 900_000 + "'/>",
        "<g transform='" + "scale(1) " * 90_000 + "x('/>",
        "<g style='" + "fill:red;" * 90_000 + "'/>",
        "<g style='" + "fill:url(#a);" * 60_000 + "'/>",
        "<style>" + "{" * 900_000 + "</style>",
        "<style>" + "a{" * 20_000 + "</style>",
        "<path d='" + "M0 0" * 200_000 + "'/>",
        "<g id='a' class='a b c'/>" * 30_000 + "<style>" + ".a{fill:url(#a)}" * 3_000 + "</style>",
        "".join(f"<g id='a{n}' fill='url(#a{n + 1})'/>" for n in range(20_000)),
        "<g " + " ".join(f"a{n}=''" for n in range(90_000)) + "/>",
        "<!--" + "-" * 900_000,
        "&lt;" * 200_000,
    ],
    ids=[
        "brackets", "transforms", "style", "urls", "braces", "rules", "path", "classes", "chain",
        "attributes", "comment", "references",
    ],
)  # fmt: skip
def test_no_drawing_takes_long(text: str) -> None:
    start = time.process_time()
    list(check_drawing(SVG.format(text).encode(), Place("a.svg")))
    assert time.process_time() - start < 10
