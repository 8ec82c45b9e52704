"""Looks at everything a site needs, says what is wrong, why that matters, and what puts it right."""
