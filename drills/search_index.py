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
from drills.reading_back import BY_ITS_TEXT, BY_ITS_TITLE
from drills.running_site import until
from drills.scene import Scene
from helpcenter.search.engine import EngineBusy
from helpcenter.search.engines import FOLDER
from helpcenter.search.postgres_engine.database import PooledDatabase
from helpcenter.search.postgres_engine.tables import EVERY
from helpcenter.search.whoosh_engine.folder import LOCK, POINTER

LOCKED_SECONDS = 5
NOTICE = "Until then, only titles are searched."
SEARCHES = (BY_ITS_TITLE, BY_ITS_TEXT)


def delete(scene: Scene) -> float:
    """Delete all of it, while a job may be writing there."""
    if not scene.is_sqlite:
        return _damage(scene, lambda: _do(scene, *(f"TRUNCATE {table.name}" for table in EVERY)))
    back_after = _damage(scene, lambda: shutil.rmtree(_folder(scene), ignore_errors=True), is_told=False)
    # Without the lock that is held meanwhile, a job would make a new one and build the index.
    _check_told(scene, lambda: _each(scene, Path.unlink))
    return max(back_after, _seconds_until_found(scene, monotonic()))


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


def obstruct(scene: Scene) -> float:
    """Have every file answer with an error of the machine to whoever opens it: it is a folder now."""
    # As long as the pointer is whole, whoever has the index open goes on with it, rightly.
    back_after = _damage(scene, lambda: _each(scene, _obstruct_but_pointer), is_told=False)
    _check_told(scene, lambda: _each(scene, _obstruct))
    return max(back_after, _seconds_until_found(scene, monotonic()))


def lock(scene: Scene) -> float:
    """Hold the lock of its one writer for a while: nothing can be indexed, and the old index answers."""
    _seconds_until_found(scene, monotonic())
    with _held(scene):
        began = monotonic()
        while monotonic() - began < LOCKED_SECONDS:
            _check_pages(scene)
            if any(_says_titles(scene, path) for path in SEARCHES):
                raise AssertionError("search fell back to titles while the index was locked and whole")
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


def _obstruct(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _obstruct_but_pointer(file: Path) -> None:
    if file.name != POINTER:
        _obstruct(file)


def _damage(scene: Scene, spoil: Callable[[], object], *, is_told: bool = True) -> float:
    """Damage it by surprise, and once more where it can not be repaired at once, so that every page has to tell it."""
    _seconds_until_found(scene, monotonic())
    began = monotonic()
    spoil()
    for _ in range(3):
        _check_pages(scene)
        for path in SEARCHES:
            _says_titles(scene, path)
        scene.writers.wait_until_heard()
    back_after = _seconds_until_found(scene, began)
    if is_told:
        _check_told(scene, spoil)
        _seconds_until_found(scene, monotonic())
    return back_after


def _check_told(scene: Scene, spoil: Callable[[], object]) -> None:
    """Damage it while nobody may repair it: every search says that it looks through titles alone, and finds those."""
    with _held(scene):
        spoil()
        for _ in range(3):
            silent = [path for path in SEARCHES if not _says_titles(scene, path)]
            if silent:
                raise AssertionError(f"{silent} do not say that the index is damaged")
            scene.writers.wait_until_heard()


def _says_titles(scene: Scene, path: str) -> bool:
    """Whether a search looked through titles alone. Raises AssertionError where it lacks what it still should find."""
    answer = ask(scene.site.port, path)
    if answer.status != 200:
        raise AssertionError(f"{path} answered {answer.status} while the index was damaged")
    is_told = NOTICE in answer.text
    if scene.ground.article_path not in answer.text and not (is_told and path == BY_ITS_TEXT):
        raise AssertionError(f"{path} lacks the article{' also by its title' if is_told else ' and does not say why'}")
    return is_told


def _check_pages(scene: Scene) -> None:
    statuses = scene.reads()
    if set(statuses) != {200}:
        raise AssertionError(f"pages answered {statuses} while the index was damaged")


def _seconds_until_found(scene: Scene, began: float) -> float:
    """Seconds since `began` until a search finds the article by its text, which only the index knows."""
    wanted = scene.ground.article_path
    if not until(lambda: wanted in ask(scene.site.port, BY_ITS_TEXT).text):
        raise TimeoutError("the index does not come back")
    return monotonic() - began
