"""Carrying out a verb from a page, as every app does it."""

from iisg.foundations.access.doing import told, tried

__all__ = ["told", "tried"]
