"""Money counted once (rules.md 6): pure functions over plain rows, each figure with everything that led to it."""
