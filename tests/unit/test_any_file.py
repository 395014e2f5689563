"""Whatever the authored files hold beside the pages: a message or a clean check, never a crash."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_cases import note_editions, small_handbook
from unit.mutations import mutated

from handbook.base.days import EARLIEST
from handbook.checks import rules
from handbook.checks.formats.github import as_github
from handbook.checks.formats.gitlab import as_gitlab
from handbook.checks.formats.sarif import as_sarif
from handbook.checks.formats.text import as_text
from handbook.pages import loader
from handbook.pages.diagnostics import has_errors
from handbook.site.redirects import redirects
from handbook.versions import baseline, editions, recording
from handbook.versions.translation_status import notices
from handbook.views.reviews import reviews

ROLE = "docs/zh/roles/marketing.md"
EXERCISE = """\
ad-budget:
  duty: "3.2"
  zh:
    question: 預算怎樣分配？
    answer: 按渠道的轉化率。
  en:
    question: How is the budget split?
    answer: By the conversion rate of each channel.
"""
TOPIC = """\
topics:
  promotion:
    origin: source
    zh: {name: 推廣, definition: 讓人知道, words: [推廣, 廣告]}
    en: {name: Promotion, definition: letting people know, words: [promotion, ad]}
    duties: ["3.1", "3.2"]
everyday:
  - {typed: [打廣告], means: [推廣]}
"""
REDIRECTS = "roles/promotion: roles/marketing#duty-3-1\nguide: overview\n"
LOGS = {
    "zh": "# 版本與修改\n\n每一版改了甚麼。\n\n## 2026.11 { #edition-2026-11 }\n\n第一版。\n",
    "en": "# Editions and changes\n\nWhat each edition changed.\n\n"
    "## 2026.11 { #edition-2026-11 }\n\nThe first edition.\n",
}
FILES = [
    "docs/vocabulary.yml", "docs/exercises.yml", "docs/redirects.yml", baseline.FILE,
    "docs/editions/2026.11.tsv", "docs/editions/digests.tsv", ROLE,
]  # fmt: skip


def whole_handbook(root: Path) -> None:
    """The small handbook with one of each authored file."""
    small_handbook(root)
    vocabulary = root / FILES[0]
    vocabulary.write_text(vocabulary.read_text("utf-8") + TOPIC, "utf-8")
    (root / FILES[1]).write_text(EXERCISE, "utf-8")
    (root / FILES[2]).write_text(REDIRECTS, "utf-8")
    for language, text in LOGS.items():
        (root / f"docs/{language}/changes.md").write_text(text, "utf-8")
    page = root / ROLE
    block = "section: 3\nowner: 市場部門\nreviewed: 2026-11-22\ndescription: 推廣。"
    page.write_text(page.read_text("utf-8").replace("section: 3", block), "utf-8")
    handbook = loader.load(root)
    record = recording.record(handbook, (), EARLIEST).text
    (root / baseline.FILE).write_text(record, "utf-8")
    (root / "docs/editions").mkdir()
    edition = editions.written("2026.11", EARLIEST.replace(year=2026), editions.taken(handbook))
    (root / FILES[4]).write_text(edition, "utf-8")
    note_editions(root)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("handbook")
    whole_handbook(root)
    assert rules.check(loader.read(root)) == []
    return root


def parts(raw: bytes, path: str) -> tuple[bytes, bytes]:
    """What is mutated of a file, and what is not: of a page, its front matter is."""
    end = raw.index(b"\n---\n", 4) + 5 if path == ROLE else len(raw)
    return raw[:end], raw[end:]


def read_all(root: Path) -> bool:
    """Check the handbook as the commands do, and read it as the build does; whether it is clean."""
    project = loader.read(root)
    found = rules.check(project)
    for problem in found:
        assert as_text(problem)
    as_github(found)
    as_gitlab(found)
    as_sarif(found, project.handbook, "en")
    if not has_errors(found):
        book = project.handbook
        redirects(book)
        editions.current(root)
        notices(root, book)
        reviews(book, {}, 12, EARLIEST)
    return not has_errors(found)


@pytest.mark.parametrize("path", FILES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_any_mutation(path: str, handbook: Path, seed: int) -> None:
    file = handbook / path
    before = file.read_bytes()
    head, rest = parts(before, path)
    file.write_bytes(mutated(head, Random(seed)) + rest)
    try:
        read_all(handbook)
    finally:
        file.write_bytes(before)
