"""SVG pictures that only draw: they neither act nor load anything."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_ACTIVE = {
    "animate", "animateMotion", "animateTransform", "foreignObject", "handler", "iframe",
    "listener", "script", "set",
}  # fmt: skip
_LOADS = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:", re.IGNORECASE)


def is_plain_drawing(path: Path) -> bool:
    """Whether an SVG file is well-formed and neither acts nor loads anything."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.parse(str(path), parser)
    except (etree.XMLSyntaxError, OSError):
        return False
    root = tree.getroot()
    if tree.docinfo.internalDTD is not None or etree.QName(root).namespace != _SVG:
        return False
    if root.getprevious() is not None and any(
        isinstance(node, etree._ProcessingInstruction) for node in root.itersiblings(preceding=True)
    ):
        return False
    return all(_is_plain(element) for element in tree.iter())


def _is_plain(element: etree._Element) -> bool:
    tag: object = element.tag
    if not isinstance(tag, str):  # a comment or an instruction
        return tag is etree.Comment
    name = etree.QName(element)
    if name.localname in _ACTIVE or name.namespace == _XHTML or _LOADS.search(element.text or ""):
        return False
    for key, value in element.attrib.items():
        local = etree.QName(str(key)).localname.lower()
        if local.startswith("on") or _LOADS.search(str(value)):
            return False
        if local == "href" and not str(value).startswith("#"):
            return False
    return True
