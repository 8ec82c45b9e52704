"""Articles and questions like the one that somebody is writing: what answers it first."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.core.refusals import NotFound
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.search import finding
from helpcenter.search.engine import Hit
from helpcenter.search.passage import plain

MOST = 4
FEWEST_LETTERS = 10
READ_OF_TEXT = 200
"""Letters of the details that are looked at beside the title."""
KINDS = frozenset({"article", "question"})


@dataclass(frozen=True)
class Suggestion:
    """`may_answer`: an article or a solved question, so that one can say it answered."""

    kind: str
    id: int
    title: str
    passage: str
    locale: str
    solved: bool

    @property
    def may_answer(self) -> bool:
        """Whether there is an answer in it."""
        return self.kind == "article" or self.solved


def suggestions(title: str, text: str, locale: str, viewer: Viewer, most: int = MOST) -> list[Suggestion]:
    """The most alike, those that answer first; none before there is something to go by."""
    if len(title.strip()) < FEWEST_LETTERS:
        return []
    words = f"{title}\n{text[:READ_OF_TEXT]}"
    hits = finding.answering(words, locale, viewer, kinds=KINDS, limit=2 * most)
    found = [_suggestion(hit) for hit in hits]
    return sorted(found, key=lambda one: not one.may_answer)[:most]


def check(kind: str, subject_id: int, viewer: Viewer, locale: str) -> None:
    """Nothing for what can be suggested to this viewer. Raises NotFound."""
    if kind not in KINDS or subject_id not in subjects.subject(kind).visible([subject_id], viewer, locale):
        raise NotFound


def record(act: str, kind: str, subject_id: int, *, by: Actor, locale: str) -> None:
    """Record `suggestion_opened` or `suggestion_solved` in this form. To be called after begin_write().

    The channel stays that of what was suggested.
    """
    topic_id = subjects.subject(kind).root_topic(subject_id)
    recorder.record(act, by=by, subject=(kind, subject_id), topic_id=topic_id, locale=locale, detail={"form": "ask"})


def _suggestion(hit: Hit) -> Suggestion:
    return Suggestion(hit.kind, hit.id, hit.title, plain(hit.passage), hit.locale, hit.solved)
