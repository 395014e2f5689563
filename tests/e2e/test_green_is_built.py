"""What the check lets pass is built: right variations, many at once, and green mutations of files.

Each builds for real, downloads too, in a repository whose commit claims to be of the year 3170843.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import yaml
from conftest import CODE, copy_repository, run_in
from test_cases import CASES, apply, small_handbook
from unit.mutations import mutated
from unit.test_any_file import FILES, parts, read_all, whole_handbook
from unit.test_days import YEAR_3170843, committed_at

from handbook.checks import rules
from handbook.pages import loader

RIGHT = [path for path in CASES if path.parent.name == "right"]
FEWEST = 15
"""Variations that a build must hold, lest one that fits no other ever pass for all of them."""

Step = Callable[[Path], None]


def site(root: Path, make: Step) -> Path:
    make(root)
    return copy_repository(root, CODE)


def green(root: Path, steps: list[Step]) -> tuple[int, list[Step]]:
    """Take the `steps` that leave the handbook clean, one after another; how many, and the rest.

    A step that asserts what is no longer there, or that breaks a rule beside others, is undone.
    """
    taken, left = 0, []
    kept = root.with_name(f"{root.name}-kept")
    shutil.copytree(root / "docs", kept)
    for step in steps:
        try:
            step(root)
            fits = rules.check(loader.read(root)) == []
        except (AssertionError, OSError):
            fits = False
        taken += fits
        left += [] if fits else [step]
        source, target = (root / "docs", kept) if fits else (kept, root / "docs")
        shutil.rmtree(target)
        shutil.copytree(source, target)
    return taken, left


def variations() -> list[Step]:
    def step(path: Path) -> Step:
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        return lambda root: apply(case, root)

    return [step(path) for path in RIGHT]


def mutations(seeds: Iterable[int]) -> list[Step]:
    def step(path: str, seed: int) -> Step:
        def mutate(root: Path) -> None:
            head, rest = parts((root / path).read_bytes(), path)
            changed = mutated(head, Random(seed))
            assert changed != head
            (root / path).write_bytes(changed + rest)

        return mutate

    return [step(path, seed) for seed in seeds for path in FILES]


def assert_built(root: Path) -> None:
    committed_at(root, str(YEAR_3170843))
    result = run_in(root, "mkdocs", "build", "--strict", "--site-dir", str(root / "site"))
    said = result.stdout + result.stderr
    assert "Traceback" not in said, said
    assert result.returncode == 0, said
    assert (root / "site/downloads/handbook-offline.zip").stat().st_size


def test_right_variations_are_built(tmp_path: Path) -> None:
    steps = variations()
    for number in range(2):
        root = site(tmp_path / str(number), small_handbook)
        taken, steps = green(root, steps)
        assert taken >= FEWEST
        assert_built(root)


def test_green_mutations_are_built(tmp_path: Path) -> None:
    root = site(tmp_path / "site", whole_handbook)
    taken, _ = green(root, mutations(range(30)))
    assert taken >= FEWEST
    assert read_all(root)
    assert_built(root)
