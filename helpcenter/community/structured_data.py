"""What search engines read about a question that has an answer (schema.org)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from helpcenter.community.address import answer_address, question_address
from helpcenter.community.answer_list import Ranked
from helpcenter.community.question import Question
from helpcenter.core.subjects import Author


def structured_data(
    row: Question, ranked: Sequence[Ranked], people: Mapping[int, Author], site_url: str
) -> dict[str, Any]:
    """The question with these answers. `site_url` without a slash at the end; addresses come out absolute."""
    told = [_answer(one, people[one.answer.author_id], site_url) for one in ranked]
    accepted = [one for one, source in zip(told, ranked, strict=True) if source.answer.id == row.solution_id]
    others = [one for one in told if one not in accepted]
    return {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": row.title,
            "text": row.plain_text,
            "url": site_url + question_address(row, row.locale),
            "inLanguage": row.locale,
            "dateCreated": row.created_at.isoformat(),
            "author": _person(people[row.author_id]),
            "answerCount": row.answers,
            **({"acceptedAnswer": accepted[0]} if accepted else {}),
            **({"suggestedAnswer": others} if others else {}),
        },
    }


def _answer(one: Ranked, author: Author, site_url: str) -> dict[str, Any]:
    return {
        "@type": "Answer",
        "text": one.answer.plain_text,
        "url": site_url + answer_address(one.answer.id),
        "dateCreated": one.answer.created_at.isoformat(),
        "upvoteCount": one.yes,
        "author": _person(author),
    }


def _person(author: Author) -> dict[str, str]:
    return {"@type": "Person", "name": author.name}
