"""What readers and disks get of a larger handbook: `python -m bench.growth [--downloads] [ROLES…]`.

Handbooks of more and more roles are written, checked and built by the real commands: files, bytes,
the search of one language as it is sent, memory, and what the check is of a build.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
from pathlib import Path

from bench.cost import PYTHON, cost, exponent, machine
from bench.generate import generated
from conftest import environment

SIZES = (12, 40, 100, 200)


def row(roles: int, downloads: bool) -> tuple[float, ...]:
    """Roles; pages, files, MB, MB below downloads/; KB of search; CPU seconds, MiB; check's CPU."""
    with tempfile.TemporaryDirectory() as name:
        root = generated(Path(name, "handbook"), roles)
        site, told = Path(name, "site"), Path(name, "told")
        variables = environment(root, HANDBOOK_DOWNLOADS=str(int(downloads)))
        at = ["--config-file", str(root / "mkdocs.yml"), "--site-dir", str(site)]
        checked = cost([PYTHON, "-m", "handbook", "check", "--root", str(root)], variables, told)
        built = cost([PYTHON, "-m", "mkdocs", "build", "-q", *at], variables, told)
        files = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
        kept = [size for path, size in files.items() if "downloads" in path.parts]
        search = [len(gzip.compress(path.read_bytes(), 9)) for path in site.rglob("worker.js")]
        pages = sum(path.suffix == ".html" for path in files)
        return (
            roles, pages, len(files), sum(files.values()) / 1e6, sum(kept) / 1e6,
            max(search) / 1e3, built.seconds, built.memory, checked.seconds,
        )  # fmt: skip


def main() -> None:
    """Print a table of sizes, the numbers of roles."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", nargs="*", type=int, default=[*SIZES])
    options.add_argument("--downloads", action="store_true")
    given = options.parse_args()
    print(machine())
    print(
        "| roles | pages | files | MB | downloads MB | search KB gz | CPU s | MiB | check s |\n"
        "|---|---|---|---|---|---|---|---|---|"
    )
    rows = []
    for roles in given.sizes:
        rows.append(row(roles, given.downloads))
        print("| " + " | ".join(f"{each:.0f}" for each in rows[-1]) + " |", flush=True)
    if len(rows) > 1:
        grown = [*zip(*rows, strict=True)]
        powers = [exponent(grown[0], each) if all(each) else 0 for each in grown[1:]]
        print("| exponent | " + " | ".join(f"{each:.2f}" for each in powers) + " |")


if __name__ == "__main__":
    main()
