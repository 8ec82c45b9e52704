from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import func, select

from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.publication import Publication
from helpcenter.core.db import db
from helpcenter.files.file import File, FileUse
from tests.articles.folder.conftest import Folder, article, edition, png, said, shown


def sources(html: str) -> list[str]:
    return re.findall(r'src="(/files/[^"]+)"', html)


def test_a_picture_beside_the_text_is_kept_and_shown(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "![The form](../img/form.png)"))
    folder.write("en/img/form.png", png())
    folder.take_in()
    file = db.session.scalars(select(File)).one()
    assert sources(shown("Refunds")) == [file.url]
    assert db.session.scalars(select(FileUse.subject_id)).all() == [edition("Refunds").article_id]


def test_a_picture_in_several_texts_is_kept_once(folder: Folder) -> None:
    for number in range(4):
        folder.write(f"en/billing/page-{number}.md", article(f"Page {number}", "![x](form.png)"))
    folder.write("en/billing/form.png", png())
    folder.take_in()
    assert db.session.scalar(select(func.count(File.id))) == 1


def test_a_missing_picture_is_reported_and_shown_when_it_comes(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Text\n\n![The form](form.png)"))
    report = folder.take_in()
    assert said(report) == ["en/billing/refunds.md:7: the picture form.png is missing; its alt text is shown"]
    assert "The form" in shown("Refunds")
    assert said(folder.take_in()) == said(report)
    folder.write("en/billing/form.png", png())
    report = folder.take_in()
    assert said(report) == []
    assert report.counts() == {Outcome.UNCHANGED: 1}
    assert len(sources(shown("Refunds"))) == 1
    assert db.session.scalar(select(func.count(Publication.id))) == 1


def test_a_changed_picture_is_shown_anew(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "![The form](form.png)"))
    folder.write("en/billing/form.png", png("red"))
    folder.take_in()
    before = sources(shown("Refunds"))
    folder.write("en/billing/form.png", png("blue"))
    folder.take_in()
    after = sources(shown("Refunds"))
    assert len(after) == 1
    assert after != before


def test_what_is_no_picture_is_reported(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "![The form](form.svg)"))
    folder.write("en/billing/form.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    findings = said(folder.take_in())
    assert findings[0].startswith("en/billing/form.svg: not taken: SVG drawings")
    assert findings[1] == "en/billing/refunds.md:5: the picture form.svg is missing; its alt text is shown"


def test_a_picture_outside_of_the_folder_is_never_read(folder: Folder) -> None:
    (folder.root.parent / "form.png").write_bytes(png())
    folder.write("en/billing/refunds.md", article("Refunds", "![The form](../../../form.png)"))
    assert len(said(folder.take_in())) == 1
    assert db.session.scalar(select(func.count(File.id))) == 0


def test_pictures_named_from_the_root_may_lie_elsewhere(folder: Folder, tmp_path: Path) -> None:
    folder.write("refunds.md", article("Refunds", "![The form](/img/form.png)"))
    (tmp_path / "static" / "img").mkdir(parents=True)
    (tmp_path / "static" / "img" / "form.png").write_bytes(png())
    folder.take_in(layout=Layout("en", "general", True), pictures=tmp_path / "static")
    assert len(sources(shown("Refunds"))) == 1
