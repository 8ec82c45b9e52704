from __future__ import annotations

import pytest

from tests.house.source import PACKAGE, Module, modules

LAYERS = (
    {"setting_addresses"},
    {"setting_rules"},
    {"core"},
    {"journeys"},
    {"accounts"},
    {"topics", "files"},
    {"search", "feedback", "experiments"},
    {"articles", "community", "support", "workshops"},
    {"web", "reports", "widget"},
    {"app", "wsgi", "cli", "demo", "upgrading", "backup", "doctor"},
)
HEIGHT = {package: height for height, layer in enumerate(LAYERS) for package in layer}
# The top layer starts things up: a command makes the app, the server makes the app, the demo makes the app.
PACKAGES = sorted({path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or any(path.glob("**/*.py"))})
MAY_MEET = {
    ("cli", "app"),
    ("cli", "wsgi"),
    ("cli", "demo"),
    ("cli", "upgrading"),
    ("cli", "backup"),
    ("cli", "doctor"),
    ("wsgi", "app"),
    ("demo", "app"),
    ("backup", "app"),
    ("upgrading", "backup"),
    ("doctor", "app"),
    ("doctor", "backup"),
}


def test_imports_are_absolute() -> None:
    strays = [f"{module.where}:{line}" for module in modules() for line, name in module.imports() if name[0] == "."]
    assert not strays


@pytest.mark.parametrize("package", [name for name in PACKAGES if name != "migrations"])
def test_imports_only_fall(package: str) -> None:
    strays = [
        f"{module.where}:{line} imports {name}"
        for module in modules()
        if module.package == package
        for line, name in module.imports()
        if name.startswith("helpcenter.") and not _falls(package, name.split(".")[1])
    ]
    assert not strays


def _falls(package: str, imported: str) -> bool:
    if package == imported or (package, imported) in MAY_MEET:
        return True
    return HEIGHT.get(imported, len(LAYERS)) < HEIGHT.get(package, -1)


def test_every_package_has_a_layer() -> None:
    assert {module.package for module in modules()} - {"__init__"} <= set(HEIGHT)


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {_name(module): _targets(module) for module in modules()}
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path[path.index(name) :], name))
        if name not in done:
            for target in sorted(graph.get(name, ())):
                walk(target, (*path, name))
            done.add(name)

    for name in graph:
        walk(name, ())


def _name(module: Module) -> str:
    return f"helpcenter/{module.where}".removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _targets(module: Module) -> set[str]:
    """The modules that run before this one: `a.b.c` is the module c of a.b, or a name in the module a.b."""
    known = {_name(other) for other in modules()}
    names = {name for _, name in module.imports_at_top()}
    return {name if name in known else name.rpartition(".")[0] for name in names} - {_name(module)}
