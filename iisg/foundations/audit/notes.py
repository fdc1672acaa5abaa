"""Signed checkpoints as C2SP writes them (signed-note, tlog-checkpoint), with Ed25519 keys. No Django, no files."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_SIGNATURE = re.compile(r"— ([^\s+]+) (\S+)")


class NoteRefused(Exception):
    """A note or key that is not what it says; the message says why."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whom a signature belongs to, written as `name+hash+key`."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that name the key within a signature."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.raw).decode()}"

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """From its written form; raises NoteRefused where anything in it does not fit."""
        name, _, rest = text.strip().partition("+")
        named, _, packed = rest.partition("+")
        raw = unpack(packed)
        key = cls(name, raw[1:])
        if not _NAME.fullmatch(name) or raw[:1] != ED25519 or len(raw) != 33 or named != key.id.hex():
            raise NoteRefused("That is no Ed25519 key of a log: name+hash+key.")
        return key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The secret half, written as `PRIVATE+KEY+name+hash+seed`."""

    name: str
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The half that everybody may have."""
        return PublicKey(self.name, self._key().public_key().public_bytes_raw())

    def line(self, text: str) -> str:
        """The signature line below a text."""
        packed = base64.b64encode(self.public.id + self._key().sign(text.encode())).decode()
        return f"— {self.name} {packed}\n"

    def written(self) -> str:
        """The form in which it is kept, secret."""
        seed = base64.b64encode(ED25519 + self.seed).decode()
        return f"PRIVATE+KEY+{self.name}+{self.public.id.hex()}+{seed}"

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @classmethod
    def make(cls, name: str) -> SigningKey:
        """A new key."""
        if not _NAME.fullmatch(name):
            raise NoteRefused("The name of a log's key has neither space nor plus sign.")
        return cls(name, secrets.token_bytes(32))

    @classmethod
    def read(cls, text: str) -> SigningKey:
        """From its written form; never repeats it in its complaint."""
        parts = text.strip().split("+", 4)
        packed = unpack(parts[4]) if len(parts) == 5 and parts[:2] == ["PRIVATE", "KEY"] else b""
        if len(packed) != 33 or packed[:1] != ED25519 or not _NAME.fullmatch(parts[2]):
            raise NoteRefused("That is no signing key of a log: PRIVATE+KEY+name+hash+seed.")
        key = cls(parts[2], packed[1:])
        if key.public.id.hex() != parts[3]:
            raise NoteRefused("The signing key of the log is damaged: its hash does not fit.")
        return key


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint as read: whose log, how many entries, which root, which keys signed it."""

    origin: str
    size: int
    root: bytes
    keys: tuple[PublicKey, ...]


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """What is signed (tlog-checkpoint)."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def sign(text: str, *keys: SigningKey) -> str:
    """The note: text, an empty line, a signature line of each key."""
    return f"{text}\n{''.join(key.line(text) for key in keys)}"


def read_checkpoint(note: str, keys: list[PublicKey]) -> Signed:
    """The checkpoint, its signatures verified; raises NoteRefused where one of them is not by one of these keys."""
    text, divider, lines = note.partition("\n\n")
    text += "\n"
    parts = text.split("\n")
    if not divider or len(parts) != 4 or not _SIZE.fullmatch(parts[1]) or not lines.endswith("\n"):
        raise NoteRefused("That is no checkpoint: three lines, an empty line, signatures.")
    root = unpack(parts[2])
    if len(root) != 32:
        raise NoteRefused("The checkpoint has no root of 32 bytes.")
    signers = tuple(_signer(text, line, keys) for line in lines[:-1].split("\n"))
    if parts[0] not in {key.name for key in signers}:
        raise NoteRefused("The checkpoint is not signed by the log that it names.")
    return Signed(parts[0], int(parts[1]), root, signers)


def _signer(text: str, line: str, keys: list[PublicKey]) -> PublicKey:
    found = _SIGNATURE.fullmatch(line)
    if not found:
        raise NoteRefused("A line below the checkpoint is no signature.")
    packed = unpack(found[2])
    for key in keys:
        if key.name == found[1] and key.id == packed[:4]:
            try:
                Ed25519PublicKey.from_public_bytes(key.raw).verify(packed[4:], text.encode())
            except InvalidSignature:
                raise NoteRefused(f"The signature of {key.name} does not hold.") from None
            return key
    raise NoteRefused(f"The key that signed as {found[1]} is not known.")


def unpack(text: str) -> bytes:
    """Base64 in its one spelling; anything else is refused."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteRefused("That is no base64.") from None
    if base64.b64encode(raw).decode() != text:
        raise NoteRefused("That base64 is not written the one way.")
    return raw
