"""Nothing is suppressed without need: each entry of a table, taken out, changes a golden case."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from test_cases import TESTS, apply, small_handbook

from handbook.checks import rules
from handbook.checks.formats.text import as_text
from handbook.checks.rules import suppression
from handbook.pages import loader

OF_A_STAGE = {
    "conflict-marker": "conflict-marker/whole-conflict",
    "file-disguised": "file-disguised/zip-as-markdown",
    "file-stray": "file-stray/copy-in-chinese-en",
    "file-taken": "file-taken/page-and-folder",
    "front-matter-unclosed": "front-matter-unclosed/closing-indented",
    "page-empty": "page-empty/empty-file",
    "page-language": "page-language/whole-page-is-english",
    "size-limit": "size-limit/redirects",
    "invisible-character": "invisible-character/blank-braille-in-a-section-heading",
    "lookalike-character": "lookalike-character/cyrillic-e-in-a-heading-en",
    "simplified-character": "simplified-character/label",
    "image-remote": "image-remote/in-a-tag",
    "unsafe-html": "unsafe-html/below-an-unclosed-script",
    "heading-hidden": "heading-hidden/html-in-capitals",
    "raw-html": "raw-html/track-en",
    "markup-misread": "markup-misread/unclosed-with-a-placeholder-en",
    "markup-shown": "label-name/asterisks-unclosed",
    "wrong-language": "ability-term/ability-term-en",
    "print-character": "duty-number/arabic-indic-digits-in-a-duty-number",
    "punctuation": "link-broken/full-width-brackets-en",
    "repeated": "punctuation/and-a-doubled-word",
    "wording": "punctuation/and-a-word-of-the-house",
}
OF_A_PAGE = {
    ("front-matter-eaten", "title"): "front-matter-eaten/note-on-the-first-line",
    ("front-matter-missing", "title"): "front-matter-missing/em-dashes",
    ("front-matter-missing", "punctuation"): "front-matter-missing/full-width-dashes-en",
    ("file-name", "page-missing"): "file-name/accent",
    ("page-missing", "front-matter-key"): "page-missing/moved-to-another-folder",
    ("markup-shown", "ability-list"): "markup-shown/bullet-characters",
    ("markup-shown", "duty-tasks"): "markup-shown/dash-without-space",
    ("markup-shown", "parity-ability"): "markup-shown/ability-without-a-space",
    ("duty-order", "repeated"): "duty-order/pasted-twice",
    ("duty-order", "anchor-typed"): "duty-order/and-typed-anchor",
    ("duty-section", "anchor-typed"): "duty-section/and-typed-anchor-en",
    ("parity-duty", "duty-order"): "parity-duty/first-one-missing",
    ("parity-duty", "parity-term"): "parity-duty/first-one-missing-and-renumbered",
}
LACKING = {
    "duty-empty": "duty-empty/name-with-a-wrong-sign-en",
    "section-empty": "section-empty/heading-with-a-tag-en",
    "section-missing": "section-missing/below-a-wrong-sign-en",
}
TERMS = {
    "ability-term": "vocabulary/duplicate-id",
    "term-unknown": "vocabulary/empty-file",
}


def changes(witness: str | None, root: Path) -> bool:
    """Whether something else is told of a golden case than it expects."""
    assert witness, "name a golden case that would be told otherwise without it, in the lists above"
    case = yaml.safe_load((TESTS / f"cases/{witness}.yml").read_text("utf-8"))
    small_handbook(root)
    apply(case, root)
    told = "\n".join(as_text(each) for each in rules.check(loader.read(root)))
    return bool(told != case["expect"].rstrip("\n"))


@pytest.mark.parametrize("rule", suppression._STAGE)
def test_every_rule_of_a_stage_is_needed(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(suppression._STAGE, rule)
    assert changes(OF_A_STAGE.get(rule), tmp_path)


@pytest.mark.parametrize(
    ("cause", "explained"),
    [(cause, each) for cause, those in suppression._OF_A_PAGE.items() for each in sorted(those)],
)
def test_every_pair_is_needed(
    cause: str, explained: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = suppression._OF_A_PAGE[cause] - {explained}
    monkeypatch.setitem(suppression._OF_A_PAGE, cause, less)
    assert changes(OF_A_PAGE.get((cause, explained)), tmp_path)


@pytest.mark.parametrize(
    ("table", "rule", "witness"),
    [
        *(("_LACKING", rule, LACKING.get(rule)) for rule in sorted(suppression._LACKING)),
        *(("_TERMS", rule, TERMS.get(rule)) for rule in sorted(suppression._TERMS)),
    ],
)
def test_every_exception_is_needed(
    table: str, rule: str, witness: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suppression, table, getattr(suppression, table) - {rule})
    assert changes(witness, tmp_path)
