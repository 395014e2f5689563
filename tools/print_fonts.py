"""Makes the fonts of the printed handbook: static subsets of Noto Sans TC and SC.

Run by `make fonts`, with the packages in `tools/requirements.txt`; the result is committed, so that
a build needs neither them nor the network. What a font holds decides what an editor may type: every
character that Big5 or GB 2312 counts as common, in the form of either script and of Hong Kong, with
Latin letters, signs and punctuation. `characters.txt` lists them for the rule `print-character`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from opencc import OpenCC

WEIGHTS = {"Regular": 400, "Bold": 700}
NUMERALS = ("Numerals", 200)
"""The large figures on covers and openers."""
FIELDS = ("Fields", 400)
"""What is typed into a form field, as far as it is Latin; viewers have fonts for the rest."""

_LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180)]
_SIGNS = [
    *range(0x2010, 0x2028), *range(0x2030, 0x205F), *range(0x2070, 0x209D), *range(0x20A0, 0x20C1),
    *range(0x2100, 0x2150), *range(0x2150, 0x2190), *range(0x2190, 0x2200), *range(0x2200, 0x2300),
    *range(0x2460, 0x2500), *range(0x25A0, 0x2700), *range(0x2700, 0x27C0), *range(0x0370, 0x0400),
    *range(0x3000, 0x3040), *range(0xFE30, 0xFE50), *range(0xFF01, 0xFFE7),
]  # fmt: skip
_PAIRS_PER_ROW = 94
_PER_LINE = 80
_FEATURES = ["ccmp", "halt", "kern", "locl", "mark", "pwid"]
_NAMES_AND_CANTONESE = (
    "喆堃淼犇鑫垚焱昊晗珺玥煊燁璟瑄枱㗎𨋢嘅咗哋唔嗰冇啲喺嚟攞佢嘢諗咁啱嘥掂搵嬲瞓餸冚揼罅鎅踎孭煲氹埗邨栢峯綫衞裏粧麪糉"
    "鷄葱烟滙畧羣隣啓户説脱鋭悦閲"
)
"""Beyond the lists: what names and Hong Kong use."""


def main() -> None:
    """Write the fonts, the list of their characters and the licence into the folder given."""
    target = Path(sys.argv[1])
    traditional = {*_SIGNS, *_LATIN, *map(ord, _traditional())}
    convert = OpenCC("t2s").convert
    simplified = {*_SIGNS, *_LATIN, *map(ord, _gb2312_level_1())}
    simplified |= {ord(char) for each in traditional for char in convert(chr(each))}
    held = traditional & _has("TC"), simplified & _has("SC")
    for script, characters in zip(("TC", "SC"), held, strict=True):
        for style, weight in WEIGHTS.items():
            _write(target / f"NotoSans{script}-{style}.ttf", script, weight, characters)
    _write(target / f"NotoSansTC-{NUMERALS[0]}.ttf", "TC", NUMERALS[1], map(ord, " 0123456789."))
    fields = _write(target / f"NotoSansTC-{FIELDS[0]}.ttf", "TC", FIELDS[1], _latin_1())
    (target / "fields.json").write_text(json.dumps(_measures(fields)) + "\n", encoding="utf-8")
    both = held[0] | held[1]
    sure = {code for code in both if {ord(char) for char in convert(chr(code))} <= both}
    (target / "characters.txt").write_text(_in_lines(sure), encoding="utf-8")
    for script in ("tc", "sc"):
        licence = _source(script).with_name("OFL.txt").read_text(encoding="utf-8")
        (target / f"OFL-NotoSans{script.upper()}.txt").write_text(licence, encoding="utf-8")


def _traditional() -> Iterator[str]:
    """Big5 level 1, and GB 2312 level 1 as Taiwan and Hong Kong write it."""
    for lead in range(0xA4, 0xC7):
        for trail in chain(range(0x40, 0x7F), range(0xA1, 0xFF)):
            yield from bytes((lead, trail)).decode("big5", "ignore")
    yield from _NAMES_AND_CANTONESE
    common = "".join(_gb2312_level_1())
    for form in ("s2t", "s2tw", "s2hk"):
        yield from "".join(map(OpenCC(form).convert, common))


def _gb2312_level_1() -> Iterator[str]:
    for row in range(16, 56):
        for cell in range(1, _PAIRS_PER_ROW + 1):
            yield from bytes((row + 0xA0, cell + 0xA0)).decode("gb2312", "ignore")


def _latin_1() -> Iterable[int]:
    return (ord(bytes((code,)).decode("cp1252", "ignore") or " ") for code in range(0x20, 0x100))


def _source(script: str) -> Path:
    name = f"fonts/ofl/notosans{script.lower()}/NotoSans{script.upper()}[wght].ttf"
    return Path(str(files("justmytype_intl_cjk").joinpath(name)))


def _has(script: str) -> set[int]:
    return set(TTFont(_source(script)).getBestCmap())


def _write(path: Path, script: str, weight: int, characters: Iterable[int]) -> TTFont:
    """One static subset."""
    font = TTFont(_source(script), recalcTimestamp=False)
    options = Options(
        layout_features=_FEATURES, hinting=False, glyph_names=False, notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
        drop_tables=["DSIG", "STAT", "vhea", "vmtx"],
    )  # fmt: skip
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": weight}, updateFontNames=False)
    style = path.stem.partition("-")[2]
    # Typst takes "Thin" at the end of a family's name for a weight.
    family = f"Noto Sans {script}" if style in WEIGHTS else f"Handbook {style}"
    names = {1: family, 2: style, 4: f"{family} {style}", 6: path.stem, 16: family, 17: style}
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font.save(path)
    return font


def _measures(font: TTFont) -> dict[str, object]:
    """What a PDF must know of the fields' font, in thousandths of its size."""
    cmap, widths, head = font.getBestCmap(), font["hmtx"], font["head"]
    scale = 1000 / head.unitsPerEm
    codes = (ord(bytes((code,)).decode("cp1252", "ignore") or " ") for code in range(32, 256))
    return {
        "widths": [round(widths[cmap.get(code, cmap[32])][0] * scale) for code in codes],
        "box": [round(each * scale) for each in (head.xMin, head.yMin, head.xMax, head.yMax)],
        "ascent": round(font["hhea"].ascent * scale),
        "descent": round(font["hhea"].descent * scale),
        "capital": round(font["OS/2"].sCapHeight * scale),
    }


def _in_lines(codes: Iterable[int]) -> str:
    """All characters that can be seen, in lines of a good length."""
    seen = "".join(chr(code) for code in sorted(codes) if chr(code).isprintable() and code > 0x20)
    return "".join(f"{seen[i : i + _PER_LINE]}\n" for i in range(0, len(seen), _PER_LINE))


if __name__ == "__main__":
    main()
