"""An export as documents such as a folder holds, and what there is to do. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpcenter.articles.folder import sync
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.plan import Plan, plan
from helpcenter.articles.folder.report import Outcome, Progress, Report
from helpcenter.articles.importers import dates, imported_article
from helpcenter.articles.importers.exported import Export, Piece, Version
from helpcenter.articles.importers.languages import spoken
from helpcenter.articles.importers.leads import Leads
from helpcenter.articles.importers.picture_files import PictureFiles
from helpcenter.articles.importers.places import ExportLayout, Stems, placed
from helpcenter.articles.importers.shelves import Shelves
from helpcenter.articles.importers.texts import Imported, Texts
from helpcenter.core import site


@dataclass
class Prepared:
    """An export as documents by the names they are remembered under; `names` are those the report uses, `shown` the
    pictures of the folder that are shown, `written` when each text was begun and changed.
    """

    export: Export
    shelves: Shelves
    layout: ExportLayout
    documents: dict[str, Imported] = field(default_factory=dict)
    written: dict[str, dates.Dates] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    todo: Plan = field(default_factory=Plan)


def prepared_of(
    export: Export, shelves: Shelves, pictures: PictureFiles, report: Report, progress: Progress
) -> Prepared:
    """The export as documents, compared with what came before. Slow."""
    name = imported_article.folder_of(export.system)
    prepared = Prepared(export, shelves, ExportLayout())
    versions = _versions(export, name, report)
    stems = Stems(name)
    belows = {
        piece.id: stems.place(piece.id, shelves.place_of(piece.shelf_id), versions[piece.id])
        for piece in export.pieces
        if piece.id in versions
    }
    texts = Texts(Leads(export, shelves.ids(), belows), pictures, _orders(export, shelves))
    places = {}
    for done, piece in enumerate(export.pieces, start=1):
        spoken_here = versions.get(piece.id, {})
        here = {locale: placed(belows[piece.id], locale) for locale in spoken_here}
        for document in texts.of(piece, spoken_here, here):
            path, version = document.source.path, spoken_here[document.place.locale]
            prepared.documents[path] = document
            prepared.written[path] = version.created_at, version.updated_at
            prepared.names[path] = f"{piece.name} ({document.place.locale})"
            places[path] = document.place
        progress("reading", done, len(export.pieces))
    prepared.layout, prepared.shown = ExportLayout(places=places), texts.shown
    prepared.todo = _planned(prepared, name)
    report.findings += [*export.findings, *texts.findings, *prepared.todo.findings, *_not_offered(prepared)]
    for left_out in texts.failed:
        report.add(left_out, Outcome.LEFT_OUT)
    for finding in prepared.todo.findings:
        report.add(finding.path, Outcome.LEFT_OUT)
    for row in prepared.todo.unchanged:
        report.add(row.source, Outcome.UNCHANGED)
    return prepared


def _versions(export: Export, name: str, report: Report) -> dict[str, dict[str, Version]]:
    """What is to be taken of each piece; nothing of one that a folder of Markdown speaks for since."""
    managed = {row.source.split("/", 1)[1].removesuffix(".md") for row in sync.known_files() if row.folder == name}
    came = imported_article.known(export.system)
    found: dict[str, dict[str, Version]] = {}
    for piece in export.pieces:
        if piece.id in came and piece.id not in managed:
            report.findings.append(
                Finding(piece.name, 0, "is managed in a folder since, and was not looked at", Level.NOTE)
            )
        elif versions := spoken(piece, export):
            found[piece.id] = versions
        else:
            report.add(piece.name, Outcome.LEFT_OUT)
    return found


def _orders(export: Export, shelves: Shelves) -> dict[str, int]:
    """The place of each piece among those that stand in the same topic or section, from 1."""
    rows: dict[object, list[Piece]] = {}
    for piece in export.pieces:
        rows.setdefault(shelves.place_of(piece.shelf_id), []).append(piece)
    return {
        piece.id: number
        for pieces in rows.values()
        for number, piece in enumerate(
            sorted(pieces, key=lambda one: (shelves.rank_of(one.shelf_id), one.order)), start=1
        )
    }


def _planned(prepared: Prepared, name: str) -> Plan:
    first = site.current().default_locale
    known = sync.known_files()
    sources = [
        document.source for document in sorted(prepared.documents.values(), key=lambda one: one.place.locale != first)
    ]
    # What is no longer in the export, or not in this part of it, stays as it is here.
    seen = {row.source for row in known if row.folder == name}
    return plan(sources, seen, known, name, prepared.layout)


def _not_offered(prepared: Prepared) -> list[Finding]:
    came = {document.place.locale for document in prepared.documents.values()}
    message = "the site does not offer this language; nobody sees its articles until the settings say so"
    return [Finding(code, 0, message, Level.NOTE) for code in sorted(came - set(site.current().locales))]
