"""Acts from a file, one JSON object a line, so that the rules can be tried on data of any origin.

Each line has `at` (ISO 8601), `visitor`, `user`, `kind`, `subject` (`article:12`), `topic`, `channel`, `detail`,
`observable` and `excluded`; only the first and the kind have to be there. A contact may also say `spam` or `duplicate`,
beside these or in its detail.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from helpcenter.journeys.act import Act
from helpcenter.journeys.catalogue import CATALOGUE
from helpcenter.journeys.deflection import Episode, Judgement
from helpcenter.journeys.evidence import SAYS_SO

FIRST_YEAR, LAST_YEAR = 1970, 9000
_TEXTS = ("kind", "subject", "channel")
_NAMES = ("visitor", "user", "topic")
_NO_CONTACT = ("spam", "duplicate")
_YES_OR_NO, _NUMBER, _NAME = (bool, "true or false"), (int | float, "a number"), (str | int, "a name or a number")
_DETAILS: dict[str, tuple[Any, str]] = {
    **dict.fromkeys(("helpful", "staff", "withdrawn", *_NO_CONTACT), _YES_OR_NO),
    **dict.fromkeys(("minutes", "of"), _NUMBER),
    **dict.fromkeys(("question", "into"), _NAME),
}
_CREDITED = SAYS_SO | {"accepted", "answer_seen", "workshop_attended"}


class JournalRefused(ValueError):
    """A line that is no act: the message names the line and what is wrong with it."""


def read(lines: Iterable[str]) -> Iterator[Act]:
    """The acts of a file, where a byte that is no UTF-8 is escaped. Empty lines are left out. Raises JournalRefused."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _act(number, _parsed(line))
            except ValueError as refused:
                raise JournalRefused(f"line {number}: {refused}") from None


def moment(text: str) -> datetime:
    """An ISO 8601 time of the years 1970 to 9000; one without a zone is UTC. Raises ValueError.

    Windows are added to it, and no calendar ends sooner than that.
    """
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise ValueError(f"{text!r} is not a time such as 2026-11-23T10:00:00Z") from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(f"{text!r} is not in the years {FIRST_YEAR} to {LAST_YEAR}")
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def as_time(at: datetime) -> str:
    """The time in UTC, ending in Z."""
    return at.isoformat().replace("+00:00", "Z")


def told(episode: Episode) -> dict[str, Any]:
    """An episode as an object of plain values."""
    because = episode.because
    act = " ".join(filter(None, (because.kind, because.subject)))
    return {
        "person": episode.person.name,
        "opened_at": as_time(episode.opened_at),
        "state": episode.state,
        "tier": episode.tier,
        "channel": episode.channel,
        "credited": episode.credited.subject if episode.credited else None,
        "because": f"{episode.rule}: {act} at {as_time(because.at)}",
    }


def totals(judgement: Judgement) -> dict[str, Any]:
    """How many episodes are in each state that occurs, the deflected ones by channel, and how many those are."""
    deflected = [one for one in judgement.episodes if one.is_deflected]
    return {
        "totals": _counted(one.state for one in judgement.episodes),
        "channels": _counted(str(one.channel) for one in deflected),
        "headline": len(deflected),
    }


def _counted(words: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return dict(sorted(counts.items()))


def _parsed(line: str) -> dict[str, Any]:
    if not _is_unicode(line):
        raise ValueError("not in UTF-8")
    try:
        parsed = json.loads(line)
    except json.JSONDecodeError as broken:
        raise ValueError(f"no JSON at character {broken.pos + 1}: {broken.msg}") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(parsed, dict):
        raise ValueError("not a JSON object")
    return parsed


def _act(number: int, line: dict[str, Any]) -> Act:
    for name in _TEXTS:
        if line.get(name) is not None and not isinstance(line[name], str):
            raise ValueError(f"{name} is {line[name]!r} and not text")
    kind, detail = line.get("kind"), line.get("detail") or {}
    if not isinstance(kind, str) or kind not in CATALOGUE:
        nearest = get_close_matches(str(kind), CATALOGUE, 1)
        raise ValueError(f"{kind!r} is no kind of event" + (f"; did you mean {nearest[0]!r}?" if nearest else ""))
    if not isinstance(detail, dict):
        raise ValueError(f"detail is {detail!r} and not an object")
    if kind == "contacted":
        detail = {**{word: line[word] for word in _NO_CONTACT if word in line}, **detail}
    for name in _NAMES:
        if isinstance(line.get(name), dict | list):
            raise ValueError(f"{name} is {line[name]!r} and not a name or a number")
    for name in (*_TEXTS, *_NAMES):
        if not _is_unicode(line.get(name)):
            raise ValueError(f"{name} is {line[name]!r} and no text in Unicode")
    at = moment(line.get("at", ""))
    if not isinstance(line.get("observable"), bool | None):
        raise ValueError(f"observable is {line['observable']!r} and not true or false")
    act = Act(
        number,
        at,
        kind,
        line.get("visitor"),
        line.get("user"),
        line.get("subject"),
        line.get("topic"),
        line.get("channel"),
        detail,
        line.get("observable") is not False,
        _reason(line.get("excluded")),
        recorded_at=at,
    )
    _check(act)
    return act


def _check(act: Act) -> None:
    """Nothing where the rules can tell what it says; raises ValueError for what they would misread or pass over."""
    for name, value in act.detail.items():
        types, said = _DETAILS.get(name, (object, ""))
        if value is not None and not isinstance(value, types):
            raise ValueError(f"{name} is {value!r} and not {said}")
    if act.detail.get("form") not in (None, "contact", "ask"):
        raise ValueError(f"form is {act.detail['form']!r} and not 'contact' or 'ask'")
    if act.kind == "voted" and act.detail.get("helpful") is None:
        raise ValueError("voted without helpful in its detail")
    if act.kind in _CREDITED and act.place is None:
        raise ValueError(f"{act.kind} without a subject such as '{CATALOGUE[act.kind].subjects[0]}:12'")
    may_be_nobodys = act.kind == "contacted" or CATALOGUE[act.kind].outlives_its_actor
    if act.visitor is None and act.user is None and not may_be_nobodys:
        raise ValueError(f"{act.kind} by neither a visitor nor a user")


def _is_unicode(value: Any) -> bool:
    try:
        return not isinstance(value, str) or value.isascii() or bool(value.encode())
    except UnicodeEncodeError:
        return False


def _reason(excluded: Any) -> str | None:
    """Why an act does not count; a file may also just say that it does not."""
    if not excluded:
        return None
    return excluded if isinstance(excluded, str) else "excluded"
