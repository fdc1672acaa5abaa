from .headers import Mapping, SheetHeaders, describe_headers, guess_mapping
from .reading import SheetReading, read_sheet

__all__ = ["Mapping", "SheetHeaders", "SheetReading", "describe_headers", "guess_mapping", "read_sheet"]
