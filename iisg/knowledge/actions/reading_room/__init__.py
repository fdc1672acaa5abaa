"""Files from outside are read in a process of their own, with little memory, little time and no way out."""

from .keeper import Allowance, ReadingRoom

__all__ = ["Allowance", "ReadingRoom"]
