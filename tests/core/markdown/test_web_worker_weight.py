"""What a web worker carries."""

import subprocess
import sys


def test_a_web_worker_renders_without_loading_the_libraries() -> None:
    script = (
        "import sys\nfrom helpcenter.core.markdown import render, references\n"
        "assert render('# a', 'article').headings\nreferences('[a](b)')\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'markdown', 'pymdownx', 'pygments', 'nh3', 'PIL',"
        " 'flask', 'sqlalchemy'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]"
