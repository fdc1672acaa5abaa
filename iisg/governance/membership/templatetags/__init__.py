"""Template tags of membership."""
