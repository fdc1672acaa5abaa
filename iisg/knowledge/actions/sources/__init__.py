"""What a file is and whether it may be read at all, before anyone looks at a record."""

from .opening import OpenFile, Source, open_source
from .refusals import Limits, UnreadableFile

__all__ = ["Limits", "OpenFile", "Source", "UnreadableFile", "open_source"]
