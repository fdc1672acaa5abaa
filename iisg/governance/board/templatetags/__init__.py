"""Template tags of the Board."""
