"""A copy of everything a site keeps: in one file, brought back from it, or moved to another database."""
