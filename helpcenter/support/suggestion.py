"""Answers to what somebody is writing to us: beside the form, never in its way, and counted when they say it helped."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.core.refusals import NotFound
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.channel import CONTACT_SUGGESTION
from helpcenter.search import finding
from helpcenter.search.passage import plain
from helpcenter.topics.tree import tree

MOST = 3
FEWEST_LETTERS = 20
KINDS = frozenset({"article", "question"})


@dataclass(frozen=True)
class Suggestion:
    """A title and the passage that may already answer."""

    kind: str
    id: int
    title: str
    passage: str
    locale: str


def suggestions(text: str, locale: str, viewer: Viewer) -> list[Suggestion]:
    """At most three, the best first; none before there is something to go by."""
    if len(text.strip()) < FEWEST_LETTERS:
        return []
    hits = finding.answering(text, locale, viewer, kinds=KINDS, limit=2 * MOST)
    # An open question answers nobody.
    found = [hit for hit in hits if hit.kind != "question" or hit.solved]
    return [Suggestion(hit.kind, hit.id, hit.title, plain(hit.passage), hit.locale) for hit in found[:MOST]]


def topic_of(kind: str, subject_id: int, viewer: Viewer, locale: str) -> int | None:
    """The root topic of something that can be suggested. Raises NotFound for what this viewer may not read."""
    if kind not in KINDS or kind not in dict(subjects.kinds()):
        raise NotFound
    subject = subjects.subject(kind)
    if subject_id not in subject.visible([subject_id], viewer, locale):
        raise NotFound
    return tree().root_of(subject.root_topic(subject_id))


def record(act: str, kind: str, subject_id: int, topic_id: int | None, *, by: Actor, locale: str) -> None:
    """Record `suggestion_opened` or `suggestion_solved` in the contact form. To be called after begin_write()."""
    recorder.record(
        act,
        by=by,
        subject=(kind, subject_id),
        topic_id=topic_id,
        locale=locale,
        channel_name=CONTACT_SUGGESTION,
        detail={"form": "contact"},
    )
