"""Files under docs/ are judged by what the disk says of them; what must not be opened is not."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
from conftest import ROOT
from test_cases import small_handbook

from handbook.base import docs_files
from handbook.base.limits import LARGEST_RECORD, MOST_BYTES, MOST_FILES, start_of
from handbook.checks import rules
from handbook.checks.rules.docs.contents import PICTURES
from handbook.checks.rules.docs.files import ASSETS, SITE_ASSETS
from handbook.pages import loader
from handbook.pages.diagnostics import Diagnostic
from handbook.pages.loader import Project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    return tmp_path


def check(root: Path) -> list[Diagnostic]:
    return rules.check(loader.read(root))


def told(root: Path) -> list[tuple[str, str]]:
    return [(each.path, each.rule) for each in check(root)]


SOURCES = (
    "docs/vocabulary.yml",
    "docs/exercises.yml",
    "docs/redirects.yml",
    "docs/translation.tsv",
    "docs/editions/2026.11.tsv",
)


def in_place_of(root: Path, path: str) -> Path:
    """Where `path` is to be, with a folder to be in and nothing there yet."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    return place


@pytest.mark.parametrize(
    "path",
    [*SOURCES, "docs/zh/roles/marketing.md", "docs/assets/a.png", "docs/en/x", "docs/zh/a.svg"],
)
def test_pipes_are_refused_and_nothing_waits_for_them(root: Path, path: str) -> None:
    os.mkfifo(in_place_of(root, path))
    assert (path, "file-symlink") in told(root)


@pytest.mark.parametrize("path", [*SOURCES, "docs/en/roles/marketing.md", "docs/en/a.svg"])
def test_endless_devices_are_refused(root: Path, path: str) -> None:
    in_place_of(root, path).symlink_to("/dev/zero")
    assert (path, "file-symlink") in told(root)


@pytest.mark.parametrize("path", [*SOURCES, "docs/zh/a.md"])
def test_a_folder_does_not_stand_in_for_a_file(root: Path, path: str) -> None:
    in_place_of(root, path).mkdir()
    assert told(root) == [(path, "file-symlink")]


def test_socket(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "docs/zh")  # a socket's path may have some 100 characters only
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("a.md")
    (found,) = check(root)
    assert "a pipe, a socket or a device" in found.message or "管道、插口或裝置" in found.message


@pytest.mark.parametrize("folder", ["docs", "docs/zh", "docs/en", "docs/zh/roles", "docs/editions"])
def test_linked_folders_are_not_entered(root: Path, folder: str) -> None:
    place = root / folder
    place.mkdir(exist_ok=True)
    place.rename(root / "elsewhere")
    place.symlink_to(root / "elsewhere")
    assert (folder, "file-symlink") in told(root)
    files = {file.path for file in docs_files.docs_files(root)}
    assert not [path for path in files if path.startswith(f"{folder}/")]


def test_a_handbook_all_of_which_is_linked_is_not_taken_for_none(root: Path) -> None:
    (root / "docs").rename(root / "elsewhere")
    (root / "docs").symlink_to("/")
    project = loader.read(root)
    assert [each.path for each in rules.check(project)] == ["docs"]
    assert project.unread


def test_locks_of_editors_are_left_alone(root: Path) -> None:
    (root / "docs/zh/.#index.md").symlink_to("someone@host.1234:1700000000")
    (root / "docs/zh/.DS_Store").write_bytes(b"\0")
    assert not check(root)


def test_what_one_may_not_read_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = root / "docs/zh/roles/marketing.md"
    access = os.access

    def without_page(path: Path, mode: int) -> bool:  # the one who runs this may read everything
        return path != page and access(path, mode)

    monkeypatch.setattr(os, "access", without_page)
    (found,) = check(root)
    assert (found.path, found.rule) == ("docs/zh/roles/marketing.md", "file-symlink")
    assert "chmod" in found.hint


@pytest.mark.parametrize("refused", [PermissionError, NotADirectoryError])
def test_reading_what_one_may_not(
    root: Path, monkeypatch: pytest.MonkeyPatch, refused: type[OSError]
) -> None:
    def refuse(_path: Path, _mode: str) -> None:
        raise refused

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileNotFoundError):
        start_of(root / "docs/vocabulary.yml")


@pytest.mark.parametrize("path", SOURCES)
def test_of_large_files_only_the_start_is_read(root: Path, path: str) -> None:
    with in_place_of(root, path).open("wb") as file:
        file.truncate(LARGEST_RECORD + 1)
    assert told(root) == [(path, "file-size")]
    assert len(start_of(root / path, 100)) == 101


def test_a_text_of_150_megabytes(root: Path) -> None:
    with (root / "docs/zh/notes.txt").open("wb") as file:
        file.truncate(150_000_000)
    (found,) = check(root)
    assert (found.path, found.rule) == ("docs", "file-size")
    assert "150.0 MB" in found.message
    assert "docs/zh/notes.txt" in found.hint


def test_files_together(root: Path) -> None:
    for number in range(101):
        with (root / f"docs/zh/{number}.md").open("wb") as file:
            file.truncate(MOST_BYTES // 100)
    assert told(root) == [("docs", "file-size")]


def test_files_beyond_number(root: Path) -> None:
    folder = root / "docs/assets/images"
    folder.mkdir(parents=True)
    for number in range(MOST_FILES + 1):
        (folder / f"{number}.svg").touch()
    assert told(root) == [("docs", "file-size")]
    assert len(docs_files.docs_files(root)) == MOST_FILES + 1
    assert loader.read(root).unread, "not taken for a folder without pages"


def test_folders_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    # Not in pytest's folder: what it clears up later, perhaps runs later, cannot go so deep.
    root = Path(tempfile.mkdtemp())
    try:
        small_handbook(root)
        monkeypatch.chdir(root / "docs/zh")
        for _ in range(1500):
            Path("aa").mkdir()
            os.chdir("aa")
        Path("a.md").touch()
        (found,) = check(root)
    finally:
        monkeypatch.chdir(ROOT)
        subprocess.run(["rm", "-r", root], check=True)
    assert found.rule == "file-name"
    assert len(found.path) < 200


def test_reading_knows_the_pages_that_it_left_out(root: Path) -> None:
    page = in_place_of(root, "docs/zh/roles/marketing.md")
    page.symlink_to("/dev/zero")
    project: Project = loader.read(root)
    assert project.unread == {("zh", "roles/marketing")}


def test_the_site_has_what_is_listed_as_its_own() -> None:
    found = {file.path for file in docs_files.docs_files(ROOT) if file.path.startswith(ASSETS)}
    assert {path for path in found if Path(path).suffix not in PICTURES} == SITE_ASSETS
