from helpcenter.articles.rendering import rendered
from helpcenter.articles.revision import Revision
from tests.articles.studio.conftest import count


def preview(browser, body, **more):
    return browser.post("/studio/preview", data={"body": body, **more})


def test_a_preview_is_what_publishing_would_show(ada, written, words):
    body = "# Big\n\n!!! note\n    Careful.\n\n1. One\n2. Two\n"
    assert rendered(body, "en").html in preview(ada, body).text


def test_a_preview_is_written_in_the_direction_of_its_language(ada):
    assert '<article class="preview-sheet" lang="ar" dir="rtl">' in preview(ada, "نص", language="ar").text
    assert '<article class="preview-sheet" lang="en" dir="ltr">' in preview(ada, "text", language="nonsense").text


def test_a_preview_runs_no_script_of_the_text(ada):
    page = preview(ada, '<script>alert(1)</script><img src=x onerror="alert(2)">', title="<b>x</b>").text
    assert "alert" not in page
    assert "<b>x</b>" not in page


def test_a_text_that_is_refused_says_why(ada):
    answer = preview(ada, "[" * 20_000)
    assert answer.status_code == 422
    assert "nested too deeply" in answer.text


def test_a_preview_keeps_nothing(ada, topic_id):
    preview(ada, "text")
    assert count(Revision) == 0
