"""What is wrong with `docs/handbook.yml` is said with its place; without it nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, copy_repository, run_in

from handbook.base.words import LANGUAGES
from handbook.pages.handbook_file import GROUNDS, HANDBOOK, QUIET, contrast, read
from handbook.pages.schema import GROUPS
from handbook.site.accent import accent_css

TEXT = (ROOT / HANDBOOK).read_text("utf-8")
TERMS = ", ".join(group for group in GROUPS if group not in {"abilities", "topics"})
SCHEMA = "to follow schemas/handbook.schema.json, found"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handbooks_own_is_right(language: str) -> None:
    own, problems = read(TEXT.encode(), language)
    assert own is not None
    assert problems == []


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("sections:", "sectoins:", "sectoins:", f"sectoins {SCHEMA} an unknown name"),
        ("en: Duties}", "en: 3}", "en: 3}", f"duties.headings.en {SCHEMA} a number"),
        ("en: Duties}", 'en: " "}', 'en: " "', f"duties.headings.en {SCHEMA} it empty"),
        ("  tools:\n    n", "  Tools:\n    n", "Tools:", f"Tools: {SCHEMA} characters"),
        ("  example:\n", "  note:\n", "note:", "another key for the label note"),
        ("group: tools", "group: tolls", "tolls", f"{TERMS}, found tolls"),
        ("group: tools", "group: topics", "group: topics", f"{TERMS}, found topics"),
        ("  topics: {", "  matters: {", "groups:", "expected groups to have topics"),
        ("zh: 例, en", "zh: 工具, en", "tools:", "found 工具 twice"),
        ("en: Ability requirements", "en: Duties", "abilities:", "found Duties twice"),
        ('text: "#c1121b"', 'text: "red"', "red", f"accent.light.text {SCHEMA} characters"),
        ('"#c1121b"', '"#cc3f46"', "#cc3f46", "(#cc3f46) to be readable beside #f4f2ef: a con"),
        ('"#ffffff"', '"#000000"', "#000000", "at least 4.5:1, found 3.4:1"),
        ('"#2b1e1f"', '"#7d5558"', "#7d5558", "dark.ground (#7d5558) to be readable beside"),
    ],
)
def test_a_mistake_is_said_with_its_place(old: str, new: str, line: str, told: str) -> None:
    text = TEXT.replace(old, new)
    _, problems = read(text.encode(), "en")
    places = [each.split(":")[:2] for each in problems if told in each]
    assert places, problems
    path, number = places[-1]
    assert path == HANDBOOK
    assert line in text.splitlines()[int(number) - 1]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("  duties:\n", "  duties\n", "write the line like this:\n    duties:"),
        ("[tool]", "tool", "write the line like this:\n      near: [tool]"),
        (
            "topics_hint:",
            "topics_asked:",
            "line {} has `topics_asked` already: keep one of the two",
        ),
        ("\ngroups:", "\nlabels:", "line {} is the heading `labels` already"),
    ],
)
def test_a_slip_is_told_with_what_to_do(old: str, new: str, hint: str) -> None:
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    first = next(
        (n for n, each in enumerate(text.split("\n"), 1) if each.startswith(new.strip())), 0
    )
    _, (problem,) = read(text.encode(), "en")
    assert hint.format(first) in problem


def test_a_broken_one_ends_every_command_with_a_message(tmp_path: Path) -> None:
    root = copy_repository(tmp_path / "repository")
    path = root / HANDBOOK
    path.write_text(TEXT.replace("#c1121b", "#f5a3a8"), "utf-8")
    for command in (("handbook", "check"), ("mkdocs", "build")):
        result = run_in(root, *command, LANG="zh_TW.UTF-8")
        assert result.returncode == 1
        assert "Traceback" not in result.stderr
        assert "accent.light.text（#f5a3a8）與 #ffffff 並用應看得清楚" in result.stderr
    path.unlink()
    result = run_in(root, "handbook", "check")
    assert result.returncode == 1
    assert result.stderr.endswith("docs/handbook.yml: no such file or folder\n")


def test_contrast_is_what_wcag_makes_of_two_colours() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_colours_are_compared_with_those_of_the_style_sheet() -> None:
    css = (ROOT / "docs/assets/stylesheets/theme.css").read_text("utf-8")
    for scheme, grounds in GROUNDS.items():
        for name, colour in zip(("ground", "sunken"), grounds, strict=True):
            assert f"--hb-{name}: {colour};" in css.replace("#fff;", "#ffffff;")
        assert f"--hb-quiet: {QUIET[scheme]};" in css


def test_the_style_sheet_has_both_schemes() -> None:
    css = accent_css()
    assert css.count("--hb-accent: #c1121b;") == 1
    assert css.count("--hb-accent: #ff8f87;") == 2
