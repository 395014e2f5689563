"""Problems as values: where, which rule, what was expected and found, what to paste.

The form is a contract: `path:line:column: expected …, found … [rule-id]`, then `hint:` lines.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

import yaml

from handbook.base.job_log import as_inert_json, inert
from handbook.base.words import words

Severity = Literal["error", "warning"]
SHOWN_BY_GITHUB = 10
"""Annotations of one kind that GitHub shows for a step; it drops the rest without a word."""

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

    def told_in(self, language: str) -> Diagnostic:
        """The same for a person who reads `language`; what is about a page is in the page's."""
        own = ((message, hint) for of, message, hint in self.by_language if of == language)
        message, hint = next(own, (self.message, self.hint))
        return replace(self, message=message, hint=hint)

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

    def at(self, place: Place, **values: object) -> Diagnostic:
        """The diagnostic of this rule at `place`, in the language of that page.

        Args:
            place: where the editor must look; without a language both wordings are given.
            values: what the `{names}` in the wording stand for; a mapping gives the words for
                each language.
        """
        both = (("en", self.en), ("zh", self.zh))
        wordings = [(lang, text) for lang, text in both if place.language in {lang, ""}]
        messages = [text.message.format_map(_fill(values, lang, quote)) for lang, text in wordings]
        hints = [text.hint.format_map(_fill(values, lang, visible)) for lang, text in wordings]
        return Diagnostic(
            place.path,
            place.line,
            place.column,
            self.id,
            " / ".join(messages),
            "\n".join(dict.fromkeys(hint for hint in hints if hint)),  # often the same in both
            self.severity,
            () if place.language else tuple(zip(("en", "zh"), messages, hints, strict=True)),
        )


def _read(path: Path) -> dict[str, Rule]:
    """The rules by id, and by `<id>/<case>` where a case of one has words of its own."""
    found = {}
    for key, told in yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader).items():
        hint = told.get("hint", "")
        hints = hint if isinstance(hint, dict) else {"zh": hint, "en": hint}
        zh, en = (Wording(told[language], hints[language]) for language in ("zh", "en"))
        found[key] = Rule(key.partition("/")[0], zh, en, told.get("severity", "error"))
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
        char if char == "\n" or _is_shown(char) else f"<U+{ord(char):04X}>" for char in text
    )


def quote(text: str) -> str:
    """`text` on one line, visible, and cut to a length that still reads well in a message."""
    line = visible(" ".join(text.split("\n")))
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


def _is_shown(char: str) -> bool:
    return char == " " or unicodedata.category(char) not in {
        "Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs",
    }  # fmt: skip


def _one_line(path: str) -> str:
    return visible(path).replace("\n", "<U+000A>")


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted, each once."""
    return sorted(set(diagnostics), key=lambda diagnostic: diagnostic.sort_key)


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


def as_text(diagnostic: Diagnostic) -> str:
    """One line for the problem, then its hint on indented lines."""
    d = diagnostic
    line = f"{_one_line(d.path)}:{d.line}:{d.column}: {d.message} [{d.rule}]"
    if not d.hint:
        return inert(line)
    first, *rest = d.hint.split("\n")
    more = (f"        {each}".rstrip() for each in rest)
    return inert("\n".join([line, f"  hint: {first}", *more]))


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects with path, line, column, rule, message, hint and severity."""
    listed = [asdict(d) for d in diagnostics]
    for each in listed:
        del each["by_language"]
    return as_inert_json(listed)


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow annotations, errors first, as many as GitHub shows; then "+N more".

    Source of the escapes: GitHub's actions/toolkit, `packages/core/src/command.ts`.
    """
    worst_first = sorted(diagnostics, key=lambda d: (d.severity != "error", d.sort_key))
    lines = [_annotation(d) for d in worst_first[:SHOWN_BY_GITHUB]]
    if len(worst_first) > SHOWN_BY_GITHUB:
        lines.append(f"+{len(worst_first) - SHOWN_BY_GITHUB} more")
    return "\n".join(lines)


def as_gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    """A code-quality report, which GitLab shows at the lines of a merge request.

    A problem keeps its fingerprint when lines above it come and go.
    """
    seen: dict[tuple[str, str, str], int] = {}
    report = []
    for d in diagnostics:
        same = (d.path, d.rule, d.message)
        seen[same] = seen.get(same, 0) + 1
        report.append(
            {
                "description": visible(f"{d.message}\n{d.hint}" if d.hint else d.message),
                "check_name": d.rule,
                "fingerprint": hashlib.sha256(repr((same, seen[same])).encode()).hexdigest(),
                "severity": "major" if d.severity == "error" else "minor",
                "location": {"path": d.path, "lines": {"begin": d.line}},
            }
        )
    return as_inert_json(report)


def as_summary(diagnostics: Sequence[Diagnostic], pages: int) -> str:
    """For a workflow's step summary: how it went, in both languages, and every problem as text."""
    zh, en = (
        words(of)("check.total", n=pages, found=tally(diagnostics, of)) for of in ("zh", "en")
    )
    sign = "❌" if has_errors(diagnostics) else "✅"
    heading = f"### {sign} 檢查結果 · Check\n\n{zh}。 · {en}.\n\n"
    if not diagnostics:
        return heading
    body = "\n".join(as_text(d) for d in diagnostics)
    fence = "`" * (max(3, _longest_run(body, "`") + 1))
    return f"{heading}{fence}text\n{body}\n{fence}\n\n"


def _longest_run(text: str, char: str) -> int:
    longest = run = 0
    for each in text:
        run = run + 1 if each == char else 0
        longest = max(longest, run)
    return longest


def _annotation(d: Diagnostic) -> str:
    message = f"{d.message}\n{d.hint}" if d.hint else d.message
    properties = {
        "file": _one_line(d.path),
        "line": str(d.line),
        "col": str(d.column),
        "title": d.rule,
    }
    pairs = ",".join(f"{name}={_escape_property(text)}" for name, text in properties.items())
    return f"::{d.severity} {pairs}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
