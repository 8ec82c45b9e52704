"""From points to the hits of a page: what stands first among equals, and what is shown of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helpcenter.search.analysis import index_terms
from helpcenter.search.engine import Hit
from helpcenter.search.folding import cleaned, folded
from helpcenter.search.query import Query
from helpcenter.search.snippets import Marker
from helpcenter.search.source import Candidate, Key, Shown, Source

# Who types a title wants that page, so it comes first. The bonuses are small: they decide among equals.
TITLE_PHRASE_BONUS = 0.12
BODY_PHRASE_BONUS = 0.05
JUDGED_FOR_TITLE = 20
JUDGED_FOR_BODY = 10
EQUAL_DIGITS = 6
"""Behind the point: documents whose points differ less are equal. PostgreSQL rounds to as many."""


@dataclass(frozen=True)
class Ranking:
    """Ranks the candidates of one query."""

    source: Source
    query: Query

    @property
    def most(self) -> int:
        """How many of the best have to be known to fill the page."""
        return max(JUDGED_FOR_TITLE, self.query.offset + self.query.limit)

    def page(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The documents of the page, best first."""
        likely, rest = candidates[:JUDGED_FOR_TITLE], candidates[JUDGED_FOR_TITLE : self.most]
        judged = [*_in_order(self._with_title_bonus(likely)), *rest]
        head = _in_order(self._with_body_bonus(judged[:JUDGED_FOR_BODY]))
        ordered = [*head, *judged[JUDGED_FOR_BODY:]]
        return ordered[self.query.offset : self.query.offset + self.query.limit]

    def first(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """As many as the query asks for, best first, by nothing but their points."""
        shown = self.source.shown([one.key for one in candidates])
        known = [one._replace(subject=shown[one.key].subject) for one in candidates if one.key in shown]
        return _in_order(known)[: self.query.limit]

    def hits(self, candidates: Sequence[Candidate], marker: Marker) -> tuple[Hit, ...]:
        """Candidates as they are shown, without those that are gone by now."""
        keys = [one.key for one in candidates]
        shown, bodies = self.source.shown(keys), self.source.bodies(keys)
        return tuple(
            self._hit(shown[one.key], bodies[one.key], one.total, marker)
            for one in candidates
            if one.key in shown and one.key in bodies
        )

    def _hit(self, shown: Shown, body: str, score: float, marker: Marker) -> Hit:
        return Hit(
            kind=shown.place.kind,
            id=shown.id,
            locale=shown.place.locale,
            score=round(score, 4),
            title=shown.title,
            passage=marker.passage(body, self.query.passage_length),
            topic_id=shown.place.topic_id,
            audience=shown.place.audience,
            updated_at=shown.updated_at,
            solved=shown.solved,
        )

    def _with_title_bonus(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        locale = self.query.locale
        exact, wanted = _spelling(self.query.text, locale), index_terms(self.query.text, locale)
        shown = self.source.shown([one.key for one in candidates])
        # Taking a title apart costs more than asking which titles have the words, which few have all of.
        may_hold_it = self.source.titled(shown.keys(), wanted) if len(wanted) > 1 else ()
        result = []
        for one in candidates:
            if one.key not in shown:
                continue
            title, subject = shown[one.key].title, shown[one.key].subject
            has_phrase = one.key in may_hold_it and _stands_in(wanted, index_terms(title, locale))
            bonus = TITLE_PHRASE_BONUS if has_phrase else 0.0
            is_exact = _spelling(title, locale) == exact
            result.append(one._replace(bonus=bonus, has_exact_title=is_exact, subject=subject))
        return result

    def _with_body_bonus(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        phrase = folded(cleaned(self.query.text), self.query.locale)
        if " " not in phrase:
            return list(candidates)
        bodies: Mapping[Key, str] = self.source.bodies([one.key for one in candidates])
        result = []
        for one in candidates:
            stands = phrase in folded(bodies.get(one.key, ""), self.query.locale)
            result.append(one._replace(bonus=one.bonus + BODY_PHRASE_BONUS * stands))
        return result


def _in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """An exact title, then best first; equal ones by what they are of, whenever the index came to know them."""
    # Engines add the same points up in another order, and the last digits of a sum depend on it.
    return sorted(
        candidates, key=lambda one: (not one.has_exact_title, -round(one.total, EQUAL_DIGITS), one.subject, one.key)
    )


def _spelling(text: str, locale: str) -> str:
    return " ".join(folded(cleaned(text), locale).split()).strip(" ?!.؟¿¡")


def _stands_in(wanted: Sequence[str], terms: Sequence[str]) -> bool:
    size = len(wanted)
    return any(terms[at : at + size] == wanted for at in range(len(terms) - size + 1))
