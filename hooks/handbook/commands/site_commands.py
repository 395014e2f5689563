"""The site built and shown, a book printed, the tests run: mostly other programs."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import NoReturn

import click

from handbook.base import site_config
from handbook.base.words import Told, Words
from handbook.commands.options import CLEAN, FOUND, root_option
from handbook.commands.publish import put_in_place, workplace
from handbook.site.host.configuration import FORMATS, configuration
from handbook.site.host.ready import make_ready
from handbook.site.print.formats import BOOKS, PAPERS, Format, Paper

_ADDRESS = re.compile(r"(?P<host>[^\s/:]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})")
_HOST, _PORT = "127.0.0.1", 8000
_PORTS = 20
"""How many are tried, from the usual one on."""
_TESTS = ("ruff check", "ruff format --check", "mypy", "lint-imports --no-logo --no-cache")
_PYTEST = ("pytest", "--numprocesses", "auto", "--dist", "worksteal")
_FAST = ("-m", "not (browser or build or pdf)")


class _Failed(Told):
    """The command cannot do what it was asked to; says why."""


@click.command()
@root_option
@click.pass_obj
def build(say: Words, root: Path) -> int:
    """Build everything aside, then put it in the place of `site/`, which a failed build leaves."""
    aside = root / ".build"
    with _stopped_cleanly(), workplace(aside) as (folder, held):
        fresh = folder / "site"
        if _run(_mkdocs("build", "--strict", "--site-dir", str(fresh)), root, *held):
            return FOUND
        make_ready(fresh)
        put_in_place(fresh, root / "site", aside)
    print(say("site.built", folder="site"))
    return CLEAN


@click.command()
@click.argument("form", type=click.Choice(FORMATS))
@click.option("--site", type=click.Path(path_type=Path))
@click.option("--folder", default="/srv/handbook")
@click.option("--port", type=click.IntRange(1, 65535), default=80)
@root_option
@click.pass_obj
def host(_say: Words, form: str, site: Path | None, folder: str, port: int, root: Path) -> int:
    """Print how a host serves the site that was built."""
    address = site_config.read(root).site_url
    print(configuration(form, site or root / "site", address, folder.rstrip("/"), port), end="")
    return CLEAN


@click.command()
@click.argument("address", required=False)
@root_option
@click.pass_obj
def serve(say: Words, address: str | None, root: Path) -> NoReturn:
    """Show the site as it is edited, at `address` (host:port) or at the first port that is free."""
    at = _ADDRESS.fullmatch(address or f"{_HOST}:{_PORT}")
    if not at or int(at["port"]) > 65535:
        raise _Failed("site.address", found=address)
    host, port = at["host"], int(at["port"])
    ports = range(port, port + 1 if address else port + _PORTS)
    free = next((each for each in ports if _is_free(host.strip("[]"), each)), None)
    if free is None:
        raise _Failed("site.taken", found=f"{host}:{port}", other=f"{host}:{port + 1}")
    if free != port:
        print(say("site.next", taken=port, port=free), file=sys.stderr)
    _become(_mkdocs("serve", "--dev-addr", f"{host}:{free}"), root)


@click.command()
@click.option("--fast", is_flag=True)
@root_option
@click.pass_obj
def test(_say: Words, fast: bool, root: Path) -> int:
    """Run all that must pass, up to the first that does not."""
    for name, *arguments in (*map(str.split, _TESTS), [*_PYTEST, *(_FAST if fast else ())]):
        print("$", name, *arguments, flush=True)
        tool = which(name, path=Path(sys.executable).parent)  # Windows: with its .exe
        if not tool:
            raise _Failed("site.no-tool", name=name)
        if _run([tool, *arguments], root):
            return FOUND
    return CLEAN


@click.command("print")
@click.argument("book", required=False, type=click.Choice([*BOOKS]))
@click.option("--paper", type=click.Choice([*PAPERS]), default=PAPERS[0])
@click.option("--large", is_flag=True)
@root_option
@click.pass_obj
def print_book(say: Words, book: str | None, paper: Paper, large: bool, root: Path) -> int:
    """Print one book of the handbook as it is, on `paper`, into `.build/print/`."""
    from handbook.site.finishing import print_one  # read when it is needed: it takes a while

    tag = book or next(tag for tag, languages in BOOKS.items() if languages == (say.language,))
    print(print_one(tag, Format(paper, large), root, root / ".build" / "print").relative_to(root))
    return CLEAN


COMMANDS = (build, host, print_book, serve, test)


def _mkdocs(*arguments: str) -> list[str]:
    """How MkDocs is called; the theme's notice would bury what an editor must read."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    return [sys.executable, "-m", "mkdocs", *arguments]


def _run(command: Sequence[str], root: Path, *held: int) -> int:
    """Run a program of ours in `root`, which has the files `held` open too; its exit code."""
    return subprocess.run(command, cwd=root, check=False, pass_fds=held).returncode  # noqa: S603


def _become(command: list[str], root: Path) -> NoReturn:
    """Let this process be a program of ours, so that whoever ends it ends that."""
    if sys.platform == "win32":  # there the terminal would have its prompt back at once
        sys.exit(_run(command, root))
    os.chdir(root)
    os.execv(command[0], command)  # noqa: S606


def _is_free(host: str, port: int) -> bool:
    """Whether a server can take the port; a host that is not known is left to MkDocs to name."""
    try:
        family, kind, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name == "posix":  # as the server does; elsewhere it would share the port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except socket.gaierror:
        return True
    except OSError:
        return False
    return True


@contextmanager
def _stopped_cleanly() -> Iterator[None]:
    """Let whoever ends the process have what stands aside cleared away too."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
