"""The process that reads a file has no way out, costs no more than it may, and never outlives its file."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from iisg.foundations.core.findings import Finding
from iisg.knowledge.actions.reading_room.keeper import Allowance, ReadingRoom
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.sources import Limits, UnreadableFile
from tests.hostile.text_files import HEAD
from tests.hostile.workbook_files import book
from tests.hostile.xml_files import ACTIVITY, file

HOUSE = Path(__file__).resolve().parents[2]
CONFINED = """
import socket, os, sys, subprocess
from iisg.foundations.core.confinement import close_the_doors, limit_means
limit_means(256 * 1024 * 1024, 5)
close_the_doors()
try:
    {attempt}
except (OSError, MemoryError, ValueError) as refused:
    print("refused", type(refused).__name__)
else:
    print("possible")
"""
ATTEMPTS = {
    "a socket": "socket.socket()",
    "a name looked up": "socket.getaddrinfo('localhost', 80)",
    "a file read": "open('/etc/passwd')",
    "a file written": "__import__('tempfile').mkstemp()",
    "a pipe": "os.pipe()",
    "a program started": "subprocess.run(['/bin/true'])",
    "memory": "bytearray(300 * 1024 * 1024)",
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_the_doors_are_closed(attempt: str) -> None:
    command = [sys.executable, "-c", CONFINED.format(attempt=attempt)]
    ran = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("refused"), ran.stdout + ran.stderr


def test_computing_without_end_is_ended() -> None:
    command = [
        sys.executable,
        "-c",
        CONFINED.replace("256 * 1024 * 1024, 5", "2**28, 1").format(attempt="any(iter(int, 1))"),
    ]
    ran = subprocess.run(command, cwd=HOUSE, capture_output=True, check=False, timeout=60)
    assert ran.returncode < 0


SAYS = "import sys, os, time; sys.stdin.buffer.readline(); "
FACTS = """print('["Facts",["iati","actions","2.03",1,[],"",false]]', flush=True); """


def refusal_of(program: str, allowance: Allowance | None = None) -> Finding:
    """How a reader that does this ends."""
    room = ReadingRoom(b"x", "strange.xml", limits=Limits(), allowance=allowance, program=program)
    with pytest.raises(UnreadableFile) as caught:
        [room.headers(), *room.records()]
    assert caught.value.finding.place.startswith("strange.xml")
    assert "Nothing of the file was taken." in caught.value.finding.message
    return caught.value.finding


@pytest.mark.parametrize(
    "does",
    [
        "os.abort()",
        "sys.exit(3)",
        "os.kill(os.getpid(), 11)",
        "print('what?', flush=True)",
        "print('[\"Facts\",[1,2]]', flush=True)",
        "print('[\"Order\",[]]', flush=True)",
        'print(\'["Failed",["ValueError: x"]]\', flush=True)',
        FACTS + "print('[\"End\",[5]]', flush=True)",
        FACTS + 'print(\'["Batch",[[],[["too","short"]]]]\', flush=True)',
        FACTS + "print('[' * 200_000, flush=True)",
        "sys.stdout.write('x' * 17_000_000)",
        "os.close(1); time.sleep(60)",
    ],
)
def test_a_reader_that_breaks_off_is_a_refusal(does: str) -> None:
    assert refusal_of(SAYS + does).code == "file.reader-broke-off"


def test_a_reader_that_takes_too_long_or_too_much_is_a_refusal() -> None:
    brief = Allowance(waiting=0.5)
    assert refusal_of(SAYS + "time.sleep(60)", brief).code == "file.too-slow"
    assert refusal_of(SAYS + FACTS + "time.sleep(60)", brief).code == "file.too-slow"
    assert refusal_of(SAYS + "os.kill(os.getpid(), 24)").code == "file.too-slow"
    assert refusal_of(SAYS + """print('["Failed",["memory"]]', flush=True)""").code == "file.too-demanding"


def test_what_the_reader_started_ends_with_it(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    starts = f"pid = os.fork() or (open({str(told)!r}, 'w').write(str(os.getpid())), time.sleep(60)); time.sleep(60)"
    refusal_of(SAYS + starts, Allowance(waiting=1.0))
    pid = int(told.read_text())
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat").read_text().split()[2] if Path(f"/proc/{pid}").exists() else "Z"
        if state == "Z":
            break
        time.sleep(0.05)
    assert state == "Z"


def test_the_reader_has_no_environment_and_no_folder_of_ours() -> None:
    around = "[dict(os.environ), os.getcwd(), os.getsid(0) == os.getpid()]"
    says = SAYS + f"import json; print(json.dumps(['Failed', [str({around})]]))"
    room = ReadingRoom(b"x", "x.xml", limits=Limits(), program=says)
    assert room._line().decode() == """["Failed", ["[{'LC_CTYPE': 'C.UTF-8'}, '/', True]"]]"""
    room.close()


def test_a_room_that_is_left_early_ends_its_process() -> None:
    room = ReadingRoom(file(activities="".join(many(5_000))).encode(), "x.xml", limits=Limits())
    assert room.headers() is None
    records = room.records()
    assert next(records).ref == "XM-1-1"
    process = room._process
    records.close()  # type: ignore[attr-defined]
    assert process.returncode is not None


def test_time_in_which_the_house_is_busy_does_not_count() -> None:
    text = file(activities="".join(many(3_000))).encode()
    room = ReadingRoom(text, "x.xml", limits=Limits(), allowance=Allowance(waiting=3.0))
    room.headers()
    for number, _ in enumerate(room.records()):
        if number == 10:
            time.sleep(4)
    assert number == 3_000


def many(number: int) -> Iterator[str]:
    """So many activities, each of its own identifier."""
    for n in range(2, number + 2):
        yield ACTIVITY.format(number=n, title="Sound")


def test_memory_that_does_not_suffice_is_a_refusal() -> None:
    row, allowance = "A-1,Sound,Donor,\n", Allowance(memory=100 * 1024 * 1024)
    small = ReadingRoom((HEAD + row).encode(), "x.csv", limits=Limits(), allowance=allowance)
    assert small.headers() is not None
    small.close()
    large = ReadingRoom((HEAD + row * 2_800_000).encode(), "x.csv", limits=Limits(), allowance=allowance)
    with pytest.raises(UnreadableFile) as caught:
        large.headers()
    assert caught.value.finding.code == "file.too-demanding"


PARENT = """
import sys
from pathlib import Path
from iisg.knowledge.actions.reading_room.keeper import ReadingRoom
from iisg.knowledge.actions.sources import Limits
room = ReadingRoom(Path(sys.argv[1]), "large.xml", limits=Limits(file_size=2**30))
room.headers()
count = 0
for record in room.records():
    if count == 0:
        child = room._process.pid
    count += 1
    if count == int(sys.argv[2]):
        print(next(line for line in open(f"/proc/{child}/status") if line.startswith("VmHWM")).split()[1])
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1], count)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system tells no process its memory")
def test_100_mb_of_xml_within_512_mb_and_the_house_does_not_grow(tmp_path: Path) -> None:
    path, text = tmp_path / "large.xml", "words " * 10_000
    number = 105 * 1024 * 1024 // len(text)
    with path.open("w") as out:
        out.write('<iati-activities version="2.03">\n')
        for n in range(number):
            out.write(ACTIVITY.format(number=n, title="Sound").replace(">Text<", f">{text}<"))
        out.write("</iati-activities>\n")
    assert path.stat().st_size > 100 * 1024 * 1024
    command = [sys.executable, "-c", PARENT, str(path), str(number - 100)]
    ran = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True, env=os.environ)
    child, parent, count = ran.stdout.split()
    print(
        f"\n100 MB of XML: reader {int(child) // 1024} MB, house {int(parent) // 1024} MB, {count} activities"
    )
    assert int(count) == number
    assert int(child) < 200 * 1024
    assert int(parent) < 200 * 1024


HEAVY = ("openpyxl", "django", "numpy", "PIL")


def test_an_iati_file_is_read_without_what_only_workbooks_need() -> None:
    programme = (
        "import sys; import iisg.knowledge.actions.reading_room.inside;"
        f" print([name for name in {HEAVY} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", programme], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("whole", "one", "dated"),
    [
        (' generated-datetime="2024-05-03T10:00:00Z"', "", "2024-05-03T10:00:00Z"),
        ("", ' last-updated-datetime=" 2023-01-31 "', "2023-01-31"),
        ("", "", ""),
        (f' generated-datetime="{"9" * 500}"', "", "9" * 64),
    ],
)
def test_the_day_of_a_file_is_read_where_the_file_is_read(whole: str, one: str, dated: str) -> None:
    text = file().replace("<iati-activity ", f"<iati-activity{one} ", 1)
    content = text.replace("<iati-activities", f"<iati-activities{whole}", 1).encode()
    room = ReadingRoom(content, "dated.xml", limits=Limits())
    assert room.headers() is None
    facts = room.facts()
    room.close()
    assert (facts.dated, facts.extract) == (dated, False)


def test_a_workbook_and_a_path_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "actions.xlsx"
    path.write_bytes(book())
    found = []
    for content in (path, path.read_bytes()):
        room = ReadingRoom(content, path.name, limits=Limits())
        assert room.headers() is not None
        room.answer(None)
        assert room.facts().subject == "actions"
        found.append(list(room.records()))
    assert found[0] == found[1]
    assert [record.ref for record in found[0]] == ["A-1"]


def test_a_file_that_is_not_there_is_a_refusal(tmp_path: Path) -> None:
    for absent in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(UnreadableFile) as caught:
            ReadingRoom(absent, absent.name, limits=Limits())
        assert caught.value.finding.code == "file.absent"


def test_records_too_long_for_one_message_go_one_by_one_and_one_beyond_measure_is_a_refusal() -> None:
    text = "w" * 9_000_000
    long = [ACTIVITY.format(number=n, title="T").replace(">Text<", f">{text}<") for n in (2, 3)]
    room = ReadingRoom(file(activities="".join(long)).encode(), "long.xml", limits=Limits())
    room.headers()
    assert [len(record.summary) for record in room.records() if isinstance(record, ActionRecord)][1:] == [
        9_000_000
    ] * 2
    one = ACTIVITY.format(number=2, title=text).replace(">Text<", f">{text}<")
    room = ReadingRoom(file(activities=one).encode(), "long.xml", limits=Limits())
    room.headers()
    with pytest.raises(UnreadableFile) as caught:
        list(room.records())
    assert caught.value.finding.code == "file.record-too-long"
    assert "iati-activity 2" in caught.value.finding.place
