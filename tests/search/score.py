"""How well the search answers: `PYTHONPATH=tests python -m search.score [--missed] SET…`.

The worker of each language is made from the pages as they are and asked in a browser, without a
site. For each set and each of its groups: how many lead right with the first result, with one of
the first three, and how many have no result. `--missed` names the queries that do not, and what
they find; never of a closed set, whose totals alone are looked at.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from e2e.browser import FLAGS, system_browser
from playwright.sync_api import Page, sync_playwright
from search.queries import NONE, ROOT, SETS, Query, by_group, leads, queries, share

from handbook.base.script import simplified
from handbook.pages.loader import load
from handbook.pages.model import Handbook
from handbook.pages.schema import authored
from handbook.site.search.index import SCRIPTS, WORKER, worker
from handbook.views.derived import derived_pages

LANGUAGES = ("zh", "zh-Hans", "en")
LIMITS = "about/#limits"

# The places in the order in which the box shows them.
_ASK = """(queries) => queries.map((query) => {
  const { groups, absent } = searchHandbook(query);
  const places = groups.flatMap(({ items }) => items.flatMap((item) =>
    [item.location, ...(item.uses ?? []).map(({ location }) => location)]));
  return absent ? [absent.location, ...places] : places;
})"""

Answers = list[tuple[Query, list[str]]]


def addresses(handbook: Handbook) -> dict[str, str]:
    """Where each page is, from the home of its language, by its key."""
    keys = [key for _, key in handbook.pages]
    keys += [page.key for page in derived_pages(handbook, "en")]
    return {key: f"{key.removesuffix('index').rstrip('/')}/".lstrip("/") for key in keys}


def workers(folder: Path = ROOT) -> dict[str, dict[str, str]]:
    """The files that answer, by language, with addresses from the home of the language."""
    handbook = load(folder)
    urls = addresses(handbook)
    scripts = ROOT / "docs/assets/javascripts"
    sources = [(scripts / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return {
        language: worker(
            handbook,
            authored(language),
            urls,
            sources,
            str if language == authored(language) else simplified,
        )
        for language in LANGUAGES
    }


def answers(page: Page, made: dict[str, dict[str, str]], name: str) -> Answers:
    """Each query of a set, with the places that it leads to."""
    found: Answers = []
    for language, parts in made.items():
        page.goto("about:blank")
        page.add_script_tag(content=parts[WORKER])
        asked = queries(name, language)
        places: list[list[str]] = page.evaluate(_ASK, [query.words for query in asked])
        found += zip(asked, places, strict=True)
    return found


def right(query: Query, places: list[str], first: int) -> bool:
    """Whether one of the `first` places is right; for what is not covered, whether that is said."""
    if query.group == NONE:
        return places[:1] in ([], [LIMITS])
    return leads(query, places[:first])


def table(given: Answers) -> Iterator[str]:
    """A line for each group, then one for all that can be answered."""
    groups = by_group(given)
    told = groups.pop(NONE, [])
    groups["all"] = [each for of in groups.values() for each in of]
    for name, of in groups.items():
        empty = sum(not places for _, places in of)
        yield f"{name:12}{len(of):4}{share(of, 1):8.1%}{share(of, 3):8.1%}{empty:4} empty"
    said = sum(right(query, places, 1) for query, places in told)
    yield f"{NONE:12}{len(told):4}{said:4} told as not covered"


def main() -> None:
    """Ask and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sets", nargs="*", default=sorted(path.stem for path in SETS.iterdir()))
    options.add_argument("--missed", action="store_true")
    given = options.parse_args()
    made = workers()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=[*FLAGS])
        page = browser.new_page()
        for name in given.sets:
            found = answers(page, made, name)
            print(f"{name}: first, in the first three", *table(found), sep="\n")
            if given.missed and not name.startswith("closed"):
                for query, places in found:
                    if not right(query, places, 1):
                        worse = " " if right(query, places, 3) else "!"
                        print(f" {worse} {query.group}: {query.words}: {places[:3]}")
        browser.close()


if __name__ == "__main__":
    main()
