"""The questions to the tables of a slot, `{slot}` standing for its letter.

OFFSET 0 keeps a look-up a look-up: where many words are asked about at once, the planner would now and then rather read
a whole table.
"""

from __future__ import annotations

from functools import cache

LAST_CHARACTER = "\U0010ffff"

# Whether a rare term is seen is asked along, since every word of a query is asked whether it is known.
TERMS = """
SELECT t.locale, t.term, t.id, t.title, t.keyword, t.body,
       greatest(t.title, t.keyword, t.body) > %(rare)s
       OR EXISTS (SELECT FROM search_posting_{slot} p WHERE p.term = t.id AND p.place = ANY(%(allowed)s::int[])
                  AND p.document <> ALL(%(without)s::int[]))
FROM unnest(%(locales)s::text[], %(terms)s::text[]) AS wanted(locale, term) CROSS JOIN LATERAL (
    SELECT * FROM search_term_{slot} t WHERE t.locale = wanted.locale AND t.term = wanted.term COLLATE "C" OFFSET 0
) AS t
"""

# One row for each place with the number of documents found there, one for each of the best documents, and one with the
# build that all of this was read from. Points are rounded, so that equal documents are equal in whatever order the
# parts were added up.
FOUND = """
WITH wanted AS (
    SELECT * FROM unnest(%(terms)s::int[], %(groups)s::int[], %(title)s::float8[], %(keyword)s::float8[],
                         %(body)s::float8[]) AS w(term, of_group, title, keyword, body)
), scored AS MATERIALIZED (
    {scored}
), best AS (
    SELECT document, points, row_number() OVER (ORDER BY points DESC, document) AS number
    FROM scored WHERE place = ANY(%(passing)s::int[])
    ORDER BY points DESC, document LIMIT %(most)s
)
SELECT 0 AS what, place AS id, count(*)::float8 AS points, NULL::int AS place, NULL::bigint AS subject_id,
       NULL AS title, NULL::timestamptz AS updated_at, NULL::bool AS solved, NULL AS body
FROM scored GROUP BY place
UNION ALL
SELECT 1, d.id, best.points, d.place, d.subject_id, d.title, d.updated_at, d.solved,
       CASE WHEN best.number <= %(bodies)s THEN d.body END
FROM best JOIN search_document_{slot} d ON d.id = best.document
UNION ALL
SELECT 2, build, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM search_index WHERE id = 1
"""
# Where every group has one term only, as most have, the points of a document are a plain sum.
SINGLE = """
SELECT p.document, min(p.place) AS place, round(sum({points}) * 1e6) / 1e6 AS points
FROM wanted w CROSS JOIN LATERAL (SELECT * FROM search_posting_{slot} p WHERE p.term = w.term OFFSET 0) AS p
WHERE p.place = ANY(%(allowed)s::int[]) {conditions}
GROUP BY p.document
"""
# Of a group of several terms the best counts. The others are of no group, a negative one.
SEVERAL = """
SELECT document, min(place) AS place, round(sum(points) * 1e6) / 1e6 AS points
FROM (
    SELECT p.document, p.place, {points} AS points
    FROM wanted w CROSS JOIN LATERAL (SELECT * FROM search_posting_{slot} p WHERE p.term = w.term OFFSET 0) AS p
    WHERE w.of_group < 0 AND p.place = ANY(%(allowed)s::int[]) {conditions}
    UNION ALL
    SELECT p.document, min(p.place), max({points})
    FROM wanted w CROSS JOIN LATERAL (SELECT * FROM search_posting_{slot} p WHERE p.term = w.term OFFSET 0) AS p
    WHERE w.of_group >= 0 AND p.place = ANY(%(allowed)s::int[]) {conditions}
    GROUP BY p.document, w.of_group
) AS parts
GROUP BY document
"""
# The tags narrow the language of the query only.
TAGGED = """
AND (NOT p.place = ANY(%(here)s::int[]) OR EXISTS (
    SELECT FROM search_document_{slot} d WHERE d.id = p.document AND d.tags @> %(tags)s::text[]))
"""
# For whoever supposes that documents are gone.
WITHOUT = "AND p.document <> ALL(%(without)s::int[])"
# See weighing.py.
SEARCH_POINTS = """
CASE WHEN p.title > 0 THEN w.title * p.title / (p.title + %(base)s + %(title_slope)s * p.title_length) ELSE 0 END
+ CASE WHEN p.keyword > 0
  THEN w.keyword * p.keyword / (p.keyword + %(base)s + %(keyword_slope)s * p.keyword_length) ELSE 0 END
+ CASE WHEN p.body > 0 THEN w.body * p.body / (p.body + %(base)s + %(body_slope)s * p.body_length) ELSE 0 END
"""
# See message.py. A pair has its points in `title` and nothing in `body`; of a word `keyword` says how it grows.
MESSAGE_POINTS = """
w.title + w.body * (1 - w.keyword / (w.keyword
+ p.title * %(title_times)s / (%(title_base)s + %(title_slope)s * p.title_length)
+ p.keyword * %(keyword_times)s / (%(keyword_base)s + %(keyword_slope)s * p.keyword_length)
+ p.body * %(body_times)s / (%(body_base)s + %(body_slope)s * p.body_length)))
"""

BODIES = "SELECT id, body FROM search_document_{slot} WHERE id = ANY(%(ids)s::int[])"
KEYS = """
SELECT d.id, d.place, d.subject_id, d.title, d.updated_at, d.solved
FROM unnest(%(kinds)s::text[], %(ids)s::bigint[]) WITH ORDINALITY AS wanted(kind, id, number)
JOIN search_document_{slot} d ON d.kind = wanted.kind AND d.subject_id = wanted.id AND d.locale = %(locale)s
WHERE d.place = ANY(%(passing)s::int[])
ORDER BY wanted.number
"""
POSTINGS = """
SELECT term, title, keyword, body, title_length, keyword_length, body_length
FROM search_posting_{slot} WHERE document = %(document)s AND term = ANY(%(terms)s::int[])
"""
TITLES = """
SELECT DISTINCT spelling, title FROM search_document_{slot}
WHERE locale = %(locale)s AND spelling >= %(first)s AND spelling < %(last)s AND place = ANY(%(allowed)s::int[])
ORDER BY spelling, title LIMIT %(limit)s
"""

COMPLETIONS = """
SELECT word FROM search_word_{slot}
WHERE locale = %(locale)s AND word > %(first)s AND word < %(last)s AND places && %(allowed)s::int[]
ORDER BY documents DESC, word LIMIT %(limit)s
"""
COUNTS = """
SELECT w.word, w.documents FROM unnest(%(words)s::text[]) AS wanted(word) CROSS JOIN LATERAL (
    SELECT word, documents FROM search_word_{slot}
    WHERE locale = %(locale)s AND word = wanted.word COLLATE "C" AND places && %(allowed)s::int[] OFFSET 0
) AS w
"""
BEGUN = """
SELECT prefix FROM unnest(%(prefixes)s::text[]) AS wanted(prefix)
WHERE EXISTS (
    SELECT FROM search_word_{slot}
    WHERE locale = %(locale)s AND word >= prefix COLLATE "C" AND word < prefix || %(last)s COLLATE "C"
    AND places && %(allowed)s::int[])
"""
BEGINNING_WITH = """
SELECT word FROM search_word_{slot}
WHERE locale = %(locale)s AND word >= %(first)s AND word < %(last)s
AND length(word) BETWEEN %(shortest)s AND %(longest)s AND places && %(allowed)s::int[]
ORDER BY word
"""
FIRST_OF_EACH = """
SELECT prefix, word FROM unnest(%(prefixes)s::text[]) AS wanted(prefix) CROSS JOIN LATERAL (
    SELECT word FROM search_word_{slot}
    WHERE locale = %(locale)s AND word >= prefix COLLATE "C" AND word < prefix || %(last)s COLLATE "C"
    AND places && %(allowed)s::int[]
    ORDER BY word LIMIT %(most)s
) AS first
"""


@cache
def of_slot(statement: str, slot: str) -> str:
    """A statement for the tables of a slot."""
    return statement.replace("{slot}", slot)


@cache
def finding(slot: str, points: str, *, has_several: bool, is_tagged: bool, lacks_some: bool) -> str:
    """The statement that finds documents in a slot and counts them."""
    conditions = (TAGGED if is_tagged else "") + (WITHOUT if lacks_some else "")
    scored = (SEVERAL if has_several else SINGLE).replace("{points}", points).replace("{conditions}", conditions)
    return of_slot(FOUND.replace("{scored}", scored), slot)
