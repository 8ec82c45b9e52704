"""Acts that two packages share which may not know each other."""
