"""Saves what Sam of the demo answers again and again, in the languages of the customers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.articles.edition import Edition
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.demo import people
from helpcenter.support.replies import saved_reply

DAYS_AGO = 20
ARTICLE = "Set a new password"
SAVED: Mapping[str, Mapping[str, str]] = {
    "Ask for a picture": {
        "en": "Hello {name},\n\nplease send us a picture of what you see. You can add it here: {link}\n\n{agent}",
        "es": "Hola, {name}:\n\nEnvíanos una imagen de lo que ves. Puedes añadirla aquí: {link}\n\n{agent}",
        "ru": "Здравствуйте, {name}!\n\nПришлите, пожалуйста, снимок экрана: добавьте его здесь: {link}\n\n{agent}",
        "ar": "مرحبًا {name}،\n\nأرسل إلينا صورة لما تراه من فضلك. يمكنك إضافتها هنا: {link}\n\n{agent}",
    },
    "New password, step by step": {
        "en": "Hello {name},\n\nthis leads you through it: [%(title)s](/articles/%(number)d)\n\n{agent}",
        "es": "Hola, {name}:\n\nEste artículo te lleva paso a paso: /articles/%(number)d\n\n{agent}",
        "ru": "Здравствуйте, {name}!\n\nЗдесь всё по шагам: /articles/%(number)d\n\n{agent}",
    },
    "Thank you, that was it": {
        "en": "{name}, thank you for telling us. If anything else comes up, write here again: it opens anew.",
    },
}


def save_all(now: datetime) -> None:
    """Save each, some weeks ago. Commits."""
    sam = next(one for one in people.PEOPLE if one.email.startswith("sam@"))
    by = user.by_email(sam.email)
    assert by is not None
    wanted = select(Edition.article_id).where(Edition.locale == "en", Edition.title == ARTICLE)
    number = db.session.scalars(wanted).one()
    with clock.moved(now - timedelta(days=DAYS_AGO)):
        begin_write()
        for name, texts in SAVED.items():
            filled = {code: text % {"title": ARTICLE, "number": number} for code, text in texts.items()}
            saved_reply.add(name, filled, by=by.id)
        db.session.commit()
