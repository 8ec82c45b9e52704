"""Who spoke last under a question, from which the team sees whose turn it is."""

from __future__ import annotations

from enum import StrEnum


class LastWord(StrEnum):
    """What was said last: by the asker, or by somebody else as an answer or as a comment. Without any, nobody spoke."""

    ASKER = "asker"
    ANSWER = "answer"
    COMMENT = "comment"


WORDS = "last_word IN ('asker', 'answer', 'comment')"


def last_word(kind: LastWord, *, author_id: int, asker_id: int) -> str:
    """The word to keep of an answer or a comment that somebody just gave."""
    return (LastWord.ASKER if author_id == asker_id else kind).value
