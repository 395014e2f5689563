"""Compares ways to search the handbook, side by side: `python -m bench.search`, totals only.

Material as it comes, Material with jieba, Pagefind (if they are in `.build/bench`) and ours have
the same pages and are asked the queries that no test tunes; to lead to the right page is enough,
since others know no duties. Pagefind is asked in folded characters of its Simplified index, so
that no script is a disadvantage. Then: what the search of a long handbook costs a reader, whose
roles all have words of their own.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import brotli
from bench.builds import write_plain
from bench.cost import machine
from bench.generate import generate
from conftest import ROOT, copy_repository, environment
from e2e.browser import FLAGS, system_browser
from e2e.server import serve_folder
from playwright.sync_api import Browser, sync_playwright
from search.box import ask, open_search
from search.queries import NONE, SETS, Query, queries, share
from search.score import workers

from handbook.base.script import simplified
from handbook.pages import loader
from handbook.site.search.index import WORKER, relocated, rest_of

LANGUAGES = {"zh": "", "zh-Hans": "zh-Hans/", "en": "en/"}
OTHERS = ROOT / ".build/bench"
# The pages that each query leads to, best first.
_PAGEFIND = """async ([language, queries]) => {
  document.documentElement.lang = language;
  const found = await import("/pagefind/pagefind.js");
  const places = [];
  for (const query of queries) {
    const { results } = await found.search(query);
    const pages = await Promise.all(results.slice(0, 3).map((each) => each.data()));
    places.push(pages.map(({ url }) => url));
  }
  return places;
}"""

LONG = (7, 40, 200, 1000)
# Milliseconds until it can answer, and of each answer; in the page, as in the worker.
_TIMED = """(queries) => queries.map((query) => {
  const begun = performance.now();
  searchHandbook(query);
  return performance.now() - begun;
})"""

Answers = list[tuple[Query, list[str]]]


def asked(language: str) -> list[Query]:
    """The queries that have an answer, of the sets that are closed; the right page is enough."""
    closed = sorted(path.stem for path in SETS.glob("closed*.yml"))
    found = [each for name in closed for each in queries(name, language) if each.group != NONE]
    return [
        Query(each.words, each.group, tuple(re.split(r"(?<=/)\\?#", of)[0] for of in each.places))
        for each in found
    ]


def build(folder: Path, path: str | None = None) -> Path:
    """Build our site, or with a `path` for Python the plain one."""
    tree, site = folder / "tree", folder / "site"
    if path is None:
        copy_repository(tree)
    else:
        write_plain(ROOT / "docs", tree)
    variables = environment(tree, HANDBOOK_DOWNLOADS="0")
    variables["PYTHONPATH"] += f":{path or ''}"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=tree, env=variables, check=True)
    return site


def by_box(browser: Browser, site: Path, language: str) -> Answers:
    """Ask all queries of a language in the search box, in a fresh page."""
    with serve_folder(site) as server:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        root, these = server + LANGUAGES[language], asked(language)
        open_search(page, root)
        answers = ask(page, [query.words for query in these])
        found = [
            (q, [of.partition("#")[0] for of in a.places(root, 3)])
            for q, a in zip(these, answers, strict=True)
        ]
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
    found = [[each.removeprefix(root).partition("#")[0] for each in of] for of in places]
    return [(q, of[:3]) for q, of in zip(these, found, strict=True)]


def index(site: Path) -> Path:
    """Have Pagefind make its index."""
    program = next((OTHERS / "pagefind/node_modules/@pagefind").glob("*/bin/pagefind_extended"))
    subprocess.run([program, "--site", site, "--silent"], check=True)
    return site


def told(name: str, language: str, found: Answers) -> str:
    empty = sum(not places for _, places in found)
    cells = (name, language, len(found), f"{share(found, 1):.0%}", f"{share(found, 3):.0%}", empty)
    return f"| {' | '.join(map(str, cells))} |"


def long_search(browser: Browser, roles: int) -> None:
    """Print what a reader of a handbook of so many roles waits for, in each language."""
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name), roles, own_words=True)
        vars(loader)["MOST_PAGES"] = sys.maxsize
        made = workers(Path(name))
    asked = {lang: [each.words for each in queries("open-5", lang)] for lang in made}
    for language, parts in made.items():
        script = parts[WORKER]
        whole = relocated(script, str, parts.get(f"search/{rest_of(script)}", "{}"))
        page = browser.new_page()
        page.goto("about:blank")
        begun = perf_counter()
        page.add_script_tag(content=whole)
        start = perf_counter() - begun
        times = sorted(page.evaluate(_TIMED, asked[language]))
        page.close()
        first, all_ = (
            sum(len(brotli.compress(each.encode())) for each in of) / 1e3
            for of in ([script], parts.values())
        )
        cells = (
            roles, language, f"{first:.0f}", f"{all_:.0f}", f"{start:.1f}",
            f"{times[len(times) // 2]:.0f}", f"{times[int(len(times) * 0.95)]:.0f}",
        )  # fmt: skip
        print(f"| {' | '.join(map(str, cells))} |", flush=True)


def main() -> None:
    """Build, ask, print."""
    print(machine())
    print("| search | language | queries | first | first three | empty |\n" + "|---" * 6 + "|")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=system_browser(), args=[*FLAGS])
        ways: list[tuple[str, Callable[[], Path], Callable[[Browser, Path, str], Answers]]] = [
            ("ours", lambda: build(folder / "ours"), by_box),
            ("Material", lambda: build(folder / "plain", ""), by_box),
        ]
        if (OTHERS / "jieba").is_dir():
            path = str(OTHERS / "jieba")
            ways.append(("with jieba", lambda: build(folder / "jieba", path), by_box))
        if (OTHERS / "pagefind").is_dir():
            ways.append(("Pagefind", lambda: index(folder / "ours/site"), by_pagefind))
        for title, made, way in ways:
            site = made()
            for language in LANGUAGES:
                if language == "zh-Hans" and not (site / language).is_dir():
                    continue  # the plain one has the written languages only
                print(told(title, language, way(browser, site, language)), flush=True)
        head = "roles, language, KB to the first result, KB in all, s to start, ms median, ms p95"
        print(f"\n| {head.replace(', ', ' | ')} |\n" + "|---" * 7 + "|")
        for roles in LONG:
            long_search(browser, roles)
        browser.close()


if __name__ == "__main__":
    main()
