"""Lighthouse's scores: `python tests/bench/lighthouse.py [RUNS] [SITE]`.

Builds the site (or takes a built SITE), serves it compressed, as a host does, and has Lighthouse
open home, a role page and a view in each language, on a phone and on a desk. Performance
is a timing: the median of RUNS (5) is shown, with the first paint. Needs node and a browser; `npx`
fetches Lighthouse.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

import brotli

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from e2e.browser import FLAGS, system_browser  # noqa: E402
from e2e.server import Handler, Server  # noqa: E402

LIGHTHOUSE = "lighthouse@13.5.0"
PORT = 8763
VIEWS = ("", "roles/marketing/", "matrix/")
PAGES = [f"{root}{page}" for root in ("", "zh-Hans/", "en/") for page in VIEWS]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css",
         ".svg": "image/svg+xml", ".json": "application/json"}  # fmt: skip


class Compressed(Handler):
    """Serves text as brotli, with its length, as hosts do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 - the name is inherited
        """Send a file."""
        path = Path(self.translate_path(self.path.partition("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in TYPES or not path.is_file():
            super().do_GET()
            return
        body = brotli.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", TYPES[path.suffix])
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def build(folder: Path) -> Path:
    """Build the site as it is published at the address that it will be served from."""
    environment = {
        **os.environ,
        "SITE_URL": f"http://127.0.0.1:{PORT}/",
        "PYTHONPATH": str(ROOT / "hooks"),
    }
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return folder


def run(address: str, desk: bool) -> dict[str, Any]:
    """One run of Lighthouse; its report."""
    npx = os.environ.get("LIGHTHOUSE", f"npx --yes {LIGHTHOUSE}").split()
    command = [*npx, address, "--quiet", "--output=json", "--output-path=stdout",
               f"--only-categories={','.join(CATEGORIES)}",
               f"--chrome-flags=--headless=new {' '.join(FLAGS)}"]  # fmt: skip
    command += ["--preset=desktop"] if desk else []
    environment = {**os.environ, "CHROME_PATH": system_browser() or ""}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def table(runs: int) -> None:
    """Print a row for each page and device, with what loses points."""
    print("| page | device | performance | accessibility | best practices | SEO | first paint |")
    print("|---|---|---|---|---|---|---|")
    lost = set()
    for page in PAGES:
        for desk in (False, True):
            reports = [run(f"http://127.0.0.1:{PORT}/{page}", desk) for _ in range(runs)]
            scores = [
                median(round(100 * (r["categories"][c]["score"] or 0)) for r in reports)
                for c in CATEGORIES
            ]
            paint = median(r["audits"]["first-contentful-paint"]["numericValue"] for r in reports)
            cells = " | ".join(f"{score:.0f}" for score in scores)
            print(f"| /{page} | {'desk' if desk else 'phone'} | {cells} | {paint / 1000:.2f} s |")
            for name, audit in reports[0]["audits"].items():
                if audit["score"] is not None and audit["score"] < 1:
                    lost.add(f"{name}: {audit['title']} ({audit.get('displayValue', '')})")
            sys.stdout.flush()
    print("\nLess than full marks anywhere:", *sorted(lost), sep="\n- ")


def main() -> None:
    """Serve and measure."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        site = Path(sys.argv[2]) if len(sys.argv) > 2 else build(Path(folder) / "site")
        handler = partial(Compressed, directory=str(site), below="/")
        with Server(("127.0.0.1", PORT), handler) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            table(runs)
            server.shutdown()


if __name__ == "__main__":
    main()
