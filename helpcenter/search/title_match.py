"""What a kind answers when it is asked for titles, for the time that there is no index to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class TitleMatch:
    """A thing whose title holds the words. `summary` is shown where a passage would be; `updated_at` is aware."""

    id: int
    locale: str
    title: str
    summary: str = ""
    topic_id: int | None = None
    updated_at: datetime | None = None
    solved: bool = False
