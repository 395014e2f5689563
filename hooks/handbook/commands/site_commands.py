"""The site built and shown, a book printed, the tests run: mostly other programs."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import NoReturn

import click

from handbook.base import site_config
from handbook.base.words import Told, Words
from handbook.commands import doctor, set_up
from handbook.commands.options import CLEAN, FOUND, root_option
from handbook.commands.publish import put_in_place, workplace
from handbook.site.host.configuration import FORMATS, configuration
from handbook.site.host.ready import COMPRESSED, make_ready
from handbook.site.print.formats import BOOKS, PAPERS, Format, Paper

_ADDRESS = re.compile(r"(?P<host>[^\s/:]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})")
_HOST, _PORT = "127.0.0.1", doctor.PORT
_PORTS = 20
"""How many are tried, from the usual one on."""
_TESTS = ("ruff check", "ruff format --check", "mypy", "lint-imports --no-logo --no-cache")
_PYTEST = ("pytest", "--numprocesses", "auto", "--dist", "worksteal")
_FAST = ("-m", "not (browser or build or pdf)")
_WITHOUT_BROWSER = ("-m", "not browser")
_UNLESS_EMPTY = ("SITE_NAME", "SITE_NAME_EN")


@click.command()
@root_option
@click.pass_obj
def build(say: Words, root: Path) -> int:
    """Build everything aside, then put it in the place of `site/`, which a failed build leaves."""
    aside, began = root / ".build", time.monotonic()
    with _stopped_cleanly(), workplace(aside) as (folder, held):
        fresh = folder / "site"
        if _run(_mkdocs("build", "--strict", "--site-dir", str(fresh)), root, *held):
            return FOUND
        make_ready(fresh)
        put_in_place(fresh, root / "site", aside)
    files = [path for path in (root / "site").rglob("*") if path.is_file()]
    made = [path for path in files if path.suffix not in COMPRESSED]
    kinds = Counter(path.suffix for path in made)
    size = sum(path.stat().st_size for path in made) / 1e6
    told = {"pages": kinds[".html"], "prints": kinds[".pdf"], "size": f"{size:.1f}"}
    print(say("site.built", folder="site", seconds=round(time.monotonic() - began), **told))
    return CLEAN


@click.command("doctor")
@click.pass_obj
def tell_what_is_missing(say: Words) -> int:
    """Say what is missing on this computer; the same as without `.venv/`, see set_up.py."""
    return doctor.report(say)


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
        raise Told("site.address", found=address)
    host, port = at["host"], int(at["port"])
    ports = range(port, port + 1 if address else port + _PORTS)
    free = next((each for each in ports if _is_free(host.strip("[]"), each)), None)
    if free is None:
        raise Told("site.taken", found=f"{host}:{port}", other=f"{host}:{port + 1}")
    if free != port:
        print(say("site.next", taken=port, port=free), file=sys.stderr)
    _become(_mkdocs("serve", "--dev-addr", f"{host}:{free}"), root)


@click.command()
@click.option("--fast", is_flag=True)
@root_option
@click.pass_obj
def test(say: Words, fast: bool, root: Path) -> int:
    """Run all that must pass, up to the first that does not; without a browser, the rest."""
    if not _tool("pytest") and (root / doctor.LOCKS["dev"]).is_file():
        set_up.set_up(say, ("site", "dev"))
    for name, *arguments in map(str.split, _TESTS):
        if _run_tool(name, arguments, root):
            return FOUND
    browser = fast or not _run([sys.executable, str(root / "tests/e2e/browser.py")], root)
    chosen = _FAST if fast else () if browser else _WITHOUT_BROWSER
    failed = _run_tool(_PYTEST[0], [*_PYTEST[1:], *chosen], root)
    if not browser:
        lacking = doctor.missing([*doctor.tests_parts(say)], for_tests=True)
        how = doctor.how_to_get(lacking) if lacking else "playwright install --with-deps chromium"
        print(say("site.no-browser", how=how), file=sys.stderr)
    return FOUND if failed or not browser else CLEAN


def _tool(name: str) -> str | None:
    """Where a program of the development part is; Windows has it with its .exe."""
    return which(name, path=Path(sys.executable).parent)


def _run_tool(name: str, arguments: Sequence[str], root: Path) -> int:
    """Say what is run, and run it; its exit code."""
    print("$", name, *arguments, flush=True)
    tool = _tool(name)
    if not tool:
        raise Told("site.no-tool", name=name)
    return _run([tool, *arguments], root)


@click.command("print")
@click.argument("book", required=False, type=click.Choice([*BOOKS], case_sensitive=False))
@click.option("--paper", type=click.Choice([*PAPERS], case_sensitive=False), default=PAPERS[0])
@click.option("--large", is_flag=True)
@root_option
@click.pass_obj
def print_book(say: Words, book: str | None, paper: Paper, large: bool, root: Path) -> int:
    """Print one book of the handbook as it is, on `paper`, into `.build/print/`."""
    from handbook.site.finished.finishing import (
        print_one,  # read when it is needed: it takes a while
    )

    tag = book or next(tag for tag, languages in BOOKS.items() if languages == (say.language,))
    print(print_one(tag, Format(paper, large), root, root / ".build" / "print").relative_to(root))
    return CLEAN


COMMANDS = (build, host, print_book, serve, tell_what_is_missing, test)


def _mkdocs(*arguments: str) -> list[str]:
    """How MkDocs is called; the theme's notice would bury what an editor must read."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    for name in _UNLESS_EMPTY:  # MkDocs would have no name at all, rather than the pages' own
        if not os.environ.get(name):
            os.environ.pop(name, None)
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
