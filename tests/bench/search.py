"""Compares ways to search the handbook, side by side: `make bench`.

Material as it comes, Material with jieba (if it is there: see the Makefile) and ours are built from
the same pages and asked the same queries through the same box. Ours is asked once more with as many
sections as 1,000 roles have. Times are for comparison within one run.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.generate import generate
from conftest import PARTS, environment
from e2e.browser import FLAGS, system_browser
from e2e.server import serve_folder
from playwright.sync_api import Browser, Request, sync_playwright
from search.box import Answer, ask, open_search
from search.queries import Query, leads, queries

from handbook.pages.loader import load
from handbook.site.search_index import SCRIPTS, worker

ROOT = Path(__file__).parents[2]
LANGUAGES = {"zh": "", "en": "en/"}
SEARCH_FILES = re.compile(r"search/worker\.js|workers/search|search_index|lunr")
COLUMNS = ("", "R@3 plain", "R@3 hard", "none", "wrong language", "KiB gzip", "median", "p95")


@dataclass(frozen=True)
class Row:
    """How one way to search did in one language."""

    name: str
    asked: Sequence[Query]
    answers: Sequence[Answer]
    root: str
    size: int
    cloned: bool

    def __str__(self) -> str:
        found = {
            kind: [
                leads(query, answer.places(self.root, 3))
                for query, answer in zip(self.asked, self.answers, strict=True)
                if query.group == kind
            ]
            for kind in ("plain", "hard")
        }
        # From the folder of its language, any other is below `en/` or outside.
        elsewhere = sum(
            any(place.startswith(("en/", "http")) for place in answer.places(self.root))
            for answer in self.answers
        )
        times = sorted(answer.time for answer in self.answers)
        cells = (
            # A duty of a role that stands there 140 times is no longer one right answer.
            *("-" if self.cloned else f"{100 * sum(h) / len(h):.0f} %" for h in found.values()),
            f"{sum(not answer.links for answer in self.answers)}",
            f"{elsewhere}",
            f"{self.size / 1024:.1f}",
            f"{statistics.median(times):.1f} ms",
            f"{times[int(len(times) * 0.95)]:.1f} ms",
        )
        return line(self.name, *cells)


def line(name: str, *cells: str) -> str:
    return f"{name:28}" + "".join(f"{cell:>15}" for cell in cells)


def as_it_comes(tree: Path) -> None:
    """Take out of the tree what makes the search ours."""
    stage = tree / "hooks/publication.py"
    text = stage.read_text(encoding="utf-8")
    text = text.replace("    _write_search(build, config, files)\n", "")
    stage.write_text(text, encoding="utf-8")
    config = tree / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    text = re.sub(r"^plugins:.*\n", "plugins:\n  - search\n", text, flags=re.MULTILINE)
    text = text.replace("  - i18n:\n", "  - i18n:\n      reconfigure_search: false\n")
    config.write_text(text, encoding="utf-8")
    for name in ("header.html", "search.html"):
        (tree / "overrides/partials" / name).unlink()
    main = tree / "overrides/main.html"
    text = main.read_text(encoding="utf-8")
    for block in ("config", "scripts"):
        text = re.sub(rf"{{% block {block} %}}.*?{{% endblock %}}", "", text, flags=re.DOTALL)
    main.write_text(text, encoding="utf-8")


def build(folder: Path, change: Callable[[Path], None] | None, path: str = "") -> Path:
    """Build a copy of the site, changed."""
    tree = folder / "tree"
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tree / part)
        else:
            shutil.copy(ROOT / part, tree / part)
    if change:
        change(tree)
    variables = environment(tree)
    variables["PYTHONPATH"] += f":{path}"
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--site-dir",
        str(folder / "site"),
    ]
    subprocess.run(command, cwd=tree, env=variables, check=True)
    return folder / "site"


def measure(
    browser: Browser, name: str, site: Path, asked: dict[str, list[Query]], cloned: bool = False
) -> list[Row]:
    """Ask all queries, each language in a fresh browser."""
    rows = []
    with serve_folder(site) as server:
        for language, folder in LANGUAGES.items():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            loaded: set[str] = set()
            page.on("request", partial(_note, loaded))
            open_search(page, server + folder)
            answers = ask(page, [query.words for query in asked[language]])
            files = [site / url.removeprefix(server) for url in loaded if SEARCH_FILES.search(url)]
            size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)
            title, root = f"{name}, {language}", server + folder
            rows.append(Row(title, asked[language], answers, root, size, cloned))
            page.close()
    return rows


def _note(loaded: set[str], request: Request) -> None:
    loaded.add(request.url)


def with_many_roles(site: Path, folder: Path, roles: int) -> Path:
    """Our site with the index of many roles in the place of its own."""
    generate(folder / "many", roles)
    handbook = load(folder / "many")
    scripts = ROOT / "docs/assets/javascripts"
    sources = [(scripts / name).read_text(encoding="utf-8") for name in SCRIPTS]
    for language, at in LANGUAGES.items():
        urls = {key: f"{at}{key}/" for of, key in handbook.pages if of == language}
        script = worker(handbook, language, urls, sources)
        (site / at / "search/worker.js").write_text(script, encoding="utf-8")
    return site


def main() -> None:
    """Build, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--roles", type=int, default=1000)
    options.add_argument("--jieba", type=Path, help="the folder that jieba is installed in")
    given = options.parse_args()
    asked = {language: queries("tuned", language) for language in LANGUAGES}
    print(line(*COLUMNS), flush=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=system_browser(), args=[*FLAGS])
        sites = [("Material as it comes", build(folder / "a", as_it_comes))]
        if given.jieba and (given.jieba / "jieba").is_dir():
            path = str(given.jieba.resolve())
            sites.append(("Material with jieba", build(folder / "b", as_it_comes, path)))
        ours = build(folder / "c", None)
        for title, site in (*sites, ("ours", ours)):
            print(*measure(browser, title, site, asked), sep="\n", flush=True)
        many = with_many_roles(ours, folder, given.roles)
        print(*measure(browser, f"ours, {given.roles} roles", many, asked, cloned=True), sep="\n")
        browser.close()


if __name__ == "__main__":
    main()
