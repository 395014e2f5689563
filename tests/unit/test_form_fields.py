"""Places that are marked in a print become fields that can be filled in."""

from __future__ import annotations

import io
from typing import Any

import typst
from pypdf import PdfReader

from handbook.site.print.finished import finished
from handbook.site.print.form_fields import Field

SHEET = '#for name in ("tick", "word", "answer") [#link("field:" + name)[Here] ]'
FIELDS = {
    "tick": Field("box", "Done"),
    "word": Field("line", "Your name"),
    "answer": Field("lines", "Your answer"),
}
SEVERAL_LINES = 1 << 12
"""PDF 1.7, table 228."""


def made() -> dict[str, dict[str, Any]]:
    pdf = typst.compile(SHEET.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    return PdfReader(io.BytesIO(finished(pdf, FIELDS, row_heads=False))).get_fields() or {}


def test_each_mark_is_a_field_of_its_kind_that_says_its_name() -> None:
    fields = made()
    assert {name: field["/FT"] for name, field in fields.items()} == {
        "tick": "/Btn",
        "word": "/Tx",
        "answer": "/Tx",
    }
    assert [fields[name]["/TU"] for name in FIELDS] == [field.name for field in FIELDS.values()]


def test_an_answer_may_have_several_lines_and_a_name_has_one() -> None:
    fields = made()
    assert fields["answer"]["/Ff"] & SEVERAL_LINES
    assert not fields["word"].get("/Ff", 0) & SEVERAL_LINES
