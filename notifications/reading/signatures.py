"""Signatures: what stands at the end of a mail without being said, cut block by block, only at its end.

Four kinds: the mark "-- " and what follows; lines of programs ("Sent from my iPhone"); disclaimers and notices of virus
scanners; and, for answers only, the closing ("Kind regards, Pat"). A post keeps its closing, for it is the writer's
own words. When in doubt the words stay: the receipt shows what was stored.
To add a language, add its words to `SENT_FROM`, `DISCLAIMERS` and `CLOSINGS`; case and end marks do not matter.
"""

import re

SENT_FROM = (
    # en
    r"(?:sent|written|posted) (?:from|via|with|by|using|on) (?:my |a |an |the )?.{0,60}",
    r"get outlook for .{0,60}", r"from my (?:iphone|ipad|phone|android|mobile|galaxy|blackberry|"
    r"samsung).{0,30}",
    r"sent (?:wirelessly|securely) .{0,50}", r"(?:please )?(?:excuse|pardon|forgive) (?:any |my |"
    r"the )?(?:brevity|typos|typing|spelling|mistakes).{0,60}",
    r"yahoo mail:.{0,60}", r"\w{1,20} from mobile", r"download (?:the )?(?:new )?aol app.{0,40}",
    r"sent with .{0,20}protonmail.{0,30}", r"\(?sent from .{0,60}\)?",
    # fr
    r"envoyé (?:depuis|de|à partir de|avec|via|par) (?:mon |ma |un |une |l'|le )?.{0,60}",
    r"télécharge[rz] outlook pour .{0,60}", r"obtenez outlook pour .{0,60}", r"provenance : .{0,60}",
    # es, ca
    r"enviad[oa] (?:desde|con|a través de|por|mediante) (?:mi |el |un )?.{0,60}",
    r"obtener outlook para .{0,60}", r"enviat des d.{0,50}", r"descargar outlook para .{0,50}",
    # de
    r"(?:diese nachricht wurde )?(?:gesendet|versendet|verschickt|geschickt) (?:von|mit|über|vom|aus|"
    r"via) (?:meinem |meiner |dem |der )?.{0,60}", r"von mei?n?em .{0,40} gesendet.{0,20}",
    r"diese nachricht wurde von .{0,60} gesendet.{0,5}", r"(?:holen sie sich |laden sie )?outlook für "
    r".{0,60}", r"von unterwegs gesendet.{0,20}", r"gesendet mit der .{0,60}", r"mobil gesendet.{0,20}",
    # ru, uk
    r"отправлено (?:с|из|от|через) (?:моего |моей )?.{0,60}", r"послано (?:с|из) .{0,60}", r"скачать outlook для .{0,40}", r"отправлен[оа]? "
    r"из (?:мобильной |мобильного )?.{0,60}", r"надіслано (?:з|із|від) .{0,60}",
    # pt, it, nl, sv, da, no, fi, pl, cs, tr, ro
    r"enviad[oa] (?:do|da|a partir do|pelo|através do|via) (?:meu |minha )?.{0,60}",
    r"obter o outlook para .{0,40}", r"inviato (?:da|dal|con|tramite|dall') ?(?:mio |il )?.{0,60}",
    r"scarica outlook per .{0,40}",
    r"(?:verzonden|verstuurd) (?:vanaf|met|via|van|vanuit) (?:mijn )?.{0,60}",
    r"outlook voor .{0,40} downloaden", r"skickat från (?:min )?.{0,60}", r"(?:hämta|skaffa) outlook för "
    r".{0,40}", r"sendt fra (?:min )?.{0,60}", r"hent outlook til .{0,40}", r"(?:få|last ned) outlook for "
    r".{0,40}",
    r"lähetetty .{0,60}", r"wysłan[eoy] (?:z|ze|za pomocą) (?:mojego )?.{0,60}",
    r"pobierz (?:aplikację )?outlook .{0,40}", r"odesláno z (?:mého )?.{0,60}", r"odoslané z .{0,60}", r".{0,40}(?:iphone'umdan|'dan|'den|cihazımdan) "
    r"gönderildi", r"trimis (?:de pe|din|prin) .{0,60}",
    # ar, he, fa
    r"(?:تم الإرسال|أُرسل(?:ت)?|أرسل(?:ت)?|مرسل(?:ة)?|تم إرسال(?:ه|ها)?|ارسلت|مُرسل) (?:من|بواسطة|عبر|"
    r"باستخدام) .{0,60}", r"احصل على outlook .{0,40}", r"الحصول على outlook .{0,40}", r"(?:נשלח|נשלחה) "
    r"(?:מ|באמצעות|על ידי).{0,60}", r"ارسال شده از .{0,60}",
    # zh, ja, ko
    r"(?:发|發|寄|傳|传)?自我?的?\s?(?:iphone|ipad|手机|手機|华为|小米|huawei|samsung|android|三星).{0,30}",
    r"(?:发|發)自我的.{0,30}", r"来自我的.{0,30}", r"(?:從|从)我的\s?.{0,30}(?:傳送|发送|發送|寄出).{0,10}",
    r"(?:从|從|通过|使用|由|用) ?.{0,20}(?:邮箱|手机版|outlook|qq邮箱|网易邮箱|邮箱大师|邮件客户端|mail).{0,20}(?:发送|傳送|发出|寄出|发来).{0,10}",
    r"(?:获取|下载|取得) ?outlook .{0,30}", r"发自(?:网易邮箱|qq邮箱|腾讯|新浪|139|outlook).{0,40}",
    r"(?:.{0,20}から送信|iphoneから送信).{0,10}", r"(?:.{0,30}에서 보냄|나의 .{0,20}에서 보냄).{0,10}",
    r"\[?来自网易.{0,30}",
)  # fmt: skip

DISCLAIMERS = (
    r"(?:confidentiality|legal|privacy|important|privileged)[\w /&-]{0,30}(?:notice|note|information|"
    r"disclaimer|warning|statement)\b", r"disclaimer\b", r"confidential(?:ity)?:",
    r"(?:the information (?:contained )?in |the contents? of )?th(?:is|e)s? (?:e-?mail|message|"
    r"communication|transmission|electronic)[\w, ()/&'-]{0,120}(?:confidential|intended|privileged|contain|"
    r"is for)", r"the information (?:contained |transmitted )?in this (?:e-?mail|message|communication)",
    r"if you (?:are not|have received|received)[\w ,]{0,50}(?:intended|this (?:e-?mail|message)|in error)",
    r"please consider the environment", r"think before (?:you )?print", r"p?lease don't print this",
    r"this (?:e-?mail|message|mail) (?:has been|was) (?:checked|scanned|sent|processed) (?:for viruses |"
    r"by )?", r"virus-free\b", r"no virus found", r"checked by avg", r"scanned by ", r"avast logo", r"caution: (?:this|external)", r"external "
    r"(?:e-?mail|sender|message)\b.{0,80}caution",
    r"ce(?:t e-?mail| message| courriel| courrier)[\w ,'()éèêàç/-]{0,140}(?:confidentiel|destin|virus|avast|"
    r"protég)", r"sans virus\b", r"avis de confidentialité", r"l'absence de virus", r"pensez à l'environnement", r"n'imprimez ce",
    r"este (?:mensaje|correo|e-?mail)[\w ,()áéíóúñ/-]{0,140}(?:confidencial|destinat|privilegiad|virus|"
    r"dirigid)", r"aviso (?:legal|de confidencialidad|de privacidad)", r"libre de virus", r"la información "
    r"contenida en este", r"antes de imprimir", r"advertencia legal",
    r"diese (?:e-?mail|nachricht|mail)[\w ,()äöüß/-]{0,140}(?:vertraulich|geschützt|viren|virus|avast|"
    r"bestimmt)", r"virenfrei\b", r"der inhalt dieser (?:e-?mail|nachricht)",
    r"wichtiger hinweis:", r"haftungsausschluss", r"vertraulichkeitshinweis", r"bitte denken sie an die "
    r"umwelt", r"denken sie an die umwelt",
    r"(?:это|данное|настоящее) (?:электронное )?(?:сообщение|письмо)[\w ,()/-]{0,140}(?:конфиденциальн|"
    r"вирус|предназначен|проверено)", r"вирусов нет", r"без вирусов", r"проверено "
    r".{0,30}(?:антивирус|avast|kaspersky)", r"уведомление о конфиденциальности",
    r"информация, содержащаяся в (?:этом|данном|настоящем)",
    r"(?:هذه الرسالة|هذا البريد|المعلومات الواردة في هذه|إخلاء (?:ال)?مسؤولية|تنبيه:|تحتوي هذه الرسالة|"
    r"خالي من الفيروسات|خالٍ من الفيروسات|لا تحتوي .{0,20}فيروس)", r"إشعار (?:ال)?سرية",
    r"(?:本邮件|本郵件|此邮件|此郵件|本电子邮件|本電子郵件|该邮件|此电子邮件).{0,80}(?:保密|机密|機密|仅供|僅供|收件人|病毒|隐私|专有)",
    r"免责声明", r"免責聲明", r"保密(?:声明|提示|通知)", r"无病毒", r"無病毒",
    r"questo messaggio.{0,100}(?:riservat|confidenzial|virus)", r"esta "
    r"mensagem.{0,100}(?:confidencia|destin|vírus)", r"aviso de confidencialidade", r"dit "
    r"bericht.{0,80}(?:vertrouwelijk|bestemd)", r"niniejsza wiadomość.{0,80}poufn",
    r"tato zpráva .{0,60}(?:virus|důvěrn)", r"detta (?:e-post|meddelande).{0,60}(?:konfidentiell|virus)",
    r"(?:www\.)?avast\.com\b", r"https?://www\.avast\.com\S{0,80}", r"you received this message because you "
    r"are subscribed to", r"to unsubscribe (?:from this|send)", r"_{20,}",
)  # fmt: skip

CLOSINGS = (
    "regards|best regards|kind regards|kindest regards|warm regards|warmest regards|with kind regards|"
    "with best regards|many regards|best|best wishes|all the best|with best wishes|warm wishes|"
    "sincerely|sincerely yours|yours sincerely|yours faithfully|yours truly|yours|respectfully|"
    "respectfully yours|cheers|thanks|many thanks|thank you|thanks a lot|thank you very much|"
    "thanks and regards|thanks & regards|"
    "thanks and best regards|thanks in advance|greetings|take care|br|kr|rgds|best rgds|cordially|"
    "with thanks|with gratitude|in solidarity|"
    "cordialement|bien cordialement|très cordialement|bien à vous|bien à toi|sincères salutations|"
    "salutations|meilleures salutations|salutations distinguées|salutations cordiales|bonne journée|"
    "bonne soirée|bonne réception|"
    "amicalement|merci|merci d'avance|merci beaucoup|avec mes salutations|respectueusement|cdt|cdlt|bàv|"
    "à bientôt|bien amicalement|mes salutations|"
    "saludos|un saludo|saludos cordiales|un cordial saludo|cordiales saludos|atentamente|atte|"
    "muy atentamente|un abrazo|abrazos|gracias|muchas gracias|gracias y saludos|cordialmente|"
    "saludos atentos|mil gracias|reciba un cordial saludo|respetuosamente|"
    "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss|"
    "freundliche grüße|freundliche grüsse|viele grüße|viele grüsse|liebe grüße|liebe grüsse|beste grüße|"
    "beste grüsse|herzliche grüße|herzliche grüsse|schöne grüße|mit besten grüßen|mit besten grüssen|"
    "besten gruß|gruß|gruss|grüße|mfg|lg|vg|danke|vielen dank|besten dank|mit herzlichen grüßen|"
    "hochachtungsvoll|danke und gruß|danke und viele grüße|herzlichen gruß|"
    "с уважением|с наилучшими пожеланиями|с искренним уважением|с глубоким уважением|искренне ваш|"
    "всего доброго|всего хорошего|спасибо|заранее спасибо|благодарю|с приветом|с благодарностью|удачи|"
    "большое спасибо|с добрыми пожеланиями|хорошего дня|до свидания|"
    "مع التحية|مع خالص التحية|مع تحياتي|تحياتي|مع أطيب التحيات|أطيب التحيات|مع أطيب التمنيات|مع الشكر|شكرا|"
    "شكرًا|شكراً|شكرا جزيلا|شكرًا جزيلًا|وتفضلوا بقبول فائق الاحترام|تفضلوا بقبول فائق الاحترام|مع الاحترام|"
    "والسلام عليكم|مع الشكر والتقدير|مع فائق الاحترام|مع خالص الشكر|خالص التحيات|وشكرا|ودمتم|مع تحيات|"
    "此致|敬礼|此致敬礼|祝好|谢谢|謝謝|多谢|顺祝商祺|順頌商祺|顺颂商祺|此致 敬礼|敬上|致敬|谢谢您|谢谢大家|祝工作顺利|祝您工作顺利|祝一切顺利|敬祝|即颂|祝安|顺祝|此頌|敬颂|顺颂时祺|"
    "atenciosamente|att|abraços|um abraço|obrigado|obrigada|cumprimentos|com os melhores cumprimentos|"
    "melhores cumprimentos|cordiali saluti|saluti|distinti saluti|un saluto|grazie|grazie mille|"
    "met vriendelijke groet|met vriendelijke groeten|vriendelijke groeten|groeten|groetjes|mvg|"
    "hartelijke groet|bedankt|"
    "med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|mvh|hälsningar|hilsen|med venlig hilsen|"
    "venlig hilsen|med vennlig hilsen|vennlig hilsen|ystävällisin terveisin|terveisin|pozdrawiam|"
    "z poważaniem|z wyrazami szacunku|pozdrowienia|s pozdravem|s úctou|üdvözlettel|saygılarımla|"
    "iyi çalışmalar|teşekkürler|з повагою|дякую|"
    "よろしくお願いします|よろしくお願いいたします|以上|敬具|감사합니다|asante|wasalaam|salam|wassalam"
)  # fmt: skip

MOST_AFTER = 25  # filled lines a disclaimer or a name card may have
MOST_MARKED = 60  # and a signature after the mark "-- "
ENDS = " \t,.;:!-–—*،。，！~_/"
SIGN_START = re.compile(r"^(?:-- ?|--\xa0|—|___?|\*\*\*)$")
DASHES = re.compile(r"[—–_-]{3,60}$")
SENT_FROM = re.compile(rf"^[\s(<\[*_«-]{{0,4}}(?:{'|'.join(SENT_FROM)})\W{{0,6}}$", re.IGNORECASE)
DISCLAIMER = re.compile(rf"^[\s*_>\[(-]{{0,6}}(?:{'|'.join(DISCLAIMERS)})", re.IGNORECASE)
CLOSING_WORDS = {word.strip(ENDS) for word in CLOSINGS.split("|")}
MARKDOWN_LINK = re.compile(r"\[([^\]]{0,200})\]\([^)]{0,500}\)|<(?:https?|mailto):[^>]{0,500}>")


def mark(lines):
    """Mark the signatures of a mail: in each run of new lines, from where its end is no longer said by the writer."""
    for run in _runs(lines):
        cut = _cut(run)
        for line in run[cut:]:
            if line.kind == "new":
                line.kind, line.why = "signature", "signature, line of a program or disclaimer at the end"


def _runs(lines):
    run = []
    for line in lines:
        if line.kind in ("new", "blank"):
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _cut(run):
    """Index in a run of new and blank lines from which on all is signature."""
    texts = [_bare(line) for line in run]
    end, filled = len(run), sum(map(bool, texts))
    for index, text in enumerate(texts):
        if not text:
            continue
        filled -= 1
        if filled <= MOST_AFTER and _starts_signature(run, texts, index, filled):
            end = index
            break
        if run[index].text.rstrip() == "--" and run[index].text.endswith(" ") and filled <= MOST_MARKED:
            end = index
            break
    return _without_program_lines(texts, end)


def _starts_signature(run, texts, index, filled):
    """At most MOST_AFTER filled lines follow: does the signature begin here?"""
    text, after = texts[index], texts[index + 1 :]
    if run[index].hint == "signature":
        return all(line.hint == "signature" or line.kind == "blank" for line in run[index:])
    if SIGN_START.match(text):
        return filled <= 16 and (index > 0 or filled > 0)
    if DASHES.match(text):
        return index > 0 and _is_card(after)
    return bool(DISCLAIMER.match(text)) and not any(map(_looks_tagged, after))


def _looks_tagged(text):
    return text[:1] in ("#", "＃", "[") and any(map(str.isdecimal, text[:8]))


def _without_program_lines(texts, end):
    """Take off "Sent from my phone" (with up to two lines of name after it) at the end."""
    last = end
    for index in range(end - 1, max(-1, end - 8), -1):
        if not texts[index]:
            continue
        if SENT_FROM.match(texts[index]) and len(texts[index]) < 110 and sum(map(bool, texts[index + 1 : end])) <= 2:
            last = index
    return last


def _bare(line):
    text = line.head
    if "[" in text or "<" in text:
        text = MARKDOWN_LINK.sub(lambda match: match[1] or "", text)
    return text.strip().replace("’", "'")


def _is_card(texts):
    """At most six short lines: a name, an office, numbers."""
    filled = [text for text in texts if text]
    return 0 < len(filled) <= 6 and all(len(text) <= 60 and text[-1] not in ".?!" for text in filled)


def without_closing(rows, name=""):
    """Rows of an answer without "Kind regards, Pat" at their end; `name` is the sender's, as their mail gives it."""
    filled = [index for index, row in enumerate(rows) if row.strip()]
    names = {part.casefold() for part in re.findall(r"[^\W\d_]{2,}", name)}
    for index in filled[-6:]:
        after = [rows[other] for other in filled if other > index]
        row = rows[index].strip().replace("’", "'")
        is_closing = _is_closing(row)
        if index == filled[0] and (not is_closing or not after):
            continue
        if (
            is_closing
            and all(len(other.strip()) <= 60 and not other.rstrip().endswith(("?", "؟", "？")) for other in after)
            and len(after) <= 4
        ):
            return rows[:index]
        if not after and _is_name(row, names) and index != filled[0]:
            return rows[:index]
    return rows


def _is_closing(row):
    folded = row.casefold().strip(ENDS)
    if folded in CLOSING_WORDS:
        return True
    first, comma, rest = folded.partition(",")
    return bool(comma) and first.strip(ENDS) in CLOSING_WORDS and 0 < len(rest.split()) <= 3


def _is_name(row, names):
    """The sender's own name on a line of its own, perhaps after a dash."""
    parts = [part.casefold() for part in re.findall(r"[^\W\d_]+", row)]
    return bool(names) and 0 < len(parts) <= 4 and all(part in names for part in parts)
