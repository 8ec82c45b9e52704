"""One event as the rules see it: no database, no request, and every name as a site or a file gives it."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from helpcenter.journeys import channel

Name = Hashable
"""A visitor or a user, by whatever the source calls them."""
ALWAYS = datetime.min.replace(tzinfo=UTC)
SortKey = tuple[datetime, str, str, str, str, int]


@dataclass(frozen=True)
class Act:
    """`subject` reads `article:12`; `topic` is the root topic; `excluded` is a reason or None.

    `id` tells acts apart and is the event's own in the database, the number of the line in a file.
    """

    id: int
    at: datetime
    kind: str
    visitor: Name | None = None
    user: Name | None = None
    subject: str | None = None
    topic: Name | None = None
    channel: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    observable: bool = True
    excluded: str | None = None
    recorded_at: datetime = ALWAYS
    visit: str | None = None
    locale: str = ""

    @property
    def subject_kind(self) -> str:
        """The part of the subject before the colon; '' without a subject."""
        return (self.subject or "").partition(":")[0]

    @property
    def question(self) -> str:
        """The question this act is about, as `question:7`: its subject, or what its detail names; '' without."""
        if self.subject_kind == "question":
            return str(self.subject)
        named = str(self.detail.get("question", "")).rpartition(":")[2]
        return f"question:{named}" if named else ""

    @cached_property
    def place(self) -> str | None:
        """The channel the act happened in: a contact form, wherever the source says, else that of its subject."""
        if self.kind.startswith("suggestion_"):
            form = self.detail.get("form", "contact" if self.channel == channel.CONTACT_SUGGESTION else None)
            return channel.CONTACT_SUGGESTION if form == "contact" else channel.of_subject(self.subject_kind)
        return self.channel or channel.of_subject(self.subject_kind)

    @cached_property
    def order(self) -> SortKey:
        """By time; what happens at the same moment is ordered by what it says, not by when it arrived."""
        where = f"{self.channel} {self.topic} {self.visitor} {self.user} {self.observable}"
        return self.at, self.kind, self.subject or "", self.said, where, self.id

    @cached_property
    def said(self) -> str:
        """The detail as one text that is the same for the same detail."""
        return json.dumps(dict(self.detail), sort_keys=True, default=str) if self.detail else ""
