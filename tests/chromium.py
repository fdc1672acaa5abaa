"""Finds Chromium for the browser tests and, where the machine allows it, installs Debian's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
           "--disable-dev-shm-usage", "--no-first-run")  # fmt: skip
CURE = (
    "Chromium was not found. Cure: install it (Debian: apt-get install chromium) or say where it is: "
    "IISG_CHROMIUM=/path/to/chromium make test"
)


def find_chromium() -> Path | None:
    """IISG_CHROMIUM, else the first such browser on the path, else one that playwright fetched, else None."""
    if named := os.environ.get("IISG_CHROMIUM"):
        return Path(named) if Path(named).is_file() else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    fetched = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next(iter(sorted(fetched.glob("chromium-*/chrome-linux*/chrome"), reverse=True)), None)


def install_from_debian() -> bool:
    """Ask apt for Chromium; True if it could be asked and succeeded."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    print("Chromium: installing Debian's package (once, about 250 MB) …", flush=True)
    surroundings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run([apt, *words], env=surroundings, capture_output=True, text=True, check=False)
        if done.returncode:
            print("\n".join((done.stdout + done.stderr).splitlines()[-10:]))
            return False
    return True


def ensure_chromium() -> Path | None:
    """Chromium's program, installed first if need be and possible; None where there is none."""
    found = find_chromium()
    if found is None and "IISG_CHROMIUM" not in os.environ and install_from_debian():
        found = find_chromium()
    return found


if __name__ == "__main__":
    program = ensure_chromium()
    print(program or CURE)
    sys.exit(program is None)
