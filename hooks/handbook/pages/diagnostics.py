"""Problems as values: where, which rule, what was expected and found, what to paste.

How they are told, as text and to machines, is in `checks/formats/`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import yaml

from handbook.base.words import words

Severity = Literal["error", "warning"]
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where an editor must look; `language` is that of the page, "" where a file has none."""

    path: str
    line: int = 1
    column: int = 1
    language: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. Sorts by file, line, column, rule."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    by_language: tuple[tuple[str, str, str], ...] = field(default=(), compare=False, repr=False)
    """Language, message and hint, for a file that is in no language of its own."""
    mended: str | None = field(default=None, compare=False, repr=False)
    """What its lines should be, where that is known: as many as it takes; "" if they go."""
    lines: int = field(default=1, compare=False, repr=False)
    """How many lines in a row the hint puts right."""

    def told_in(self, language: str) -> Diagnostic:
        """The same for a person who reads `language`; what is about a page is in the page's."""
        own = ((message, hint) for of, message, hint in self.by_language if of == language)
        message, hint = next(own, (self.message, self.hint))
        return replace(self, message=message, hint=hint)

    @property
    def mended_line(self) -> str | None:
        """The whole line as it should be, where a line stays a line and that is known."""
        stays = self.mended and self.lines == 1 and "\n" not in self.mended
        return self.mended if stays else None

    @property
    def with_hint(self) -> str:
        """The message, and the hint below it."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The order in which problems are reported, the same in every run."""
        return (self.path, self.line, self.column, self.rule, self.message)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says in one language; `{names}` are filled from the page, escaped."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, which never changes, and its words in both languages."""

    id: str
    zh: Wording
    en: Wording
    severity: Severity = "error"
    replaces_line: bool = False
    """Whether a hint of one line is the whole line as it should be."""
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What it looks for, where that is Chinese: words, characters, patterns."""

    def at(self, place: Place, **values: object) -> Diagnostic:
        """The diagnostic of this rule at `place`, in the language of that page.

        Args:
            place: where the editor must look; without a language both wordings are given.
            values: what the `{names}` in the wording stand for; a mapping gives the words for
                each language. `mended`, if given, is what should stand in the place of the line,
                or of `lines` lines in a row.
        """
        both = (("en", self.en), ("zh", self.zh))
        wordings = [(lang, text) for lang, text in both if place.language in {lang, ""}]
        messages = [text.message.format_map(_fill(values, lang, quote)) for lang, text in wordings]
        hints = [text.hint.format_map(_fill(values, lang, visible)) for lang, text in wordings]
        mended = values.get("mended")
        if self.replaces_line and place.language and "\n" not in hints[0]:
            mended = hints[0]
        return Diagnostic(
            place.path,
            place.line,
            place.column,
            self.id,
            " / ".join(messages),
            "\n".join(dict.fromkeys(hint for hint in hints if hint)),  # often the same in both
            self.severity,
            () if place.language else tuple(zip(("en", "zh"), messages, hints, strict=True)),
            mended if isinstance(mended, str) and visible(mended) == mended else None,
            lines if isinstance(lines := values.get("lines"), int) else 1,
        )


def _read(path: Path) -> dict[str, Rule]:
    """The rules by id, and by `<id>/<case>` where a case of one has words of its own."""
    found = {}
    for key, told in yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader).items():
        hint = told.get("hint", "")
        hints = hint if isinstance(hint, dict) else {"zh": hint, "en": hint}
        zh, en = (Wording(told[language], hints[language]) for language in ("zh", "en"))
        more = {name: told[name] for name in ("severity", "replaces_line", "words") if name in told}
        found[key] = Rule(key.partition("/")[0], zh, en, **more)
    return found


_WORDED = _read(Path(__file__).with_name("rules.yml"))
RULES = {key: found for key, found in _WORDED.items() if "/" not in key}
"""Every rule by its id, in the order of the rules page: all that `rules.yml` lists."""


def rule(key: str) -> Rule:
    """The rule that `rules.yml` has at `key`: an id, or `<id>/<case>`.

    Raises:
        KeyError: if there is no such rule.
    """
    return _WORDED[key]


def _fill(
    values: Mapping[str, object], language: str, escape: Callable[[str], str]
) -> dict[str, str]:
    in_language = (
        (name, value[language] if isinstance(value, dict) else value)
        for name, value in values.items()
    )
    return {name: escape(str(value)) for name, value in in_language}


def visible(text: str) -> str:
    """`text` with every character that a terminal or reader would not show written as `<U+202E>`.

    Line breaks stay: hints may have several lines.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char == "\n" or char.isprintable() else f"<U+{ord(char):04X}>" for char in text
    )


def quote(text: str) -> str:
    """`text` on one line, visible, and cut to a length that still reads well in a message."""
    line = visible(" ".join(text.split("\n")))
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


def one_line(path: str) -> str:
    """A path, which may hold a line break too, visible and on one line."""
    return visible(path).replace("\n", "<U+000A>")


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted, each once."""
    return sorted(set(diagnostics), key=lambda diagnostic: diagnostic.sort_key)


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """One for each, which it keeps when lines above it come and go."""
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for d in diagnostics:
        same = (d.path, d.rule, d.message)
        seen[same] = seen.get(same, 0) + 1
        found.append(hashlib.sha256(repr((same, seen[same])).encode()).hexdigest())
    return found


def tally(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """How many problems there are; warnings, which refuse nothing, are called reminders."""
    say, n = words(language), len(diagnostics)
    reminders = sum(diagnostic.severity == "warning" for diagnostic in diagnostics)
    if reminders and reminders == n:
        return say("reminders", n=n)
    problems = say("problems", n=n)
    return say("mixed", n=reminders, problems=problems) if reminders else problems


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them refuses the build."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)
