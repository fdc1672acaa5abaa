"""Pages of the Board."""
