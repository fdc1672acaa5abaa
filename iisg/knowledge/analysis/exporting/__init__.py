"""What leaves the house as a file: needs, actions, coverage, gaps, overlaps, relations; public projects."""

from iisg.knowledge.analysis.exporting.extract import FORMS, Extract, Form, Taken
from iisg.knowledge.analysis.exporting.files import made_file

__all__ = ["FORMS", "Extract", "Form", "Taken", "made_file"]
