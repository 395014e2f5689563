"""Form fields: links that the template marks become fields to fill in, named for screen readers.

Typst 0.15 writes no form fields (typst/typst#1765). The template draws each field's place as a link
to `field:<name>`; here the link's annotation and its tag become a field's. Nothing else is changed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
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


def with_fields(reader: PdfReader, fields: Mapping[str, Field]) -> dict[int, bytes]:
    """The objects, by number, that turn the marked places of a PDF into form fields.

    Args:
        reader: what Typst made.
        fields: the fields by the names that they are marked with.

    Raises:
        KeyError: if a place is marked with a name that is not among the fields.
    """
    changes = _Changes(reader)
    catalog = reader.root_object
    tree: Any = catalog["/StructTreeRoot"]
    tags = dict(_numbered(tree["/ParentTree"]))
    font = _font(changes)
    made: list[IndirectObject] = []
    for place, name in _places(reader):
        tag = tags[int(place["/StructParent"])].get_object()
        tag[NameObject("/S")] = NameObject("/Form")
        _fill(place, name, fields[name], changes)
        made.append(changes.change(place))
        changes.change(tag)
    form = _pdf({"/Fields": made, "/DR": {"/Font": {"/Fields": font}}, "/DA": _appearance()})
    catalog[NameObject("/AcroForm")] = changes.add(form)
    changes.change(catalog)
    return {number: _written(each) for number, each in changes.objects.items()}


class _Changes:
    """The objects of a PDF, by number, that are new, or no longer as they were."""

    def __init__(self, reader: PdfReader) -> None:
        self.objects: dict[int, PdfObject] = {}
        self.drawings: dict[tuple[float, float, str], IndirectObject] = {}
        self._reader = reader
        self._next = int(reader.trailer["/Size"])  # type: ignore[call-overload]

    def add(self, made: PdfObject) -> IndirectObject:
        self.objects[self._next] = made
        self._next += 1
        return IndirectObject(self._next - 1, 0, self._reader)

    def change(self, known: PdfObject) -> IndirectObject:
        reference: Any = known.indirect_reference
        self.objects[reference.idnum] = known
        return IndirectObject(reference.idnum, 0, self._reader)


def _written(made: PdfObject) -> bytes:
    out = io.BytesIO()
    made.write_to_stream(out)
    return out.getvalue()


def _places(reader: PdfReader) -> Iterator[tuple[Any, str]]:
    """The links that mark a field, in the order of the pages, with the field's name."""
    for page in reader.pages:
        annotations: Any = page.get("/Annots", ())
        for reference in annotations:
            annotation: Any = reference.get_object()
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if address.startswith(PREFIX):
                yield annotation, address.removeprefix(PREFIX)


def _fill(place: Any, name: str, field: Field, changes: _Changes) -> None:
    """Make the link a field, with nothing in it."""
    for key in ("/A", "/Border", "/QuadPoints", "/Contents", "/H"):
        place.pop(key, None)
    box = [float(each) for each in place["/Rect"]]
    width, height = box[2] - box[0], box[3] - box[1]
    values: dict[str, Any] = {
        "/Subtype": "/Widget",
        "/F": _PRINTED,
        "/T": TextStringObject(name),
        "/TU": TextStringObject(field.name),
    }
    if field.kind == "box":
        ticked = _drawing(changes, width, height, _tick(width, height))
        states = {"/Yes": ticked, "/Off": _drawing(changes, width, height, "")}
        values |= {"/FT": "/Btn", "/V": "/Off", "/AS": "/Off", "/AP": {"/N": states}}
    else:
        empty = _drawing(changes, width, height, "/Tx BMC EMC")
        flags = _MULTILINE if field.kind == "lines" else 0
        values |= {"/FT": "/Tx", "/V": TextStringObject(""), "/DA": _appearance(), "/Ff": flags}
        values["/AP"] = {"/N": empty}
    place.update(_pdf(values))


def _appearance() -> TextStringObject:
    return TextStringObject(f"/Fields {_FONT_SIZE} Tf 0.14 0.15 0.17 rg")


def _tick(width: float, height: float) -> str:
    points = [(0.2, 0.5), (0.42, 0.25), (0.82, 0.78)]
    (x, y), *rest = [(round(a * width, 2), round(b * height, 2)) for a, b in points]
    lines = " ".join(f"{a} {b} l" for a, b in rest)
    return f"q 1.4 w 1 J 1 j 0.14 0.15 0.17 RG {x} {y} m {lines} S Q"


def _drawing(changes: _Changes, width: float, height: float, commands: str) -> IndirectObject:
    """The drawing, once for all fields that look the same."""
    width, height = round(width, 2), round(height, 2)
    key = width, height, commands
    if key not in changes.drawings:
        changes.drawings[key] = _drawn(changes, width, height, commands)
    return changes.drawings[key]


def _drawn(changes: _Changes, width: float, height: float, commands: str) -> IndirectObject:
    drawing = DecodedStreamObject()
    drawing.set_data(commands.encode())
    box = [0.0, 0.0, width, height]
    kind = {"/Type": "/XObject", "/Subtype": "/Form", "/BBox": box, "/Resources": {}}
    drawing.update(_pdf(kind))
    return changes.add(drawing)


def _font(changes: _Changes) -> IndirectObject:
    """The font of what is typed: embedded; for what it lacks, such as Chinese, viewers have one."""
    measures = json.loads((FONTS / "fields.json").read_text(encoding="utf-8"))
    file = DecodedStreamObject()
    file.set_data((FONTS / "NotoSansTC-Fields.ttf").read_bytes())
    file[NameObject("/Length1")] = NumberObject(len(file.get_data()))
    descriptor = {
        "/Type": "/FontDescriptor",
        "/FontName": "/NotoSansTC-Fields",
        "/Flags": 32,
        "/FontBBox": measures["box"],
        "/ItalicAngle": 0,
        "/Ascent": measures["ascent"],
        "/Descent": measures["descent"],
        "/CapHeight": measures["capital"],
        "/StemV": 80,
        "/FontFile2": changes.add(file.flate_encode()),
    }
    font = {
        "/Type": "/Font",
        "/Subtype": "/TrueType",
        "/BaseFont": "/NotoSansTC-Fields",
        "/Encoding": "/WinAnsiEncoding",
        "/FirstChar": 32,
        "/LastChar": 255,
        "/Widths": measures["widths"],
        "/FontDescriptor": changes.add(_pdf(descriptor)),
    }
    return changes.add(_pdf(font))


def _pdf(value: Any) -> Any:
    """A plain value as PDF has it; text is a name, unless it is marked as text."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): _pdf(each) for key, each in value.items()})
    if isinstance(value, list):
        return ArrayObject(map(_pdf, value))
    return {str: NameObject, int: NumberObject, float: FloatObject}[type(value)](value)


def _numbered(tree: DictionaryObject) -> Iterator[tuple[int, Any]]:
    """The tags by the numbers that stand for them in the file's parent tree."""
    numbers: Any = tree.get("/Nums", ())
    yield from zip(map(int, numbers[::2]), numbers[1::2], strict=True)
    for kid in tree.get("/Kids", ()):
        yield from _numbered(kid.get_object())
