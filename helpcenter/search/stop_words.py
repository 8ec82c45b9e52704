"""Words that say nothing about what is looked for. Single letters stay findable ("R", "C"), but for the few that are
words of their language. In capitals only "I" and the Cyrillic ones are words: "plan A" keeps its letter."""

from __future__ import annotations

_EN = """
a i an the and or but if of at by for with about into to from in on off out over under then than so as is am
are was were be been being do does did doing done have has had having it its this that these those there here
he she they them his her their we us our you your my me mine yours what which who whom whose when where why
how can could will would shall should may might must not no nor too very just only also dont doesnt didnt cant
cannot couldnt wont isnt arent im ive id ill youre theyre thats whats please
"""
_ES = """
a y e o u el la los las un una unos unas lo al del de en con por para sin sobre entre desde hasta que qué cual
cuál cuales quien quién como cómo cuando cuándo donde dónde porque si sí no ni pero mas más muy ya es son era
ser soy está están estoy estar fue ha han he hay hace hacer hago puedo puede pueden poder debo me mi mis te tu
tus se su sus nos le les yo él ella ellos este esta esto estos estas ese esa eso esos esas también
"""
_RU = """
и в с к о у я а не ни на но по за из от до для без при об во со ко же ли бы как что чтобы это этот эта эти то
та тот те так там тут где когда кто чем чего почему зачем или если да нет мы вы он она оно они мне меня мой
моя мое мои мою моего вас вам нас нам наш ваш их его ее ему им быть был была было были есть будет можно могу
может надо нужно уже еще только также тоже очень все всё
"""
_AR = """
في من إلى الى على عن مع هذا هذه ذلك تلك هو هي هم هن أنا انا نحن أنت انت ما ماذا لماذا كيف متى أين اين هل لا لم
لن ليس قد كان كانت يكون تكون أن ان إن التي الذي الذين كل بعض أو او ثم و ف ب ل ك لي له لها لنا لك به بها فيه
فيها منه منها عند بعد قبل حتى إذا اذا لكن أي اي كما يمكن يمكنني
"""
STOP_WORDS = {
    locale: frozenset(words.split()) for locale, words in (("en", _EN), ("es", _ES), ("ru", _RU), ("ar", _AR))
}


def is_stop_word(word: str, locale: str) -> bool:
    """Whether a word as written says nothing."""
    if len(word) == 1 and word.isascii() and word.isupper() and word != "I":
        return False
    return word.lower() in STOP_WORDS[locale]
