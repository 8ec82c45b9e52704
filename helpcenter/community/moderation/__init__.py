"""Keeping the community clean: what may become of a post, who did what, and how it is undone."""
