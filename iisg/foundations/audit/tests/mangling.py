"""Packages made false in every way that somebody may try: single bits, whole parts, a whole log written anew."""

from __future__ import annotations

import copy
import io
import json
import random
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from iisg.foundations.audit.tests.made_up import KEY, OTHER, MadeUpLog, a_log, a_package, spelt

TOOLS = ("verify.py", "verify.html")
Files = dict[str, bytes]


def unpacked(blob: bytes) -> Files:
    """The parts that are verified; the verifiers themselves are not among them."""
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name not in TOOLS}


def packed(files: Files, twice: str = "") -> bytes:
    """A package of these parts."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
        if twice:
            warnings.simplefilter("ignore", UserWarning)
            archive.writestr(zipfile.ZipInfo(twice), files[twice] + b" ")
    return made.getvalue()


class Mangler:
    """Endless false packages of one decision, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.log, self.numbers = a_log()
        self.whole = a_package(self.log, self.numbers)
        self.files = unpacked(self.whole)
        self.keys, self.since = self.log.keys(), self.log.checkpoint(9)
        self.proof: dict[str, Any] = json.loads(self.files["proof.json"])
        self.ways: dict[str, Callable[[], bytes | None]] = {
            "bit": self.bit,
            "byte dropped or doubled": self.byte,
            "field": self.field,
            "entries": self.entries,
            "openings": self.openings,
            "paths": self.paths,
            "earlier": self.earlier,
            "files": self.other_files,
            "replay": self.replay,
            "fork": self.fork,
            "key": self.key,
            "equivalent": self.equivalent,
            "spelling": self.spelling,
        }
        self.weights = [28, 10, 14, 8, 10, 8, 6, 6, 2, 2, 2, 2, 2]

    def falsified(self, count: int) -> Iterator[tuple[str, bytes]]:
        """`count` packages with the way in which each is false."""
        names = list(self.ways)
        while count:
            way = self.chance.choices(names, self.weights)[0]
            blob = self.ways[way]()
            if blob is not None and unpacked(blob) != self.files:
                count -= 1
                yield way, blob

    def bit(self) -> bytes:
        name = self.chance.choice(list(self.files))
        raw = bytearray(self.files[name])
        raw[self.chance.randrange(len(raw))] ^= 1 << self.chance.randrange(8)
        return packed(self.files | {name: bytes(raw)})

    def byte(self) -> bytes:
        name = self.chance.choice(list(self.files))
        raw, place = self.files[name], self.chance.randrange(len(self.files[name]))
        cut = self.chance.choice(
            [raw[:place] + raw[place + 1 :], raw[:place] + raw[place : place + 1] * 2 + raw[place + 1 :]]
        )
        return packed(self.files | {name: cut if self.chance.random() < 0.8 else raw[:place]})

    def _with(self, proof: dict[str, Any], **more: bytes) -> bytes:
        return packed(self.files | {"proof.json": spelt(proof).encode()} | more)

    def field(self) -> bytes:
        """One text somewhere in the proof becomes another, well spelt."""
        proof = copy.deepcopy(self.proof)
        places: list[tuple[Any, Any]] = []

        def walk(part: Any) -> None:
            for key, value in part.items() if isinstance(part, dict) else enumerate(part):
                places.append((part, key))
                if isinstance(value, dict | list):
                    walk(value)

        walk(proof)
        part, key = self.chance.choice([p for p in places if isinstance(p[0][p[1]], str)])
        text = part[key]
        other = self.chance.choice([q[0][q[1]] for q in places if isinstance(q[0][q[1]], str)])
        changed = [
            other,
            text.upper(),
            text[:-1],
            text + " ",
            "",
            text[::-1],
            None,
            [text],
            {"a": text},
            0,
            True,
        ]
        part[key] = self.chance.choice(changed)
        return self._with(proof)

    def entries(self) -> bytes:
        proof = copy.deepcopy(self.proof)
        entries, place = proof["entries"], self.chance.randrange(len(proof["entries"]))
        way = self.chance.choice(["drop", "twice", "swap", "shuffle", "leaf", "other", "extra"])
        if way == "drop":
            del entries[place]
        elif way == "twice":
            entries.insert(place, entries[place])
        elif way == "swap":
            entries[place], entries[place - 1] = entries[place - 1], entries[place]
        elif way == "shuffle":
            self.chance.shuffle(entries)
        elif way == "leaf":
            entries[place]["leaf"] = entries[place - 1]["leaf"]
        elif way == "extra":
            entries[place]["remark"] = "true"
        else:
            stranger = self.chance.choice([e for e in self.log.entries if e.number not in self.numbers])
            path = [step.hex() for step in self.log.tree().inclusion(stranger.number - 1)]
            entries.insert(place, {"leaf": stranger.text, "path": path, "open": {}})
        return self._with(proof)

    def openings(self) -> bytes:
        """Salts and values changed among each other, within an entry and between two."""
        proof = copy.deepcopy(self.proof)
        one, two = self.chance.choice(proof["entries"])["open"], self.chance.choice(proof["entries"])["open"]
        name, other = self.chance.choice(list(one)), self.chance.choice(list(two))
        way = self.chance.choice(["salt", "value", "both", "rename", "lie", "resalt"])
        if way in ("salt", "both"):
            one[name][0], two[other][0] = two[other][0], one[name][0]
        if way in ("value", "both"):
            one[name][1], two[other][1] = two[other][1], one[name][1]
        if way == "rename":
            one[self.chance.choice([other, "facts.vote"])] = one.pop(name)
        if way in ("lie", "resalt"):
            one[name] = [
                self.chance.randbytes(16).hex() if way == "resalt" else one[name][0],
                spelt(self.chance.random() < 2),
            ]
        return self._with(proof)

    def paths(self) -> bytes:
        proof = copy.deepcopy(self.proof)
        part = self.chance.choice([*proof["entries"], *proof["earlier"]])
        path, way = (
            part["path"],
            self.chance.choice(["drop", "twice", "reverse", "empty", "other", "random", "add"]),
        )
        place = self.chance.randrange(len(path))
        if way == "drop":
            del path[place]
        elif way in ("twice", "add"):
            path.insert(place, path[place] if way == "twice" else self.chance.randbytes(32).hex())
        elif way == "random":
            path[place] = self.chance.randbytes(32).hex()
        else:
            other = self.chance.choice([*proof["entries"], *proof["earlier"]])["path"]
            part["path"] = {"reverse": path[::-1], "empty": [], "other": other}[way]
        return self._with(proof)

    def earlier(self) -> bytes:
        """Older checkpoints dropped (the kept one among them), doubled, reversed, lifted from elsewhere."""
        proof = copy.deepcopy(self.proof)
        old, way = (
            proof["earlier"],
            self.chance.choice(["none", "drop", "twice", "reverse", "size", "future", "swap"]),
        )
        if way == "none":
            proof["earlier"] = []
        elif way == "drop":
            del old[1]
        elif way == "twice":
            old.insert(0, old[self.chance.randrange(2)])
        elif way == "reverse":
            old.reverse()
        elif way == "size":
            old[1]["checkpoint"] = old[1]["checkpoint"].replace("\n9\n", f"\n{self.chance.randint(1, 19)}\n")
        elif way == "future":
            old.append({"checkpoint": self.files["checkpoint.txt"].decode(), "path": []})
        else:
            old[0]["path"], old[1]["path"] = old[1]["path"], old[0]["path"]
        return self._with(proof)

    def other_files(self) -> bytes:
        way = self.chance.choice(["drop", "add", "rename", "twice", "tool"])
        name = self.chance.choice(list(self.files))
        files = dict(self.files)
        if way == "drop":
            del files[name]
        elif way == "add":
            files[self.chance.choice(["files/second.txt", "decision2.json", "files/../x"])] = b"x"
        elif way == "tool":
            files["verify.sh"] = b"echo fine"
        elif way == "rename":
            files[f"{name}x"] = files.pop(name)
        return packed(files, twice=name if way == "twice" else "")

    def replay(self) -> bytes:
        """A checkpoint of the same log, rightly signed, but not the one that the proofs lead to, or too old."""
        size = self.chance.randint(1, len(self.log.entries) - 1)
        note = self.log.checkpoint(size)
        if size > self.numbers[-1] and self.chance.random() < 0.5:  # a whole package, older than what is kept
            return a_package(self.log, self.numbers, note=note, earlier=[self.log.checkpoint(3)])
        return packed(self.files | {"checkpoint.txt": note.encode()})

    def fork(self) -> bytes | None:
        """The log cut and grown anew by whoever has its key: whole in itself, another history."""
        cut = self.chance.randint(0, 8)
        log, numbers = a_log()
        fresh = MadeUpLog(KEY, [*self.log.entries[:cut], *log.entries[cut:]])
        earlier = [fresh.checkpoint(3), fresh.checkpoint(9)]
        blob = a_package(fresh, numbers, earlier=earlier)
        if self.chance.random() < 0.5:  # and the member's own checkpoint put in, as if it led from there
            proof = json.loads(unpacked(blob)["proof.json"])
            proof["earlier"][1]["checkpoint"] = self.since
            blob = packed(unpacked(blob) | {"proof.json": spelt(proof).encode()})
        return blob

    def key(self) -> bytes:
        """The same log, signed by a key that is not the log's; or only the list of keys exchanged."""
        stranger = MadeUpLog(OTHER, self.log.entries)
        way = self.chance.choice(["all", "list", "both listed", "note"])
        if way == "all":
            return a_package(stranger, self.numbers, keys=[OTHER.public])
        if way == "note":
            return packed(self.files | {"checkpoint.txt": stranger.checkpoint().encode()})
        listed = stranger.keys() if way == "list" else self.keys + stranger.keys()
        return packed(self.files | {"keys.txt": listed.encode()})

    def equivalent(self) -> bytes | None:
        """Other code points that look the same: decomposed, full width, a Latin letter for a Cyrillic one."""
        text = self.files["files/text.txt"].decode()
        looks = [
            unicodedata.normalize("NFKD", text),
            text.replace("е", "e"),
            text.replace(" ", "\u00a0"),
            text + "\u200b",
        ]
        name = self.chance.choice(["files/text.txt", "proof.json", "decision.json", "checkpoint.txt"])
        if name == "files/text.txt":
            return packed(self.files | {name: self.chance.choice(looks).encode()})
        other = (
            self.files[name].decode().replace("a", "а", 1)
            if self.chance.random() < 0.5
            else self.files[name].decode() + "\u200b"
        )
        return packed(self.files | {name: other.encode()})

    def spelling(self) -> bytes:
        """The same content, written in another way: nobody may have two packages that differ and both hold."""
        text, way = (
            self.files["proof.json"].decode(),
            self.chance.choice(["space", "escape", "twice", "base64", "end"]),
        )
        if way == "base64":
            name = self.chance.choice(["checkpoint.txt", "keys.txt"])
            raw = self.files[name].decode().rstrip("\n")
            place = len(raw.rstrip("=")) - 1
            other = raw[:place] + chr(ord(raw[place]) + self.chance.choice([-2, -1, 1, 2])) + raw[place + 1 :]
            return packed(self.files | {name: f"{other}\n".encode()})
        text = {
            "space": text.replace(",", ", ", self.chance.randint(1, 20)),
            "escape": text.replace("a", "\\u0061", self.chance.randint(1, 20)),
            "twice": text.replace('{"earlier"', '{"earlier":[],"earlier"', 1),
            "end": f"{text}\n",
        }[way]
        return packed(self.files | {"proof.json": text.encode()})
