"""What the tests share: the real site, built once; servers over it; a browser that tells all.

The site is built by the real command as a subprocess: a failing build inside this process would
leave MkDocs and its plugins patched for every test that follows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import warm
from e2e.browser import FLAGS, system_browser
from e2e.patience import Patience, finished, work_of
from e2e.server import serve_folder
from e2e.watch import Watch
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
PARTS = ("docs", "hooks", "overrides", "mkdocs.yml", "pyproject.toml")
CODE = ("hooks", "overrides", "docs/assets", "docs/handbook.yml")
"""What publishes the pages of any handbook that has the headings and labels of ours."""
PUBLISHED = {
    "SITE_URL": "https://handbook.example/base/",
    "REPO_URL": "https://github.com/example/handbook",
    "EDIT_URI": "edit/main/docs/",
}
PATIENCE = 60_000
"""Milliseconds that a browser is waited for: what is there is seen at once, busy or not."""
expect.set_options(timeout=PATIENCE)
# What a test is marked with for its folder or one of its fixtures; `make test-fast` leaves it out.
MARKS = {
    "browser": {"browser"},
    "build": {"e2e", "outlets", "site", "published_site", "served", "at_root", "below"},
    "pdf": {"pdf"},
}

Finished = subprocess.CompletedProcess[str]
Run = Callable[..., Finished]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` writes into each golden case what is told of it now; read the diff."""
    parser.addoption("--update-cases", action="store_true")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what costs minutes by where it is and what it uses, so that no test need say so."""
    for item in items:
        used = {*item.path.relative_to(ROOT / "tests").parts[:1]}
        used.update(getattr(item, "fixturenames", ()))
        for mark, by in MARKS.items():
            if not used.isdisjoint(by):
                item.add_marker(mark)


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """The environment without what would change a build; the code is that in `folder`, if any.

    Python may keep what it compiles: hundreds of commands would compile all of it anew.
    """
    changing = "SITE_", "REPO_", "EDIT_", "GITHUB_", "PYTEST_", "LC_", "LANG", "PYTHONDONTWRITE"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(changing)}
    code = folder if (folder / "hooks").exists() else ROOT
    own = {"PYTHONPATH": str(code / "hooks"), "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"}
    own["PRINT_CACHE"] = str(ROOT / ".cache" / "print")  # copies print nothing twice
    return inherited | own | variables


def run_in(folder: Path, *command: str, **variables: str) -> Finished:
    """Run `python -m …` in `folder`, as the commands of the Makefile do."""
    own = environment(folder, **variables)
    if command[0] == "handbook" and not (folder / "hooks").exists() and warm.can_run(variables):
        return warm.handbook(command[1:], folder, own)
    return finished([sys.executable, "-m", *command], folder, own)


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Have `make` fill `folder`; of several test workers, one does, and the others wait for it."""
    done, lock = folder.with_suffix(".done"), folder.with_suffix(".lock")
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with lock.open("x") as mine:
            mine.write(str(os.getpid()))
    except FileExistsError:
        patience = Patience(lambda: work_of(int(lock.read_text() or 0)))
        while not done.exists():
            assert not patience.is_over(), f"the other worker does not end making {folder}"
            time.sleep(0.1)
    else:
        failure = "it was interrupted"
        try:
            make(folder)
            failure = ""
        except Exception as error:  # noqa: BLE001 - whatever it is, each worker tells it
            failure = str(error)
        finally:
            done.write_text(failure, encoding="utf-8")
    if failure := done.read_text(encoding="utf-8"):
        pytest.fail(f"{folder} was not made: {failure}", pytrace=False)
    return folder


def build_once(folder: Path, **variables: str) -> Path:
    """Build the real site into `folder`, strictly, once; what was said is kept beside it."""

    def build(folder: Path) -> None:
        result = run_in(ROOT, "mkdocs", "build", "--strict", "--site-dir", str(folder), **variables)
        folder.with_suffix(".log").write_text(result.stdout + result.stderr, encoding="utf-8")
        assert result.returncode == 0, result.stdout + result.stderr

    return once(folder, build)


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    warm.up()


@pytest.fixture(scope="session")
def shared_tmp(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def site(shared_tmp: Path) -> Path:
    """The real site, as a clone builds it."""
    return build_once(shared_tmp / "site")


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """The address of every page of the site, from its root: all languages, 404 pages too.

    Not those that prints lead to: they do without the theme, are alike, and grow in number with
    every edition (see tests/e2e/test_editions.py).
    """
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    own = (path for path in paths if "e" not in path.split("/")[:2])
    return [path.removesuffix("index.html") for path in own]


@pytest.fixture(scope="session")
def published_site(shared_tmp: Path) -> Path:
    """The real site, built with the address and the repository it is published with."""
    return build_once(shared_tmp / "published", **PUBLISHED)


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site, served at the root of a host; ends in a slash."""
    with serve_folder(site) as address:
        yield address


@pytest.fixture(scope="session")
def published_server(published_site: Path) -> Iterator[str]:
    """The address of the published site, served below a path, as GitHub Pages does."""
    with serve_folder(published_site, below="/base/") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium where it exists, else Playwright's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What went wrong in this test's pages; a test that expects something asserts and clears it."""
    found: list[str] = []
    yield found
    assert not found, "\n".join(found)


@pytest.fixture
def new_page(browser: Browser, problems: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a watched page, with the options of a browser context."""
    with ExitStack() as stack:

        def open_page(**options: Any) -> Page:
            context = browser.new_context(**options)
            context.set_default_timeout(PATIENCE)
            stack.callback(context.close)
            page = context.new_page()
            Watch(page, problems)
            return page

        yield open_page


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A watched page of a desk's size."""
    return new_page(viewport={"width": 1280, "height": 900})


def copy_repository(target: Path, parts: Sequence[str] = PARTS) -> Path:
    """Copy what the site is made of, or `parts` of it, into `target`, without its history."""
    ignore = shutil.ignore_patterns(".*")  # what is compiled already is not compiled again
    for part in parts:
        if (ROOT / part).is_dir():
            shutil.copytree(
                ROOT / part, target / part, ignore=ignore, symlinks=True, dirs_exist_ok=True
            )
        elif (ROOT / part).exists():
            (target / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / part, target / part)
    return target


def copy_hospital(target: Path) -> Path:
    """Copy the repository with a hospital's pages, as ARCHITECTURE.md says to begin another."""
    docs = copy_repository(target) / "docs"
    for own in ("zh/roles", "en/roles", "editions"):
        shutil.rmtree(docs / own)
    (docs / "translation.tsv").unlink()
    shutil.copytree(ROOT / "tests/fixtures/hospital/docs", docs, dirs_exist_ok=True)
    for page in docs.glob("*/contributing/writing.md"):  # its example is a link
        text = page.read_text("utf-8")
        page.write_text(text.replace("roles/after-sales.md", "roles/pharmacy.md"), "utf-8")
    return target


@pytest.fixture
def repo_copy(tmp_path: Path) -> Path:
    """A copy of what the site is made of, for tests that break it."""
    return copy_repository(tmp_path / "repository")


@pytest.fixture
def run(repo_copy: Path) -> Run:
    """Run a command in the copy: `run("mkdocs", "build")`, `run("handbook", "check")`."""
    return lambda *command, **variables: run_in(repo_copy, *command, **variables)
