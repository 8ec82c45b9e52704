"""A strict reader of the text format of Prometheus 0.0.4: whatever it forbids or leaves to taste is refused.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
NUMBER = r"[+-]?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|Inf)|NaN"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
_HELP = re.compile(rf"# HELP ({NAME}) ((?:[^\\\n]|\\[\\n])+)")
_TYPE = re.compile(rf"# TYPE ({NAME}) (counter|gauge|histogram)")
_SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? ({NUMBER})")
_LABEL = re.compile(r'([a-zA-Z0-9_]+)="((?:[^"\\]|\\.)*)"')


@dataclass
class Family:
    """A metric: its kind and its samples, by name and labels."""

    name: str
    kind: str
    help: str
    samples: dict[tuple[str, frozenset[tuple[str, str]]], float] = field(default_factory=dict)

    def value(self, suffix: str = "", **labels: str) -> float:
        """The number of one sample. Raises KeyError."""
        return self.samples[self.name + suffix, frozenset(labels.items())]


def read(text: str) -> dict[str, Family]:
    """Every metric by its name. Raises AssertionError for whatever is not as the format wants it."""
    assert text.endswith("\n")
    families: dict[str, Family] = {}
    lines = text[:-1].split("\n")
    at = 0
    while at < len(lines):
        told, kind = _HELP.fullmatch(lines[at]), _TYPE.fullmatch(lines[at + 1])
        assert told and kind and told[1] == kind[1], lines[at : at + 2]
        family = Family(told[1], kind[2], told[2])
        assert family.name not in families, f"{family.name} is told in two places"
        families[family.name] = family
        at += 2
        while at < len(lines) and not lines[at].startswith("#"):
            _take(family, lines[at])
            at += 1
        _check(family)
    return families


def _take(family: Family, line: str) -> None:
    found = _SAMPLE.fullmatch(line)
    assert found, line
    suffixes = ("_bucket", "_sum", "_count") if family.kind == "histogram" else ("",)
    assert found[1] in {family.name + suffix for suffix in suffixes}, line
    labels = _LABEL.findall(found[2] or "")
    assert len(dict(labels)) == len(labels), line
    key = found[1], frozenset(labels)
    assert key not in family.samples, line
    family.samples[key] = float(found[3])


def _check(family: Family) -> None:
    if family.kind == "counter":
        assert family.name.endswith("_total")
    if family.kind != "gauge":
        assert all(value >= 0 for value in family.samples.values())
    if family.kind == "histogram":
        for (name, labels), count in family.samples.items():
            if name.endswith("_count"):
                _check_buckets(family, labels, count)


def _check_buckets(family: Family, labels: frozenset[tuple[str, str]], count: float) -> None:
    buckets = {
        float(bound): value
        for (name, own), value in family.samples.items()
        if name.endswith("_bucket") and labels < own and (bound := dict(own)["le"])
    }
    rising = [buckets[bound] for bound in sorted(buckets)]
    assert rising == sorted(rising) and rising[-1] == count and float("inf") in buckets
    family.value("_sum", **dict(labels))
