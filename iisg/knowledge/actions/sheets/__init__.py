from iisg.knowledge.actions.columns import Mapping, SheetHeaders

from .headers import describe_headers, guess_mapping
from .reading import SheetReading, open_sheets, read_sheet

__all__ = [
    "Mapping",
    "SheetHeaders",
    "SheetReading",
    "describe_headers",
    "guess_mapping",
    "open_sheets",
    "read_sheet",
]
