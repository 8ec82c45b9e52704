"""Puts into a wheel what lies beside the code in a checkout: templates, static files, the manual, the translations.

Everything else about the build is in pyproject.toml. An editable install goes without this: it runs from the checkout.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
# The same names and place as in config.py and helpcenter/core/shipped.py.
SHIPPED = Path("helpcenter/_shipped")
FOLDERS = ("templates", "static", "articles")
TRANSLATIONS = Path("helpcenter/translations")


class BuildWithEverything(build_py):
    """The code, and then everything the code reads."""

    def run(self) -> None:
        """Build into an empty folder: a module that was renamed since the last build is in no wheel."""
        if self.editable_mode:
            super().run()
            return
        target = Path(self.build_lib)
        shutil.rmtree(target, ignore_errors=True)
        super().run()
        for name in FOLDERS:
            shutil.copytree(ROOT / name, target / SHIPPED / name, ignore=shutil.ignore_patterns(".*", "*~"))
        for source in sorted((ROOT / TRANSLATIONS).glob("*/LC_MESSAGES/*.po")):
            compile_translation(source, target / source.relative_to(ROOT).with_suffix(".mo"))


def compile_translation(source: Path, target: Path) -> None:
    """Write the .mo of a .po. Unsure translations are left out, as `pybabel compile` does."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parts[-3])
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalog)


setup(cmdclass={"build_py": BuildWithEverything})
