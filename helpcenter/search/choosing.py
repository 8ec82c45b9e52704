"""Choosing a thing by its title, and knowing again what was chosen."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.search import finding
from helpcenter.search.document import SubjectKey
from helpcenter.search.engine import EngineError
from helpcenter.search.engines import engine

MOST_OFFERED = 8
_WRITTEN = re.compile(r"([a-z][a-z0-9_]{0,19}):([1-9][0-9]{0,9})")


@dataclass(frozen=True)
class Thing:
    """Something that can be found. `is_found`: search has it in this language now, for this viewer."""

    subject: SubjectKey
    title: str
    url: str
    is_found: bool = True

    @property
    def written(self) -> str:
        """The form in which a page sends it: kind:id."""
        return f"{self.subject[0]}:{self.subject[1]}"


def subject_in(written: str) -> SubjectKey | None:
    """The subject that a page sent, or None for anything else."""
    found = _WRITTEN.fullmatch(written)
    return (found[1], int(found[2])) if found else None


def offered(title: str, locale: str, viewer: Viewer, besides: Collection[SubjectKey] = ()) -> list[Thing]:
    """What may be meant by a title in a language: those with every word in the title, then what search finds."""
    if not title.strip():
        return []
    found: dict[SubjectKey, str] = {}
    for kind, subject in subjects.kinds():
        for match in subject.title_matches(title, locale, viewer, MOST_OFFERED):
            if match.locale == locale:
                found[kind, match.id] = match.title
    for hit in finding.find(title, locale, viewer, limit=MOST_OFFERED).hits:
        found.setdefault(hit.subject, hit.title)
    wanted = [(key, title) for key, title in found.items() if key not in besides][:MOST_OFFERED]
    urls = subjects.addresses((*key, locale) for key, _ in wanted)
    return [Thing(key, title, urls[*key, locale]) for key, title in wanted]


def can_be_found(subject: SubjectKey, locale: str, viewer: Viewer) -> bool:
    """Whether search may ever show it in this language to this viewer; asked of its package, not of the index."""
    kind, id = subject
    known = dict(subjects.kinds())
    if kind not in known or id not in known[kind].visible([id], viewer, locale):
        return False
    return any(document.locale == locale for document in known[kind].documents([id]))


def things(wanted: Sequence[SubjectKey], locale: str, viewer: Viewer) -> Mapping[SubjectKey, Thing]:
    """These subjects with their titles, also of what is no longer there; at most two questions for each kind."""
    known = dict(subjects.kinds())
    here = [key for key in dict.fromkeys(wanted) if key[0] in known]
    titles = {
        (kind, id): title
        for kind in {kind for kind, _ in here}
        for id, title in known[kind].titles([id for one, id in here if one == kind], locale).items()
    }
    urls = subjects.addresses((*key, locale) for key in here if key in titles)
    try:
        hits = engine().lookup(here, finding.query_of("", locale, viewer)) if here else []
        found = {hit.subject for hit in hits}
    except EngineError:
        found = set(here)
    return {key: Thing(key, titles[key], urls[*key, locale], key in found) for key in here if key in titles}
