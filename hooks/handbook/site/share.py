"""The picture that chats and networks show beside a link: what the handbook is called."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from handbook.pages.handbook_file import OWN
from handbook.site.print.typesetting import fonts

SHARE = "assets/images/share-{}.png"
"""Where it is, by the tag of its language."""

_DESIGN = Path(__file__).with_name("share.typ")


def share_image(title: str, about: str, tag: str, icon: str) -> bytes:
    """A PNG of 1,200 × 630 pixels.

    Args:
        title: what the handbook is called.
        about: a sentence on it.
        tag: the language, such as `zh-Hant`.
        icon: the site's icon, as SVG.
    """
    told = {
        "title": title,
        "about": about,
        "icon": icon,
        "language": tag.split("-", maxsplit=1)[0],
        "fonts": ["Noto Sans SC", "Noto Sans TC"][:: 1 if tag == "zh-Hans" else -1],
        "accent": OWN.accent.light.text,
        "ground": OWN.accent.light.ground,
    }
    made = typst.Compiler(font_paths=fonts()).compile(
        _DESIGN.read_bytes(), format="png", ppi=72, sys_inputs={"share": json.dumps(told)}
    )
    assert isinstance(made, bytes), "Typst gives one file for one page"  # noqa: S101
    return made
