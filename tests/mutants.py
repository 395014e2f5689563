"""Breaks the library one line at a time; the fast tests must notice each: `make mutants`.

`mutants.yml` lists what is broken and which tests are to notice it. A line is found by its text,
wherever under `hooks/` it stands, and a test by the name of its file, so that both may move.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parent.parent
LISTED = Path(__file__).with_suffix(".yml")
_COPIED = ("docs", "hooks", "overrides", "schemas", "tests", "mkdocs.yml", "pyproject.toml")
_LEFT_OUT = shutil.ignore_patterns(".*")
_FAILED = 1
"""How pytest ends when tests fail; anything else is a mistake in the list."""


class Mutant(NamedTuple):
    """A line of the library, what it becomes, and the tests that are to notice: files or nodes."""

    name: str
    old: str
    new: str
    tests: list[str]


class Outcome(NamedTuple):
    """What became of a mutant: the test that noticed it, or why it is not noticed."""

    mutant: Mutant
    noticed: bool
    said: str
    seconds: float


def listed() -> list[Mutant]:
    """All mutants of the list."""
    return [Mutant(**each) for each in yaml.safe_load(LISTED.read_text("utf-8"))]


def place(mutant: Mutant, root: Path = ROOT) -> Path:
    """The one file under `hooks/` that has the line, once.

    Raises:
        ValueError: if none has, or several.
    """
    sources = sorted((root / "hooks").rglob("*.py"))
    counts = {path: path.read_text("utf-8").count(mutant.old) for path in sources}
    if sum(counts.values()) != 1:
        raise ValueError(f"{mutant.name}: the line stands {sum(counts.values())} times in hooks/")
    return next(path for path, count in counts.items() if count)


def nodes(mutant: Mutant, root: Path = ROOT) -> list[str]:
    """The tests as pytest takes them; the name of a rule stands for its golden cases.

    Raises:
        ValueError: if there is no such file, or several.
    """
    found = []
    for test in mutant.tests:
        cases = sorted((root / "tests/cases" / test).glob("*.yml"))
        if cases:
            found += [f"tests/test_cases.py::test_case[{test}/{path.stem}]" for path in cases]
            continue
        name, colons, node = test.partition("::")
        files = [*(root / "tests").rglob(name)]
        if len(files) != 1:
            raise ValueError(f"{mutant.name}: {len(files)} files in tests/ are called {name}")
        found.append(f"{files[0].relative_to(root).as_posix()}{colons}{node}")
    return found


def copy(folder: Path) -> Path:
    """A copy of what the tests need, to be broken."""
    folder.mkdir()
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=_LEFT_OUT)
        else:
            shutil.copy(ROOT / name, folder)
    return folder


def run(root: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    """Run `tests` with the library in `root`, up to the first that fails."""
    command = ["-m", "pytest", "-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider"]
    own = {"PYTHONPATH": str(root / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *command, *tests],
        cwd=root,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )


def outcome(mutant: Mutant, root: Path) -> Outcome:
    """Break the library in `root`, run the tests, and mend it."""
    path = place(mutant, root)
    text, began = path.read_text("utf-8"), time.monotonic()
    path.write_text(text.replace(mutant.old, mutant.new), "utf-8")
    os.utime(path, (began, began))  # long ago: what was compiled of it is not taken for this
    try:
        result = run(root, nodes(mutant, root))
    finally:
        path.write_text(text, "utf-8")
    last = [line for line in result.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    said = last[0].partition(" ")[2].partition(" - ")[0] if last else "SURVIVED"
    noticed = result.returncode == _FAILED and bool(last)  # pytest itself may fail, with no test
    if result.returncode and not noticed:
        said = f"NOT RUN: {(result.stderr or result.stdout).strip()[-200:]}"
    return Outcome(mutant, noticed, said, time.monotonic() - began)


def _whole(node: str) -> str:
    """The test without its example, whose name pytest may have cut or escaped."""
    return node if "test_case[" in node else node.partition("[")[0]


def main(wanted: list[str]) -> int:
    """Print what became of each mutant, or of those whose names hold one of `wanted`."""
    began = time.monotonic()
    mutants = [each for each in listed() if not wanted or any(w in each.name for w in wanted)]
    workers = os.cpu_count() or 1
    with TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(workers):
            copies.put(copy(Path(folder, str(number))))

        def tried(mutant: Mutant) -> Outcome:
            broken = copies.get()
            try:
                return outcome(mutant, broken)
            finally:
                copies.put(broken)

        survived, noticing = 0, list[str]()
        for number, each in enumerate(pool.map(tried, mutants), start=1):
            survived += not each.noticed
            noticing += [_whole(each.said)] if each.noticed else []
            package = place(each.mutant).relative_to(ROOT / "hooks").parent.as_posix()
            print(f"{number:3} {each.seconds:5.1f} s  {package:24} {each.mutant.name}: {each.said}")
        whole = run(copies.get(), noticing) if noticing else None
    print(f"{len(mutants)} mutants, {survived} not noticed, {time.monotonic() - began:.0f} s")
    if whole and whole.returncode:
        print(f"A test that noticed fails without a mutant too:\n{whole.stdout[-2000:]}")
    return 1 if survived or (whole and whole.returncode) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
