"""What must be there before anything else is: tells what is missing, why, and how to get it.

It is asked before `.venv/` is there, by a Python that may be too old (see set_up.py): so it imports
nothing but the standard library, of which 3.8 has all.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Say = Callable[..., str]

BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""The system's own browsers that the tests can drive, the best first: the one without windows
opens a page in a quarter of the time."""
PORT = 8000
ROOT = Path(__file__).resolve().parents[3]
LOCKS = {"site": "requirements.lock", "dev": "requirements-dev.lock"}
STAMPS = {"site": ".stamp", "dev": ".dev"}  # in .venv/, as the Makefile has them
_WITH = {"apt": "sudo apt install", "brew": "brew install", "winget": "winget install"}
_HERE = "python{}.{}".format(*sys.version_info)


def _is_ubuntu() -> bool:
    """Whether packages are Ubuntu's, which has no browser without windows."""
    release = Path("/etc/os-release")
    return release.is_file() and "ID=ubuntu" in release.read_text(encoding="utf-8")


_PACKAGES = {
    "python": {
        "apt": "python3.11 python3.11-venv",
        "brew": "python",
        "winget": "Python.Python.3.13",
    },
    "venv": {"apt": f"{_HERE}-venv"},
    "make": {"apt": "make", "brew": "make"},
    "git": {"apt": "git", "brew": "git", "winget": "Git.Git"},
    "browser": {"apt": "chromium" if _is_ubuntu() else BROWSERS[0]},
    "libatomic": {"apt": "libatomic1"},
    "fonts": {"apt": "fonts-noto-cjk"},
}
"""What brings each part, by what installs it."""


class Part(NamedTuple):
    """One thing that is looked for: its name, what is told of it, and whether it is there."""

    name: str
    told: str
    there: bool = True
    for_tests: bool = False


def report(say: Say) -> int:
    """Tell what is there, what is missing and how to get it; 1 if pages cannot be edited."""
    parts = [*looked_for(say)]
    for part in parts:
        print(say("door.there" if part.there else "door.missing"), part.told, sep="  ")
    edit, test = (missing(parts, for_tests=each) for each in (False, True))
    if edit:
        print(say("door.to-edit", how=how_to_get(edit)))
    if test:
        print(say("door.to-test", how=how_to_get(test)))
    if not edit and not test:
        print(say("door.all"))
    return int(bool(edit))


def looked_for(say: Say) -> Iterator[Part]:
    """All that is looked for, in the order in which it is needed."""
    yield from python_parts(say)
    for name in ("git",) if os.name == "nt" else ("make", "git"):
        path = shutil.which(name)
        yield Part(name, path or say(f"door.{name}"), bool(path))
    yield Part("set-up", say("door.set-up" if is_fresh("site") else "door.not-set-up"))
    yield Part("port", say("door.port" if _port_is_free() else "door.taken", n=PORT))
    yield from tests_parts(say)


def python_parts(say: Say) -> Iterator[Part]:
    """Python itself, and the parts of it that Debian keeps apart."""
    (oldest, newest), here = python_range(), sys.version_info[:2]
    version = dotted(sys.version_info[:3])
    told = say("door.python", version=version, path=sys.executable)
    if here < oldest:
        told = say("door.old", version=version, oldest=dotted(oldest))
    elif here > newest:
        told = say("door.new", version=version, newest=dotted(newest))
    yield Part("python", told, here >= oldest)
    try:
        __import__("venv")
        __import__("ensurepip")
    except ImportError:
        yield Part("venv", say("door.venv"), there=False)


def tests_parts(say: Say) -> Iterator[Part]:
    """What the tests need beside it; Playwright, which drives the browser, can bring one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if sys.platform != "linux":
        yield Part("browser", found or say("door.fetched"))
        return
    yield Part("browser", found or say("door.browser"), bool(found), for_tests=True)
    yield Part("libatomic", say("door.libatomic"), _loads("libatomic.so.1"), for_tests=True)
    yield Part("fonts", say("door.fonts"), _has_fonts(), for_tests=True)


def missing(parts: Sequence[Part], *, for_tests: bool) -> list[Part]:
    """Those that are not there and that the tests, or all else, cannot do without."""
    return [each for each in parts if not each.there and each.for_tests is for_tests]


def how_to_get(parts: Sequence[Part]) -> str:
    """The line that gets what is missing, as this system does it; else what it is called."""
    how = next((each for each in ("apt", "brew", "winget") if shutil.which(each)), "")
    if not how:
        return ", ".join(each.name for each in parts)
    return " ".join([_WITH[how], *packages(parts, how)])


def packages(parts: Sequence[Part], how: str = "apt") -> list[str]:
    """What those that are not there are called by what installs them."""
    return [_PACKAGES[each.name].get(how, each.name) for each in parts if not each.there]


def is_fresh(part: str) -> bool:
    """Whether a part of `.venv/` is there as it is locked now; the Makefile asks the same."""
    stamp = ROOT / ".venv" / STAMPS[part]
    made_of = [ROOT / LOCKS[part], *([ROOT / "pyproject.toml"] if part == "site" else ())]
    return stamp.exists() and all(stamp.stat().st_mtime >= f.stat().st_mtime for f in made_of)


def python_range() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The oldest Python that will do and the newest that was tried: pyproject.toml names both."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    tried = re.findall(r'"Programming Language :: Python :: (\d+)\.(\d+)"', text)
    versions = sorted((int(major), int(minor)) for major, minor in tried)
    return versions[0], versions[-1]


def dotted(version: Sequence[object]) -> str:
    """A version as it is written: 3.11."""
    return ".".join(map(str, version))


def _port_is_free() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", PORT)) != 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_fonts() -> bool:
    if shutil.which("fc-list"):
        ask = ["fc-list", ":lang=zh-tw", "file"]
        return bool(subprocess.run(ask, stdout=subprocess.PIPE, check=False).stdout)  # noqa: S603
    return any(Path("/usr/share/fonts").rglob("*CJK*"))
