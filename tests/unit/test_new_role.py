"""`handbook new-role`: what it writes, what it refuses, and that what it leaves open fails."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import environment, run_in
from test_cases import TESTS, small_handbook

from handbook.base.words import words
from handbook.checks import rules
from handbook.commands.editing.carry_out import carry_out
from handbook.commands.editing.plan import Plan, Refused
from handbook.commands.new_role import start
from handbook.pages import loader

ROLE = "live-streaming", 9, {"zh": "直播運營", "en": "Live streaming"}
WRITTEN = ["docs/en/roles/live-streaming.md", "docs/zh/roles/live-streaming.md"]
VOCABULARY = "docs/vocabulary.yml"
FILLED = {
    "zh": {
        "說明這個崗位做甚麼。": "以直播介紹商品，讓用戶放心購買。",
        "職責名稱": "直播策劃",
        "這項職責為了甚麼。": "讓每場直播都有明確的目標。",
        "做甚麼": "選定商品和主題",
        "- **能力名稱**：對這個崗位的特別要求": "- **溝通**：表達清楚",
    },
    "en": {
        "Say what the role does.": "Presents products live, so that users buy with confidence.",
        "Name of the duty": "Stream planning",
        "What the duty is for.": "Gives every stream a clear goal.",
        "What to do": "Choose the products and the theme",
        "- **Name of an ability**: what this role asks of it in particular": (
            "- **Communication**: speaks clearly"
        ),
    },
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    return tmp_path


def begin(role: tuple[str, int, dict[str, str]], root: Path) -> list[str]:
    """Start a role; returns the files that were written."""
    plan = Plan(loader.read(root))
    start(plan, *role)
    told = [*carry_out(plan, words("en"), dry_run=False)]
    return [line.strip() for line in told if re.fullmatch(r"  \S+(?<!:5)", line)]


def fill_in(root: Path, slug: str) -> None:
    """Fill every place of a new role's pages, as an editor would."""
    for language, texts in FILLED.items():
        path = root / f"docs/{language}/roles/{slug}.md"
        page = path.read_text("utf-8")
        for place, text in texts.items():
            assert place in page
            page = page.replace(place, text)
        path.write_text(page, "utf-8")


def test_every_place_fails_until_it_is_filled(root: Path) -> None:
    assert begin(ROLE, root) == [WRITTEN[0], VOCABULARY, WRITTEN[1]]
    found = rules.check(loader.read(root))
    assert {(problem.path, problem.line) for problem in found} == {
        (path, line) for path in WRITTEN for line in (7, 11, 13, 15, 19)
    }
    assert {problem.rule for problem in found} == {"placeholder"}
    fill_in(root, ROLE[0])
    assert rules.check(loader.read(root)) == []


def test_other_roles_can_name_its_team(root: Path) -> None:
    begin(ROLE, root)
    term = loader.load(root).vocabulary.group("partners")["live-streaming-team"]
    assert (term.role, term.zh.name, term.en.name) == (
        "live-streaming", "直播運營團隊", "live streaming team",
    )  # fmt: skip


def test_the_rest_of_the_vocabulary_stands_as_it_was(root: Path) -> None:
    path = root / VOCABULARY
    path.write_text((TESTS.parent / VOCABULARY).read_text("utf-8"), "utf-8")
    text = path.read_text("utf-8")
    begin(("it", 9, {"zh": "IT：支援, 維護", "en": "IT support: desk"}), root)
    grown = path.read_text("utf-8")
    before, after = grown.index("  it-team:"), grown.index("\ntools:")
    assert grown[:before] + grown[after:] == text
    partners = yaml.safe_load(grown)["partners"]
    assert list(partners)[-1] == "it-team"
    assert partners["it-team"]["en"]["name"] == "IT support: desk team"
    assert partners["it-team"]["zh"]["name"] == "IT：支援, 維護團隊"


@pytest.mark.parametrize("text", ["", "abilities:\n  a: 1\n", "partners:\n\ntools:\n  b: 2\n"])
def test_a_vocabulary_without_partners(root: Path, text: str) -> None:
    (root / VOCABULARY).write_text(text, "utf-8")
    plan = Plan(loader.read(root))
    start(plan, *ROLE)
    _, grown = plan.files()[VOCABULARY]
    assert list(yaml.safe_load(grown or b"")["partners"]) == ["live-streaming-team"]


def test_a_team_that_the_vocabulary_has_is_not_added_again(root: Path) -> None:
    begin(ROLE, root)
    for path in WRITTEN:
        (root / path).unlink()
    assert begin(ROLE, root) == WRITTEN


def test_nor_is_one_that_the_vocabulary_has_by_another_name(root: Path) -> None:
    begin((*ROLE[:2], {"zh": "直播", "en": "Streams"}), root)
    for path in WRITTEN:
        (root / path).unlink()
    assert begin(ROLE, root) == WRITTEN


@pytest.mark.parametrize(
    ("slug", "section", "zh", "en", "reason"),
    [
        ("Live", 9, "直播運營", "Live streaming", "expected a page name"),
        ("index", 9, "直播運營", "Live streaming", "expected a page name"),
        ("../x", 9, "直播運營", "Live streaming", "expected a page name"),
        ("marketing", 9, "直播運營", "Live streaming", "docs/zh/roles/marketing.md exists already"),
        ("live", 3, "直播運營", "Live streaming", "section 3 is not free, 9 is"),
        ("live", 0, "直播運營", "Live streaming", "section 0 is not free, 9 is"),
        ("live", 9, "直播运营", "Live streaming", "expected a name in Traditional Chinese"),
        ("live", 9, "Live", "Live streaming", "expected a name in Traditional Chinese"),
        ("live", 9, "直播運營", "直播", "expected a name in English"),
    ],
)
def test_what_is_not_possible_writes_nothing(
    root: Path, slug: str, section: int, zh: str, en: str, reason: str
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(Refused, match=re.escape(reason)):
        start(Plan(loader.read(root)), slug, section, {"zh": zh, "en": en})
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_it_asks_for_what_it_was_not_told(root: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "handbook", "new-role", "--en", "Live streaming"],
        cwd=root,
        env=environment(TESTS.parent),
        input="直播運營\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(
        "3 files changed:\n  docs/en/roles/live-streaming.md\n  docs/vocabulary.yml\n"
        "  docs/zh/roles/live-streaming.md\n"
        "To fill in or correct:\ndocs/en/roles/live-streaming.md:7:1: "
    )
    assert "section: 9\n" in (root / WRITTEN[0]).read_text("utf-8")


def test_refused_and_unanswered(root: Path) -> None:
    hooks = f"{TESTS.parent}/hooks"
    names = ["--zh", "直播運營", "--en", "Live streaming"]
    refused = run_in(root, "handbook", "new-role", "marketing", *names, PYTHONPATH=hooks)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "docs/zh/roles/marketing.md exists already\ndocs/en/roles/marketing.md exists already\n"
    )
