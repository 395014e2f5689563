"""A file that Typst made, finished: its form fields, its tables' row heads, and half the bytes.

Typst 0.15 cannot tag a cell as a row's head, and writes each object by itself. Here objects change
as bytes, and all that are no streams go into compressed ones (PDF 1.7, 7.5.7), in the file's order:
the same bytes from the same file.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PdfReader

from handbook.site.print.form_fields import Field, with_fields

_BEGIN = re.compile(rb"\d+ \d+ obj\s*")
_LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")
_KIDS = re.compile(rb"/K\[(\d+) 0 R((?: \d+ 0 R)*)\]")
_COLUMNS = re.compile(rb"<</O/Table/Headers\[\([^)]+\)\]>>")
_ROW = struct.Struct(">BIH")
_PREDICTED = b"/DecodeParms<</Predictor 12/Columns %d>>" % _ROW.size
_TOGETHER = 4000
"""Objects in one stream: more are smaller, and slower to find one in."""


def finished(pdf: bytes, fields: Mapping[str, Field], *, row_heads: bool) -> bytes:
    """The file with its objects together.

    Args:
        pdf: what Typst made.
        fields: its form fields by the names that their places are marked with; {} for none.
        row_heads: whether the first cell of each row of a table with a head is its row's head.

    Raises:
        KeyError: if there are fields, and a place is marked with a name that is not among them.
    """
    reader = PdfReader(io.BytesIO(pdf))
    objects = dict(_objects(reader, pdf))
    if fields:
        objects |= with_fields(reader, fields)
    if row_heads:
        _head_rows(objects)
    return _written(objects, reader)


def _objects(reader: PdfReader, pdf: bytes) -> Iterator[tuple[int, bytes]]:
    """Each object by its number."""
    for number, offset in sorted(reader.xref[0].items()):
        begin = _BEGIN.match(pdf, offset)
        if not begin:
            continue  # number 0, which is none
        end = pdf.index(b"endobj", begin.end())
        if (stream := pdf.find(b"stream", begin.end(), end)) >= 0:
            length = _LENGTH.search(pdf, begin.end(), stream)
            assert length, "both who write streams say how long"  # noqa: S101
            end = pdf.index(b"endobj", stream + int(length[1]))
        yield number, pdf[begin.end() : end].rstrip()


def _head_rows(objects: dict[int, bytes]) -> None:
    """Make the first cells of rows their heads: readers then find a cell's heads by their scope."""
    for row in [each for each in objects.values() if each.startswith(b"<</Type/StructElem/S/TR/")]:
        if not (kids := _KIDS.search(row)):
            continue
        first, *others = map(int, re.findall(rb"(\d+) 0 R", kids[0]))
        if b"/S/TD/" not in objects[first] or not _COLUMNS.search(objects[first]):
            continue
        head = objects[first].replace(b"/S/TD/", b"/S/TH/", 1)
        objects[first] = _COLUMNS.sub(b"<</O/Table/Scope/Row>>", head)
        for other in others:
            objects[other] = _COLUMNS.sub(b"", objects[other]).replace(b"/A[]", b"", 1)


def _written(objects: dict[int, bytes], reader: PdfReader) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\x80\x80\x80\x80\n")
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    together = []
    for number, each in objects.items():
        if each.endswith(b"endstream"):
            places[number] = (1, out.tell(), 0)
            out.write(b"%d 0 obj\n%b\nendobj\n" % (number, each))
        else:
            together.append(number)
    last = max(objects)
    for start in range(0, len(together), _TOGETHER):
        numbers = together[start : start + _TOGETHER]
        last += 1
        places[last] = (1, out.tell(), 0)
        offsets, body = [], b""
        for n, number in enumerate(numbers):
            places[number] = (2, last, n)
            offsets.append(b"%d %d" % (number, len(body)))
            body += objects[number] + b"\n"
        head = b" ".join(offsets) + b"\n"
        kind = b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(head))
        out.write(b"%d 0 obj\n%b\nendobj\n" % (last, _stream(kind, head + body)))
    last += 1
    start = out.tell()
    places[last] = (1, start, 0)
    rows, above = b"", bytes(_ROW.size)
    for n in range(last + 1):
        row = _ROW.pack(*places.get(n, (0, 0, 0)))
        # What a row adds to the one above it (PNG's "Up"): little, and so it packs well.
        rows += b"\x02" + bytes((a - b) % 256 for a, b in zip(row, above, strict=True))
        above = row
    trailer: Any = reader.trailer
    kept = b"/Root %d 0 R" % trailer.raw_get("/Root").idnum
    if "/Info" in trailer:
        kept += b"/Info %d 0 R" % trailer.raw_get("/Info").idnum
    identity = b"".join(b"<%b>" % each.original_bytes.hex().encode() for each in trailer["/ID"])
    kind = b"/Type/XRef/Size %d/W[1 4 2]%b/ID[%b]%b" % (last + 1, kept, identity, _PREDICTED)
    out.write(b"%d 0 obj\n%b\nendobj\n" % (last, _stream(kind, rows)))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _stream(kind: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (
        kind,
        len(packed),
        packed,
    )
