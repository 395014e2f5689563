"""What an SVG drawing may consist of, as `drawings.yml` lists it: anything else is refused."""

from __future__ import annotations

from pathlib import Path

import yaml

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

_LISTS = {
    name: frozenset(words.split())
    for name, words in yaml.load(
        Path(__file__).with_name("drawings.yml").read_bytes(), Loader=yaml.CSafeLoader
    ).items()
}
EDITORS = _LISTS["editors"]
DOCTYPES = _LISTS["doctypes"]
ELEMENTS = _LISTS["elements"]
REFERRING = _LISTS["referring"]
PROPERTIES = _LISTS["properties"]
NOT_IN_NOTES = _LISTS["not_in_notes"]
TEXTS = _LISTS["texts"]
ATTRIBUTES = _LISTS["attributes"]
FUNCTIONS = _LISTS["functions"]
PLACES = _LISTS["places"]
