"""Scripted histories: a copy of a handbook, a command as it is typed, and what is there after."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT

from handbook.checks import rules
from handbook.checks.formats.text import as_text
from handbook.commands.cli import main
from handbook.pages import loader
from handbook.pages.model import Handbook
from handbook.site.addresses import FILE, addresses, recorded, vanished, with_edition


@dataclass(frozen=True)
class History:
    """A handbook that commands change."""

    root: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *typed: str, code: int = 0) -> str:
        """Type a command; returns what it prints, in English unless it asks for Chinese."""
        lang = () if "--lang" in typed else ("--lang", "en")
        self.capture.readouterr()
        done = main([*typed, *lang, "--root", str(self.root)])
        said = self.capture.readouterr()
        assert done == code, said
        return said.out + said.err

    def refuses(self, typed: tuple[str, ...], told: str) -> None:
        """A command says why it cannot be done, and changes nothing."""
        before = self.files()
        assert self.run(*typed, code=1) == told
        assert self.files() == before

    def check(self) -> list[str]:
        """What `handbook check` tells."""
        return [as_text(each) for each in rules.check(loader.read(self.root))]

    @property
    def book(self) -> Handbook:
        return loader.load(self.root)

    def text(self, path: str) -> str:
        return (self.root / "docs" / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.text(path)
        assert text.count(old) == 1, (path, old, text.count(old))
        (self.root / "docs" / path).write_text(text.replace(old, new), "utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file below docs/ by its path, as it is."""
        folder = self.root / "docs"
        found = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    def promises_kept(self) -> bool:
        """Whether all that was published is there or leads on."""
        return not [*vanished(self.book, recorded(self.root))]


@pytest.fixture
def begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., History]:
    """Makes a copy of the handbook whose addresses of today are on record as published."""

    def make() -> History:
        ignore = shutil.ignore_patterns("javascripts", "stylesheets")
        shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=ignore, dirs_exist_ok=True)
        shutil.copy(ROOT / "mkdocs.yml", tmp_path)
        for log in tmp_path.glob("docs/*/changes.md"):  # as it is when an edition has been made
            said = re.sub(r"(?s)## \S[^\n]*#unreleased \}.*?(?=## 20)", "", log.read_text("utf-8"))
            log.write_text(said, "utf-8")
        history = History(tmp_path, capsys)
        path = tmp_path / FILE
        path.parent.mkdir(exist_ok=True)
        path.write_text(with_edition(tmp_path, history.book, "2026.11"), "utf-8")
        assert addresses(history.book)
        return history

    return make
