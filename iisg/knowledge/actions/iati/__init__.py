from .organisations import check_organisations
from .reading import read_iati

__all__ = ["check_organisations", "read_iati"]
