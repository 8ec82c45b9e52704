"""The edges of a text, cut without a regular expression: those take the square of its length on long runs of blanks."""

from __future__ import annotations


def trimmed(text: str, mark: str) -> str:
    """The text without the blanks and the marks, such as written breaks, at its edges."""
    start, end = 0, len(text)
    while start < end:
        if text[start].isspace():
            start += 1
        elif text.startswith(mark, start, end):
            start += len(mark)
        else:
            break
    while end > start:
        # The mark may end with a blank itself.
        if text.endswith(mark, start, end):
            end -= len(mark)
        elif text[end - 1].isspace():
            end -= 1
        else:
            break
    return text[start:end]
