"""Whom a member names as a focal point, before it is entered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nominee:
    """A person whom a member names for a purpose."""

    purpose: str
    name: str
    email: str
    office: str = ""
    phone: str = ""
    is_deputy: bool = False
