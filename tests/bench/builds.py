"""What a build costs beside plain Material with static-i18n: `python -m bench.builds [ROLES…]`.

Both build the same authored pages in one run, as whole processes, without downloads. A build of
ours makes more pages, so the cost of a published page is compared too.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.generate import ROOT, generate
from conftest import environment, run_in

SIZES = (7, 70, 350, 700)
_PLAIN = """
site_name: Handbook
theme:
  name: material
  font: false
  features: [navigation.sections, navigation.prune]
plugins:
  - search
  - i18n:
      docs_structure: folder
      fallback_to_default: false
      languages:
        - {locale: zh, name: Chinese, default: true}
        - {locale: en, name: English}
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables]
"""
"""The same theme, plugin and languages, and nothing of ours."""


@dataclass(frozen=True)
class Cost:
    """CPU seconds and MiB of memory of a build; pages and MB of what it made."""

    seconds: float
    memory: float
    pages: int
    size: float


def measure(folder: Path, site: Path) -> Cost:
    """Build the handbook in `folder` into `site`."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", str(site)]
    variables = environment(ROOT, HANDBOOK_DOWNLOADS="0")
    nowhere = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
    pid = os.posix_spawn(
        sys.executable,
        [*command, "--config-file", str(folder / "mkdocs.yml")],
        variables,
        file_actions=nowhere,
    )
    _, status, usage = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"the build in {folder} fails"
    files = [path for path in site.rglob("*") if path.is_file()]
    return Cost(
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        sum(path.suffix == ".html" for path in files),
        sum(path.stat().st_size for path in files) / 1e6,
    )


def both(roles: int) -> tuple[Cost, Cost]:
    """What our build and the plain one of a handbook of `roles` roles cost."""
    with tempfile.TemporaryDirectory() as name:
        ours, plain = Path(name, "ours"), Path(name, "plain")
        generate(ours, roles)
        for part in ("hooks", "overrides"):
            shutil.copytree(ROOT / part, ours / part)
        limits = ours / "hooks" / "handbook" / "base" / "limits.py"
        written = re.sub(
            r"^(MOST_\w+) = .+", r"\1 = 10**9", limits.read_text("utf-8"), flags=re.MULTILINE
        )
        limits.write_text(written, encoding="utf-8")  # the largest sizes are beyond them
        run_in(ours, "handbook", "fix", PYTHONPATH=str(ours / "hooks"))
        plain.mkdir()
        for language in ("zh", "en"):
            shutil.copytree(ours / "docs" / language, plain / "docs" / language)
        shutil.copytree(ours / "docs" / "assets" / "images", plain / "docs" / "assets" / "images")
        (plain / "mkdocs.yml").write_text(_PLAIN, encoding="utf-8")
        return measure(ours, Path(name, "site")), measure(plain, Path(name, "site-plain"))


def main(sizes: list[int]) -> None:
    """Print a table of `sizes`, the numbers of roles."""
    print(
        "| roles | CPU s | plain | ratio | pages | plain | a page, ratio | MB | plain | MiB |\n"
        "|---|---|---|---|---|---|---|---|---|---|"
    )
    for roles in sizes:
        ours, plain = both(roles)
        ratio = ours.seconds / plain.seconds
        page = ratio * plain.pages / ours.pages
        print(
            f"| {roles} | {ours.seconds:.1f} | {plain.seconds:.1f} | {ratio:.1f} | {ours.pages} "
            f"| {plain.pages} | {page:.2f} | {ours.size:.0f} | {plain.size:.0f} "
            f"| {ours.memory:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [*SIZES])
