"""The size of a picture, so that a page can keep its place free until it has come."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.etree
from PIL import Image, UnidentifiedImageError

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(?:px)?")


def size_of(path: Path) -> tuple[int, int] | None:
    """Width and height of the picture at `path` in CSS pixels; None if it does not say."""
    try:
        if path.suffix.lower() == ".svg":
            return _drawing(path)
        with Image.open(path) as picture:
            return picture.size
    except (OSError, UnidentifiedImageError, lxml.etree.XMLSyntaxError):
        return None


def _drawing(path: Path) -> tuple[int, int] | None:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    root = lxml.etree.parse(path, parser).getroot()
    lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if all(lengths):
        width, height = (round(float(match[1])) for match in lengths if match)
        return width, height
    box = root.get("viewBox", "").replace(",", " ").split()
    return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else None
