"""The catalogue: the same in both languages; what the commands' keys are put together from."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from string import Formatter

import click
import pytest

from handbook.base.table import TAGS
from handbook.base.words import LANGUAGES, Told, preferred, words
from handbook.commands.cli import handbook

FORMS = {"none", "one", "other"}


def names(text: str | Mapping[str, str]) -> set[str]:
    forms = [text] if isinstance(text, str) else text.values()
    return {
        name.partition(".")[0]
        for form in forms
        for _, name, _, _ in Formatter().parse(form)
        if name
    }


def test_both_languages_have_the_same_keys_and_names() -> None:
    zh, en = (words(of).texts for of in LANGUAGES)
    lacking = {"zh.yml": en.keys() - zh.keys(), "en.yml": zh.keys() - en.keys()}
    assert not any(lacking.values()), f"texts that only the other file has: {lacking}"
    assert list(zh) == list(en)
    # Where one language names the number or an id in words, the other may still write it.
    assert {key: names(zh[key]) - {"n", "id"} for key in zh} == {
        key: names(en[key]) - {"n", "id"} for key in en
    }
    for text in (*zh.values(), *en.values()):
        assert isinstance(text, str) or set(text) <= FORMS


def test_what_is_put_together_is_there_and_nothing_else() -> None:
    keys = words("en").texts
    commands = {"handbook", *handbook.commands}
    options = {
        str(each.name)
        for command in handbook.commands.values()
        for each in command.params
        if isinstance(each, click.Option)
    }
    assert {key for key in keys if key.startswith("help.")} == {f"help.{c}" for c in commands}
    assert {key for key in keys if key.startswith("example.")} == {f"example.{c}" for c in commands}
    assert {key for key in keys if key.startswith("option.")} == {
        f"option.{name}" for name in options | {"lang", "version"}
    }
    for key in keys:
        group, _, name = key.partition(".")
        assert group != "system" or name in errno.errorcode.values()
        assert group != "language" or name in {*LANGUAGES, *TAGS.values()}


def test_a_number_decides_the_form() -> None:
    assert [words("en")("fix.files", n=n) for n in (0, 1, 2)] == [
        "no files changed", "1 file changed", "2 files changed",
    ]  # fmt: skip
    assert [words("zh")("fix.files", n=n) for n in (0, 1)] == ["沒有改動檔案", "改了 1 個檔案"]


def test_what_is_told_may_hold_what_the_system_said() -> None:
    told = Told("config.unreadable", reason=FileNotFoundError(errno.ENOENT, "No such file"))
    assert str(told) == "cannot read mkdocs.yml: no such file or folder"
    assert told.told(words("zh")) == "mkdocs.yml 無法讀取：沒有這個檔案或資料夾"
    rare = Told("config.unreadable", reason=OSError(errno.ELOOP, "Too many links"))
    assert rare.told(words("zh")) == "mkdocs.yml 無法讀取：Too many links"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_HK.UTF-8"}, "zh"),
        ({"LANG": "zh_CN"}, "zh"),
        ({"LANG": "zh_TW", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB", "LC_ALL": "", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_the_language_of_a_run(environment: dict[str, str], language: str) -> None:
    assert preferred(environment) == language
