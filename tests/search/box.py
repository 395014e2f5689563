"""The search box of a built site as a reader uses it, and the texts that it should find."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import html

from handbook.pages.loader import load

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]

# Types each query and waits for the line above the list, which every answer writes anew.
_ANSWERS = """async (queries) => {
  const input = document.querySelector("[data-md-component=search-query]");
  const meta = document.querySelector(".md-search-result__meta");
  const links = () => Array.from(document.querySelectorAll("a.md-search-result__link"),
    (link) => link.href);
  const answers = [];
  const type = (words) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no answer: ${words}`)), 10000);
    const observer = new MutationObserver(() => {
      if (meta.textContent === "") return;
      clearTimeout(late);
      observer.disconnect();
      resolve();
    });
    meta.textContent = "";
    observer.observe(meta, { childList: true, characterData: true, subtree: true });
    input.value = words;
    // The theme's own search, beside which ours is measured, hears keys only.
    for (const name of ["input", "keyup"]) input.dispatchEvent(new Event(name));
  });
  for (const query of queries) {
    if (input.value === query) await type("");
    const started = performance.now();
    await type(query);
    answers.push({
      time: performance.now() - started,
      links: links(),
    });
  }
  return answers;
}"""


@dataclass(frozen=True)
class Answer:
    """The addresses of the results, best first, as links have them, and the milliseconds."""

    links: list[str]
    time: float

    def places(self, root: str, first: int | None = None) -> list[str]:
        """The addresses of the `first` results, from `root`, without the words to be marked."""
        return [re.sub(r"\?[^#]*", "", link).removeprefix(root) for link in self.links[:first]]


def open_search(page: Page, address: str) -> None:
    """Open a page and its search, and wait until it can answer."""
    page.goto(address)
    box = page.locator("[data-md-component=search-query]")
    box.click()
    # One query: answers to its first letters could come late and be taken for those of another.
    box.fill("KPI")
    page.locator(".md-search-result__link").first.wait_for()


def ask(page: Page, queries: list[str]) -> list[Answer]:
    """Put each query into the open search, as pasting does."""
    answers: list[dict[str, Any]] = page.evaluate(_ANSWERS, queries)
    return [Answer(**answer) for answer in answers]


def sections(site: Path, language: str) -> dict[str, str]:
    """What readers find at each address of a language (from its root): text of page or section.

    Of every authored page but those for editors (their headings can be found, their examples are
    not searched).
    """
    root = site if language == "zh" else site / language
    found: dict[str, str] = {}
    for (authored, key), page in load(ROOT).pages.items():
        if authored != language.partition("-")[0] or key.startswith("contributing/"):
            continue
        address = key.removesuffix("index") if key.endswith("index") else f"{key}/"
        for anchor, text in chain.from_iterable(map(_parts, _articles(root / address))):
            if anchor in {"", *page.anchors}:
                found[address + (anchor and f"#{anchor}")] = " ".join(text.split())
    return found


def derived(site: Path, language: str) -> dict[str, str]:
    """The same of each topic and of each term of the glossary, which the build derives."""
    root = site if language == "zh" else site / language
    found: dict[str, str] = {}
    for topic in load(ROOT).vocabulary.topics:
        address = f"who-handles-what/{topic}/"
        (article,) = _articles(root / address)
        found[address] = " ".join(_text(article).split())
    for path in sorted((root / "glossary").glob("*/index.html")):
        (article,) = _articles(path.parent)
        found[f"glossary/{path.parent.name}/"] = " ".join(_text(article).split())
    return found


def _articles(folder: Path) -> list[html.HtmlElement]:
    tree = html.fromstring((folder / "index.html").read_bytes())
    articles: Any = tree.xpath("//article")
    return list(articles)


def _parts(article: html.HtmlElement) -> Iterator[tuple[str, str]]:
    anchor, texts = "", list[str]()
    for element in article.iterchildren():
        if not isinstance(element.tag, str) or "hb-" in element.get("class", ""):
            continue
        name = element.get("id", "")
        if element.tag in {"h2", "h3"} and name:
            yield anchor, "\n".join(texts)
            anchor, texts = name, []
        items: Any = element.xpath("./li[@id]")
        for item in items:
            yield str(item.get("id")), _text(item)
        if not items:
            texts.append(_text(element))
    yield anchor, "\n".join(texts)


def _text(element: html.HtmlElement) -> str:
    texts: Any = element.xpath(".//text()[not(ancestor::a[contains(@class, 'headerlink')])]")
    return "".join(texts)


def draw(texts: dict[str, str], number: int) -> list[str]:
    """Words and runs of characters, from anywhere in the texts, by their places.

    Each place has draws of its own: whoever edits a page draws other words from that page alone.
    """
    runs = {
        place: found
        for place, text in texts.items()
        if (found := re.findall(r"[\u3400-\u9fff]{2,}|[A-Za-z]{3,}(?: [a-z]{2,})*", text))
    }
    drawn = [
        (chance.random(), _part(chance.choice(found), chance))
        for place, found in runs.items()
        for chance in [random.Random(place)]
        for _ in range(-(-number // len(runs)))
    ]
    return [words for _, words in sorted(drawn)[:number]]


def _part(run: str, chance: random.Random) -> str:
    """A few characters or words of a run."""
    if run[0] > "z":
        size = chance.randint(2, min(8, len(run)))
        start = chance.randint(0, len(run) - size)
        return run[start : start + size]
    words = run.split()
    start = chance.randrange(len(words))
    return " ".join(words[start : start + chance.randint(1, 3)])
