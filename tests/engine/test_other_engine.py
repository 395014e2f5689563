"""The site outlives MkDocs: ProperDocs, which goes on with its first line, makes it too."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import ROOT, environment, once, run_in
from e2e.patience import finished

NEEDED = Path(__file__).with_name("requirements.txt")


@pytest.fixture(scope="module")
def properdocs(shared_tmp: Path) -> Path:
    """A folder with ProperDocs alone, so that our environment stays as it is."""
    folder = shared_tmp / "properdocs"
    pip = ["pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    result = run_in(ROOT, *pip, "--require-hashes", "--target", str(folder), "-r", str(NEEDED))
    if result.returncode:
        told = f"ProperDocs cannot be installed: {result.stderr[-300:]}"
        # Elsewhere a machine may have no package index in reach; CI's job always has one.
        (pytest.fail if "GITHUB_ACTIONS" in os.environ else pytest.skip)(told)
    return folder


def test_another_engine_makes_the_same_site(site: Path, properdocs: Path, shared_tmp: Path) -> None:
    def build(folder: Path) -> None:
        variables = environment(ROOT)
        variables["PYTHONPATH"] += os.pathsep + str(properdocs)
        command = [sys.executable, "-m", "properdocs", "build", "--strict"]
        result = finished([*command, "--site-dir", str(folder)], ROOT, variables)
        assert result.returncode == 0, result.stdout + result.stderr

    other = once(shared_tmp / "other", build)
    ours, theirs = files(site), files(other)
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name].read_bytes() != theirs[name].read_bytes()] == []


def files(site: Path) -> dict[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
