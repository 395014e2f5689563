"""How long a phone on a slow line waits for its first result: `python -m bench.slow_line SITE`.

The site is served in brotli by a server that is as slow as the line: 400 ms before each answer, and
for each new connection, and 400 kbit/s for all of them together. A phone opens a page, its cache
empty, and waits for it; then its reader taps the search, and types at once. Shown are the seconds
from the tap to the first result, and the bytes of all that came in between.
"""

from __future__ import annotations

import argparse
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

import brotli
from e2e.browser import FLAGS, system_browser
from playwright.sync_api import Browser, sync_playwright

LATENCY = 0.4  # seconds
RATE = 400_000 / 8  # bytes a second
PIECE = 1400
PAGES = {"": "退貨", "roles/marketing/": "退貨", "en/": "refund", "zh-Hans/": "退货"}

_FIRST = """() => {
  const box = document.querySelector(".md-search-result__found");
  addEventListener("pointerdown", () => { window.tapped = performance.now(); }, true);
  new MutationObserver(() => {
    if (box.querySelector(".md-search-result__link")) window.found ??= performance.now();
  }).observe(box, { childList: true, subtree: true });
}"""


class Line:
    """One line that all connections share."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free = 0.0
        self.bytes = 0

    def take(self, size: int) -> None:
        """Wait until `size` bytes have passed."""
        with self.lock:
            self.bytes += size
            self.free = max(self.free, time.monotonic()) + size / RATE
            wait = self.free - time.monotonic()
        time.sleep(max(0, wait))


class Handler(SimpleHTTPRequestHandler):
    """Serves brotli over a slow line."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, line: Line, **kwargs: object) -> None:
        self.line = line
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def setup(self) -> None:
        """A connection takes a round trip of its own."""
        super().setup()
        time.sleep(LATENCY)

    def do_GET(self) -> None:
        """Send a file, slowly."""
        time.sleep(LATENCY)
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        body = brotli.compress(path.read_bytes(), quality=9) if path.is_file() else b""
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.line.take(300)
        for start in range(0, len(body), PIECE):
            piece = body[start : start + PIECE]
            self.line.take(len(piece))
            self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Does not mind a browser that hangs up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


def wait_for_result(browser: Browser, site: Path, page_path: str, query: str) -> tuple[float, int]:
    """Seconds from the tap to the first result, and the bytes that came in between."""
    line = Line()
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(site), line=line))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    phone = {"width": 390, "height": 844}
    context = browser.new_context(viewport=phone, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/{page_path}", wait_until="networkidle")
    page.evaluate(_FIRST)
    before = line.bytes
    page.locator(".md-header__button[for=__search]").tap()
    page.locator(".md-search__input:focus").wait_for()
    page.keyboard.insert_text(query)
    page.locator(".md-search-result__link").first.wait_for(timeout=60_000)
    seconds: float = page.evaluate("(window.found - window.tapped) / 1000")
    used = line.bytes - before
    context.close()
    server.shutdown()
    return seconds, used


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("site", type=Path)
    options.add_argument("--times", type=int, default=3)
    given = options.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=[*FLAGS])
        for page, query in PAGES.items():
            taken = [wait_for_result(browser, given.site, page, query) for _ in range(given.times)]
            seconds = [each for each, _ in taken]
            print(
                f"/{page:18}{query:8} median {median(seconds):.1f} s, most {max(seconds):.1f} s,"
                f" {taken[0][1] / 1000:.0f} KB",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
