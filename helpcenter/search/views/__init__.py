"""The pages on which editors tune the search."""
