"""Taking what another help center says: as from a folder, except that a draft there stays a draft here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpcenter.articles.edition import Edition
from helpcenter.articles.folder.document import Document
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.plan import Change
from helpcenter.articles.folder.record import FolderFile, in_sync
from helpcenter.articles.folder.taking import Taking
from helpcenter.articles.importers import imported_article
from helpcenter.articles.importers.texts import IS_DRAFT, Imported
from helpcenter.articles.revision import Revision

WITHDRAWN = "is a draft there now; what is published here stays"


@dataclass
class DraftsToo(Taking):
    """One import's way of taking; `system` is where the texts come from."""

    system: str = ""

    def take(self, batch: Sequence[tuple[Change, Document]]) -> None:
        """Write a batch; to be called after begin_write(), and committed by the caller."""
        super().take(batch)
        pieces = {document.place.below: document.piece_id for _, document in batch if isinstance(document, Imported)}
        articles = self._siblings(list(pieces))
        imported_article.remember(self.system, {pieces[below]: article for below, article in articles.items()})

    def _continue(self, document: Document, row: FolderFile, edition: Edition) -> int:
        is_synced, was_draft = in_sync(row, edition), bool(row.settings.get(IS_DRAFT))
        article_id = super()._continue(document, row, edition)
        if not _is_draft(document):
            row.is_waiting = row.is_waiting or (was_draft and is_synced)
        else:
            row.is_waiting = False
            if edition.published_revision_id is not None:
                self.report.findings.append(Finding(document.source.path, 0, WITHDRAWN, Level.NOTE))
        return article_id

    def _record(self, document: Document, edition: Edition, revision: Revision, *, is_waiting: bool) -> None:
        super()._record(document, edition, revision, is_waiting=is_waiting and not _is_draft(document))


def _is_draft(document: Document) -> bool:
    return isinstance(document, Imported) and document.is_draft
