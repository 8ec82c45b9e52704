"""What customers of the demo write to support, and what they are answered. `%(about)s`: a search, or a title."""

from __future__ import annotations

from collections.abc import Mapping

Said = tuple[str, str]
"""(what the customer wrote, what they were answered)"""

AFTER_SEARCH: Mapping[str, tuple[Said, ...]] = {
    "en": (
        (
            "Does this work with %(about)s?\n\nI searched your help pages for it and found nothing. We are about to "
            "decide what to use for forty people, and this is the last open question.",
            "Not yet. We have noted that you asked, and will write an article once it does.\n\nUntil then many export "
            "the folder every night and pick it up from there.",
        ),
        (
            "I cannot find anything about %(about)s.\n\nWhere do I set it up? I looked through the settings twice.",
            "You did not overlook it: there is no page for it yet. Tell me what you want to reach with it, and I will "
            "look for another way.",
        ),
        (
            "Is there a page about %(about)s that I am too blind to see?\n\nA colleague swears that there was one.",
            "There was none so far. I have asked our editors for one; here is the short version in the meantime: it is "
            "possible through the command line only.",
        ),
    ),
    "es": (
        (
            "¿Dónde encuentro algo sobre %(about)s?\n\nLo he buscado y no sale nada.",
            "Todavía no hay una página sobre eso, perdona. Dime qué quieres conseguir y te explico cómo hacerlo.",
        ),
        (
            "Necesito %(about)s para contabilidad antes del viernes.",
            "Te lo enviamos hoy por correo. He pedido a los editores que escriban un artículo.",
        ),
    ),
    "ru": (
        (
            "Не могу найти ничего про %(about)s.\n\nПодскажите, пожалуйста, где это настраивается?",
            "Такой страницы пока нет. Опишите, что вы хотите сделать, и мы подскажем другой путь.",
        ),
        (
            "Есть ли у вас %(about)s?\n\nПоиск ничего не нашёл.",
            "Пока нет, но ваш вопрос мы записали. Как только появится, напишем статью.",
        ),
    ),
    "ar": (
        (
            "أين أجد شيئًا عن %(about)s؟\n\nبحثت ولم أجد شيئًا.",
            "لا توجد صفحة عن ذلك بعد. أخبرنا بما تريد الوصول إليه وسنشرح لك الطريق.",
        ),
    ),
}

AFTER_ARTICLE: Mapping[str, tuple[Said, ...]] = {
    "en": (
        (
            "I followed “%(about)s” and end up on a white page.\n\nUp to the third step everything looks as described. "
            "After that nothing happens, in Firefox and in Chrome.",
            "Thank you for telling us so precisely. The white page comes from an old tab: close it, open the site anew "
            "and begin at the third step. I have added a line about it to the article.",
        ),
        (
            "One step of “%(about)s” is missing for me.\n\nThe button it speaks of is not there. Do I lack a right?",
            "Yes, that button needs the role Editor. Whoever runs your site gives it to you in a minute.",
        ),
        (
            "“%(about)s” says it takes a minute, but it has been an hour.\n\nShould I wait or begin again?",
            "Begin again, nothing is lost by it. If it hangs a second time, send us the time at which you began.",
        ),
        (
            "Does “%(about)s” also hold when two people do it at the same time?",
            "It does. The second one is told, and nothing is overwritten.",
        ),
    ),
    "es": (
        (
            "He seguido «%(about)s» y no funciona.\n\nEl tercer paso no se parece a lo que veo.",
            "Gracias por avisar. Ese paso cambió la semana pasada; ahora el artículo muestra la pantalla nueva.",
        ),
        (
            "El botón que nombra «%(about)s» no aparece en mi pantalla.",
            "Ese botón necesita el rol Editor. Pídelo a quien lleva tu sitio.",
        ),
    ),
    "ru": (
        (
            "Делаю всё по статье «%(about)s», но на третьем шаге ничего не происходит.",
            "Спасибо, что написали. Обновите страницу и начните с третьего шага: старая вкладка помнит прежнюю версию.",
        ),
    ),
    "ar": (
        (
            "اتبعت «%(about)s» لكن الزر المذكور غير موجود عندي.",
            "هذا الزر يحتاج إلى دور المحرر. اطلبه ممن يدير موقعكم.",
        ),
    ),
}

STRAIGHT: Mapping[str, tuple[Said, ...]] = {
    "en": (
        (
            "Our invoice shows the old company name.\n\nWe are “Harbor & Sons Ltd” since spring. Can you send it anew?",
            "Done: the new one is on its way to you, and the next ones carry the new name by themselves.",
        ),
        (
            "Can we have a second address for email?\n\nHalf of it ends up with someone who has left.",
            "I have added the new one and taken the old one away.",
        ),
        ("How many people may use one site?", "As many as you like. There is no limit, and no price for a person."),
        (
            "I am moving to another country and want to keep my account.\n\nIs there anything that I have to do?",
            "Nothing but the time zone: you find it in your preferences.",
        ),
        (
            "Where are our data kept?\n\nOur data protection officer wants it in writing.",
            "In one folder on your own machine, and nowhere else. I have sent you the sheet for your officer.",
        ),
    ),
    "es": (
        ("¿Puedo pagar por transferencia?", "Sí. Te he enviado los datos de la cuenta por correo."),
        ("¿Hay un horario en el que se pueda llamar?", "Por ahora solo escribimos, de lunes a viernes de 9 a 17."),
    ),
    "ru": (
        (
            "Можно ли перенести учётную запись на другой адрес?",
            "Да. В настройках укажите новый адрес и подтвердите его.",
        ),
    ),
    "ar": (("هل يمكن تغيير اسم الشركة في الفاتورة؟", "نعم، أرسلنا إليك فاتورة بالاسم الجديد."),),
}

URGENT: tuple[Said, ...] = (
    (
        "Nobody of us can log in since nine o'clock.\n\nThe page takes the password and shows the log-in again. All "
        "eleven of us, in three cities. Our own customers are waiting.",
        "We see it: cookies were refused by a new setting of your proxy. Take the line “strip-cookies” out of it and "
        "everybody is in again. I stay here until you say that it works.",
    ),
    (
        "After the update the start page answers 502.\n\nWe went from one machine to two this morning. One of them "
        "answers, the other does not. Which log do you need?",
        "",
    ),
)
GOES_ON: Mapping[str, Said] = {
    "en": ("That helped, thank you. One more thing: does it hold for the test site too?", "It does, in the same way."),
    "es": ("Gracias, ya funciona. ¿Vale también para el sitio de pruebas?", "Sí, exactamente igual."),
    "ru": ("Спасибо, получилось. А на тестовом сайте так же?", "Да, точно так же."),
    "ar": ("شكرًا، نجح الأمر. هل ينطبق هذا على موقع التجربة أيضًا؟", "نعم، بالطريقة نفسها."),
}
NOTES = (
    "Third one this month with the same question. Worth an article.",
    "Asked Ada: the role was taken away on Tuesday by mistake.",
    "Could not repeat it in Firefox. Trying an older one.",
)
SPAM = "Dear owner, we bring your website to the first place in seven days. Answer for a free offer."

NAMES: Mapping[str, tuple[str, ...]] = {
    "en": ("Ruth Okafor", "Tom Lindqvist", "Priya Nair", "Jonas Weber", "Mary O'Dell", "Hugo Park", "Lena Fischer"),
    "es": ("Lucía Ferrer", "Andrés Molina", "Carmen Ruiz"),
    "ru": ("Ирина Соколова", "Павел Орлов"),
    "ar": ("ليلى حداد", "سامر نجار"),
}
