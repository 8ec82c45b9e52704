"""A finding as a row that one can act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from helpcenter.accounts.names import names_of
from helpcenter.articles.edition import Edition
from helpcenter.articles.health import company
from helpcenter.articles.health.finding import Finding, Wanted, every
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.sentence import sentences
from helpcenter.core.locale import LANGUAGES

MOST_OF_A_KIND = 10


@dataclass(frozen=True)
class Listed:
    """`edit_url` leads to the place in the editor, `look_url` to what else one should see; '' where there is nothing.

    `pardoned_by` is the name of whoever found it right as it is.
    """

    finding: Finding
    sentence: str
    language: str
    edit_url: str
    look_url: str
    look_label: str
    pardoned_by: str = ""


def listed(findings: Sequence[Finding]) -> list[Listed]:
    """The rows of these findings."""
    said = sentences(findings)
    twins = company.twins([one.edition_id for one in findings if one.kind == Kind.TITLES])
    names = names_of(one.pardon.by_id for one in findings if one.pardon)
    return [
        Listed(
            one,
            sentence,
            LANGUAGES[one.locale].endonym,
            _edit_url(one),
            *_look(one, twins.get(one.edition_id)),
            names.get(one.pardon.by_id or 0, "") if one.pardon else "",
        )
        for one, sentence in zip(findings, said, strict=True)
    ]


def checks_of(edition: Edition | None) -> list[Listed]:
    """What there is to mend in an edition as it is being written, from its first line to its last and then the rest.

    At most ten of each kind.
    """
    found = every(Wanted(edition_id=edition.id), MOST_OF_A_KIND) if edition else []
    return listed(sorted(found, key=lambda one: (one.line == 0, one.line)))


def _edit_url(one: Finding) -> str:
    place = f"line-{one.line}" if one.line else None
    return url_for("studio.edit", article_id=one.article_id, language=one.locale, _anchor=place)


def _look(one: Finding, twin_id: int | None) -> tuple[str, str]:
    if one.kind == Kind.QUOTES:
        return str(one.about["url"]), str(one.about["action"])
    if one.kind == Kind.SNIPPETS:
        return url_for("snippets.index"), _("Look at the snippets")
    if one.kind == Kind.OUTSIDE:
        return str(one.about["url"]), _("Open the page")
    if one.kind == Kind.TITLES and twin_id is not None:
        return url_for("studio.show", article_id=twin_id), _("Look at the other article")
    if one.kind == Kind.LINKS and one.about["target_id"]:
        return url_for("studio.show", article_id=one.about["target_id"]), _("Look at the article it links to")
    return one.url, _("Look at it")
