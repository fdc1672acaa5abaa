"""The command `iisg` as a person would call it, and the demonstration served, for journeys and browsers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
IISG = [sys.executable, "-m", "iisg.faces.console.main"]


def surroundings(var: Path, **more: str) -> dict[str, str]:
    """The environment of a house of its own under `var`, whatever the tests themselves run with."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("IISG_", "DJANGO_"))}
    frontend = ROOT / "var" / "frontend"
    if frontend.exists() and not (var / "frontend").exists():
        (var / "frontend").symlink_to(frontend)
    return clean | {"IISG_VAR": str(var)} | more


def iisg(var: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*IISG, *words],
        cwd=ROOT,
        env=surroundings(var, **environment),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def free_port() -> int:
    """A port of the loopback address that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served_demonstration(var: Path) -> Iterator[str]:
    """`iisg demo` with its worker on a free port; ended as a person would, with Ctrl-C."""
    port = free_port()
    with (var / "server.log").open("a") as log:
        process = subprocess.Popen(
            [*IISG, "demo"], cwd=ROOT, env=surroundings(var, PORT=str(port)), stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _await(address, process, var / "server.log")
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the house answers; a house that ends before says why."""
    for _ in range(600):
        try:
            urlopen(address, timeout=5).close()  # noqa: S310 - an address of our own
            return
        except (URLError, OSError):
            assert process.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError(f"The house did not answer within two minutes: {log.read_text()}")
