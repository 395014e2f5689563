"""The real site, made ready, behind nginx as `handbook host` and the container configure it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from conftest import PUBLISHED, ROOT, run_in
from e2e.patience import Patience, work_of

from handbook.site.host.ready import make_ready

MODULES = Path("/etc/nginx/modules-enabled")
NEEDED = "apt-get install nginx libnginx-mod-http-brotli-static"
MAIN = ROOT / "tools/container/nginx.conf"


@dataclass(frozen=True)
class Answer:
    """What a server answers."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Host:
    """A server on a port of this machine, and the folder it serves below the path `base`."""

    port: int
    site: Path
    base: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path of the host, as it stands."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": "handbook.example", **named})
        got = connection.getresponse()
        answer = Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        connection.close()
        return answer


@contextmanager
def nginx(built: Path, folder: Path, **variables: str) -> Iterator[Host]:
    """Serve a copy of a built site, made ready, as the configuration for it says."""
    # Debian has it where ordinary users do not look.
    program = shutil.which(
        "nginx", path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
    )
    if not program or not [*MODULES.glob("*brotli-static*")]:
        pytest.skip(f"nginx is not there: {NEEDED}")
    site = shutil.copytree(built, folder / "site")
    make_ready(site)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = ("--site", str(site), "--folder", str(site), "--port", str(port))
    printed = run_in(ROOT, "handbook", "host", "nginx", *where, **variables)
    assert printed.returncode == 0, printed.stderr
    (folder / "handbook.conf").write_text(printed.stdout, "utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""  # else it would serve as nobody
    main = user + MAIN.read_text("utf-8").replace("/tmp/", f"{folder}/")
    main = main.replace("/etc/nginx/conf.d/", f"{folder}/")
    (folder / "nginx.conf").write_text(main, "utf-8")
    command = [program, "-e", "stderr", "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        patience = Patience(lambda: work_of(running.pid))
        while not listens(port) and running.poll() is None and not patience.is_over():
            time.sleep(0.05)
        try:
            assert listens(port), running.stderr.read() if running.stderr else ""
            yield Host(port, site, "/base/" if variables else "/")
        finally:
            running.terminate()
        told = running.communicate()[1].splitlines()
        assert [line for line in told if "[error]" not in line and "[notice]" not in line] == []


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def at_root(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with nginx(site, tmp_path_factory.mktemp("nginx")) as host:
        yield host


@pytest.fixture(scope="session")
def below(published_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with nginx(published_site, tmp_path_factory.mktemp("nginx"), **PUBLISHED) as host:
        yield host


@pytest.fixture(params=["at_root", "below"])
def served(request: pytest.FixtureRequest) -> Host:
    """The site at the root of a host, and below a path."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Host)
    return found
