"""Damage to the search index, on disk or in the database. Pages go on answering, and the index comes back by itself."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic

from sqlalchemy import create_engine, text

from drills.asking import ask
from drills.running_site import until
from drills.scene import Scene
from helpcenter.search.engine import EngineBusy
from helpcenter.search.engines import FOLDER
from helpcenter.search.postgres_engine.database import PooledDatabase
from helpcenter.search.postgres_engine.tables import EVERY
from helpcenter.search.whoosh_engine.folder import LOCK

LOCKED_SECONDS = 5


def delete(scene: Scene) -> float:
    """Delete all of it, while a job may be writing there."""
    if scene.is_sqlite:
        return _damage(scene, lambda: shutil.rmtree(_folder(scene), ignore_errors=True))
    return _damage(scene, lambda: _do(scene, *(f"TRUNCATE {table.name}" for table in EVERY)))


def truncate(scene: Scene) -> float:
    """Cut every file in half."""
    return _damage(
        scene, lambda: _each(scene, lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]))
    )


def scramble(scene: Scene) -> float:
    """Fill every file with bytes that mean nothing; in a database, have it say that another program made it."""
    if scene.is_sqlite:
        return _damage(scene, lambda: _each(scene, lambda file: file.write_bytes(b"\xff" * file.stat().st_size)))
    return _damage(scene, lambda: _do(scene, "UPDATE search_index SET version = 'of another', statistics = ''"))


def lock(scene: Scene) -> float:
    """Hold the lock of its one writer for a while: nothing can be indexed, and everything else goes on."""
    _seconds_until_found(scene, monotonic())
    with _held(scene):
        began = monotonic()
        while monotonic() - began < LOCKED_SECONDS:
            _check_pages(scene)
            scene.writers.wait_until_heard()
    return _seconds_until_found(scene, monotonic())


def _folder(scene: Scene) -> Path:
    return scene.data_dir / FOLDER


@contextmanager
def _held(scene: Scene) -> Iterator[None]:
    if scene.is_sqlite:
        with (_folder(scene) / LOCK).open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    engine = create_engine(scene.read_from)
    with ExitStack() as held:

        def take() -> bool:
            with suppress(EngineBusy):
                held.enter_context(PooledDatabase(engine).exclusive())
                return True
            return False

        if not until(take):
            raise TimeoutError("the lock of the index is never free")
        yield
    engine.dispose()


def _do(scene: Scene, *statements: str) -> None:
    engine = create_engine(scene.read_from)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _each(scene: Scene, spoil: Callable[[Path], object]) -> None:
    for file in _files(_folder(scene)):
        # A job may be writing there, and what it makes meanwhile is its own.
        with suppress(OSError):
            spoil(file)


def _files(index: Path) -> Iterator[Path]:
    return (path for path in sorted(index.rglob("*")) if path.is_file() and path.name != LOCK)


def _damage(scene: Scene, spoil: Callable[[], object]) -> float:
    _seconds_until_found(scene, monotonic())
    began = monotonic()
    spoil()
    for _ in range(3):
        _check_pages(scene)
        scene.writers.wait_until_heard()
    return _seconds_until_found(scene, began)


def _check_pages(scene: Scene) -> None:
    statuses = scene.reads()
    if set(statuses) != {200}:
        raise AssertionError(f"pages answered {statuses} while the index was damaged")


def _seconds_until_found(scene: Scene, began: float) -> float:
    """Seconds since `began` until a search finds the article by its text, which only the index knows."""
    wanted = scene.ground.article_path

    def found() -> bool:
        return wanted in ask(scene.site.port, "/en/search?q=close+books").text

    if not until(found):
        raise TimeoutError("the index does not come back")
    return monotonic() - began
