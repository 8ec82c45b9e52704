"""Events in words, for the timeline of an episode. What somebody typed is never told, their searches apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import locale, subjects
from helpcenter.journeys.act import Act
from helpcenter.reports.timeline import Step
from helpcenter.reports.titles import About, by_kind, titles_by_subject

ABOUT: Mapping[str, LazyString] = {
    "viewed": _l("Opened “%(title)s”"),
    "read": _l("Read “%(title)s” to the end"),
    "vote_withdrawn": _l("Withdrew the vote on “%(title)s”"),
    "help_opened": _l("Opened “%(title)s” inside the product"),
    "suggestion_opened": _l("Opened the suggestion “%(title)s”"),
    "suggestion_solved": _l("Said that the suggestion “%(title)s” solved it"),
    "asked": _l("Asked “%(title)s”"),
    "answered": _l("Someone answered “%(title)s”"),
    "answer_seen": _l("Saw an answer to “%(title)s”"),
    "accepted": _l("An answer to “%(title)s” was accepted"),
    "acceptance_withdrawn": _l("The acceptance of an answer to “%(title)s” was withdrawn"),
    "not_solved": _l("Said that “%(title)s” is not solved"),
    "solved_for_me": _l("Said that “%(title)s” solved it for them too"),
    "workshop_attended": _l("Attended “%(title)s”"),
    "workshop_solved": _l("Said that “%(title)s” answered their question"),
}
PLAIN: Mapping[str, LazyString] = {
    "contact_opened": _l("Opened the contact form"),
    "contacted": _l("Wrote to support"),
    "contact_voided": _l("That turned out not to be a contact"),
    "conversation_closed": _l("The conversation was closed"),
    "conversation_reopened": _l("The conversation continued"),
    "signed_in": _l("Signed in"),
    "accounts_merged": _l("Two accounts were recognised as one person"),
}
Titled = Mapping[str, str]
"""Titles by subject, as `article:12`."""


def told(step: Step, titles: Titled) -> str:
    """What happened, in one line."""
    act = step.act
    title = titles.get(act.subject or "") or titles.get(act.question) or str(_("something that is no longer here"))
    special: Callable[[Step, str], str] | None = _SPECIAL.get(act.kind)
    if special:
        return special(step, title)
    if act.kind in ABOUT:
        return str(ABOUT[act.kind]) % {"title": title}
    return str(PLAIN[act.kind])


def _searched(step: Step, _title: str) -> str:
    results = int(step.act.detail.get("results", 0))
    if not step.words and not results:
        return str(_("Searched and found nothing"))
    if not step.words:
        return str(ngettext("Searched and found %(num)d result", "Searched and found %(num)d results", results))
    if not results:
        return str(_("Searched for “%(words)s” and found nothing", words=step.words))
    found = ngettext(
        "Searched for “%(words)s” and found %(num)d result",
        "Searched for “%(words)s” and found %(num)d results",
        results,
        words=step.words,
    )
    return str(found)


def _voted(step: Step, title: str) -> str:
    if step.act.detail.get("helpful") is True:
        return str(_("Said that “%(title)s” helped", title=title))
    return str(_("Said that “%(title)s” did not help", title=title))


def _stuck(step: Step, title: str) -> str:
    number = int(step.act.detail.get("step", 0))
    return str(_("Got stuck at step %(number)s of “%(title)s”", number=number, title=title))


_SPECIAL: Mapping[str, Callable[[Step, str], str]] = {"searched": _searched, "voted": _voted, "step_stuck": _stuck}


def titles_of(acts: Iterable[Act]) -> Titled:
    """The title of everything that these acts are about, a statement a kind. Conversations are told without theirs."""
    return {f"{kind}:{number}": title for (kind, number), title in titles_by_subject(_about(acts)).items()}


def addresses_of(acts: Iterable[Act], viewer: Viewer) -> Mapping[str, str]:
    """Where the viewer can open what these acts are about."""
    found: dict[str, str] = {}
    here = locale.current()
    for kind, ids in by_kind(_about(acts)).items():
        subject = subjects.subject(kind)
        seen = sorted(subject.visible(ids, viewer, here))
        urls = subject.urls(seen, here) if subject.urls else {one: subject.url(one, here) for one in seen}
        found |= {f"{kind}:{number}": url for number, url in urls.items()}
    return found


def _about(acts: Iterable[Act]) -> Iterator[About]:
    for act in acts:
        for named in {act.subject, act.question}:
            kind, _colon, number = (named or "").partition(":")
            if number.isdigit():
                yield kind, int(number)
