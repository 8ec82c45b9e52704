"""`helpcenter content import-from`: articles out of what another help center exports."""

from __future__ import annotations

from pathlib import Path

import click

from helpcenter.cli.context import with_app
from helpcenter.cli.folder import CalledWrongly
from helpcenter.cli.progress import bars
from helpcenter.cli.reporting import finish, plain_refusals, user_id
from helpcenter.core.locale import LANGUAGES

SYSTEMS = ("zendesk", "intercom", "help-scout")
WITHOUT_LANGUAGE = "help-scout"


@click.command("import-from")
@click.argument("system", type=click.Choice(SYSTEMS))
@click.argument("export", type=click.Path(path_type=Path))
@click.option("--locale", type=click.Choice(list(LANGUAGES)), help="The language of a Help Scout export: it has none.")
@click.option("--as", "email", default="", help="Who is shown as the author: the address of an account.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
@with_app
def import_from(system: str, export: Path, locale: str | None, email: str, dry_run: bool, as_json: bool) -> None:
    """Bring in the articles of another help center: EXPORT is a file of its JSON, or a folder with pages of it.

    Topics, order, languages, drafts, votes and old addresses come along; what does not is listed at the end. Started
    again it goes on where it was ended, takes only what changed there, and overwrites nothing that was changed here.
    """
    from helpcenter.articles.importers import importing

    if not export.exists():
        raise CalledWrongly(f"there is no file or folder {export}")
    if locale and system != WITHOUT_LANGUAGE:
        raise click.UsageError(f"--locale is for {WITHOUT_LANGUAGE}; the others say the language of each article.")
    options = importing.Options(locale or "", user_id(email), dry_run)
    with plain_refusals(), bars(as_json) as progress:
        report = importing.import_export(system, export, options, progress)
    finish(report, as_json)
