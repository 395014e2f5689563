"""`mkdocs serve` while an editor breaks a page and mends it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError

import pytest
from conftest import environment
from e2e.patience import STUCK, Patience, work_of
from house.test_vscode import matcher
from lxml import html
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from playwright.sync_api import Page

PAGE = "docs/en/roles/marketing.md"
ALIKE = """
import types, mkdocs.__main__, mkdocs.commands.build
mkdocs.commands.build.time = types.SimpleNamespace(monotonic=lambda: 0.0)
mkdocs.__main__.cli()
"""
"""MkDocs, where every build takes as long as the one before; it says nothing twice by itself."""
MISSPELT = "expected the section heading `Ability requirements`, found `Ability requirments`"


def words(page: str, path: str) -> str | None:
    """What is read in the part of a page that `path` leads to."""
    text = html.fromstring(page).xpath(f"string({path})")
    return " ".join(str(text).split()) or None


def is_told_in_the_editor(said: str) -> bool:
    """Whether VS Code takes the misspelt heading for a problem of the build that ended last."""
    background = matcher("serve")["background"]
    _, *builds = re.split(background["beginsPattern"], said)
    return MISSPELT in builds[-1] and re.search(background["endsPattern"], builds[-1]) is not None


@dataclass(frozen=True)
class Preview:
    """A running `mkdocs serve`: its address, and all that the terminal shows."""

    address: str
    terminal: Path
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> str:
        """A page as served, or "" while the server does not answer."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as response:
                return str(response.read().decode())
        except HTTPError as error:
            error.close()
            return ""
        except (URLError, TimeoutError, ConnectionError):
            return ""

    def said(self) -> str:
        return self.terminal.read_text(encoding="utf-8")

    def problems(self, path: str) -> str | None:
        """What the box at the top of a page says; None without a box or a page."""
        page = self.get(path)
        return words(page, "//*[contains(@class, 'handbook-problems')]") if page else None

    def wait_until(self, condition: Callable[[], object], what: str) -> None:
        patience = Patience(self.progress)
        while not condition():
            assert self.process.poll() is None, f"the server stopped:\n{self.said()}"
            assert not patience.is_over(), f"never: {what}\n{self.said()}"
            time.sleep(0.2)

    def progress(self) -> tuple[int, float]:
        """What it has said and done; looking out for edits, and answering, is not much work."""
        return len(self.said()), work_of(self.process.pid) // (STUCK / 4)


@contextmanager
def serving(folder: Path, mkdocs: Iterable[str] = ("-m", "mkdocs")) -> Iterator[Preview]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    terminal = folder.parent / "terminal.txt"
    command = [sys.executable, *mkdocs, "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (
        terminal.open("wb") as output,
        subprocess.Popen(
            command, cwd=folder, env=environment(folder), stdout=output, stderr=output
        ) as process,
    ):
        preview = Preview(f"http://127.0.0.1:{port}/", terminal, process)
        try:
            preview.wait_until(lambda: preview.get("en/"), "the first page")
            yield preview
        finally:
            process.terminate()


@pytest.fixture
def watched(new_page: Callable[..., Page]) -> Page:
    return new_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def page(repo_copy: Path) -> Path:
    return repo_copy / PAGE


def break_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = text.replace("## Ability requirements", "## Ability requirments")
    assert broken != text
    page.write_text(broken, encoding="utf-8")


def test_a_broken_page_shows_its_problem_until_it_is_mended(repo_copy: Path, page: Path) -> None:
    good = page.read_text(encoding="utf-8")
    with serving(repo_copy, ("-c", ALIKE)) as preview:
        assert "livereload" in preview.get("en/")
        assert preview.problems("en/roles/marketing/") is None
        assert "duty-3-2" in preview.get("en/search/worker.js")
        assert "downloads/" not in preview.get("en/roles/marketing/").partition("<article")[2]
        assert "make build" in preview.get("en/downloads/")
        assert "[section-name]" not in preview.said()

        break_page(page)
        preview.wait_until(lambda: preview.problems("en/roles/marketing/"), "the box")
        box = preview.problems("en/roles/marketing/")
        assert box
        assert MISSPELT in box
        assert "## Ability requirements" in box
        assert re.search(
            rf"^{re.escape(PAGE)}:\d+:1: {re.escape(MISSPELT)} \[section-name\]\n"
            r"  hint: ## Ability requirements$",
            preview.said(),
            re.MULTILINE,
        )
        preview.wait_until(lambda: is_told_in_the_editor(preview.said()), "the end of a build")
        article = words(preview.get("en/roles/marketing/"), "//article")
        assert article
        assert article.index(MISSPELT) < article.index("3.1 ")
        assert preview.problems("roles/marketing/") is None
        assert preview.problems("en/") is None

        page.write_text(good, encoding="utf-8")
        preview.wait_until(lambda: not preview.problems("en/roles/marketing/"), "a page mended")
        assert preview.get("en/roles/marketing/")


def test_serving_starts_with_a_broken_page_and_survives_an_unreadable_one(
    repo_copy: Path, page: Path
) -> None:
    good = page.read_bytes()
    break_page(page)
    (repo_copy / "docs/redirects.yml").write_text("roles: overview\n", "utf-8")
    with serving(repo_copy) as preview:
        assert "refresh" not in preview.get("roles/")  # no redirect takes a page's place
        assert "[redirect-taken]" in preview.said()
        assert MISSPELT in (preview.problems("en/roles/marketing/") or "")

        page.write_bytes("## Duties £\n".encode("latin-1"))
        preview.wait_until(
            lambda: MISSPELT not in (preview.problems("en/roles/marketing/") or MISSPELT),
            "another problem",
        )
        assert f"{PAGE}:1:" in (preview.problems("en/roles/marketing/") or "")
        assert preview.get("en/roles/after-sales/")

        page.write_bytes(good)
        preview.wait_until(lambda: not preview.problems("en/roles/marketing/"), "a page mended")
        assert preview.get("en/roles/marketing/")


def test_an_edit_shows_in_every_language_and_a_change_of_terms_everywhere(
    repo_copy: Path, page: Path
) -> None:
    with serving(repo_copy) as preview:
        assert preview.get("en/roles/marketing/")
        edit(page, "# Marketing", "# Marketing anew")
        preview.wait_until(lambda: "Marketing anew" in preview.get("en/matrix/"), "the new name")
        assert preview.said().count("简体中文") == 1  # at the start
        # The other languages have pages that show English ones, and are built when they are read.
        assert "Marketing anew" in preview.get("zh-Hans/side-by-side/marketing/")
        assert "Marketing anew" in preview.get("side-by-side/marketing/")
        assert preview.said().count("简体中文") == 2

        edit(repo_copy / "docs/vocabulary.yml", "finding patterns", "finding all patterns")
        preview.wait_until(
            lambda: "all patterns, problems" in preview.get("en/glossary/abilities-data-analysis/"),
            "the new meaning",
        )
        assert preview.said().count("简体中文") == 3
        assert preview.get("roles/marketing/")


def test_pages_that_an_edit_does_away_with_are_gone(repo_copy: Path, page: Path) -> None:
    """The pages that compare roles have both names in their address, in the roles' order."""
    with serving(repo_copy) as preview:
        assert preview.get("en/compare/marketing/after-sales/")
        edit(page, "section: 3", "section: 99")
        preview.wait_until(lambda: preview.get("en/compare/after-sales/marketing/"), "the new page")
        assert not preview.get("en/compare/marketing/after-sales/")
        assert preview.get("compare/marketing/after-sales/")


def test_a_role_that_one_language_lacks_is_served_with_its_problem(
    repo_copy: Path, page: Path
) -> None:
    """So a new role begins, and so an old one ends."""
    with serving(repo_copy) as preview:
        assert preview.get("en/contributing/reviews/")
        new = repo_copy / "docs/zh/roles/live.md"
        text = (repo_copy / "docs/zh/roles/marketing.md").read_text("utf-8")
        text = text.replace("section: 3", "section: 9").replace("### 3.", "### 9.")
        new.write_text(text, "utf-8")
        preview.wait_until(lambda: preview.problems("roles/live/"), "the new page")
        assert "docs/en/roles/live.md" in (preview.problems("roles/live/") or "")
        assert preview.get("en/roles/marketing/")

        new.unlink()
        page.unlink()
        preview.wait_until(lambda: preview.problems("roles/marketing/"), "the page that is left")
        assert not preview.get("roles/live/")
        assert "Marketing" not in preview.get("en/contributing/reviews/").partition("<tbody")[2]
        reviews = html.fromstring(preview.get("en/contributing/reviews/"))
        assert reviews.xpath("//tbody//th/span[@lang='zh-Hant']/text()") == ["市場推廣"]


def edit(path: Path, old: str, new: str) -> None:
    """Change a file as editors' programs do: at once, so that nobody reads half of it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    with TemporaryDirectory() as aside:
        changed = Path(aside) / path.name
        changed.write_text(text.replace(old, new, 1), encoding="utf-8")
        changed.replace(path)


def test_the_theme_and_live_reload_are_at_work_in_a_browser(
    repo_copy: Path, page: Path, watched: Page
) -> None:
    with serving(repo_copy) as preview:
        watched.goto(preview.address + "en/roles/marketing/")
        watched.keyboard.press("Control+k")
        watched.keyboard.type("ROI")
        expect(watched.locator(".md-search-result__link").first).to_be_visible()
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("# Marketing", "# Marketing anew"), encoding="utf-8")
        heading = watched.locator(".md-content h1")
        expect(heading).to_contain_text("Marketing anew")
        watched.goto("about:blank")
