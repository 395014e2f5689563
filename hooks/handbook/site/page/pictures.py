"""Pictures: whether a browser can show one, and how large it is shown."""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import lxml.etree

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_SIDE = 4_000
"""Pixels."""

Fault = Literal["damaged", "large", "animated", "appended", "located"]
"""Why a picture must not be published; `appended`: there is more in the file than the picture;
`located`: it tells where it was taken."""

_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
_UNITS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
"""CSS pixels to each unit that means the same everywhere."""
_LENGTH = re.compile(rf"(\d{{1,9}}(?:\.\d{{1,9}})?)({'|'.join(_UNITS)})")
_EXTENT = re.compile(r"\s*(?=[0.]*[1-9])\d{0,9}(?:\.\d*)?(?:[a-z]{2,3}|%)?\s*|auto|")
"""What programs write as a width or height; from anything else Typst makes nothing."""
_SCAN = b"\xff\xda"
_MOST_SCANS = 100
"""A JPEG is decoded once for each of its scans, of which programs write some ten."""
_PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
_GPS = 0x8825
"""Where EXIF keeps the place, in all formats."""


def size_of(path: Path) -> tuple[int, int] | None:
    """Width and height of the picture at `path` in CSS pixels; None if it does not say."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    extension = path.suffix.lower()
    return drawing_size(raw) if extension == ".svg" else picture_size(raw, extension)


def picture_size(raw: bytes, extension: str) -> tuple[int, int] | None:
    """Width and height as the head of the file says them; None if it is no such picture.

    Nothing is decoded. Pillow makes room for a whole WebP picture as soon as it opens one, so
    its head is read here.
    """
    if extension == ".webp":
        return _webp_size(raw)
    try:
        with warnings.catch_warnings(action="ignore"), _opened(raw, extension) as picture:
            return picture.size
    except Exception:  # noqa: BLE001 - Pillow raises whatever a damaged file makes it trip over
        return None


def picture_fault(raw: bytes, extension: str) -> Fault | None:
    """Why a picture must not be published, or None; all of it is decoded.

    Args:
        raw: the file's content.
        extension: what it says it is, such as ".png".
    """
    size = picture_size(raw, extension)
    if size is None:
        return "damaged"
    if max(size) > LARGEST_SIDE:
        return "large"
    if _FORMATS[extension] == "JPEG" and raw.count(_SCAN) > _MOST_SCANS:
        return "damaged"
    try:
        with warnings.catch_warnings(action="ignore"):
            return _fault_within(raw, extension)
    except Exception:  # noqa: BLE001 - the same
        return "damaged"


def drawing_size(raw: bytes) -> tuple[int, int] | None:
    """Width and height of an SVG drawing in CSS pixels; None if it does not say.

    (0, 0) if what it says cannot be.
    """
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = lxml.etree.fromstring(raw, parser)
    except lxml.etree.XMLSyntaxError:
        return None
    box = root.get("viewBox", "").replace(",", " ").split()[2:]
    if not all(_EXTENT.fullmatch(root.get(name, "")) for name in ("width", "height")):
        return 0, 0
    for lengths in ([root.get("width", ""), root.get("height", "")], box):
        matches = [_LENGTH.fullmatch(length) for length in lengths]
        if len(matches) == 2 and all(matches):
            width, height = (float(match[1]) * _UNITS[match[2]] for match in matches if match)
            return round(width), round(height)
    return None


def _opened(raw: bytes, extension: str) -> Image:
    from PIL import Image  # most handbooks have drawings only, and most commands look at none

    # Pillow's limit keeps one from asking for a size; here that comes before decoding.
    Image.MAX_IMAGE_PIXELS = None
    return Image.open(BytesIO(raw), formats=[_FORMATS[extension]])


def _fault_within(raw: bytes, extension: str) -> Fault | None:
    with _opened(raw, extension) as picture:
        if getattr(picture, "is_animated", False):
            return "animated"
        picture.load()
        if picture.getexif().get_ifd(_GPS):
            return "located"
    with _opened(raw, extension) as picture:
        picture.verify()  # the checksums of a PNG, which `load` passes over
    return None if _ends_with_picture(raw, extension) else "appended"


def _ends_with_picture(raw: bytes, extension: str) -> bool:
    if extension == ".webp":
        length = int.from_bytes(raw[4:8], "little") + 8
        return len(raw) - length in {0, length % 2}
    if extension == ".png":
        return _png_end(raw) == len(raw)
    return raw.endswith(b";" if extension == ".gif" else b"\xff\xd9")


def _png_end(raw: bytes) -> int:
    """Where the last chunk of a PNG ends; each has its length, a name, data and a checksum.

    Raises:
        ValueError: if browsers would not show it, for one that begins with an unknown capital.
    """
    at = 8
    while at < len(raw):
        name = raw[at + 4 : at + 8]
        if name[:1].isupper() and name not in _PNG_CHUNKS:
            raise ValueError(name)
        at += 12 + int.from_bytes(raw[at : at + 4])
        if name == b"IEND":
            break
    return at


def _webp_size(raw: bytes) -> tuple[int, int] | None:
    """The canvas, by the picture's first chunk: extended, lossless or lossy."""
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        return None
    if raw[12:16] == b"VP8X":
        return int.from_bytes(raw[24:27], "little") + 1, int.from_bytes(raw[27:30], "little") + 1
    if raw[12:16] == b"VP8L":
        bits = int.from_bytes(raw[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = (int.from_bytes(raw[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return (width, height) if raw[12:16] == b"VP8 " else None
