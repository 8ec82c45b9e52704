"""The catalogue names every event there is, and what each may carry."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ROOT
from helpcenter.journeys import catalogue
from helpcenter.journeys.catalogue import CATALOGUE, UnknownKind

RECORDERS = ("record", "make")


def recorded_names(path: Path) -> Iterator[str]:
    """The literal kinds in calls of record(…) and in the acts of page_token.make(…)."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "record" and node.args and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)
        if name == "make" and ast.unparse(node.func).endswith("page_token.make"):
            acts = [*node.args[5:6], *(word.value for word in node.keywords if word.arg == "acts")]
            for part in acts:
                yield from (str(one.value) for one in ast.walk(part) if isinstance(one, ast.Constant))


def test_nothing_records_a_kind_that_the_catalogue_does_not_have() -> None:
    files = sorted((ROOT / "helpcenter").rglob("*.py"))
    found = {(str(path), name) for path in files for name in recorded_names(path)}
    assert {name for _path, name in found} >= {"signed_in", "accounts_merged", "voted"}
    assert {(path, name) for path, name in found if name not in CATALOGUE} == set()


def test_every_kind_says_what_it_means_and_who_records_it() -> None:
    for kind in CATALOGUE.values():
        assert kind.meaning.endswith(".")
        assert kind.recorded_by


def test_only_words_typed_into_the_search_are_kept_for_a_time() -> None:
    kept = {kind.name: kind.text_kept.days for kind in CATALOGUE.values() if kind.text_kept}
    assert kept == {"searched": 90}


def test_help_is_sought_by_searching_reading_asking_attending_and_opening_a_form() -> None:
    seeking = {kind.name for kind in CATALOGUE.values() if kind.is_help_seeking}
    assert seeking == {"searched", "viewed", "read", "help_opened", "asked", "workshop_attended", "contact_opened"}


@pytest.mark.parametrize("typed", ["my card 4111 was refused", "Ada", "", "x" * 41, 1.5, None, ["a"]])
def test_no_detail_carries_text_a_person_could_have_typed(typed: object) -> None:
    with pytest.raises(UnknownKind):
        catalogue.check("contact_voided", "conversation", {"reason": typed})


def test_a_detail_is_one_that_its_kind_names() -> None:
    catalogue.check("voted", "article", {"helpful": True})
    with pytest.raises(UnknownKind):
        catalogue.check("voted", "article", {"results": 3})


def test_a_kind_has_only_its_own_subjects() -> None:
    with pytest.raises(UnknownKind):
        catalogue.check("voted", "conversation", {})
    with pytest.raises(UnknownKind):
        catalogue.check("searched", "article", {})
