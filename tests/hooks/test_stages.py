"""The stages as a whole: few priorities, no hidden order, nothing kept outside the adapter."""

from __future__ import annotations

import ast
from collections import Counter
from itertools import permutations
from types import ModuleType
from typing import Any

import pytest
import yaml
from conftest import ROOT
from hooks.conftest import STAGES, Make
from mkdocs.plugins import CombinedEvent

from engine import FIRST, LAST
from handbook.base.days import in_words

HOOKS = ROOT / "hooks"


def stage(name: str) -> ModuleType:
    return __import__(name)


def events(name: str) -> list[tuple[str, int]]:
    """The events that a stage listens to, with their priorities."""
    found = []
    for event, listener in vars(stage(name)).items():
        if event.startswith("on_"):
            parts = listener.methods if isinstance(listener, CombinedEvent) else [listener]
            found += [(event, getattr(part, "mkdocs_priority", 0)) for part in parts]
    return found


def test_mkdocs_yml_lists_them_all_in_their_order() -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nhooks:")[2].partition("\n\n")[0]
    listed = yaml.safe_load(f"hooks:{text}")["hooks"]
    assert listed == [f"hooks/{name}.py" for name in STAGES]
    assert {path.stem for path in HOOKS.glob("*.py")} == {*STAGES}


def test_there_are_three_priorities() -> None:
    assert {priority for name in STAGES for _, priority in events(name)} == {FIRST, 0, LAST}


def test_no_two_stages_share_a_place() -> None:
    """What the order in mkdocs.yml would decide."""
    places = Counter(place for name in STAGES for place in set(events(name)))
    shared = {place for place, count in places.items() if count > 1}
    # One reads the pages, the other says which language is built: neither asks for the other.
    assert shared == {("on_config", FIRST)}


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_is_short_and_keeps_nothing(name: str) -> None:
    text = (HOOKS / f"{name}.py").read_text("utf-8")
    assert len(text.splitlines()) <= 120
    tree = ast.parse(text)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
    variables = [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    ]
    assert [each for each in variables if not each.isupper()] in ([], ["log"], ["on_files"])


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_leaves_static_i18n_to_the_adapter(name: str) -> None:
    text = (HOOKS / f"{name}.py").read_text("utf-8")
    assert "plugins[" not in text
    assert "norm_src_uri" not in text
    assert "alternates" not in text


@pytest.mark.parametrize("stages", [STAGES[:0:-1], *[*permutations(STAGES[1:])][7::31]])
def test_the_order_in_mkdocs_yml_changes_nothing(make: Make, stages: tuple[str, ...]) -> None:
    def told(*stages: str) -> object:
        made = make("en", stages).arranged().rendered()
        env: Any = made.templates()
        pages = [(page.url, str(page.content), page.meta) for page in made.nav.pages]
        return pages, env.globals["site"].urls, sorted(env.filters)

    assert told(*stages) == told(*STAGES[1:])


def test_days_are_said_in_the_language_of_the_page(make: Make) -> None:
    from datetime import date

    day = date(2026, 11, 28)
    said = make("zh-Hans").arranged().rendered().templates().filters["day_in_words"](day)
    assert said == in_words(day, "zh") != in_words(day, "en")
