"""What a build costs and makes, beside others on the same text: `python -m bench.builds [ROLES…]`.

Ours, ours by ProperDocs, Material with static-i18n as they come, and Zensical build the same
written pages, each as a process of its own, without downloads (`--downloads` makes ours); what is
measured is CPU, not wall time. ProperDocs and Zensical take part if they are in `.build/bench`.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.cost import Cost, cost, exponent, machine
from bench.generate import ROOT, generated
from conftest import environment
from e2e.patience import finished

QUICK, FULL = (7, 28), (7, 70, 350, 700)
SEARCH = {"worker.js", "search_index.json", "search.json"}
OTHERS = ROOT / ".build/bench"
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

_CHECK = """
from pathlib import Path
from time import process_time
from handbook.checks import rules
from handbook.pages import loader
project = loader.read(Path())
begun = process_time()
rules.check(project)
print(process_time() - begun)
"""
"""What the check takes of a build, which reads the pages in any case."""


@dataclass(frozen=True)
class Row:
    """What one engine made of so many roles; sizes in MB, the search of a reader in KB as sent."""

    engine: str
    roles: int
    cost: Cost
    pages: int
    files: int
    size: float
    search: float

    def __str__(self) -> str:
        cells = (
            self.engine, self.roles, f"{self.cost.seconds:.1f}", f"{self.cost.memory:.0f}",
            self.pages, self.files, f"{self.size:.1f}", f"{self.search:.0f}",
        )  # fmt: skip
        return f"| {' | '.join(map(str, cells))} |"


def row(engine: str, roles: int, folder: Path, downloads: bool = False) -> Row:
    """Have an engine build the pages in `folder`."""
    site = folder.with_name(f"site-{engine}")
    variables = environment(folder, HANDBOOK_DOWNLOADS=str(int(downloads)))
    module = {"ProperDocs": "properdocs", "Zensical": "zensical"}.get(engine, "mkdocs")
    if module != "mkdocs":
        variables["PYTHONPATH"] += os.pathsep + str(OTHERS / module)
    command = [sys.executable, "-m", module, "build", "--config-file", str(folder / "mkdocs.yml")]
    if module == "zensical":
        site = folder / "site"
    else:
        command += ["--quiet", "--site-dir", str(site)]
    told = folder.with_name("told")
    took = cost(command, variables, told)
    files = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    search = [path for path in files if path.name in SEARCH]
    return Row(
        engine, roles, took, sum(path.suffix == ".html" for path in files), len(files),
        sum(files.values()) / 1e6,
        max(len(gzip.compress(path.read_bytes(), 9)) for path in search) / 1e3,
    )  # fmt: skip


def write_plain(docs: Path, folder: Path) -> None:
    """Write the pages in `docs` with plain settings into `folder`."""
    for part in ("zh", "en", "assets/images"):
        shutil.copytree(docs / part, folder / "docs" / part)
    (folder / "mkdocs.yml").write_text(_PLAIN, encoding="utf-8")


def rows(roles: int, downloads: bool, engines: Sequence[str]) -> list[Row]:
    """What each engine makes of so many roles; what the check takes of ours is printed."""
    with tempfile.TemporaryDirectory() as name:
        ours, plain = generated(Path(name, "ours"), roles), Path(name, "plain")
        write_plain(ours / "docs", plain)
        made = []
        for engine in engines:
            folder = ours if engine in {"ours", "ProperDocs"} else plain
            made.append(row(engine, roles, folder, downloads and engine == "ours"))
            print(made[-1], flush=True)
        script = Path(name, "check.py")
        script.write_text(_CHECK, encoding="utf-8")
        told = finished([sys.executable, str(script)], ours, environment(ours)).stdout
        whole = made[0].cost.seconds
        share = f"{float(told):.2f} s of {whole:.1f}, {float(told) / whole:.1%}"
        print(f"the check of {roles} roles: {share}", flush=True)
        return made


def main() -> None:
    """Print a table of sizes, the numbers of roles, and how each figure grows with them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", nargs="*", type=int)
    options.add_argument("--full", action="store_true")
    options.add_argument("--downloads", action="store_true")
    given = options.parse_args()
    others = [each for each in ("ProperDocs", "Zensical") if (OTHERS / each.lower()).is_dir()]
    print(machine())
    print(
        "| engine | roles | CPU s | MiB | pages | files | MB | search KB gz |\n" + "|---" * 8 + "|"
    )
    made: list[Row] = []
    for number, roles in enumerate(given.sizes or (FULL if given.full else QUICK)):
        every = given.full or not number
        made += rows(roles, given.downloads, ["ours", "plain", *(others if every else ())])
    for engine in dict.fromkeys(each.engine for each in made):
        own = [each for each in made if each.engine == engine]
        if len(own) > 1:
            sizes = [each.roles for each in own]
            grown = {
                "CPU": exponent(sizes, [each.cost.seconds for each in own]),
                "pages": exponent(sizes, [each.pages for each in own]),
                "bytes": exponent(sizes, [each.size for each in own]),
            }
            told = ", ".join(f"{name} {power:.2f}" for name, power in grown.items())
            print(f"{engine} grows with the roles by the exponent: {told}")


if __name__ == "__main__":
    main()
