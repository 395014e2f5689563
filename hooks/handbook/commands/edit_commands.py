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


def _command(
    name: str, step: Callable[..., None], *parameters: Callable[[Any], Any]
) -> click.Command:
    """The command `name`, whose `step` makes the plan from the values of its parameters."""

    @click.pass_obj
    def run(say: Words, /, root: Path, *, dry_run: bool, **typed: Any) -> int:
        plan = Plan(loader.read(root))
        try:
            step(plan, **typed)
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


def _asked(typed: dict[str, str], *keys: str) -> list[str]:
    """The values of parameters, asked for if they were not typed.

    Raises:
        Told: if there is nobody to ask.
    """
    say = click.get_current_context().obj
    try:
        return [(typed[key] or ask(say(f"edit.ask-{key}"))).strip() for key in keys]
    except EOFError as error:
        options = " ".join(f"--{key.replace('_', '-')}" for key in keys)
        raise Told("edit.needs", options=options) from error


def _names(typed: dict[str, str]) -> dict[str, str]:
    return dict(zip(AUTHORED, _asked(typed, *AUTHORED), strict=True))


def _definitions(typed: dict[str, str]) -> dict[str, str]:
    told = _asked(typed, *(f"{of}_definition" for of in AUTHORED))
    return dict(zip(AUTHORED, told, strict=True))


def _new_role(plan: Plan, slug: str, section: int | None, **typed: str) -> None:
    names = _names(typed)
    free = free_section(plan.project) if section is None else section
    start(plan, slug or roles.page_name(names["en"]), free, names)


def _rename_role(plan: Plan, role: str, **typed: str) -> None:
    roles.rename_role(plan, role, _names(typed))


def _add_duty(plan: Plan, role: str, **typed: str) -> None:
    duties.add_duty(plan, role, _names(typed))


def _new_term(plan: Plan, group: str, **typed: str) -> None:
    terms.new_term(plan, group, _names(typed), _definitions(typed))


def _rename_term(plan: Plan, name: str, **names: str) -> None:
    terms.rename_term(plan, name, names)


def _new_topic(plan: Plan, **typed: str) -> None:
    names = _names(typed)
    is_term = terms.term_called(plan, names["zh"])
    told = dict.fromkeys(AUTHORED, "") if is_term else _definitions(typed)
    numbers, area = _asked(typed, "duties", "area")
    wanted = [number for number in re.split(r"[^\d.]+", numbers) if number]
    for number in wanted:
        duties.duty_named(plan, number)
    terms.new_topic(plan, names, told, wanted, area)


def _text(name: str, metavar: str = "TEXT") -> Callable[[Any], Any]:
    return click.option(f"--{name}", metavar=metavar, default="")


_NAMES = _text("zh"), _text("en")
_DEFINITIONS = _text("zh-definition"), _text("en-definition")
_INTO = _text("into", "OTHER")
_PAGE, _TERM = click.argument("old", metavar="PAGE"), click.argument("name", metavar="TERM")

COMMANDS = (
    _command(
        "new-role",
        _new_role,
        click.argument("slug", default=""),
        *_NAMES,
        click.option("--section", type=int),
    ),
    _command("rename-role", _rename_role, click.argument("role"), *_NAMES),
    _command("remove-role", roles.remove_role, click.argument("role"), _INTO),
    _command("rename-page", roles.rename_page, _PAGE, click.argument("new")),
    _command("add-duty", _add_duty, click.argument("role"), *_NAMES),
    _command("remove-duty", duties.remove_duty, click.argument("number"), _INTO),
    _command("move-duty", duties.move_duty, click.argument("number"), click.argument("role")),
    _command("new-term", _new_term, click.argument("group"), *_NAMES, *_DEFINITIONS),
    _command("rename-term", _rename_term, _TERM, *_NAMES),
    _command("remove-term", terms.remove_term, _TERM, _INTO),
    _command("new-topic", _new_topic, *_NAMES, *_DEFINITIONS, _text("duties"), _text("area")),
)
