"""Which articles each answer names, by a link or as what it gives: so that editors hear of it when one changed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import ForeignKey, delete, insert
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model, db
from helpcenter.core.row_id import row_id_or_none

KIND = "article"
_LINK = re.compile(r'href="(?:https?://([^/"]+))?/[a-z]{2}/articles/(\d{1,10})(?:[-.?#][^"]*)?"')


class AnswerCitation(Model):
    """An answer names an article; no foreign key to that one, for a link may lead to none. Follows from the HTML."""

    __tablename__ = "answer_citation"
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[int] = mapped_column(primary_key=True, index=True)


def articles_in(html: str) -> set[int]:
    """The numbers of the articles of this site that an answer links to."""
    ours = {"", urlsplit(current_app.config["SETTINGS"].site_url).netloc}
    found = {row_id_or_none(number) for host, number in _LINK.findall(html) if host in ours}
    return {number for number in found if number is not None}


def keep(answer_id: int, html: str, given_id: int | None) -> None:
    """Keep what an answer names, the article it gives among it. To be called after begin_write()."""
    db.session.execute(delete(AnswerCitation).where(AnswerCitation.answer_id == answer_id))
    named = articles_in(html) | ({given_id} if given_id is not None else set())
    if named:
        rows = [{"answer_id": answer_id, "article_id": number} for number in sorted(named)]
        db.session.execute(insert(AnswerCitation), rows)
