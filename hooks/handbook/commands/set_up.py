"""Sets `.venv/` up as it is locked, a line a step: what the Makefile does first, and Windows once.

Run as a file, by any Python: `python3 …/set_up.py`, with `--dev` for the development part too;
`doctor` tells what is missing instead, `packages` what Debian lacks (for `.ci/run`). Like doctor.py
it needs nothing but the standard library.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":  # what is beside it must not stand in the way of the library's own
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from handbook.commands import doctor
from handbook.commands.doctor import ROOT, dotted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from handbook.commands.doctor import Say

_PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_QUIETLY = ("--disable-pip-version-check", "--no-input", "--no-compile", "--progress-bar=off")
_LOCKED = ("--require-hashes", "--only-binary=:all:")
"""Nothing is compiled here: where there is no wheel, that is told, not a compiler's errors."""
_ITSELF = ("--no-build-isolation", "--no-deps", "--editable", str(ROOT))
_STEP = re.compile(r"\s*(Collecting|Downloading|Installing collected)")


def set_up(say: Say, parts: Iterable[str]) -> int:
    """Make `.venv/` and put into it what is not there as it is locked.

    Args:
        say: gives the words.
        parts: "site", then "dev" if it is wanted.

    Returns:
        0, or 1 where what stands in the way has been told.
    """
    lacking = doctor.missing([*doctor.python_parts(say)], for_tests=False)
    if lacking:
        return _refuse(lacking[0].told, say("door.to-edit", how=doctor.how_to_get(lacking)))
    stamp = _PYTHON.parents[1] / doctor.STAMPS["site"]
    if not (stamp.exists() and _PYTHON.exists() and not _pip("--version")):
        version = dotted(sys.version_info[:3])
        print(say("door.step-venv", version=version, path=sys.executable), flush=True)
        make = [sys.executable, "-m", "venv", "--clear", str(_PYTHON.parents[1])]
        if subprocess.run(make, check=False).returncode:  # noqa: S603
            return _refuse(say("door.venv"))
    return next((1 for part in parts if not doctor.is_fresh(part) and not _install(part, say)), 0)


def _install(part: str, say: Say) -> bool:
    """Put a part into `.venv/`; whether that could be done."""
    lock = ROOT / doctor.LOCKS[part]
    count = len(re.findall(r"(?m)^[\w.-]+==", lock.read_text(encoding="utf-8")))
    print(say(f"door.step-{part}", n=count), flush=True)
    for what in ((*_LOCKED, "-r", str(lock)), _ITSELF if part == "site" else ()):
        refused = _pip("install", *_QUIETLY, *what, seen=_Progress(count)) if what else ""
        if refused:
            _refuse(_why(refused, say))
            return False
    (_PYTHON.parents[1] / doctor.STAMPS[part]).touch()
    return True


class _Progress:
    """On a terminal one line that tells how far pip is; elsewhere none."""

    def __init__(self, count: int) -> None:
        self.count, self.done = count, 0

    def __call__(self, line: str) -> None:
        """Look at a line that pip printed; "" for the end."""
        self.done += line.startswith(("Collecting", "Requirement", "Ignoring"))
        if sys.stdout.isatty() and (not line or _STEP.match(line)):
            told = f"     {min(self.done, self.count)}/{self.count}  {line.strip()[:60]}"
            print("\r\033[K" + (told if line else ""), end="", flush=True)


def _pip(*arguments: str, seen: Callable[[str], None] = lambda _: None) -> str:
    """Run pip, and show each line that it prints to `seen`; all that it said if it failed."""
    process = subprocess.Popen(  # noqa: S603
        [str(_PYTHON), "-m", "pip", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        errors="replace",
    )
    said = []
    for line in process.stdout or ():
        said.append(line)
        seen(line)
    seen("")
    return ("".join(said) or "pip") if process.wait() else ""


def _why(said: str, say: Say) -> str:
    """Why pip gave up, in a line."""
    if "Retrying (" in said or "NewConnectionError" in said:
        return say("door.no-index")
    package = re.search(r"No matching distribution found for ([\w.-]+==[\w.]+)", said)
    if package:
        here, newest = dotted(sys.version_info[:2]), dotted(doctor.python_range()[1])
        return say("door.no-wheel", package=package[1], version=here, newest=newest)
    lines = said.strip().splitlines()
    errors = [line for line in lines if line.startswith("ERROR")] or lines
    return say("door.pip", said=errors[-1].replace("ERROR: ", ""))


def _refuse(*lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return 1


def _go_on_in_another_python() -> None:
    """If this one will not do and there is one that will."""
    oldest, newest = doctor.python_range()
    if oldest <= sys.version_info[:2] <= newest:
        return
    names = ["python3", *(f"python3.{n}" for n in range(newest[1], oldest[1] - 1, -1))]
    for path in filter(None, map(shutil.which, names)):
        ask = [
            path,
            "-c",
            f"import sys; sys.exit(not {oldest} <= sys.version_info[:2] <= {newest})",
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if subprocess.run(ask, check=False, **quiet).returncode == 0:  # type: ignore[call-overload]  # noqa: S603
            again = [path, str(Path(__file__).resolve()), *sys.argv[1:]]
            sys.exit(subprocess.run(again, check=False).returncode)  # noqa: S603


def _words() -> Say:
    """The words of this and of doctor.py: their group of the catalogue, a plain text a line."""
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = "zh" if next(filter(None, asked), "").lower().startswith("zh") else "en"
    path = ROOT / "hooks" / "handbook" / "base" / "words" / f"{language}.yml"
    group = path.read_text(encoding="utf-8").partition("\ndoor:\n")[2].partition("\n\n")[0]
    texts = dict(re.findall(r'(?m)^  ([\w-]+): "(.*)"$', group))
    return lambda key, **values: texts[key.partition(".")[2]].format(**values)


def main(arguments: Sequence[str]) -> int:
    """Do what is asked for on the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal may not take Chinese
            stream.reconfigure(errors="backslashreplace")
    _go_on_in_another_python()
    say = _words()
    if "doctor" in arguments:
        return doctor.report(say)
    if "packages" in arguments:
        print(*doctor.packages([*doctor.looked_for(say)]))
        return 0
    return set_up(say, ["site", *(["dev"] if "--dev" in arguments else ())])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
