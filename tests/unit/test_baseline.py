"""The record of translations: what is written is read back, and what is no record is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.pages import loader
from handbook.versions import baseline
from handbook.versions.baseline import Agreement, Unreadable
from handbook.versions.parts import sections

TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")) | st.just("\\"), min_size=1
)
TEXTS = st.lists(TEXT.map(lambda text: " ".join(text.split()) or "x"), min_size=1, max_size=4)
PRINT = st.text("0123456789abcdef", min_size=12, max_size=12)
AGREEMENT = st.builds(
    lambda role, part, prints, texts, ahead: Agreement(
        role,
        part,
        dict(zip(("zh", "en"), prints, strict=True)),
        {language: tuple(each) for language, each in zip(("zh", "en"), texts, strict=True)},
        ahead,
        "2026-11-01" if ahead else "",
    ),
    st.sampled_from(["marketing", "after-sales", "a1"]),
    st.sampled_from(["intro", "abilities", "duty-3-2", "duty-3-10"]),
    st.tuples(PRINT, PRINT),
    st.tuples(TEXTS, TEXTS),
    st.sampled_from(["", "zh", "en"]),
)


def read_back(folder: Path, text: str) -> list[Agreement]:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / baseline.FILE).write_text(text, encoding="utf-8")
    found = baseline.read(folder)
    assert found is not None
    return list(found)


@given(known=st.lists(AGREEMENT, max_size=6))
def test_what_is_written_is_read_back(
    known: list[Agreement], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = baseline.write(known)
    found = read_back(tmp_path_factory.mktemp("record"), text)
    assert sorted(map(repr, found)) == sorted(map(repr, known))
    assert baseline.write(found) == text


def test_sections_are_sorted_and_apart(tmp_path: Path) -> None:
    prints, texts = {"zh": "0" * 12, "en": "1" * 12}, {"zh": ("甲",), "en": ("A", "b")}
    known = [Agreement("a", part, prints, texts) for part in ("duty-2-10", "intro", "duty-2-9")]
    lines = baseline.write(known).split("\n")
    assert [line.split("\t")[1] for line in lines if "\t" in line] == [
        "duty-2-9",
        "duty-2-10",
        "intro",
    ]
    assert lines[2:4] == ["", "a\tduty-2-9\t000000000000\t111111111111\t=\t甲\tA\\nb"]
    assert lines[4] == lines[6] == ""


def test_without_a_file_there_is_no_record(tmp_path: Path) -> None:
    assert baseline.read(tmp_path) is None


@pytest.mark.parametrize(
    "line", ["<<<<<<< HEAD", "marketing duty-3-2", "a\tintro\t0\t1\t=\t甲\tA", "\ufffd"]
)
def test_what_is_no_record_is_refused(line: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read_back(tmp_path, f"# about\n\n{line}\n")
    assert (caught.value.line, caught.value.found) == (3, line)


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    prints, texts = {"zh": "0" * 12, "en": "1" * 12}, {"zh": ("甲",), "en": ("A",)}
    known = [Agreement("a", "intro", prints, texts)]
    assert read_back(tmp_path, baseline.write(known).replace("\n", "\r\n")) == known


def test_real_record_is_there() -> None:
    """Without it the translation could rot unseen. What is new may be missing for a while."""
    root = Path(__file__).parents[2]
    known = baseline.read(root)
    every = set(sections(loader.load(root)))
    assert len({(each.role, each.part) for each in known or ()} & every) > len(every) / 2
