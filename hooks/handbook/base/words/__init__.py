"""What is said to people beside what the pages say: one list for each language, `zh.yml`, `en.yml`.

A text is found by its key, such as `check.total`; a text that counts has forms, and `n` decides
which is taken: `none`, `one` or `other`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("zh", "en")


class Words:
    """The texts of one language."""

    def __init__(self, language: str, texts: Mapping[str, str | Mapping[str, str]]) -> None:
        self.language = language
        self.texts = texts

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, its `{names}` filled from `values`.

        Raises:
            KeyError: if there is no such text, or a value is missing.
        """
        text = self.texts[key]
        if not isinstance(text, str):
            text = text.get(_form(values["n"])) or text["other"]
        return text.format_map(values)

    def group(self, name: str) -> dict[str, str]:
        """The texts of a group by the rest of their keys."""
        start = f"{name}."
        return {k.removeprefix(start): str(t) for k, t in self.texts.items() if k.startswith(start)}

    def reason(self, error: OSError) -> str:
        """Why the system refused: in the language, or as the system says it."""
        key = f"system.{errno.errorcode.get(error.errno or 0, '')}"
        return self(key) if key in self.texts else error.strerror or str(error)

    def refusal(self, error: OSError) -> str:
        """The same, with the file that it is about where there is one."""
        reason = self.reason(error)
        named = error.filename is not None
        return self("file", path=error.filename, reason=reason) if named else reason


def _form(n: object) -> str:
    return {0: "none", 1: "one"}.get(n, "other") if isinstance(n, int) else "other"


class Told(Exception):  # noqa: N818 - told to a person, who can do something about it
    """What cannot be done, by its key in the catalogue; told in the language of whoever asked."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(key)

    def __str__(self) -> str:
        return self.told(words("en"))

    def told(self, in_words: Words) -> str:
        """The text; a value may be texts to be told too, or what the system said."""
        values = {name: _told(value, in_words) for name, value in self.values.items()}
        return in_words(self.key, **values)


def _told(value: object, in_words: Words) -> object:
    if isinstance(value, Told):
        return value.told(in_words)
    if isinstance(value, OSError):
        return in_words.reason(value)
    if isinstance(value, list):
        return "\n".join(str(_told(each, in_words)) for each in value)
    return value


@cache
def words(language: str) -> Words:
    """The texts of `language`, "zh" or "en"."""
    text = (Path(__file__).parent / f"{language}.yml").read_text(encoding="utf-8")
    return Words(language, dict(_flat("", yaml.load(text, Loader=yaml.CSafeLoader))))


def both(key: str, **values: object) -> dict[str, str]:
    """A text in each language; what is filled in may be a text in each too."""
    return {
        of: words(of)(key, **{k: v[of] if isinstance(v, dict) else v for k, v in values.items()})
        for of in LANGUAGES
    }


def _flat(prefix: str, tree: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict) and "other" not in value:
            yield from _flat(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", value


def preferred(environment: Mapping[str, str]) -> str:
    """The language that a person's environment asks for: Chinese if it is any Chinese."""
    asked = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, asked), "").lower().startswith("zh") else "en"


def of_the_environment() -> Words:
    """What is said to whoever runs the program."""
    return words(preferred(os.environ))


def capital(words: str) -> str:
    """`words` with a capital letter at the beginning, as a heading or entry has it."""
    return words[:1].upper() + words[1:]
