"""What is changed, and which tests have to find it: the quick ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutants.change import Change, answers, changes

ROOT = Path(__file__).parent.parent
ROUTES = "tests/house/test_routes.py"
ASKING = frozenset({"require", "allows", "may"})
# Who asks the table most.
USERS = tuple(f"tests/{name}" for name in ("community", "articles", "support", "topics", "files", "reports", "web"))
OTHERS = ("tests/accounts", "tests/journeys", "tests/search", *USERS)
"""What else may find that somebody is not asked whether they may."""
ITSELF = ("permissions.py", "viewer.py")

Stage = tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """A file, the changes of it that are tried, and the arguments of pytest that are to find each of them, in stages.

    A stage is run when the one before found nothing: what is quick to collect goes first. A change that its tests do
    not end with within `seconds` hangs them, which is found as well.
    """

    path: Path
    source: str
    changes: Sequence[Change]
    stages: tuple[Stage, ...]
    seconds: float = 900.0
    only_its_routes: bool = False

    @property
    def name(self) -> str:
        """As in the list of explanations."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """As it is imported."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)


def _whole(name: str, stages: tuple[Stage, ...], seconds: float) -> Subject:
    path = ROOT / "helpcenter" / name
    source = path.read_text()
    return Subject(path, source, changes(source), stages, seconds)


def deflection() -> Iterator[Subject]:
    """The rules that count conversations."""
    names = ("judgement", "facts", "person", "act", "double_click", "channel", "worked_cases", "deflection", "laws")
    stages = (
        tuple(f"tests/journeys/test_{name}.py" for name in names),
        ("tests/journeys", "tests/cli/test_journeys.py"),
    )
    for name in ("deflection", "evidence", "facts", "person", "act", "double_click", "channel", "constants"):
        yield _whole(f"journeys/{name}.py", stages, seconds=180)


def permissions() -> Iterator[Subject]:
    """The table, the roles, and the viewer who is asked about."""
    stages = (
        ("tests/accounts/test_permissions.py", "tests/house/test_who_reads_what.py"),
        (ROUTES, "tests/accounts", *USERS),
    )
    for name in ("permissions", "role", "viewer"):
        yield _whole(f"accounts/{name}.py", stages, seconds=900)


def gates() -> Iterator[Subject]:
    """Every place that asks the table: not asked at all, or answered yes and no."""
    for path in sorted((ROOT / "helpcenter").rglob("*.py")):
        source = path.read_text()
        asking = [] if path.name in ITSELF else answers(source, ASKING)
        if asking:
            package = path.relative_to(ROOT / "helpcenter").parts[0]
            yield Subject(path, source, asking, ((ROUTES,), (f"tests/{package}",), OTHERS), only_its_routes=True)


SUBJECTS: dict[str, Callable[[], Iterator[Subject]]] = {
    "deflection": deflection,
    "permissions": permissions,
    "gates": gates,
}
