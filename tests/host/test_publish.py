"""A publish is atomic: killed, out of room or beside others, a build leaves one whole site.

What is built is a small site of MkDocs' own, by the real command: a second instead of a minute.
`PUBLISH_KILLS=100` kills that many builds, each at another moment.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import environment

KILLS = int(os.environ.get("PUBLISH_KILLS", "3"))
BUILD = [sys.executable, "-m", "handbook", "build"]
PAGES = 20
pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was built, with what it was made of."""
    root = tmp_path_factory.mktemp("built")
    (root / "docs").mkdir()
    config = "site_name: x\ntheme: {name: null, custom_dir: theme}\nplugins: []\n"
    (root / "mkdocs.yml").write_text(config, "utf-8")
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text("{{ page.content }}", "utf-8")
    write(root, "first")
    assert build(root)[0] == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "root")


def write(root: Path, version: str) -> None:
    """Let all pages say the same."""
    for n in range(PAGES):
        (root / f"docs/{n}.md").write_text(f"{version}\n\n" * 200, "utf-8")
    (root / "docs/index.md").write_text(version, "utf-8")


def published(root: Path) -> str:
    """What all pages say that are there; all must be."""
    said = Counter(
        page.read_text("utf-8").replace("<p>", "").split("</p>")[0]
        for page in (root / "site").rglob("index.html")
    )
    assert [*said.values()] == [PAGES + 1], said
    beside = {path.name for path in (root / "site/0").iterdir()}
    assert beside == {"index.html", "index.html.br", "index.html.gz"}
    return next(iter(said))


def begin(root: Path, **how: Any) -> subprocess.Popen[str]:
    out = subprocess.PIPE
    return subprocess.Popen(
        BUILD, cwd=root, env=environment(root), text=True, stdout=out, stderr=out, **how
    )


def build(root: Path, **how: Any) -> tuple[int, str]:
    """Build to the end; the exit code, and what was told."""
    with begin(root, **how) as begun:
        told = "".join(begun.communicate())
    return begun.returncode, told


def test_a_build_killed_at_any_moment_leaves_a_whole_site(root: Path) -> None:
    moments = Random(7)
    started = time.monotonic()
    assert build(root)[0] == 0
    usual, versions = time.monotonic() - started, {"first"}
    for n in range(KILLS):
        versions.add(f"killed-{n}")
        write(root, f"killed-{n}")
        with begin(root, start_new_session=True) as killed:
            time.sleep(moments.uniform(0.3, 1.05) * usual)
            os.killpg(killed.pid, signal.SIGKILL)
            killed.communicate()
        assert published(root) in versions
    assert (root / ".build").exists()
    write(root, "last")
    assert build(root)[0] == 0
    assert published(root) == "last"
    assert [*(root / ".build").iterdir()] == []


def test_three_builds_at_once_leave_one_whole_site(root: Path) -> None:
    write(root, "second")
    with ThreadPoolExecutor(3) as pool:
        built = [pool.submit(build, root) for _ in range(3)]
    told = [each.result() for each in built]
    assert [code for code, _ in told] == [0] * 3, told
    assert published(root) == "second"
    assert [*(root / ".build").iterdir()] == []


def test_without_room_the_site_stays_and_nothing_is_left(root: Path) -> None:
    """A limit on the size of files stands for a full disk."""
    write(root, "second")
    (root / "docs/0.md").write_text("much\n\n" * 30_000, "utf-8")

    def restrict() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    code, told = build(root, preexec_fn=restrict)
    assert code == 1
    assert "File too large" in told
    assert published(root) == "first"
    assert [*(root / ".build").iterdir()] == []


def test_everyone_can_read_a_build_and_what_did_not_change_is_not_sent_again(root: Path) -> None:
    before = times(root)
    (root / "docs/3.md").write_text("other\n\n" * 200, "utf-8")  # as long as it was
    assert build(root, umask=0o077)[0] == 0
    after = times(root)
    assert before.keys() == after.keys()
    changed = {path for path, time in after.items() if time != before[path]}
    assert changed == {"3/index.html", "3/index.html.br", "3/index.html.gz"}
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (root / "site").rglob("*")}
    assert modes == {True: 0o755, False: 0o644}


def times(root: Path) -> dict[str, float]:
    files = (path for path in (root / "site").rglob("*") if path.is_file())
    return {path.relative_to(root / "site").as_posix(): path.stat().st_mtime for path in files}
