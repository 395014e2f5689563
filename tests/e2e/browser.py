"""Find the browser that the tests drive: the system's Chromium where it exists, else Playwright's.

Run as a program (`make test` does) it has Playwright fetch one where there is none.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from handbook.commands.doctor import BROWSERS

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def system_browser() -> str | None:
    """The path of the system's own browser, if there is one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def launches() -> bool:
    """Whether the browser starts here: it, or what drives it, may lack system libraries."""
    try:
        with sync_playwright() as playwright:
            path = system_browser() or playwright.chromium.executable_path
            if not Path(path).exists():
                return False
            playwright.chromium.launch(executable_path=path, args=[*FLAGS]).close()
    except Exception as error:  # noqa: BLE001 - whatever stops it is what we are here to tell
        print(str(error).partition("\n")[0], file=sys.stderr)
        return False
    return True


def main() -> int:
    """Exit 0 with a browser that starts, 1 without; why, whoever called it tells in one line."""
    if launches():
        return 0
    if system_browser() is None:
        print("$ playwright install chromium", flush=True)
        install = [sys.executable, "-m", "playwright", "install", "chromium"]
        fetched = subprocess.run(install, capture_output=True, check=False)
        return int(fetched.returncode != 0 or not launches())
    return 1


if __name__ == "__main__":
    sys.exit(main())
