"""Commands: lines that ask the system for something, in six languages and German.

Only recognised here; whoever takes in the mail carries them out. A command stands on a line of its own. One whose form
is closed (`STOP`, `GET 312`, `PAUSE 3 WEEKS`) is known anywhere when written in capitals, and in any case as the first
words of the mail or in its subject; one that takes free words (`FIND`, `JOIN`, `LEAVE`) only in capitals, in the
subject of a mail without text, or in a script without capitals as the first words. So "Stop the traffic" or "find a
solution" in an answer stays text.

A command in capitals that is plainly meant and wrongly written (`SET SIZE huge`, `GET 312 ALL`) is one too: its
argument comes as it was typed, and whoever carries it out says how it is written.
"""

import re
import unicodedata

from .result import Command

LONGEST = 120

# verb: the words for it in en, fr, es, ar, zh, ru, de
# What a contribution goes by, and what a line may do with it: `ALP/2026/C3/14: associate`.
REFERENCE = r"[A-Z][A-Z0-9]{0,11}/\d{4}/[A-Z]{1,3}\d{1,5}(?:/[A-Z]?[\dA-Z.-]{1,12}){0,2}(?: Q ?\d{1,4})?"
DEEDS = {
    "ASSOCIATE": "associate|we associate ourselves|join|s'associer|associer|nous nous associons|adherir|asociarse|"
    "nos asociamos|adhesión|ننضم|انضمام|نؤيد|附议|附議|联署|присоединяемся|присоединиться|присоединиться к",
    "DISSOCIATE": "dissociate|end association|withdraw association|se dissocier|retirer|fin de l'association|"
    "retirar|retirar adhesión|desvincularse|انسحاب|ننسحب|退出联署|撤回附议|отозвать|отозвать присоединение",
}
VERBS = {
    "HELP": "help|aide|ayuda|مساعدة|المساعدة|帮助|幫助|помощь|справка|hilfe|ajuda",
    "STATUS": "status|état|statut|estado|الحالة|حالة|状态|狀態|статус|состояние",
    "GET": "get|obtenir|recevoir|obtener|recibir|احصل|أرسل|获取|取得|получить|дай|hole|holen|sende",
    "MISSING": "missing|manquants|manquant|manque|faltan|falta|faltantes|مفقود|ناقص|缺失|补发|补寄|"
    "пропущено|пропущенные|fehlt|fehlen|fehlend",
    "FIND": "find|chercher|trouver|cherche|buscar|busca|ابحث|بحث|查找|搜索|найти|поиск|найди|suche|suchen|finde",
    "SET": "set|régler|réglage|definir|ajustar|configurar|اضبط|ضبط|设置|設置|设定|установить|настроить|setze|"
    "einstellen",
    "PAUSE": "pause|pausa|pausar|إيقاف مؤقت|توقف|暂停|暫停|пауза",
    "RESUME": "resume|reprendre|reprise|reanudar|continuar|استئناف|استأنف|恢复|恢復|возобновить|продолжить|fortsetzen",
    "STOP": "stop|arrêter|arrêt|parar|detener|قف|إيقاف|أوقف|停止|退订|退訂|стоп|остановить|unsubscribe|stopp|"
    "abbestellen",
    "SHEET": "sheet|feuille|hoja|ورقة|表格|листок|druckbogen",
    "LIST": "list|liste|lister|lista|listar|قائمة|القائمة|列表|清单|список",
    "JOIN": "join|rejoindre|adhérer|unirse|unirme|انضم|انضمام|加入|вступить|присоединиться|beitreten",
    "LEAVE": "leave|quitter|salir|dejar|غادر|مغادرة|离开|退出|離開|покинуть|выйти|verlassen|austreten",
    "REVOKE": "revoke|révoquer|revocar|إبطال|作废|作廢|отозвать|widerrufen",
}
SETTINGS = {
    "DAILY": "daily|quotidien|diario|يومي|يوميا|每日|每天|ежедневно|täglich",
    "WEEKLY": "weekly|hebdomadaire|semanal|أسبوعي|أسبوعيا|每周|每週|еженедельно|wöchentlich",
    "MONTHLY": "monthly|mensuel|mensual|شهري|شهريا|每月|ежемесячно|monatlich",
    "EACH": "each|chaque|chacun|cada|كل|每封|每个|каждое|каждый|jede|einzeln",
    "NONE": "none|aucun|ninguno|لا شيء|无|無|никогда|ничего|nie|keine",
    "HTML": "html",
    "TEXT": "text|texte|texto|نص|文本|текст",
    "SIZE": "size|taille|tamaño|حجم|الحجم|大小|размер|größe|groesse",
    "HOUR": "hour|heure|hora|ساعة|الساعة|时间|小时|час|stunde|uhrzeit",
    "LANGUAGE": "language|langue|idioma|لغة|اللغة|语言|語言|язык|sprache",
    "ZONE": "zone|time zone|timezone|fuseau|fuseau horaire|zona|zona horaria|huso horario|huso|منطقة|المنطقة|"
    "منطقة زمنية|المنطقة الزمنية|توقيت|التوقيت|时区|時區|зона|зону|пояс|часовой пояс|zeitzone",
}
UNITS = {
    "DAYS": "days|day|jours|jour|días|día|dia|dias|أيام|يوم|يوما|天|日|дней|день|дня|tage|tag|tagen",
    "WEEKS": "weeks|week|semaines|semaine|semanas|semana|أسابيع|أسبوع|周|週|星期|个星期|недели|неделя|недель|неделю|"
    "wochen|woche",
    "MONTHS": "months|month|mois|meses|mes|أشهر|شهر|شهور|个月|月|месяцев|месяц|месяца|monate|monat|monaten",
}
EXTRAS = {
    "THREAD": "thread|fil|hilo|المناقشة|讨论|тема|ветка|faden|thema",
    "TEXT": SETTINGS["TEXT"],
    "SMALL": "small|petit|pequeño|صغير|小|малый|klein",
    "PART": "part|partie|parte|جزء|部分|часть|teil",
}
_ARABIC = str.maketrans("أإآٱىة", "اااايه", "\u0640")


def fold(word):
    """A word as the tables know it: without case, accents, and the Arabic letters that one writes either way."""
    plain = unicodedata.normalize("NFKD", word.translate(_ARABIC)).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


def _lookup(table):
    return {fold(word): name for name, words in table.items() for word in words.split("|")}


VERB, SETTING, UNIT, EXTRA, DEED = map(_lookup, (VERBS, SETTINGS, UNITS, EXTRAS, DEEDS))
_REFERENCE = re.compile(REFERENCE, re.IGNORECASE)
# Behind the reference of a text the numbers of its paragraphs: ` 12-15`, `/12(a)`, ` 12 bis`.
_PLACE = r"A?\d{1,5}[\w.]{0,6}(?:[ ]?(?:bis|ter|quater))?(?:[ ]?[(（]\w{1,5}[)）])*"
_PLACES = re.compile(rf"((?:[(（]\w{{1,5}}[)）])+)?(?:[ /]({_PLACE}(?:\s?[-–—]\s?{_PLACE})?))?(?=\s|$)", re.IGNORECASE)
_WITH_REFERENCE = re.compile(rf"({REFERENCE})\s?[:：]\s?(\S.{{0,80}})", re.IGNORECASE)
FREE = {"FIND", "JOIN", "LEAVE"}
ALONE = {"HELP", "STATUS", "RESUME", "STOP", "LIST", "REVOKE", "SHEET"}
CADENCES = {"DAILY", "WEEKLY", "MONTHLY", "EACH", "NONE"}
TRIM = " \t.!?。！？؟*_\"'«»<>"
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_HAN = "[\u4e00-\u9fff]"
# Chinese writes no space between a word and a number.
_HAN_NUMBER = re.compile(rf"(?<={_HAN})(?=\d)|(?<=\d)(?={_HAN})")
_LETTERS = {"ф": "F", "р": "P"}  # F and P as a Russian keyboard has them
_RANGE = r"(\d{1,5})(?:\s?[-–—]\s?(\d{1,5}))?"
_WANTED = re.compile(r"#?\s?(\d{1,9})|([fpфр])\s?(\d{1,9})", re.IGNORECASE)
_NUMBERS = re.compile(rf"#?{_RANGE}|#?(\d{{1,5}})\s?(?:to|à|a|إلى|الى|至|到|до|bis)\s?#?(\d{{1,5}})", re.IGNORECASE)
# In small letters amid other words only what cannot be a sentence: `Asia/Kathmandu`, `+5:45`, `UTC+3`.
_ZONE = re.compile(r"[a-z_]+(?:/[a-z_+-]+){1,2}\d{0,2}|(?:utc|gmt)?\s?[+−–-]\s?\d{1,2}(?::?\d\d)?", re.IGNORECASE)
# With numbers behind them these ask for issues; else for what happened at a hearing (see wishes).
_OF_OTHERS = frozenset(map(fold, ("manqué", "пропущено")))
_MEANT = {
    "GET": re.compile(r"[#fpфр]{0,1}\s?\d|[A-Z]{2,12}/\d{4}/", re.IGNORECASE),
    "MISSING": re.compile(r"#?\d"),
    "PAUSE": re.compile(r"\d"),
}


def recognise(text, *, first=False, only=False):
    """The Command in a line, or None. `first`: the subject or first words of the mail; `only`: its only words."""
    if len(text) > LONGEST:
        return None
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip(TRIM)
    if named := _with_reference(text):
        return named
    verb, argument = _verb(text)
    if verb is None:
        return None
    word = text[: len(text) - len(argument)].strip()
    loud = word.isupper()
    caseless = word.upper() == word.lower()
    if verb in FREE:
        if not argument:
            return Command(verb) if loud else None
        return Command(verb, argument) if loud or only or (first and caseless) else None
    closed = _closed(verb, argument, free=loud or only or caseless)
    if closed is None:
        is_meant = fold(word) not in _OF_OTHERS and _is_meant(verb, argument)
        return Command(verb, argument) if loud and is_meant else None
    # `قائمة` on a line of its own may be a heading; `أرسل ٣١٢` cannot.
    return Command(verb, closed) if loud or first or (caseless and closed) else None


def is_complete(command):
    """Has it all that it takes? `GET` alone and `SET SIZE huge` have not."""
    if command.verb in DEEDS or command.verb in FREE:
        return bool(command.argument)
    return _closed(command.verb, command.argument, free=True) is not None


def _with_reference(text):
    """`ALP/2026/C3/14: associate`, and for which organisation: `ALP/2026/C3/14: associate WWF`."""
    match = _WITH_REFERENCE.fullmatch(text)
    if match is None:
        return None
    words = match[2].split()
    for count in range(min(4, len(words)), 0, -1):
        deed = DEED.get(fold(" ".join(words[:count]).strip(TRIM).replace("’", "'")))
        if deed and len(words) - count <= 6:
            return Command(deed, " ".join([match[1].upper(), *words[count:]]))
    return None


def _verb(text):
    """(verb, argument) by the longest word of the table that begins the text."""
    words = text.split()
    for count in (2, 1):
        verb = VERB.get(fold(" ".join(words[:count]))) if len(words) >= count else None
        if verb:
            return verb, " ".join(words[count:])
    match = re.match(rf"({_HAN}{{2}})\s*(\S.{{0,100}})$", text)  # Chinese has no space after the verb
    verb = VERB.get(match[1]) if match else None
    return (verb, match[2]) if verb else (None, "")


def _closed(verb, argument, *, free):
    """The argument in English capitals when it has the verb's form, else None. `free`: it may name a workspace, too."""
    argument = _HAN_NUMBER.sub(" ", argument).strip()
    words = argument.split()
    if verb in ALONE:
        return "" if not words else None
    if verb == "GET":
        return _get(argument)
    if verb == "MISSING":
        match = _NUMBERS.fullmatch(argument)
        return "-".join(str(int(part)) for part in match.groups() if part) if match else None
    if verb == "PAUSE":
        match = re.fullmatch(r"(\d{1,3})\s*(\S+(?: \S+)?)", argument)
        unit = UNIT.get(fold(match[2])) if match else None
        return f"{int(match[1])} {unit}" if unit else None
    return _setting(words, free=free)


def _is_meant(verb, argument):
    """Is this, in capitals, surely a command with a slip in it? `STOP THE WAR` and `GET OUT` are words."""
    if verb in ALONE:
        return False
    if not argument:
        return True
    if verb == "SET":
        return SETTING.get(fold(argument.split()[0])) is not None
    return _MEANT[verb].match(argument) is not None


def _get(argument):
    """`312`, `P812 THREAD 21-40`, `F3 TEXT PART 2`, `ALP/2026/C3 Q2 THREAD`."""
    match = _REFERENCE.match(argument)
    if match:
        places = _PLACES.match(argument, match.end())
        named = match[0] + ((places[1] or "") + (f" {places[2]}" if places[2] else "") if places else "")
        rest = argument[places.end() if places else match.end() :].rstrip()
        part = re.fullmatch(rf"\s+(\S+)(?: {_RANGE})?", rest)
        extra = EXTRA.get(fold(part[1])) if part else None
        span = "-".join(str(int(number)) for number in part.groups()[1:] if number) if extra else ""
        if extra == "THREAD" or (extra == "PART" and span):
            return f"{named} {extra} {span}".upper().rstrip()
        return named.upper() if not rest else None
    match = _WANTED.match(argument)
    if match is None:
        return None
    letter = (match[2] or "").lower()
    wanted = [_LETTERS.get(letter, letter.upper()) + str(int(match[1] or match[3]))]
    rest = argument[match.end() :]
    if rest and not rest[0].isspace():
        return None
    for word in rest.split():
        span = re.fullmatch(_RANGE, word)
        if span and wanted[-1] in ("PART", "THREAD"):
            wanted.append("-".join(str(int(part)) for part in span.groups() if part))
        elif (extra := EXTRA.get(fold(word))) and extra not in wanted:
            wanted.append(extra)
        else:
            return None
    return " ".join(wanted) if wanted[-1] != "PART" else None


def _setting(words, *, free):
    setting = SETTING.get(fold(" ".join(words[:2]))) if len(words) > 1 else None
    count = 2 if setting else 1
    setting = setting or (SETTING.get(fold(words[0])) if words else None)
    rest = words[count:]
    if setting == "ZONE":
        value = " ".join(rest)
        return f"ZONE {value}" if value and (free or _ZONE.fullmatch(value)) else None
    if setting in ("SIZE", "HOUR", "LANGUAGE"):
        value = "".join(rest).lower() if setting != "LANGUAGE" else "".join(rest)
        fits = {
            "SIZE": r"\d{1,3}\s?(?:k|kb|к|кб|千|ko|كب)?",
            "HOUR": r"\d{1,2}(?:[:h.点时]\d{0,2})?",
            "LANGUAGE": r"[^\W\d_]{2,12}(?:-[a-z]{2,4})?",
        }[setting]
        return f"{setting} {value}" if re.fullmatch(fits, value, re.IGNORECASE) else None
    if setting in CADENCES and rest and free:
        return f"{setting} {' '.join(rest)}"
    return setting if setting and not rest else None
