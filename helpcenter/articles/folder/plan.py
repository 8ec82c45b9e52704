"""What differs between a folder and what is known of it. Decides nothing that needs the text of an edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from helpcenter.articles.folder.finding import Finding
from helpcenter.articles.folder.layout import Layout, Misplaced, Place
from helpcenter.articles.folder.reading import Source


@dataclass(frozen=True)
class Known:
    """What is known of a file: a row without its text."""

    id: int
    folder: str
    source: str
    locale: str
    below: str
    sha256: str
    is_missing: bool

    @property
    def place(self) -> tuple[str, str]:
        """Its place in our tree."""
        return self.locale, self.below


@dataclass(frozen=True)
class Change:
    """A file to look into: new without `known`, renamed or changed with it."""

    source: Source
    place: Place
    known: Known | None = None
    is_renamed: bool = False


@dataclass
class Plan:
    """What an import has to do."""

    changes: list[Change] = field(default_factory=list)
    unchanged: list[Known] = field(default_factory=list)
    vanished: list[Known] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def plan(
    sources: Iterable[Source],
    seen: set[str],
    known: Iterable[Known],
    folder: str,
    layout: Layout,
    *,
    takes_over: bool = False,
) -> Plan:
    """Compare the files of a folder with the rows of all folders; one of another folder is a change to `takes_over`."""
    rows = list(known)
    result = Plan()
    result.vanished = [row for row in rows if row.folder == folder and _is_gone(row, seen, layout)]
    by_source = {row.source: row for row in rows if row.folder == folder}
    by_place = {row.place: row for row in rows}
    fresh: list[Change] = []
    for source, place in _placed(sources, layout, result.findings):
        there = by_place.get((place.locale, place.below))
        row = by_source.get(source.path) or there
        refusal = _refusal(row, there, place)
        if refusal:
            result.findings.append(Finding(source.path, 0, refusal))
        elif row is None:
            fresh.append(Change(source, place))
        elif _is_unchanged(row, source, place) and not _is_elsewhere(row, source, folder, takes_over):
            result.unchanged.append(row)
        else:
            result.changes.append(Change(source, place, row))
    # A file that came to its place by another path is there all the same.
    there_still = {change.known.id for change in result.changes if change.known}
    result.vanished = [row for row in result.vanished if row.id not in there_still]
    result.changes += _with_renames(fresh, result)
    return result


def _is_gone(row: Known, seen: set[str], layout: Layout) -> bool:
    return row.source not in seen and not row.is_missing and layout.holds(f"{row.locale}/{row.below}")


def _is_unchanged(row: Known, source: Source, place: Place) -> bool:
    return row.sha256 == source.sha256 and not row.is_missing and row.place == (place.locale, place.below)


def _is_elsewhere(row: Known, source: Source, folder: str, takes_over: bool) -> bool:
    return row.source != source.path if row.folder == folder else takes_over


def _refusal(row: Known | None, there: Known | None, place: Place) -> str:
    """Why a known file can not go to its place, as when the folder is imported in another way than before."""
    if row is not None and row.locale != place.locale:
        was = f"{row.locale}/{row.below}"
        return f"was imported as {was}; give the folder another name with --folder to import it as {place.locale}"
    if row is not None and there is not None and row.id != there.id:
        return f"can not move to {place.path}: {there.source} of the folder {there.folder} stands there"
    return ""


def _placed(sources: Iterable[Source], layout: Layout, findings: list[Finding]) -> list[tuple[Source, Place]]:
    placed: dict[tuple[str, str], tuple[Source, Place]] = {}
    for source in sources:
        try:
            place = layout.place(source.path)
        except Misplaced as error:
            findings.append(Finding(source.path, 0, str(error)))
            continue
        first = placed.setdefault((place.locale, place.below), (source, place))
        if first[0] is not source:
            findings.append(Finding(source.path, 0, f"stands at the same place as {first[0].path}: {place.path}"))
    return list(placed.values())


def _with_renames(fresh: list[Change], result: Plan) -> list[Change]:
    """A new file that says what exactly one vanished file said, in its language, is that file under a new name."""
    gone: Mapping[tuple[str, str], list[Known]] = _grouped((row.locale, row.sha256, row) for row in result.vanished)
    came: Mapping[tuple[str, str], list[Change]] = _grouped((one.place.locale, one.source.sha256, one) for one in fresh)
    changes = []
    for change in fresh:
        key = change.place.locale, change.source.sha256
        if len(gone.get(key, ())) == 1 and len(came[key]) == 1:
            result.vanished.remove(gone[key][0])
            changes.append(Change(change.source, change.place, gone[key][0], is_renamed=True))
        else:
            changes.append(change)
    return changes


def _grouped(items: Iterable[tuple[str, str, object]]) -> dict[tuple[str, str], list]:  # type: ignore[type-arg]
    groups: dict[tuple[str, str], list[object]] = defaultdict(list)
    for first, second, item in items:
        groups[first, second].append(item)
    return groups
