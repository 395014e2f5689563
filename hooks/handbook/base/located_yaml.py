"""YAML that knows where it stands: plain data, and the line and column of every key and value.

Only plain data is read: no tags, anchors or aliases (so no bombs and no Python objects), no
duplicate keys. Everything else is reported, with its place, as a `YamlProblem`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from handbook.base.limits import LARGEST_YAML

Path = tuple[str | int, ...]

_DEEPEST = 20
_READ_TWICE = 50_000
"""Characters that may be read a second time, slowly, to tell where they are wrong."""


class YamlProblem(Exception):  # noqa: N818 - a finding about a page, not a failure of the program
    """What is wrong with a YAML text, and where.

    `kind` is "syntax", "size", "duplicate", "unsafe" or "shape"; `what` quotes the text concerned.
    `line` and `column` count from 1 within the YAML text; `first` is the line of a name that is
    there again.
    """

    def __init__(self, kind: str, what: str, line: int, column: int, first: int = 0) -> None:
        super().__init__(f"{kind} at {line}:{column}: {what}")
        self.kind, self.what, self.line, self.column = kind, what, line, column
        self.first = first


@dataclass(frozen=True, slots=True)
class LocatedYaml:
    """The data of a mapping, and the place (line, column from 1) of every path in it."""

    data: Mapping[str, object]
    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict)

    def at(self, path: Path) -> object:
        """What stands at `path`; None if nothing does."""
        found: Any = self.data
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    def place(self, path: Path) -> tuple[int, int]:
        """The place of `path`, or of the nearest parent that exists."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


class _Loader(yaml.CSafeLoader):
    """libyaml's reader, which is eight times as fast as PyYAML's own."""


# A day stays the text that was typed: what YAML makes of it no JSON Schema describes. So does a
# number with a point: 3.10 is the tenth duty of role 3, not the first.
_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":float"))
    ]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


@lru_cache(maxsize=32)
def read(text: str) -> LocatedYaml:
    """Read a YAML mapping; its keys are strings, also those that YAML takes for something else.

    What is read is shared by all who ask for the same text: nobody may change it.

    Raises:
        YamlProblem: if it is not valid YAML, not a mapping, or more than plain data.
    """
    if len(text) > LARGEST_YAML:
        raise YamlProblem("size", "", 1, 1)
    try:
        _refuse_more_than_data(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return LocatedYaml({})
        if not isinstance(node, yaml.MappingNode):
            raise _problem("shape", _line(text, node.start_mark.line + 1), node.start_mark)
        places: dict[Path, tuple[int, int]] = {}
        _locate(node, (), places)
        return LocatedYaml(loader.construct_document(node), places)
    except yaml.MarkedYAMLError as error:
        mark = _where(text) or error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        lines = text.split("\n")
        if line > len(lines):  # libyaml tells of the end as of a line of its own
            line, column = len(lines), len(lines[-1]) + 1
        raise YamlProblem("syntax", _line(text, line), line, column) from error
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position].decode(errors="ignore")
        character = text[len(before)]
        raise YamlProblem("syntax", repr(character), before.count("\n") + 1, 1) from error
    except (ValueError, RecursionError) as error:
        # Python's own limits: a number of 5,000 digits.
        raise YamlProblem("syntax", _line(text, 1), 1, 1) from error


def stops(text: str) -> int:
    """The line at which the text can be read no further; 0 if all of it is YAML."""
    try:
        yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.line + 1 if mark else 1
    except (yaml.YAMLError, ValueError, RecursionError):
        return 1
    return 0


def _refuse_more_than_data(text: str) -> None:
    """Stop at deep nesting and the first anchor, alias or tag, before anything is made of it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark: Any = event.start_mark
        if isinstance(event, yaml.AliasEvent) or (
            isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None))
        ):
            raise _problem("unsafe", _line(text, mark.line + 1), mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise _problem("syntax", _line(text, mark.line + 1), mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _where(text: str) -> yaml.Mark | None:
    """Where PyYAML's own reader, which is slow, stops: a tab it names, libyaml what follows it."""
    try:
        if len(text) < _READ_TWICE:
            yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        return error.problem_mark or error.context_mark
    except (yaml.YAMLError, ValueError, RecursionError):
        pass
    return None


def _locate(node: yaml.Node, path: Path, places: dict[Path, tuple[int, int]]) -> None:
    places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _locate(item, (*path, index), places)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag.endswith(":merge"):
                raise _problem("unsafe", "<<", key.start_mark)
            if (*path, key.value) in places:
                first, _ = places[(*path, key.value)]
                raise _problem("duplicate", key.value, key.start_mark, first)
            key.tag = "tag:yaml.org,2002:str"
            _locate(value, (*path, key.value), places)
            places[(*path, key.value)] = (key.start_mark.line + 1, key.start_mark.column + 1)


def _problem(kind: str, what: str, mark: yaml.Mark, first: int = 0) -> YamlProblem:
    return YamlProblem(kind, what, mark.line + 1, mark.column + 1, first)


def _line(text: str, line: int) -> str:
    lines = text.split("\n")
    return lines[line - 1].strip() if line <= len(lines) else ""
