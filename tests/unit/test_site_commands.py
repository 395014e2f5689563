"""`handbook build`, `serve` and `test`: what they do around the programs that they call."""

from __future__ import annotations

import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from conftest import run_in

from handbook.commands import cli, publish, site_commands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def site(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, "utf-8")
    return folder


def put(lock: Path, target: Path, text: str) -> None:
    fresh = site(lock / text / "site", text)
    publish.put_in_place(fresh, target, lock)


@pytest.fixture(params=["in one step", "in two"])
def lock(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that builds hold, where the system can exchange folders and where it cannot."""
    if request.param == "in two":
        monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    folder = tmp_path / ".build"
    folder.mkdir()
    return folder


def test_the_first_site_is_put_where_there_was_none(lock: Path, tmp_path: Path) -> None:
    put(lock, tmp_path / "site", "first")
    assert (tmp_path / "site" / "index.html").read_text("utf-8") == "first"


def test_sites_that_are_put_in_place_at_once_are_whole(lock: Path, tmp_path: Path) -> None:
    target = site(tmp_path / "site", "old")
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(put, lock, target, str(n)) for n in range(40)]:
            done.result()
    assert [path.name for path in target.iterdir()] == ["index.html"]
    assert (target / "index.html").read_text("utf-8").isdigit()


def test_what_cannot_be_put_in_place_leaves_the_site_as_it_was(lock: Path, tmp_path: Path) -> None:
    target = site(tmp_path / "site", "old")
    with pytest.raises(FileNotFoundError):
        publish.put_in_place(lock / "none" / "site", target, lock)
    assert (target / "index.html").read_text("utf-8") == "old"


def test_there_is_a_site_at_every_moment(tmp_path: Path) -> None:
    target, over, missed = site(tmp_path / "site", "old"), threading.Event(), []
    (tmp_path / ".build").mkdir()

    def read() -> None:
        while not over.is_set():
            if not (target / "index.html").exists():
                missed.append(True)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(300):
        put(tmp_path / ".build", target, str(n))
    over.set()
    reader.join()
    assert not missed


@pytest.mark.parametrize(
    ("address", "zh", "en"),
    [
        (
            "localhost",
            "handbook：地址應為「主機:埠」，例如 127.0.0.1:8001，實為 localhost\n",
            "handbook: an address is host:port, such as 127.0.0.1:8001, not localhost\n",
        ),
        (
            "127.0.0.1:99999",
            "handbook：地址應為「主機:埠」，例如 127.0.0.1:8001，實為 127.0.0.1:99999\n",
            "handbook: an address is host:port, such as 127.0.0.1:8001, not 127.0.0.1:99999\n",
        ),
    ],
)
def test_what_is_no_address_is_told(tmp_path: Path, address: str, zh: str, en: str) -> None:
    for language, told in (("zh", zh), ("en", en)):
        result = run_in(tmp_path, "handbook", "serve", address, "--lang", language)
        assert (result.returncode, result.stderr) == (2, told)


def test_a_port_that_is_taken_is_told_before_anything_is_built(tmp_path: Path, taken: int) -> None:
    result = run_in(tmp_path, "handbook", "serve", f"127.0.0.1:{taken}", "--lang", "en")
    told = (
        f"handbook: 127.0.0.1:{taken} is taken by another program; name another port: "
        f"handbook serve 127.0.0.1:{taken + 1}\n"
    )
    assert (result.returncode, result.stdout, result.stderr) == (2, "", told)


def test_without_an_address_the_next_free_port_is_taken(
    tmp_path: Path, taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called: list[list[str]] = []

    def instead(command: list[str], _root: Path) -> None:
        called.append(command)
        raise SystemExit(0)

    monkeypatch.setattr(site_commands, "_PORT", taken)
    monkeypatch.setattr(site_commands, "_become", instead)
    with pytest.raises(SystemExit):
        cli.main(["serve", "--root", str(tmp_path), "--lang", "en"])
    port = int(called[0][-1].removeprefix("127.0.0.1:"))
    assert taken < port < taken + 20
    assert capsys.readouterr().err == (
        f"Port {taken} is taken by another program, so this is port {port}\n"
    )


def test_the_tests_stop_at_the_first_that_fails(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("import os\n", "utf-8")
    result = run_in(tmp_path, "handbook", "test", "--root", str(tmp_path))
    assert result.returncode == 1
    said = [line for line in result.stdout.splitlines() if line.startswith("$")]
    assert said == ["$ ruff check"]


def test_a_tool_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert cli.main(["test", "--root", str(tmp_path), "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "handbook: ruff is not there: set the project up first, as Contributing says\n"
    )
