"""Builds .venv from the locked requirements; the standard library is all it needs (`make` calls it)."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PLACE = HOUSE / ".venv"
LOG = HOUSE / "var" / "log" / "installation.log"
LOCKS = {"runtime": "requirements.txt", "development": "requirements-dev.txt"}
VENV_CURE = (
    "This Python comes without venv or ensurepip. "
    "Cure: install them (Debian, Ubuntu: apt-get install python3-venv) and call make again."
)


class SetUpFailed(Exception):
    """The environment could not be built; the message ends with the cure."""


def python_in(place: Path) -> Path:
    """The interpreter of a virtual environment."""
    return place / "bin" / "python"


def stamp(kind: str) -> Path:
    """The file that says for which lock the environment was built."""
    return PLACE / f"iisg-{kind}.stamp"


def wanted(kind: str) -> str:
    """What the stamp has to say: digest of the lock and of how the house is built, and where it stands."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    built = [project["build-system"], project["project"], project["tool"]["setuptools"]]
    digest = hashlib.sha256((HOUSE / LOCKS[kind]).read_bytes())
    digest.update(json.dumps(built, sort_keys=True).encode())
    digest.update(str(HOUSE).encode())
    return digest.hexdigest()


def is_built(kind: str) -> bool:
    """Whether the environment holds this lock as it is now; a development one serves as a runtime one."""
    kinds = ("runtime", "development") if kind == "runtime" else ("development",)
    return python_in(PLACE).exists() and any(
        stamp(each).exists() and stamp(each).read_text(encoding="utf-8") == wanted(each) for each in kinds
    )


def run(command: Sequence[str | Path], cure: str) -> None:
    """Run one program with its output in the log; on failure raise with the tail of the log and the cure."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n$ {' '.join(map(str, command))}\n")
        log.flush()
        done = subprocess.run(command, cwd=HOUSE, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        tail = "\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
        raise SetUpFailed(f"{tail}\n\nThe whole log: {LOG.relative_to(HOUSE)}\nCure: {cure}")


def create() -> None:
    """Make an empty .venv unless a usable one of Python 3.11 or newer is there."""
    if python_in(PLACE).exists():
        probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
        if not subprocess.run([python_in(PLACE), "-c", probe], capture_output=True, check=False).returncode:
            return
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise SetUpFailed(VENV_CURE)
    say(f"creating .venv with Python {sys.version.split()[0]}")
    run([sys.executable, "-m", "venv", "--clear", PLACE], VENV_CURE)


def install(kind: str) -> None:
    """Install the locked packages, each checked against its hash, and link the house itself."""
    lock = HOUSE / LOCKS[kind]
    packages = sum(line[:1].isalnum() for line in lock.read_text(encoding="utf-8").splitlines())
    say(f"installing {packages} locked packages (a few minutes the first time)")
    pip: list[str | Path] = [
        python_in(PLACE),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
    ]
    network = "check the network and the free disk space, then call make again; what was fetched is kept."
    # The lock is complete, so nothing is resolved: older pips otherwise take an extra's newest release for unpinned.
    run([*pip, "--no-deps", "--require-hashes", "--requirement", lock], network)
    say("linking the house, so that .venv/bin/iisg exists")
    build = "remove .venv and call make again."
    run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", HOUSE], build)


def say(what: str) -> None:
    """One line of progress."""
    print(f"environment: {what} …", flush=True)


def main(kind: str) -> int:
    """Build what is missing; 0 when the environment is ready, 1 with the reason and the cure otherwise."""
    os.environ.pop("PYTHONHOME", None)
    if is_built(kind):
        return 0
    began = time.monotonic()
    try:
        create()
        install(kind)
    except SetUpFailed as failure:
        print(f"{failure}", file=sys.stderr)
        return 1
    stamp(kind).write_text(wanted(kind), encoding="utf-8")
    print(f"environment: ready after {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "runtime"))
