"""What a web worker carries: nothing that only another process needs, or few people do."""

import subprocess
import sys
from pathlib import Path


def test_a_web_worker_renders_without_loading_the_libraries() -> None:
    script = (
        "import sys\nfrom helpcenter.core.markdown import render, references\n"
        "assert render('# a', 'article').headings\nreferences('[a](b)')\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'markdown', 'pymdownx', 'pygments', 'nh3', 'PIL',"
        " 'flask', 'sqlalchemy'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_the_whole_app_is_made_without_what_other_processes_need(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom config import Settings\nfrom helpcenter.app import create_app\n"
        "create_app(Settings(data_dir=Path(sys.argv[1]), secret_key='a secret that only the tests know, long enough'))\n"
        "heavy = {'markdown', 'pymdownx', 'pygments', 'nh3', 'PIL', 'icalendar', 'jwt', 'cryptography', 'imap_tools',"
        " 'rich', 'alembic', 'psycopg'}\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & heavy))"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]"
