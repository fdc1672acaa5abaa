"""`iisg suggest` and `iisg relate`: the engine on plain files, without a database and from any folder."""

from __future__ import annotations

import csv
import io
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from iisg.foundations.core.findings import Finding
from iisg.foundations.core.formulas import harmless
from iisg.foundations.core.naming import WORDINGS
from iisg.knowledge.actions.sources import UnreadableFile
from iisg.knowledge.analysis import plain_files
from iisg.knowledge.analysis.engine.relate import RELATIONS, candidates
from iisg.knowledge.analysis.engine.suggest import suggest
from iisg.knowledge.analysis.plain_words import in_words

DONE, REFUSED, UNUSABLE = 0, 1, 2
MOST_FINDINGS: Final = 30
EXIT_CODES: Final = "exit codes: 0 done · 1 done, but rows were left out · 2 the input cannot be used"

Answer = tuple[Sequence[str], Iterable[Sequence[object]], Sequence[plain_files.PlainFile]]
"""Columns, rows, and the files they come from."""


def main(words: Sequence[str]) -> int:
    """Run `suggest` or `relate`; returns the exit code."""
    command, rest = words[0], words[1:]
    parser, answer = COMMANDS[command]
    options = parser().parse_args(rest)
    if given := _read_and_written(options):
        sys.stderr.write(
            f"{given}: this file is read; the answer would overwrite it. Name another one with -o.\n"
        )
        return UNUSABLE
    try:
        columns, rows, files = answer(options)
        _write(options.output, columns, rows)
    except UnreadableFile as wrong:
        sys.stderr.write(f"{wrong.finding}\n")
        return UNUSABLE
    except OSError as wrong:
        sys.stderr.write(f"{wrong.filename}: {wrong.strerror}. Check the name of the file and its folder.\n")
        return UNUSABLE
    for file in files:
        _tell(file)
    return REFUSED if any(file.refused for file in files) else DONE


def _suggest_parser() -> ArgumentParser:
    parser = _parser(
        "suggest",
        "For each need the actions that are likeliest to answer it, with the reasons. A suggestion is for a person "
        "to judge and counts as nothing until then. Partners are respected: an action for other partners only is "
        "never suggested.",
        "need_ref,action_ref,score,reasons",
        "  iisg suggest needs.csv actions.csv -o suggestions.csv\n"
        "  iisg suggest needs.csv actions.csv --top 3 --on 2026-06-30 -o -",
    )
    parser.add_argument("needs", metavar="NEEDS.csv", type=Path, help="needs: at least ref and need")
    parser.add_argument("actions", metavar="ACTIONS.csv", type=Path, help="actions: at least ref and title")
    parser.add_argument(
        "--top", type=_some, default=10, metavar="N", help="actions for each need (default 10)"
    )
    parser.add_argument(
        "--on",
        type=_day,
        default=None,
        metavar="DAY",
        help="the day on which an action runs or not (default today)",
    )
    return parser


def _relate_parser() -> ArgumentParser:
    parser = _parser(
        "relate",
        "Pairs of actions that stand in a relation, each pair once, with the reasons: "
        f"{', '.join(RELATIONS)}. The first of a pair is the part, the later phase or the record of who carries out; "
        "where a relation has no direction, it is the lower reference. Nothing is merged: a person decides.",
        "from_ref,to_ref,relation,score,reasons",
        "  iisg relate actions.csv -o relations.csv\n"
        "  iisg relate actions.csv others.csv -o - | grep same_as      which of the others do we know already?",
    )
    parser.add_argument("actions", metavar="ACTIONS.csv", type=Path, help="actions: at least ref and title")
    parser.add_argument(
        "more",
        metavar="MORE.csv",
        type=Path,
        nargs="*",
        default=(),
        help=f"second reports of actions by others, with the columns {', '.join(plain_files.SECOND_REPORTS)}",
    )
    return parser


def _parser(command: str, what: str, columns: str, examples: str) -> ArgumentParser:
    parser = ArgumentParser(
        prog=f"iisg {command}",
        description=f"{what}\n\nColumns of the answer: {columns}",
        epilog=f"examples:\n{examples}\n\n{EXIT_CODES}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT.csv", help="the file to write; - for standard output"
    )
    return parser


def _suggestions(options: Namespace) -> Answer:
    needs, actions = plain_files.read_needs(options.needs), plain_files.read_actions(options.actions)
    found = suggest(
        map(plain_files.need_row, needs.needs),
        map(plain_files.action_row, actions.actions),
        options.on or datetime.now().astimezone().date(),
        options.top,
    )
    rows = ((s.need, s.action, f"{s.score:.4f}", in_words(s.reasons)) for s in found)
    return ("need_ref", "action_ref", "score", "reasons"), rows, (needs, actions)


def _relations(options: Namespace) -> Answer:
    first = plain_files.read_actions(options.actions)
    files = [first, *map(plain_files.read_second_reports, options.more)]
    plain_files.without_repeated(files)
    found = candidates(plain_files.reports_of(files[:1]), plain_files.reports_of(files[1:]))
    rows = ((c.from_ref, c.to_ref, c.relation, f"{c.score:.3f}", in_words(c.reasons)) for c in found)
    return ("from_ref", "to_ref", "relation", "score", "reasons"), rows, files


COMMANDS: Final[dict[str, tuple[Callable[[], ArgumentParser], Callable[[Namespace], Answer]]]] = {
    "suggest": (_suggest_parser, _suggestions),
    "relate": (_relate_parser, _relations),
}


def _read_and_written(options: Namespace) -> Path | None:
    """The file that is an input and the output too, by whatever name."""
    given = (options.needs, options.actions) if "needs" in options else (options.actions, *options.more)
    written = Path(options.output)
    if options.output == "-" or not written.exists():
        return None
    return next((path for path in given if path.exists() and path.samefile(written)), None)


def _some(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"'{text}' is no number of actions; ask for one or more")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ArgumentTypeError(
            f"'{text}' is no day; write it as year-month-day, such as 2026-06-30"
        ) from wrong


def _write(output: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """The answer as CSV, to a file or to standard output; text that a spreadsheet would run is disarmed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(value) if isinstance(value, str) else value for value in row] for row in rows)
    if output == "-":
        sys.stdout.write(text.getvalue())
    else:
        Path(output).write_text(text.getvalue(), encoding="utf-8")
    if "Kosovo" in text.getvalue():
        sys.stderr.write(f"* {WORDINGS['EU']}\n")


def _tell(file: plain_files.PlainFile) -> None:
    """What there is to say about a file, the rows left out first."""
    findings = sorted(file.findings, key=lambda finding: not finding.refuses)
    for finding in findings[:MOST_FINDINGS]:
        sys.stderr.write(f"{file.name}: {_graded(finding)}\n")
    if len(findings) > MOST_FINDINGS:
        sys.stderr.write(f"{file.name}: {len(findings) - MOST_FINDINGS} more remarks of this kind.\n")


def _graded(finding: Finding) -> str:
    return f"{'left out, ' if finding.refuses else ''}{finding}"
