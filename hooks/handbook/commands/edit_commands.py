"""The commands that do a whole step, from what is typed to a plan that is carried out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from handbook.base.job_log import inert
from handbook.base.words import Told, Words
from handbook.commands.editing import duties, roles, terms
from handbook.commands.editing.carry_out import carry_out
from handbook.commands.editing.plan import Plan, Refused
from handbook.commands.new_role import free_section, start
from handbook.commands.options import CLEAN, FOUND, ask, root_option
from handbook.pages import loader
from handbook.pages.diagnostics import visible
from handbook.pages.schema import AUTHORED

Step = Callable[[Plan, Words, Any], None]


def _command(name: str, step: Step, *parameters: Callable[[Any], Any]) -> click.Command:
    """The command `name`, whose `step` makes the plan from the values of its parameters."""

    @click.pass_obj
    def run(say: Words, /, root: Path, *, dry_run: bool, **typed: str | None) -> int:
        plan = Plan(loader.read(root))
        try:
            step(plan, say, typed)
        except Refused as refused:
            print(visible(refused.told(say)), file=sys.stderr)
            return FOUND
        for line in carry_out(plan, say, dry_run=dry_run):
            print(inert("\t".join(map(visible, line.split("\t")))))
        return CLEAN

    command: Any = run
    for parameter in reversed((*parameters, click.option("--dry-run", is_flag=True), root_option)):
        command = parameter(command)
    made: click.Command = click.command(name)(command)
    return made


def _asked(say: Words, typed: dict[str, str | None], *keys: str) -> list[str]:
    """The values of parameters, asked for if they were not typed.

    Raises:
        Told: if there is nobody to ask.
    """
    try:
        return [(typed[key] or ask(say(f"edit.ask-{key}"))).strip() for key in keys]
    except EOFError as error:
        options = " ".join(f"--{key.replace('_', '-')}" for key in keys)
        raise Told("edit.needs", options=options) from error


def _names(say: Words, typed: dict[str, str | None]) -> dict[str, str]:
    return dict(zip(AUTHORED, _asked(say, typed, *AUTHORED), strict=True))


def _definitions(say: Words, typed: dict[str, str | None]) -> dict[str, str]:
    told = _asked(say, typed, *(f"{of}_definition" for of in AUTHORED))
    return dict(zip(AUTHORED, told, strict=True))


def _new_role(plan: Plan, say: Words, typed: Any) -> None:
    names = _names(say, typed)
    slug = typed["slug"] or roles.page_name(names["en"])
    section = free_section(plan.project) if typed["section"] is None else typed["section"]
    start(plan, slug, section, names)


def _rename_role(plan: Plan, say: Words, typed: Any) -> None:
    roles.rename_role(plan, typed["role"], _names(say, typed))


def _remove_role(plan: Plan, _say: Words, typed: Any) -> None:
    roles.remove_role(plan, typed["role"], typed["into"] or "")


def _rename_page(plan: Plan, _say: Words, typed: Any) -> None:
    roles.rename_page(plan, typed["page"], typed["new"])


def _add_duty(plan: Plan, say: Words, typed: Any) -> None:
    duties.add_duty(plan, typed["role"], _names(say, typed))


def _remove_duty(plan: Plan, _say: Words, typed: Any) -> None:
    duties.remove_duty(plan, typed["number"], typed["into"] or "")


def _move_duty(plan: Plan, _say: Words, typed: Any) -> None:
    duties.move_duty(plan, typed["number"], typed["role"])


def _new_term(plan: Plan, say: Words, typed: Any) -> None:
    terms.new_term(plan, typed["group"], _names(say, typed), _definitions(say, typed))


def _rename_term(plan: Plan, _say: Words, typed: Any) -> None:
    terms.rename_term(plan, typed["term"], {of: typed[of] or "" for of in AUTHORED})


def _remove_term(plan: Plan, _say: Words, typed: Any) -> None:
    terms.remove_term(plan, typed["term"], typed["into"] or "")


def _new_topic(plan: Plan, say: Words, typed: Any) -> None:
    names = _names(say, typed)
    is_term = terms.term_called(plan, names["zh"])
    told = dict.fromkeys(AUTHORED, "") if is_term else _definitions(say, typed)
    numbers, area = _asked(say, typed, "duties", "area")
    wanted = [number for number in re.split(r"[^\d.]+", numbers) if number]
    for number in wanted:
        duties.duty_named(plan, number)
    terms.new_topic(plan, names, told, wanted, area)


def _text(name: str, metavar: str = "TEXT") -> Callable[[Any], Any]:
    return click.option(f"--{name}", metavar=metavar)


_NAMES = _text("zh"), _text("en")
_DEFINITIONS = _text("zh-definition"), _text("en-definition")

COMMANDS = (
    _command(
        "new-role",
        _new_role,
        click.argument("slug", required=False),
        *_NAMES,
        click.option("--section", type=int),
    ),
    _command("rename-role", _rename_role, click.argument("role"), *_NAMES),
    _command("remove-role", _remove_role, click.argument("role"), _text("into", "OTHER")),
    _command("rename-page", _rename_page, click.argument("page"), click.argument("new")),
    _command("add-duty", _add_duty, click.argument("role"), *_NAMES),
    _command("remove-duty", _remove_duty, click.argument("number"), _text("into", "OTHER")),
    _command("move-duty", _move_duty, click.argument("number"), click.argument("role")),
    _command("new-term", _new_term, click.argument("group"), *_NAMES, *_DEFINITIONS),
    _command("rename-term", _rename_term, click.argument("term"), *_NAMES),
    _command("remove-term", _remove_term, click.argument("term"), _text("into", "OTHER")),
    _command("new-topic", _new_topic, *_NAMES, *_DEFINITIONS, _text("duties"), _text("area")),
)
