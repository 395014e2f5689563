"""The pictures for contributors: drawn anew they are the same, and every one of them is shown."""

from __future__ import annotations

import re
import runpy
import sys

import pytest
from conftest import ROOT

from handbook.checks.rules.docs.drawings import check_drawing
from handbook.pages.diagnostics import Place

TOOLS = ROOT / "tools"


def test_the_pictures_show_what_is_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(TOOLS), *sys.path])
    drawn = runpy.run_path(str(TOOLS / "contributing_pictures.py"))["drawings"]()
    assert drawn
    stale = [path.name for path, svg in drawn.items() if path.read_text("utf-8") != svg]
    assert not stale, "python tools/contributing_pictures.py"
    for path in drawn:
        assert not [*check_drawing(path.read_bytes(), Place(path.name))]
    assert {*next(iter(drawn)).parent.iterdir()} == {*drawn}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_language_shows_its_own_pictures_in_their_order(language: str) -> None:
    page = (ROOT / f"docs/{language}/contributing/first-change.md").read_text("utf-8")
    shown = re.findall(r"!\[[^\]]{10,}\]\(\.\./\.\./assets/images/contributing/(\S+)\)", page)
    folder = ROOT / "docs/assets/images/contributing"
    assert shown == sorted(path.name for path in folder.glob(f"*-{language}.svg"))
