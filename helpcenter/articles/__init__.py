"""Tutorials: articles, editions, revisions, publication, the folder and the studio."""
