"""Changes of the two YAML files that name duties, terms and roles: all else stays as typed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from itertools import pairwise
from typing import Any

from handbook.base.located_yaml import LocatedYaml, Path, read
from handbook.commands.editing.plan import Plan
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import VOCABULARY
from handbook.pages.terms import Topic
from handbook.views.topics import FOLDER as TOPICS

_NEEDS_QUOTES = re.compile(r"""[,:#\[\]{}&*!|>'"%@`?-]|^\s|\s$""")


def located(plan: Plan, path: str) -> LocatedYaml:
    """What the file says as it is now, {} without one."""
    file = plan.project.root / path
    return read(file.read_text("utf-8")) if file.is_file() else LocatedYaml({})


def scalar(text: str) -> str:
    """`text` as YAML takes it within braces."""
    return json.dumps(text, ensure_ascii=False) if _NEEDS_QUOTES.search(text) else text


def cut_entry(plan: Plan, path: str, at: Path) -> None:
    """Leave out an entry: its key, and all lines below that stand further in."""
    line, column = located(plan, path).place(at)
    of = plan.of(path)
    end = last = line
    while end < len(of):
        text = of[end] or ""
        if text.strip() and len(text) - len(text.lstrip()) < column:
            break
        end += 1
        last = end if text.strip() else last
    plan.cut(path, line, last + 1)


def renumber(
    plan: Plan, numbers: Mapping[str, str], speaks: Callable[[Topic], bool] = lambda _: True
) -> None:
    """Let topics and exercises name other duties, by the numbers of now; "" for none.

    `speaks` tells whether what takes a duty's place speaks of a topic: of the others it is none.
    """
    vocabulary, cut = plan.project.handbook.vocabulary, []
    for topic, each in vocabulary.written_topics.items():
        left = [number for number in each.duties if number not in numbers]
        for old in (number for number in each.duties if number in numbers):
            new = numbers[old] if speaks(vocabulary.topics[topic]) else ""
            _in_list(plan, ("topics", topic, "duties"), old, "" if new in left else new)
            left += [new] if new else []
        cut += [] if left else [topic]
    cut_topics(plan, cut, TOPICS)
    yaml = located(plan, EXERCISES)
    for exercise, entry in yaml.data.items():
        held = entry if isinstance(entry, Mapping) else {}
        named = {key: str(held[key]) for key in ("duty", "also") if key in held}
        if any(numbers.get(old) == "" for old in named.values()):
            cut_entry(plan, EXERCISES, (exercise,))
            continue
        for key, old in named.items():
            if old in numbers:
                line, _ = yaml.place((exercise, key))
                plan.change(EXERCISES, line, old, numbers[old])
                plan.reread.add((EXERCISES, line))


def cut_topics(plan: Plan, topics: Collection[str], target: str) -> None:
    """Leave out topics, and lead their pages to `target`; groups that they began begin later."""
    for topic in topics:
        cut_entry(plan, VOCABULARY, ("topics", topic))
        plan.redirect(f"{TOPICS}/{topic}", target)
    vocabulary, yaml = plan.project.handbook.vocabulary, located(plan, VOCABULARY)
    order = [*vocabulary.written_topics]
    begins = [order.index(area.begins) for area in vocabulary.areas]
    for index, (start, end) in enumerate(pairwise([*begins, len(order)])):
        left = [topic for topic in order[start:end] if topic not in topics]
        if not left:  # the group has no other
            line, _ = yaml.place(("areas", index))
            plan.put(VOCABULARY, line, None)
        elif left[0] != order[start]:
            line, _ = yaml.place(("areas", index, "begins"))
            plan.change(VOCABULARY, line, order[start], left[0])


def _in_list(plan: Plan, at: Path, old: str, new: str) -> None:
    """Put an item of a list in the place of another; "" takes it away."""
    yaml = located(plan, VOCABULARY)
    items: Any = yaml.at(at)
    line, _ = yaml.place((*at, items.index(old)))
    text, quoted = plan.line(VOCABULARY, line), rf"""["']{re.escape(old)}["']"""
    if new:
        plan.put(VOCABULARY, line, re.sub(quoted, f'"{new}"', text, count=1))
    elif text.lstrip().startswith("- "):
        plan.put(VOCABULARY, line, None)
    else:
        gone = re.sub(rf",\s*{quoted}|{quoted}\s*,?\s*", "", text, count=1)
        plan.put(VOCABULARY, line, gone)


def append(plan: Plan, group: str, entry: list[str], before: str = "") -> None:
    """Put an entry at the end of a group of the vocabulary, or of what stands above `before`."""
    of = plan.of(VOCABULARY)
    heading = re.compile(rf"{group}:\s*(?:#.*)?")
    start = next((n for n, line in enumerate(of) if heading.fullmatch(line or "")), -1)
    if start < 0:
        text = "\n".join([f"{group}:", *entry])
        last = len(of) if of[-1] else len(of) - 1
        plan.after(VOCABULARY, last, f"\n{text}" if last else text)
        return
    ends = (n for n in range(start + 1, len(of)) if (of[n] or "")[:1].strip())
    end = next(ends, len(of))
    if before:
        end = next(n for n in range(start + 1, end) if (of[n] or "").startswith(f"  {before}:"))
    while end > start + 1 and not (of[end - 1] or "").strip(" #"):
        end -= 1
    plan.after(VOCABULARY, end, "\n".join(entry))
