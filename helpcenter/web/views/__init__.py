"""Pages that draw on several packages."""
