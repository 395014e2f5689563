"""What goes wrong in a page while a test looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response


class Watch:
    """Notes console errors, uncaught exceptions, failed requests and requests to other hosts."""

    def __init__(self, page: Page, problems: list[str]) -> None:
        self._problems = problems
        page.on("console", self._on_console)
        page.on("pageerror", self._on_exception)
        page.on("request", self._on_request)
        page.on("requestfailed", self._on_failure)
        page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        # The browser repeats each failed request in the console; `_on_response` has it already.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self._problems.append(f"console {message.type}: {message.text}")

    def _on_exception(self, error: Error) -> None:
        self._problems.append(f"exception: {error.message}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about", "file"} and parts.hostname != "127.0.0.1":
            self._problems.append(f"other host: {request.url}")

    def _on_failure(self, request: Request) -> None:
        # What is still under way when a test moves on to the next page is aborted: no fault.
        if request.failure != "net::ERR_ABORTED":
            self._problems.append(f"failed: {request.url} ({request.failure})")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self._problems.append(f"{response.status}: {urlsplit(response.url).path}")
