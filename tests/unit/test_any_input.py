"""Whatever a page holds, it is read and checked: no crash, no hang, nothing raw in the output."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_cases import small_handbook
from unit.test_marks import PAGE

from handbook.base.limits import LARGEST_FILE
from handbook.checks import rules
from handbook.checks.formats.text import as_text
from handbook.pages import loader

ROLE = "docs/zh/roles/marketing.md"
REPEATED = [
    "[", "![", "](", "[a](", "[a][", "*", "_", "**a", "*a_", "`", "``a`", "<", "<a ", "<!--",
    "<!-- -->", "</", "&", "&amp;", "\\", "{", "{ #a", "#", "# a\n", ">", "> ", "- ", "- a\n",
    "  - ", "1. ", "|", "|a", "|-|\n", ": a\n", "[^1]", "[^1]: a\n", "*[a]: b\n", "!!! a\n",
    "~~~\n", "```\n", "\t", " ", "a ", "字", "\u3000", "\n", "\r", "<div>", "<b>", "<https://a",
    "mailto:a@",
    "a@b.", "http://", '"', "!", "(", "==", "=\n", "---\n", "\x00", "\x02", "\x03", "\U000f0001",
    "\x02wzxhzdk:0\x03", "**指標**：", "### 3.1 ", "TODO", "<<<<<<<\n", "（", "3.1",
]  # fmt: skip


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handbook")
    small_handbook(folder)
    return folder


def check(folder: Path, raw: bytes) -> Iterator[str]:
    page = folder / ROLE
    before = page.read_bytes()
    page.write_bytes(raw)
    try:
        for diagnostic in rules.check(loader.read(folder)):
            yield as_text(diagnostic)
    finally:
        page.write_bytes(before)


def assert_sound(output: Iterator[str]) -> None:
    for text in output:
        assert text.replace("\n", "").isprintable() or "\u3000" in text or "\u00a0" in text


UNBOUND = settings(suppress_health_check=[HealthCheck.too_slow])


@UNBOUND
@given(raw=st.binary())
def test_any_bytes(handbook: Path, raw: bytes) -> None:
    assert_sound(check(handbook, raw))


@UNBOUND
@given(text=st.text())
def test_any_text(handbook: Path, text: str) -> None:
    assert_sound(check(handbook, text.encode()))


@UNBOUND
@given(text=PAGE)
def test_any_markdown(handbook: Path, text: str) -> None:
    assert_sound(check(handbook, text.encode()))


@UNBOUND
@given(
    text=PAGE,
    place=st.sampled_from(
        ["為平台帶來流量。", "用好預算。", "- 分配預算", "- **溝通**：", "## 能力"]
    ),
)
def test_any_markdown_within_a_page(handbook: Path, text: str, place: str) -> None:
    page = (handbook / ROLE).read_text("utf-8")
    assert_sound(check(handbook, page.replace(place, text, 1).encode()))


@pytest.mark.parametrize("unit", REPEATED)
def test_repetition_does_not_hang(handbook: Path, unit: str) -> None:
    page = (handbook / ROLE).read_text("utf-8")
    text = unit * (1000 // len(unit))
    for raw in (text, page.replace("用好預算。", text), f"---\nsection: {text}\n---\n"):
        start = time.process_time()
        list(check(handbook, raw.encode()))
        assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "text",
    ["[" * 10_000, "[a](" * 2_000, "``a`" * 40_000, "# a\n" * 40_000, "字" * 31_000],
    ids=["brackets", "links", "code", "headings", "one paragraph"],
)
def test_what_would_take_minutes_is_refused_at_once(handbook: Path, text: str) -> None:
    start = time.process_time()
    assert any("page-unreadable" in found for found in check(handbook, text.encode()))
    assert time.process_time() - start < 3


def test_huge_page_is_refused_at_once(handbook: Path) -> None:
    start = time.process_time()
    (found,) = check(handbook, b"[" * (LARGEST_FILE + 1))
    assert "page-unreadable" in found
    assert time.process_time() - start < 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are Unicode")
def test_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    path = os.fsencode(tmp_path / "docs/zh") + b"/a\xff.md"
    with open(path, "wb") as page:  # noqa: PTH123 - pathlib takes no bytes
        page.write(b"# A\n")
    assert "file-name" in {problem.rule for problem in rules.check(loader.read(tmp_path))}
