"""The marks in pages that tell which download a passage is about."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from handbook.base.html import parsed
from handbook.site import downloads

PAGE = (
    '<ul data-downloads="a.pdf b.pdf"><li data-downloads="a.pdf">A</li>'
    '<li data-downloads="b.pdf">B (<span data-size="b.pdf"></span>)</li></ul>'
)


def settled(files: dict[str, int | None]) -> str:
    page = parsed(f"<html><body>{PAGE}</body></html>")
    downloads.settle(page, files)
    (body,) = page.xpath("//body")
    return "".join(html.tostring(each, encoding="unicode") for each in body)


def test_what_is_said_of_files_that_are_there_stays_with_their_sizes() -> None:
    assert settled({"b.pdf": 1634}) == (
        '<ul data-downloads="a.pdf b.pdf"><li data-downloads="b.pdf">B (2 KB)</li></ul>'
    )


def test_what_is_said_of_files_that_are_not_there_goes() -> None:
    assert settled({"c.pdf": 1}) == ""


def test_a_size_that_is_not_known_yet_is_settled_later() -> None:
    assert settled({"b.pdf": None}) == (
        '<ul data-downloads="a.pdf b.pdf"><li data-downloads="b.pdf">'
        'B (<span data-size="b.pdf"></span>)</li></ul>'
    )


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1 KB"),
        (1600, "2 KB"),
        (999_499, "999 KB"),
        (999_501, "1.0 MB"),
        (1_249_000, "1.2 MB"),
        (38_000_000, "38.0 MB"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert downloads.in_words(size) == words


def test_pages_in_the_folder_are_no_downloads(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "index.html").touch()
    (folder / "handbook.csv").write_bytes(b"abc")
    assert downloads.sizes(tmp_path) == {"handbook.csv": 3}
    assert downloads.sizes(tmp_path / "no such folder") == {}
