from .reading import read_iati

__all__ = ["read_iati"]
