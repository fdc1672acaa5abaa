"""The server, its worker and its clock, started together and ended together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

CLOCK_SECONDS = 60
"""Pause between two turns of the clock."""


def serve(host: str, port: int, workers: int = 2) -> int:
    """Run web server, worker and clock until Ctrl-C or until one of them ends; returns an exit code."""
    web = [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{host}:{port}",
        "--workers", str(workers), "--no-control-socket", "--log-level", "warning", "--timeout", "120",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "django", "db_worker", "--interval", "0.5", "--no-startup-delay"]
    clock = [sys.executable, "-m", "django", "clock", "--every", str(CLOCK_SECONDS)]
    # with the port, so that links in letters lead to where the house is served
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PORT": str(port)}
    # in groups of their own, so that Ctrl-C reaches this program alone, which then ends all in good order
    running = [
        subprocess.Popen(command, env=environment, process_group=0) for command in (web, worker, clock)
    ]

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for ending in (signal.SIGINT, signal.SIGTERM):  # also where the shell started us with Ctrl-C ignored
        signal.signal(ending, end)
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
        return max(process.returncode or 0 for process in running)
    except KeyboardInterrupt:
        return 0
    finally:
        for process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGINT if process is running[1] else signal.SIGTERM)
        for process in running:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def port_is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
