"""Snippets: passages that several articles say, written once in each language and changed in one place."""
