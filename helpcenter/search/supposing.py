"""Finding things as they will be found once a document is in the index, by the same rules as now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.search.document import Document, SubjectKey
from helpcenter.search.engine import Answers, Results
from helpcenter.search.engines import engine
from helpcenter.search.finding import looked_up_again, query_of, ranked
from helpcenter.search.tuning import Tuning, tuning_now


@dataclass(frozen=True)
class Supposition:
    """The index with one document more, or with another one in place of what it holds of the same thing."""

    subject: SubjectKey
    index: Answers
    tuning: Tuning

    def find(self, text: str, locale: str, viewer: Viewer, limit: int) -> Results:
        """What the viewer will find first. Raises EngineError."""
        query = replace(query_of(text, locale, viewer), limit=limit)
        results = ranked(query, self.tuning, self.index)
        return looked_up_again(results, query, viewer, besides=frozenset({self.subject}))


def supposing(document: Document) -> Supposition:
    """Everything as it is but for this document; its thing keeps its other languages. Raises EngineError,
    DocumentRefused."""
    others = [one for one in subjects.subject(document.kind).documents([document.id]) if one.locale != document.locale]
    return Supposition(document.subject, engine().supposing([*others, document]), tuning_now())
