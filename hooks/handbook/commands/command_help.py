"""The words of `--help` and of click's own refusals, in the language of the run.

click asks gettext for its own words; what it says in English is in `click.yml` beside the
catalogue, with the Chinese for it.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import yaml

from handbook.base import words
from handbook.base.words import LANGUAGES, Words

_OPTION = "--lang"
_CLICKS_OWN = Path(words.__file__).with_name("click.yml")


def asked_for(typed: Sequence[str]) -> str:
    """The language that `--lang zh` or `--lang=zh` names, the last of several; "" for none.

    It is wanted before anything is parsed: what is wrong with the rest is told in it.
    """
    values = [
        after if each == _OPTION else each.removeprefix(f"{_OPTION}=")
        for each, after in pairwise([*typed, ""])
        if each == _OPTION or each.startswith(f"{_OPTION}=")
    ]
    return next((value for value in reversed(values) if value in LANGUAGES), "")


@contextmanager
def explained(group: click.Group, say: Words) -> Iterator[None]:
    """While this lasts, `group` and its commands explain themselves in the language of `say`.

    A usage error is printed as it leaves, while its words are still to be had.
    """
    for command in (group, *group.commands.values()):
        if not any(_OPTION in each.opts for each in command.params):
            languages = click.Choice([*LANGUAGES])
            command.params.append(click.Option([_OPTION], type=languages, expose_value=False))
        command.help = say(f"help.{command.name}")
        command.epilog = f"\b\n{say(f'example.{command.name}')}"  # lines as they are
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                parameter.help = say(f"option.{parameter.name}")
    with nullcontext() if say.language == "en" else _click_in(say.language):
        try:
            yield
        except click.ClickException as error:
            error.show()
            raise


@contextmanager
def _click_in(language: str) -> Iterator[None]:
    """While this lasts, gettext has the words of click in `language`."""
    from babel.messages import Catalog, mofile

    table = Catalog(language)
    for said, told in yaml.safe_load(_CLICKS_OWN.read_text(encoding="utf-8")).items():
        if isinstance(told, str):
            table.add(said, told)
        else:
            table.add((said, told["plural"]), (told["told"],))
    with TemporaryDirectory() as folder:
        path = Path(folder, language, "LC_MESSAGES", "messages.mo")
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            mofile.write_mo(file, table)
        gettext.bindtextdomain("messages", folder)
        os.environ["LANGUAGE"] = language
        yield
