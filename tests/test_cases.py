"""Golden cases: each file under `cases/` is one defect or one right variation, with its message."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml
from conftest import CODE, copy_repository

from handbook.checks import rules
from handbook.checks.formats.text import as_text
from handbook.pages import loader
from handbook.pages.diagnostics import RULES, Diagnostic
from handbook.versions import baseline, recording
from handbook.versions.edition_digests import DIGESTS, digest, written
from handbook.versions.editions import FOLDER, NAME
from handbook.versions.parts import family

TESTS = Path(__file__).parent
WORDINGS = TESTS.parent / "hooks/handbook/pages/rules.yml"
FORMER = {
    "section-level", "section-language", "front-matter-unsafe", "front-matter-duplicate",
}  # fmt: skip
"""Ids of rules that are part of others now; old messages and links lead to them."""
CASES = sorted((TESTS / "cases").glob("*/*.yml"))


def _ids(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture(scope="session")
def shared_handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small handbook for all cases that a worker runs."""
    return tmp_path_factory.mktemp("handbook")


@pytest.fixture
def handbook(shared_handbook: Path) -> Path:
    """The small handbook, whatever the case before made of it; its pages are known already."""
    restore(shared_handbook)
    return shared_handbook


@pytest.mark.parametrize("path", CASES, ids=_ids)
def test_case(path: Path, handbook: Path, request: pytest.FixtureRequest) -> None:
    case = read_case(path)
    apply(case, handbook)
    found = rules.check(loader.read(handbook))
    told = "\n".join(as_text(d) for d in found)
    if request.config.getoption("--update-cases") and told != case.get("expect", "").rstrip("\n"):
        update(path, told)
        return
    assert told == case.get("expect", "").rstrip("\n")
    if path.parent.name != "right":
        assert path.parent.name in {d.rule for d in found}
    assert _left_once_pasted(found, handbook) == []


def _left_once_pasted(found: list[Diagnostic], handbook: Path) -> list[Diagnostic]:
    """What is told again of lines that are pasted as they should be."""
    texts = loader.texts(loader.read(handbook))
    mends = {(d.path, d.line): d for d in found if d.mended is not None and d.path in texts}
    for (name, number), d in sorted(mends.items(), reverse=True):  # from below, so that lines stay
        page = handbook / name
        lines = page.read_bytes().decode().split("\n")
        lines[number - 1 : number - 1 + d.lines] = [d.mended] if d.mended else []
        page.write_bytes("\n".join(lines).encode())
    again = rules.check(loader.read(handbook)) if mends else []
    told = {(d.path, d.rule, d.message) for d in mends.values()}
    return [d for d in again if (d.path, d.rule, d.message) in told]


def test_small_handbook_is_clean(handbook: Path) -> None:
    assert rules.check(loader.read(handbook)) == []


# Only the history tells of pages that are gone: see tests/unit/test_redirects.py.
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "redirect-missing"])
def test_every_rule_has_a_golden_case(rule: str) -> None:
    assert list((TESTS / "cases" / rule).glob("*.yml")), f"tests/cases/{rule}/ has no case"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_explained_to_contributors(language: str) -> None:
    page = loader.load(TESTS.parent).page(language, "contributing/rules")
    assert page is not None
    for rule in (*RULES, *FORMER):
        assert rule in page.anchors, f"{page.path} has no section with the anchor {{ #{rule} }}"
    assert FORMER.isdisjoint(RULES)


@pytest.mark.parametrize(("language", "reminder"), [("zh", "提醒"), ("en", "reminder")])
def test_the_rules_page_has_the_rules_in_their_order_and_says_which_are_reminders(
    language: str, reminder: str
) -> None:
    """A golden case does not show it: `severity` forgotten or misspelt would refuse pages."""
    page = (TESTS.parent / f"docs/{language}/contributing/rules.md").read_text("utf-8")
    sections = re.findall(r"^`([\w-]+)`[:：](.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    told = {rule: reminder in section for rule, section in sections if rule in RULES}
    assert [*told] == [*RULES]
    severity = {name: rule.get("severity") for name, rule in read_case(WORDINGS).items()}
    assert {*severity.values()} == {None, "warning"}
    reminders = {name.partition("/")[0] for name in severity if severity[name]}
    said = {rule for rule in told if told[rule]}
    assert not reminders - said, f"their sections are to say that they are a {reminder}"
    assert not said - reminders, f"a {reminder} by its section: `severity: warning` in rules.yml?"


def test_a_rule_has_no_key_that_nobody_reads() -> None:
    known = {"zh", "en", "hint", "severity", "replaces_line", "words"}
    unknown = {name: {*told} - known for name, told in read_case(WORDINGS).items()}
    assert {name: keys for name, keys in unknown.items() if keys} == {}


def update(path: Path, told: str) -> None:
    """Write what is told of a case into its file; `expect` is its last key."""
    text = path.read_text(encoding="utf-8")
    case, found, _ = f"\n{text}".partition("\nexpect:")  # before it, a text may end in empty lines
    expect = f"expect: |-\n{indent(told, '  ')}\n" if told else ""
    path.write_text(case.removeprefix("\n") + "\n" * bool(found) + expect, encoding="utf-8")


def read_case(path: Path) -> dict[str, Any]:
    """What stands in a case's file."""
    case: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return case


@cache
def _small_files() -> dict[Path, bytes]:
    """The handbook of `tests/handbook/` with the real site's settings: each file's path, bytes."""
    pages = TESTS / "handbook"
    files = {path.relative_to(pages): path for path in pages.rglob("*") if path.is_file()}
    files[Path("mkdocs.yml")] = TESTS.parent / "mkdocs.yml"
    return {name: path.read_bytes() for name, path in files.items()}


def small_handbook(folder: Path) -> None:
    """The handbook of `tests/handbook/` with the real site's settings, in `folder`."""
    for name, raw in _small_files().items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != raw:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)


def restore(folder: Path) -> None:
    """Make `folder` the small handbook again, and nothing else."""
    for path in _entries(folder):
        known = path.relative_to(folder) in _small_files()
        if path.is_symlink() or not (known or path.is_dir()):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    small_handbook(folder)


def _entries(folder: Path) -> Iterator[Path]:
    """All that is in `folder`, what a folder holds before the folder; no link is followed."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from _entries(path)
        yield path


def small_site(folder: Path) -> None:
    """The same with the real hooks and templates, so that its site can be built."""
    small_handbook(folder)
    copy_repository(folder, CODE)


def apply(case: dict[str, Any], folder: Path) -> None:
    """Break the handbook in `folder` as the case says."""
    known = {"page", "edits", "bytes", "encode", "size", "delete", "rename", "symlink", "expect"}
    assert set(case) <= known | {"agreed"}, set(case) - known
    if case.get("agreed"):
        record(folder)
    page = folder / case.get("page", "docs/zh/roles/marketing.md")
    for edit in case.get("edits", []):
        page = _edit(page, edit, folder)
    note_editions(folder)
    if "bytes" in case:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(base64.b64decode(case["bytes"]))
    if "size" in case:
        page.write_bytes(page.read_bytes().ljust(case["size"], b"\n"))
    if "encode" in case:
        page.write_bytes(page.read_text(encoding="utf-8").encode(case["encode"]))
    if "delete" in case:
        (folder / case["delete"]).unlink()
    if "rename" in case:
        target = folder / case["rename"]["to"]
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / case["rename"]["from"]).rename(target)
    if "symlink" in case:
        link = folder / case["symlink"]["path"]
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(case["symlink"]["to"])


def _edit(page: Path, edit: dict[str, Any], folder: Path) -> Path:
    """Make one edit in `page`; the page on which the next is made."""
    if "page" in edit:
        return Path(folder, edit["page"])
    if "agreed" in edit:
        record(folder, only=edit["agreed"])
        return page
    page.parent.mkdir(parents=True, exist_ok=True)
    text = page.read_bytes().decode() if page.exists() else ""
    page.write_bytes(_edited(text, edit).encode())
    return page


def record(folder: Path, only: object = True) -> None:
    """Record that both languages agree as they stand; "role": as before other parts were kept."""
    text = recording.record(loader.load(folder), (), date(2026, 11, 1)).text
    (folder / baseline.FILE).write_text(text, encoding="utf-8")
    if only == "role":
        kept = [each for each in baseline.read(folder) or () if family(each.part) == only]
        (folder / baseline.FILE).write_text(baseline.write(kept), encoding="utf-8")


def note_editions(folder: Path) -> None:
    """Record the editions' digests as the command that makes them does, if nothing else did."""
    made = [path for path in (folder / FOLDER).glob("*.tsv") if NAME.fullmatch(path.stem)]
    if made and not (folder / DIGESTS).exists():
        recorded = {path.stem: digest(path.read_bytes()) for path in made}
        (folder / DIGESTS).write_text(written(recorded), "utf-8")


def _edited(text: str, edit: dict[str, str]) -> str:
    if "content" in edit:
        return edit["content"]
    if "append" in edit:
        return text + edit["append"]
    if "prepend" in edit:
        return edit["prepend"] + text
    assert text.count(edit["replace"]) == 1, (
        f"{edit['replace']!r} occurs {text.count(edit['replace'])} times"
    )
    return text.replace(edit["replace"], edit["with"])
