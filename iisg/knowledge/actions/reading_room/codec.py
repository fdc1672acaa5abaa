"""Records as plain lists of JSON and back, by the types their dataclasses declare; anything else is refused."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from operator import attrgetter, itemgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

Convert = Callable[[Any], Any]


class Garbled(Exception):
    """What came is not what the types say; it is not looked at any further."""


def pack(value: Any) -> Any:
    """A dataclass as a list of its fields, ready for JSON."""
    kind: Any = type(value)
    return _packer(kind)(value)


def unpack(kind: Any, packed: Any) -> Any:
    """The dataclass again; every value is checked against its declared type. Raises `Garbled`."""
    return _unpacker(kind)(packed)


@cache
def _packer(kind: Any) -> Convert:
    """How values of a type are written; text and numbers are written as they are."""
    inner = _inner(kind)
    if dataclasses.is_dataclass(kind):
        return _fields_packer(kind)
    if inner and inner.optional:
        return _maybe(_packer(inner.item))
    if inner and inner.of is dict:
        write = _packer(inner.item)
        return lambda found: {key: write(value) for key, value in found.items()}
    if inner:
        write = _packer(inner.item)
        return list if write is _as_it_is else lambda found: [write(value) for value in found]
    if kind is Decimal:
        return str
    if kind is date:
        return date.isoformat
    if isinstance(kind, type) and issubclass(kind, Enum):
        return attrgetter("value")
    return _as_it_is


@cache
def _unpacker(kind: Any) -> Convert:
    """How values of a type are read; each raises `Garbled` for anything else."""
    inner = _inner(kind)
    if dataclasses.is_dataclass(kind):
        return _fields_unpacker(kind)
    if inner and inner.optional:
        return _maybe(_unpacker(inner.item))
    if inner and inner.of is dict:
        read = _unpacker(inner.item)
        return lambda found: {_text(key): read(value) for key, value in _checked(found, dict).items()}
    if inner:
        read, of = _unpacker(inner.item), inner.of
        return lambda found: of([read(value) for value in _checked(found, list)])
    special: dict[Any, Convert] = {Decimal: _number, date: _day, str: _text}
    if kind in special:
        return special[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return cache(_member(kind))
    return lambda found: _checked(found, kind)


@dataclasses.dataclass(frozen=True, slots=True)
class _Inner:
    """A type with another inside: list[str], tuple[str, ...], dict[str, Decimal], Decimal | None."""

    of: type[Any]
    item: Any
    optional: bool = False


def _inner(kind: Any) -> _Inner | None:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        item, *others = [each for each in inside if each is not type(None)]
        if others or len(inside) != 2:
            raise TypeError(f"{kind} cannot be told apart in JSON")
        return _Inner(type(None), item, optional=True)
    if origin in (list, tuple):
        return _Inner(origin, inside[0])
    return _Inner(dict, inside[1]) if origin is dict else None


def _fields_packer(kind: Any) -> Convert:
    """Fields in their order; what equals the default of a nested dataclass is written as null."""
    names = [field.name for field in dataclasses.fields(kind)]
    values = attrgetter(*names, names[0])  # always several, so that it always gives a tuple
    converted = [
        (position, _packer(hint), default)
        for position, (hint, default) in enumerate(_hints(kind))
        if _packer(hint) is not _as_it_is
    ]

    def write(value: Any) -> list[Any]:
        packed = list(values(value)[:-1])
        for position, convert, default in converted:
            found = packed[position]
            packed[position] = None if found is default else convert(found)
        return packed

    return write


def _fields_unpacker(kind: Any) -> Convert:
    """Text, by far the most, is checked in one go; the list, fresh from JSON, is changed in place."""
    hints = _hints(kind)
    plain = [position for position, (hint, _) in enumerate(hints) if hint is str]
    texts: Convert = itemgetter(*plain, *plain[:1]) if plain else lambda packed: ("",)  # always a tuple
    others = [
        (position, _unpacker(hint), default)
        for position, (hint, default) in enumerate(hints)
        if hint is not str
    ]

    def read(packed: Any) -> Any:
        if type(packed) is not list or len(packed) != len(hints) or set(map(type, texts(packed))) != {str}:
            raise Garbled(kind.__name__)
        for position, convert, default in others:
            value = packed[position]
            packed[position] = default if value is None and default is not None else convert(value)
        return kind(*packed)

    return read


def _hints(kind: Any) -> list[tuple[Any, Any]]:
    """Type and, where it is a dataclass of its own, default of each field."""
    hints = get_type_hints(kind)
    return [
        (hints[field.name], field.default if dataclasses.is_dataclass(field.default) else None)
        for field in dataclasses.fields(kind)
    ]


def _as_it_is(value: Any) -> Any:
    return value


def _maybe(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _checked(value: Any, kind: type[Any]) -> Any:
    if type(value) is not kind:
        raise Garbled(f"{type(value).__name__} in place of {kind.__name__}")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise Garbled(f"{type(value).__name__} in place of text")
    return value


def _number(value: Any) -> Decimal:
    try:
        number = Decimal(_text(value))
    except ArithmeticError as fault:
        raise Garbled("no number") from fault
    if not number.is_finite():
        raise Garbled("no number")
    return number


@lru_cache(maxsize=10_000)
def _day(value: Any) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError as fault:
        raise Garbled("no day") from fault


def _member(kind: type[Enum]) -> Convert:
    def read(value: Any) -> Enum:
        try:
            return kind(_text(value))
        except ValueError as fault:
            raise Garbled(f"no {kind.__name__}") from fault

    return read
