"""Small rules about text that several packages share."""

from __future__ import annotations

from unicodedata import category, normalize

from slugify import slugify

LONGEST_SLUG = 80
SHORTEST_USEFUL_SLUG = 1


def slug_of(title: str) -> str:
    """The part of an address that is for people: letters of any script, words joined by hyphens, at most 80 characters.

    Marks above and below letters that have no letter of their own, such as Arabic vowels, are left out: a hyphen would
    stand in their place. A title without a letter or digit gives 'page'.
    """
    letters = "".join(sign for sign in normalize("NFC", title) if category(sign) != "Mn")
    return slugify(letters, allow_unicode=True, max_length=LONGEST_SLUG, word_boundary=True) or "page"


def shortened(text: str, length: int) -> str:
    """The text on one line, cut at a word with an ellipsis when it is longer than `length` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(".,;:") + "…"
