"""Form fields: links that the template marks become fields to fill in, named for screen readers.

Typst 0.15 writes no form fields (typst/typst#1765). The template draws each field's place as a link
to `field:<name>`; here the link's annotation and its tag become a field's. The rest of the file
stays byte for byte: the changes are appended to it.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from handbook.site.print.typesetting import FONTS

PREFIX = "field:"
_PRINTED = 4
_MULTILINE = 1 << 12
_FONT_SIZE = 9


@dataclass(frozen=True, slots=True)
class Field:
    """A field: a box to tick, a line or some lines to write on; `name` is what is read aloud."""

    kind: Literal["box", "line", "lines"]
    name: str


def with_fields(pdf: bytes, fields: Mapping[str, Field]) -> bytes:
    """The PDF with its marked places turned into form fields.

    Args:
        pdf: what Typst made.
        fields: the fields by the names that they are marked with.

    Raises:
        KeyError: if a place is marked with a name that is not among the fields.
    """
    writer = _Addition(pdf)
    catalog = writer.reader.root_object
    tags = _Tags(catalog)
    font = _font(writer)
    made = ArrayObject()
    for place, name in _places(writer):
        tag = tags.of(int(place["/StructParent"]))
        tag[NameObject("/S")] = NameObject("/Form")
        _fill(place, name, fields[name], writer)
        made.append(writer.change(place))
        writer.change(tag)
    if made:
        resources = {NameObject("/Font"): DictionaryObject({NameObject("/Fields"): font})}
        form = {
            NameObject("/Fields"): made,
            NameObject("/DR"): DictionaryObject(resources),
            NameObject("/DA"): _appearance(),
        }
        catalog[NameObject("/AcroForm")] = writer.add(DictionaryObject(form))
        writer.change(catalog)
    return writer.written()


class _Addition:
    """What is appended to a PDF: objects that are new, or no longer as they were.

    As pypdf's `PdfWriter(incremental=True)` writes it, which copies every object of the file first.
    """

    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(pdf))
        self._pdf = pdf
        self._next = int(self.reader.trailer["/Size"])  # type: ignore[call-overload]
        self._objects: dict[int, PdfObject] = {}
        self.drawings: dict[tuple[float, float, str], IndirectObject] = {}

    def add(self, made: PdfObject) -> IndirectObject:
        self._objects[self._next] = made
        self._next += 1
        return IndirectObject(self._next - 1, 0, self.reader)

    def change(self, known: PdfObject) -> IndirectObject:
        reference: Any = known.indirect_reference
        self._objects[reference.idnum] = known
        return IndirectObject(reference.idnum, 0, self.reader)

    def written(self) -> bytes:
        out = io.BytesIO()
        out.write(self._pdf)
        entries, blocks = b"", list[int]()
        for number, each in sorted(self._objects.items()):
            entries += struct.pack(">BIB", 1, out.tell(), 0)
            if blocks and sum(blocks[-2:]) == number:
                blocks[-1] += 1
            else:
                blocks += number, 1
            out.write(f"{number} 0 obj\n".encode())
            each.write_to_stream(out)
            out.write(b"\nendobj\n")
        start, trailer = out.tell(), self.reader.trailer
        names = [each.original_bytes for each in cast("Any", trailer["/ID"])]
        table = StreamObject.initialize_from_dictionary(
            {
                NameObject("/Type"): NameObject("/XRef"),
                NameObject("/Size"): NumberObject(self._next + 1),
                NameObject("/Root"): trailer.raw_get("/Root"),
                NameObject("/Filter"): NameObject("/FlateDecode"),
                NameObject("/Index"): ArrayObject(map(NumberObject, blocks)),
                NameObject("/W"): ArrayObject(map(NumberObject, (1, 4, 1))),
                NameObject("/Prev"): NumberObject(self.reader._startxref),
                NameObject("/ID"): ArrayObject(ByteStringObject(each) for each in names),
                "__streamdata__": b"",
            }
        )
        table.set_data(entries)
        out.write(f"{self._next} 0 obj".encode())
        table.write_to_stream(out)
        out.write(f"\nendobj\nstartxref\n{start}\n%%EOF\n".encode())
        return out.getvalue()


def _places(writer: _Addition) -> Iterator[tuple[Any, str]]:
    """The links that mark a field, in the order of the pages, with the field's name."""
    for page in writer.reader.pages:
        annotations: Any = page.get("/Annots", ())
        for reference in annotations:
            annotation: Any = reference.get_object()
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if address.startswith(PREFIX):
                yield annotation, address.removeprefix(PREFIX)


def _fill(place: Any, name: str, field: Field, writer: _Addition) -> None:
    """Make the link a field, with nothing in it."""
    for key in ("/A", "/Border", "/QuadPoints", "/Contents", "/H"):
        place.pop(key, None)
    box = [float(each) for each in place["/Rect"]]
    width, height = box[2] - box[0], box[3] - box[1]
    values: dict[str, Any] = {
        "/Subtype": NameObject("/Widget"),
        "/F": NumberObject(_PRINTED),
        "/T": TextStringObject(name),
        "/TU": TextStringObject(field.name),
    }
    if field.kind == "box":
        ticked = _drawing(writer, width, height, _tick(width, height))
        states = DictionaryObject(
            {NameObject("/Yes"): ticked, NameObject("/Off"): _drawing(writer, width, height, "")}
        )
        values |= {
            "/FT": NameObject("/Btn"), "/V": NameObject("/Off"), "/AS": NameObject("/Off"),
            "/AP": DictionaryObject({NameObject("/N"): states}),
        }  # fmt: skip
    else:
        empty = _drawing(writer, width, height, "/Tx BMC EMC")
        values |= {
            "/FT": NameObject("/Tx"), "/V": TextStringObject(""), "/DA": _appearance(),
            "/Ff": NumberObject(_MULTILINE if field.kind == "lines" else 0),
            "/AP": DictionaryObject({NameObject("/N"): empty}),
        }  # fmt: skip
    for key, value in values.items():
        place[NameObject(key)] = value


def _appearance() -> TextStringObject:
    return TextStringObject(f"/Fields {_FONT_SIZE} Tf 0.14 0.15 0.17 rg")


def _tick(width: float, height: float) -> str:
    points = [(0.2, 0.5), (0.42, 0.25), (0.82, 0.78)]
    (x, y), *rest = [(round(a * width, 2), round(b * height, 2)) for a, b in points]
    lines = " ".join(f"{a} {b} l" for a, b in rest)
    return f"q 1.4 w 1 J 1 j 0.14 0.15 0.17 RG {x} {y} m {lines} S Q"


def _drawing(writer: _Addition, width: float, height: float, commands: str) -> IndirectObject:
    """The drawing, once for all fields that look the same."""
    width, height = round(width, 2), round(height, 2)
    key = width, height, commands
    if key not in writer.drawings:
        writer.drawings[key] = _drawn(writer, width, height, commands)
    return writer.drawings[key]


def _drawn(writer: _Addition, width: float, height: float, commands: str) -> IndirectObject:
    drawing = DecodedStreamObject()
    drawing.set_data(commands.encode())
    box = ArrayObject([FloatObject(0), FloatObject(0), FloatObject(width), FloatObject(height)])
    drawing[NameObject("/Type")] = NameObject("/XObject")
    drawing[NameObject("/Subtype")] = NameObject("/Form")
    drawing[NameObject("/BBox")] = box
    drawing[NameObject("/Resources")] = DictionaryObject()
    return writer.add(drawing)


def _font(writer: _Addition) -> IndirectObject:
    """The font of what is typed: embedded; for what it lacks, such as Chinese, viewers have one."""
    measures = json.loads((FONTS / "fields.json").read_text(encoding="utf-8"))
    file = DecodedStreamObject()
    file.set_data((FONTS / "NotoSansTC-Fields.ttf").read_bytes())
    file[NameObject("/Length1")] = NumberObject(len(file.get_data()))
    name = NameObject("/NotoSansTC-Fields")
    descriptor = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/FontDescriptor"),
            NameObject("/FontName"): name,
            NameObject("/Flags"): NumberObject(32),
            NameObject("/FontBBox"): ArrayObject(map(NumberObject, measures["box"])),
            NameObject("/ItalicAngle"): NumberObject(0),
            NameObject("/Ascent"): NumberObject(measures["ascent"]),
            NameObject("/Descent"): NumberObject(measures["descent"]),
            NameObject("/CapHeight"): NumberObject(measures["capital"]),
            NameObject("/StemV"): NumberObject(80),
            NameObject("/FontFile2"): writer.add(file.flate_encode()),
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/TrueType"),
            NameObject("/BaseFont"): name,
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            NameObject("/FirstChar"): NumberObject(32),
            NameObject("/LastChar"): NumberObject(255),
            NameObject("/Widths"): ArrayObject(map(NumberObject, measures["widths"])),
            NameObject("/FontDescriptor"): writer.add(descriptor),
        }
    )
    return writer.add(font)


class _Tags:
    """The tag that a number in the file's parent tree stands for."""

    def __init__(self, catalog: DictionaryObject) -> None:
        root: Any = catalog["/StructTreeRoot"]
        tree: Any = root["/ParentTree"]
        self._tags: dict[int, Any] = dict(_numbered(tree.get_object()))

    def of(self, number: int) -> DictionaryObject:
        found: DictionaryObject = self._tags[number].get_object()
        return found


def _numbered(tree: DictionaryObject) -> Iterator[tuple[int, Any]]:
    numbers: Any = tree.get("/Nums", ())
    yield from zip(map(int, numbers[::2]), numbers[1::2], strict=True)
    for kid in tree.get("/Kids", ()):
        yield from _numbered(kid.get_object())
