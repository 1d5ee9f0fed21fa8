"""A real Chromium without a window, spoken to over two pipes (the DevTools protocol).

Input: the path of a page. Output: a `Page` that evaluates expressions, presses keys, takes
screenshots. Raises `PageError` for what the page's script throws. No port is opened, and nothing
but the browser itself is needed.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
PATIENCE_SECONDS = 60


class PageError(Exception):
    """The page threw, or a command of the protocol was refused."""


class Page:
    """One tab."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session
        self.console: list[str] = []  # errors, and what the policy refused
        self.requests: list[str] = []  # addresses the page asked for
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.do(f"{domain}.enable")

    def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol."""
        return self._browser.command(method, parameters, self._session, self)

    def open(self, url: str) -> None:
        """Go to an address and wait until it has loaded."""
        self.do("Page.navigate", url=url)
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    def evaluate(self, expression: str) -> Any:
        """Value of an expression; promises are awaited."""
        answer = self.do(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def wait_for(self, condition: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.evaluate(condition):
            if time.monotonic() > end:
                raise PageError(f"never came true: {condition}")
            time.sleep(0.02)

    def resize(self, width: int, height: int = 900, *, dark: bool = False) -> None:
        """The window's size, and the scheme its user likes."""
        self.do(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.do("Emulation.setEmulatedMedia", features=[scheme])

    def press(self, key: str) -> None:
        """A key, by its name ('Tab', 'ArrowDown', 'Enter')."""
        text = {"text": "\r"} if key == "Enter" else {}
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38,
                 "ArrowRight": 39, "ArrowDown": 40}  # fmt: skip
        for kind in ("keyDown", "keyUp"):
            self.do("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                    windowsVirtualKeyCode=codes[key], **text)  # fmt: skip

    def screenshot(self, path: Path, *, full: bool = False) -> None:
        """What the page looks like, as PNG."""
        answer = self.do("Page.captureScreenshot", captureBeyondViewport=full, **self._clip(full))
        path.write_bytes(base64.b64decode(answer["data"]))

    def _clip(self, full: bool) -> dict[str, Any]:
        if not full:
            return {}
        size = self.do("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        return {"clip": clip}

    def hear(self, event: dict[str, Any]) -> None:
        """Keep what tests ask about."""
        match event["method"], event["params"]:
            case "Runtime.exceptionThrown", {"exceptionDetails": details}:
                self.console.append(str(details.get("exception", details)))
            case "Log.entryAdded", {"entry": {"level": "error" | "warning"} as entry}:
                self.console.append(entry["text"])
            case "Network.requestWillBeSent", {"request": {"url": url}}:
                self.requests.append(url)


class Browser:
    """The process and its pipes."""

    def __init__(self, process: subprocess.Popen[bytes], commands: int, answers: int) -> None:
        self._process, self._commands, self._answers = process, commands, answers
        self._number, self._rest = 0, b""

    def page(self) -> Page:
        """A new tab."""
        target = self.command("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = self.command("Target.attachToTarget", {"targetId": target, "flatten": True})
        return Page(self, attached["sessionId"])

    def command(
        self,
        method: str,
        parameters: dict[str, Any],
        session: str | None = None,
        page: Page | None = None,
    ) -> dict[str, Any]:
        """Send a command and wait for its answer; events on the way go to the page."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._commands, data) :]
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise PageError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            if page is not None and "method" in answer:
                page.hear(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._answers, 1 << 20)
            if not piece:
                raise PageError(f"the browser has gone, exit code {self._process.poll()}")
            self._rest += piece
        text, self._rest = self._rest.split(b"\0", 1)
        message: dict[str, Any] = json.loads(text)
        return message


@contextmanager
def running_chromium(profile: Path) -> Iterator[Browser]:
    """A browser with a fresh profile in an empty folder; ended afterwards."""
    if CHROMIUM is None:
        raise PageError("Chromium is not installed")
    their_commands, commands = os.pipe()
    answers, their_answers = os.pipe()

    def hand_over() -> None:
        # The protocol's pipes are descriptors 3 and 4. Copied high first: they may be 3 or 4 now.
        high = os.dup(their_commands), os.dup(their_answers)
        os.dup2(high[0], 3)
        os.dup2(high[1], 4)

    with subprocess.Popen(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=hand_over,
        close_fds=False,
    ) as process:
        os.close(their_commands)
        os.close(their_answers)
        try:
            yield Browser(process, commands, answers)
        finally:
            # asked to close, it also ends its own children before it goes
            with suppress(PageError, OSError):
                Browser(process, commands, answers).command("Browser.close", {})
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
            os.close(commands)
            os.close(answers)
