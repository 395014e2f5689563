"""Compares ways to search the handbook, side by side: `python -m bench.search`, totals only.

Material as it comes, Material with jieba, Pagefind (each if it is in `.build/bench`) and ours are
built from the same pages and asked the queries that no test tunes. Pagefind is asked in folded
characters of its Simplified index, so that no script is a disadvantage.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.cost import machine
from conftest import ROOT, copy_repository, environment
from e2e.browser import FLAGS, system_browser
from e2e.server import serve_folder
from playwright.sync_api import Browser, sync_playwright
from search.box import ask, open_search
from search.queries import NONE, SETS, Query, queries, share

from handbook.base.script import simplified

LANGUAGES = {"zh": "", "zh-Hans": "zh-Hans/", "en": "en/"}
OTHERS = ROOT / ".build/bench"
# The places of each query, best first: a page's sections stand in its place where there are any.
_PAGEFIND = """async ([language, queries]) => {
  document.documentElement.lang = language;
  const found = await import("/pagefind/pagefind.js");
  const places = [];
  for (const query of queries) {
    const { results } = await found.search(query);
    const pages = await Promise.all(results.slice(0, 3).map((each) => each.data()));
    places.push(pages.flatMap(({ url, sub_results }) => sub_results.map(({ url }) => url)));
  }
  return places;
}"""

Answers = list[tuple[Query, list[str]]]


def asked(language: str) -> list[Query]:
    """The queries that have an answer, of the sets that are closed."""
    closed = sorted(path.stem for path in SETS.glob("closed*.yml"))
    return [each for name in closed for each in queries(name, language) if each.group != NONE]


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
    tree = copy_repository(folder / "tree")
    if change:
        change(tree)
    variables = environment(tree, HANDBOOK_DOWNLOADS="0")
    variables["PYTHONPATH"] += f":{path}"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    command += ["--site-dir", str(folder / "site")]
    subprocess.run(command, cwd=tree, env=variables, check=True)
    return folder / "site"


def by_box(browser: Browser, site: Path, language: str) -> Answers:
    """Ask all queries of a language in the search box, in a fresh page."""
    with serve_folder(site) as server:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        root, these = server + LANGUAGES[language], asked(language)
        open_search(page, root)
        answers = ask(page, [query.words for query in these])
        found = [(q, a.places(root, 3)) for q, a in zip(these, answers, strict=True)]
        page.close()
    return found


def by_pagefind(browser: Browser, site: Path, language: str) -> Answers:
    """Ask all queries of a language of an index that Pagefind has made of the site."""
    tag = "en" if language == "en" else "zh-hans"
    these = asked(language)
    with serve_folder(site) as server:
        page = browser.new_page()
        page.goto(f"{server}robots-none.txt")  # a page without a policy
        words = [simplified(query.words) for query in these]
        places: list[list[str]] = page.evaluate(_PAGEFIND, [tag, words])
        page.close()
    root = f"/{'en' if language == 'en' else 'zh-Hans'}/"
    found = [[each.removeprefix(root) for each in of] for of in places]
    return [(q, of[:3]) for q, of in zip(these, found, strict=True)]


def index(site: Path) -> Path:
    """Have Pagefind make its index."""
    program = next((OTHERS / "pagefind/node_modules/@pagefind").glob("*/bin/pagefind*"))
    subprocess.run([program, "--site", site, "--silent"], check=True)
    return site


def told(name: str, language: str, found: Answers) -> str:
    empty = sum(not places for _, places in found)
    cells = (name, language, len(found), f"{share(found, 1):.0%}", f"{share(found, 3):.0%}", empty)
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Build, ask, print."""
    print(machine())
    print("| search | language | queries | first | first three | empty |\n" + "|---" * 6 + "|")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=system_browser(), args=[*FLAGS])
        ways: list[tuple[str, Callable[[], Path], Callable[[Browser, Path, str], Answers]]] = [
            ("ours", lambda: build(folder / "ours", None), by_box),
            ("Material", lambda: build(folder / "plain", as_it_comes), by_box),
        ]
        if (OTHERS / "jieba").is_dir():
            path = str(OTHERS / "jieba")
            ways.append(("with jieba", lambda: build(folder / "jieba", as_it_comes, path), by_box))
        if (OTHERS / "pagefind").is_dir():
            ways.append(("Pagefind", lambda: index(folder / "ours/site"), by_pagefind))
        for title, made, way in ways:
            site = made()
            for language in LANGUAGES:
                print(told(title, language, way(browser, site, language)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
