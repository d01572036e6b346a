"""Commands: lines that ask the system for something, in six languages.

Only recognised here; whoever takes in the mail carries them out. A command stands on a line of its own. One whose form
is closed (`STOP`, `GET 312`, `PAUSE 3 WEEKS`) is known anywhere when written in capitals, and in any case as the first
words of the mail or in its subject; one that takes free words (`FIND`, `JOIN`, `LEAVE`) only in capitals, in the
subject of a mail without text, or in a script without capitals as the first words. So "Stop the traffic" or "find a
solution" in an answer stays text.
"""

import re
import unicodedata

from .result import Command

LONGEST = 120

# verb: the words for it in en, fr, es, ar, zh, ru
VERBS = {
    "HELP": "help|aide|ayuda|مساعدة|帮助|幫助|помощь|hilfe|ajuda",
    "STATUS": "status|état|etat|statut|estado|الحالة|حالة|状态|狀態|статус|состояние",
    "GET": "get|obtenir|recevoir|obtener|recibir|احصل|أرسل|获取|取得|получить|дай",
    "MISSING": "missing|manquants|manquant|manque|faltan|falta|faltantes|مفقود|ناقص|缺失|补发|补寄|"
    "пропущено|пропущенные",
    "FIND": "find|chercher|trouver|cherche|buscar|busca|ابحث|بحث|查找|搜索|найти|поиск|найди",
    "SET": "set|régler|regler|réglage|definir|ajustar|configurar|اضبط|ضبط|设置|設置|установить|настроить",
    "PAUSE": "pause|pausa|pausar|إيقاف مؤقت|توقف|暂停|暫停|пауза",
    "RESUME": "resume|reprendre|reprise|reanudar|continuar|استئناف|استأنف|恢复|恢復|возобновить|продолжить",
    "STOP": "stop|arrêter|arreter|arrêt|parar|detener|قف|إيقاف|أوقف|停止|退订|退訂|стоп|остановить|unsubscribe",
    "LIST": "list|liste|lister|lista|listar|قائمة|القائمة|列表|清单|список",
    "JOIN": "join|rejoindre|adhérer|unirse|unirme|انضم|انضمام|加入|вступить|присоединиться",
    "LEAVE": "leave|quitter|salir|dejar|غادر|مغادرة|离开|退出|離開|покинуть|выйти",
}
SETTINGS = {
    "DAILY": "daily|quotidien|diario|يومي|يوميا|每日|每天|ежедневно",
    "WEEKLY": "weekly|hebdomadaire|semanal|أسبوعي|اسبوعي|每周|每週|еженедельно",
    "MONTHLY": "monthly|mensuel|mensual|شهري|每月|ежемесячно",
    "EACH": "each|chaque|chacun|cada|كل|每封|每个|каждое|каждый",
    "NONE": "none|aucun|ninguno|لا شيء|无|無|никогда|ничего",
    "HTML": "html",
    "TEXT": "text|texte|texto|نص|文本|текст",
    "SIZE": "size|taille|tamaño|tamano|حجم|大小|размер",
    "HOUR": "hour|heure|hora|ساعة|时间|小时|час",
    "LANGUAGE": "language|langue|idioma|لغة|语言|語言|язык",
}
UNITS = {
    "DAYS": "days|day|jours|jour|días|dias|día|dia|أيام|يوم|يوما|天|日|дней|день|дня",
    "WEEKS": "weeks|week|semaines|semaine|semanas|semana|أسابيع|أسبوع|اسابيع|اسبوع|周|週|星期|"
    "недели|неделя|недель|неделю",
    "MONTHS": "months|month|mois|meses|mes|أشهر|شهر|شهور|个月|月|месяцев|месяц|месяца",
}
EXTRAS = {"THREAD": "thread|fil|hilo|المناقشة|讨论|тема|ветка", "TEXT": SETTINGS["TEXT"], "SMALL": "small|"
"petit|pequeño|pequeno|صغير|小|малый",
          "PART": "part|partie|parte|جزء|部分|часть"}  # fmt: skip


def _lookup(table):
    return {
        unicodedata.normalize("NFKC", word).casefold(): name
        for name, words in table.items()
        for word in words.split("|")
    }


VERB, SETTING, UNIT, EXTRA = map(_lookup, (VERBS, SETTINGS, UNITS, EXTRAS))
FREE = {"FIND", "JOIN", "LEAVE"}
ALONE = {"HELP", "STATUS", "RESUME", "STOP", "LIST"}
TRIM = " \t.!。！*_\"'«»<>"


def recognise(text, *, first=False, only=False):
    """The Command in a line, or None. `first`: the subject or first words of the mail; `only`: its only words."""
    if len(text) > LONGEST:
        return None
    text = unicodedata.normalize("NFKC", text).strip(TRIM)
    verb, argument = _verb(text)
    if verb is None:
        return None
    word = text[: len(text) - len(argument)].strip()
    loud = word.isupper()
    if verb in FREE:
        caseless = word.upper() == word.lower()
        return Command(verb, argument) if argument and (loud or only or (first and caseless)) else None
    if not loud and not first:
        return None
    argument = _closed(verb, argument)
    return Command(verb, argument) if argument is not None else None


def _verb(text):
    """(verb, argument) by the longest word of the table that begins the text."""
    words = text.split()
    for count in (2, 1):
        verb = VERB.get(" ".join(words[:count]).casefold()) if len(words) >= count else None
        if verb:
            return verb, " ".join(words[count:])
    match = re.match(r"([\u4e00-\u9fff]{2})\s*(\S.{0,100})$", text)  # Chinese has no space after the verb
    verb = VERB.get(match[1]) if match else None
    return (verb, match[2]) if verb else (None, "")


def _closed(verb, argument):
    """The argument in English capitals when it has the verb's form, else None."""
    words = [part.casefold() for part in argument.split()]
    if verb in ALONE:
        return "" if not words else None
    if verb == "GET":
        match = re.fullmatch(r"(?:#?(\d{1,9})|[fF](\d{1,9}))(?:\s+(\S+))?(?:\s+(\d{1,4}))?", argument.strip())
        return _get(match) if match else None
    if verb == "MISSING":
        match = re.fullmatch(
            r"#?(\d{1,6})(?:\s?(?:-|–|to|à|a|إلى|至|до)\s?(\d{1,6}))?", argument.strip(), re.IGNORECASE
        )
        return ("-".join(str(int(part)) for part in match.groups() if part)) if match else None
    if verb == "PAUSE":
        match = re.fullmatch(r"(\d{1,3})\s*(\S+)", argument.strip())
        unit = UNIT.get(match[2].casefold()) if match else None
        return f"{int(match[1])} {unit}" if unit else ("" if not words else None)
    return _setting(words)


def _get(match):
    wanted = str(int(match[1])) if match[1] else f"F{int(match[2])}"
    if not match[3]:
        return wanted if not match[4] else None
    extra = EXTRA.get(match[3].casefold())
    if extra is None or (extra == "PART") != bool(match[4]):
        return None
    return " ".join(filter(None, (wanted, extra, match[4] and str(int(match[4])))))


def _setting(words):
    setting = SETTING.get(words[0]) if words else None
    if setting in ("SIZE", "HOUR", "LANGUAGE"):
        value = "".join(words[1:])
        fits = {
            "SIZE": r"\d{1,3}\s?(?:k|kb|кб|千)?",
            "HOUR": r"\d{1,2}(?:[:h]\d{0,2})?",
            "LANGUAGE": r"[^\W\d_]{2,12}(?:-[a-z]{2,4})?",
        }[setting]
        return f"{setting} {value}" if re.fullmatch(fits, value) else None
    return setting if setting and len(words) == 1 else None
