"""Attributions: how mail programs say "what follows is somebody else's", a row of words per language.

## How to add a language

Reply to a mail with programs set to that language (Gmail and Outlook first), then copy into a new row of `LANGUAGES`:

- `on`: the words its attribution line begins with, before the date ("On", "Le", "Am"); none if the date comes first.
- `wrote`: the words for "wrote" in it, as they stand ("wrote", "a écrit", "schrieb"), in every gender that is used.
- `frm sent to cc subject`: the labels of the header block of Outlook and of forwarded mails, without the colon.
- `original`: the words between the dashes of "-----Original Message-----" and "---- Forwarded message ----", and the
  line of Apple Mail ("Begin forwarded message:") without its colon.

Alternatives are parted by "|". Case, spaces before colons, direction marks and the digits of the script do not matter.
Then add a mail to `tests/notifications/reading/` in that language. Nothing else knows about languages here.
"""

import dataclasses
import unicodedata


@dataclasses.dataclass(frozen=True, slots=True)
class Language:
    wrote: str
    on: str = ""
    frm: str = ""
    sent: str = ""
    to: str = ""
    cc: str = ""
    subject: str = ""
    original: str = ""


LANGUAGES = {
    "en": Language(
        on="On|At|In message|In article|Quoting|In a message dated", wrote="wrote|writes|said|has written|"
        "said the following",
        frm="From|Sender", sent="Sent|Date|Sent at|Received", to="To|Sent To", cc="Cc|Bcc|Reply-To|"
        "Importance|Attachments|Newsgroups",
        subject="Subject|Re|Topic",
        original="Original Message|Forwarded message|Forwarded Message|Begin forwarded message|Reply message|"
        "Original Appointment|Start of forwarded message|Original email|Reply to message|Message original|Forwarded by|"
        "Original Mail|Forwarded Mail",
    ),
    "fr": Language(
        on="Le|En date du|Dans le message", wrote="a écrit|écrit|a écrit le|écrivait|nous a dit|a envoyé",
        frm="De|Expéditeur|De la part de", sent="Envoyé|Envoyé le|Message du|Date|Date d'envoi|Envoyé à",
        to="À|A|Destinataire|Pour|Destinataires",
        cc="Cc|Copie|Copie à|Cci|Répondre à|Importance", subject="Objet|Sujet",
        original="Message d'origine|Message original|Message transféré|Début du message transféré|Message initial|"
        "Début du message réexpédié|Courriel original|Message réexpédié|Mail original|Mail transféré|E-mail d'origine",
    ),
    "es": Language(
        on="El|En fecha|En", wrote="escribió|ha escrito|escribio|escribe|escribía",
        frm="De|Remitente|Desde", sent="Enviado|Enviado el|Enviada el|Fecha|Fecha de envío|Enviado a las",
        to="Para|A|Destinatario", cc="Cc|CC|CCO|Con copia a|Responder a|Importancia", subject="Asunto",
        original="Mensaje original|Mensaje reenviado|Inicio del mensaje reenviado|"
        "Mensaje de correo electrónico original|"
        "Correo original|Comienzo del mensaje reenviado|Forwarded message|Mensaje Original",
    ),
    "ar": Language(
        on="في|بتاريخ|فى|في يوم", wrote="كتب|كتبت|كتب ما يلي|كتَب|تمت كتابة ما يلي بواسطة|كَتَبَ|قال",
        frm="من|المرسل", sent="تاريخ الإرسال|تم الإرسال|أرسلت|التاريخ|تاريخ|مرسل|أُرسلت|تاريخ الارسال|أرسل",
        to="إلى|الى|المرسل إليه", cc="نسخة|نسخة إلى|نسخه|الرد على", subject="الموضوع|موضوع|العنوان",
        original="رسالة أصلية|الرسالة الأصلية|الرسالة الاصلية|رسالة محولة|رسالة معاد توجيهها|الرسالة المعاد توجيهها|"
        "بدء الرسالة المحولة|رسالة مُعاد توجيهها|بداية الرسالة المُعاد توجيهها|Forwarded message",
    ),
    "zh": Language(
        on="在|于|於", wrote="写道|寫道|写到|寫到|撰写|来信|编写|写信|寫信說|寫信说",
        frm="发件人|寄件者|寄件人|發件人|发送人|发信人", sent="发送时间|发送日期|日期|寄件日期|傳送時間|已傳送|發送時間|傳送日期|时间|时 间|寄送日期|發送日期",
        to="收件人|收件者|收信人|至", cc="抄送|副本|抄送人|密件副本|副本抄送|回复|附件", subject="主题|主旨|主題|标题|主 题",
        original="原始邮件|原始郵件|邮件原件|转发的邮件|轉寄郵件|转发邮件信息|原郵件|原邮件|已转发邮件|開始轉寄郵件|开始转发邮件|"
        "转发邮件|轉寄的郵件|原始信件|回复的原邮件|回复的原始邮件|下面是被转发的邮件|下面是转发的邮件|以下是转发的邮件|Original|原始消息|回复原邮件",
    ),
    "ru": Language(
        on="В|От|Вы писали", wrote="написал|написала|написал(а)|пишет|писал|писала|писал(а)|пишете|писали|"
        "написали|сообщил|сообщила|от",
        frm="От|От кого|Отправитель", sent="Отправлено|Дата|Дата отправки|Послано|Отправлен|Когда|Отправлено в",
        to="Кому|Получатель", cc="Копия|Скрытая копия|Ответить|Кому ответить", subject="Тема",
        original="Исходное сообщение|Пересылаемое сообщение|Пересланное сообщение|Оригинальное сообщение|"
        "Начало переадресованного сообщения|Переадресованное сообщение|Исходное письмо|Перенаправленное сообщение|"
        "Начало переадресованного письма|Конец пересылаемого сообщения|Пересылаемое письмо|Начало "
        "пересылаемого сообщения",
    ),
    "de": Language(
        on="Am|Zitat von|Den|Um", wrote="schrieb|geschrieben|schrieben Sie|hat geschrieben|schrieben|"
        "schreibt|geschrieben hat|schrieb am",
        frm="Von|Absender", sent="Gesendet|Datum|Gesendet am|Versendet|Verschickt|Gesendet um|Versandt",
        to="An|Empfänger",
        cc="Cc|Kopie|Bcc|Antwort an|Wichtigkeit|Anlagen", subject="Betreff|Betr",
        original="Ursprüngliche Nachricht|Original-Nachricht|Originalnachricht|Weitergeleitete Nachricht|Originalmail|"
        "Anfang der weitergeleiteten Nachricht|Weitergeleitete Mail|Original Nachricht|Ursprüngliche Mail|"
        "Weiterleitung|Urspr. Nachricht|"
        "Ende der weitergeleiteten Nachricht",
    ),
    "pt": Language(
        on="Em|No dia|A|Na|Citando", wrote="escreveu|escreveu o seguinte|escreveu isto|escrito",
        frm="De|Remetente", sent="Enviado|Enviada em|Enviado em|Data|Enviada|Data de envio|Enviadas",
        to="Para|Destinatário",
        cc="Cc|Cópia|Com cópia|Cco|Responder a|Importância", subject="Assunto",
        original="Mensagem original|Mensagem encaminhada|Mensagem reencaminhada|Início da mensagem encaminhada|"
        "Início da mensagem reencaminhada|Mensagem de encaminhamento",
    ),
    "it": Language(
        on="Il|Il giorno|In data|Nel|Alle", wrote="ha scritto|scrive|scriveva|scritto|hai scritto",
        frm="Da|Mittente", sent="Inviato|Data|Data invio|Inviata|Inviato il|Inviato alle", to="A|Destinatario|Per",
        cc="Cc|Ccn|Rispondi a|Copia|Priorità", subject="Oggetto",
        original="Messaggio originale|Messaggio inoltrato|Inizio messaggio inoltrato|"
        "Inizio del messaggio inoltrato|Messaggio Originale|"
        "Messaggio di posta originale",
    ),
    "nl": Language(
        on="Op|Citeren", wrote="schreef|het volgende geschreven|geschreven|schreef het volgende|schreef op|"
        "heeft geschreven|schrijft",
        frm="Van|Afzender", sent="Verzonden|Datum|Verstuurd|Verzonden op|Verzenddatum",
        to="Aan", cc="Cc|CC|Kopie|Beantwoorden - Aan|Antwoord aan",
        subject="Onderwerp|Betreft",
        original="Oorspronkelijk bericht|Origineel bericht|Doorgestuurd bericht|Begin doorgestuurd bericht|"
        "Originele bericht|"
        "Oorspronkelijke bericht",
    ),
    "ja": Language(
        wrote="のメール|のメッセージ|が書きました|書きました|さんは書きました|wrote|は書きました|のメール:|作成",
        frm="差出人|送信者|送信元|From", sent="送信日時|日時|送信日|日付|受信日時|Sent|Date", to="宛先|To|受信者", cc="CC|Cc|参照|返信先",
        subject="件名|題名|Subject", original="元のメッセージ|転送されたメッセージ|Original Message|転送メッセージ|オリジナルメッセージ|元のメール|以下転送|転送",
    ),
    "ko": Language(
        wrote="님이 작성|님이 작성하였습니다|작성|님이 쓴 글|썼습니다|님이 다음과 같이 작성했습니다", frm="보낸 사람|보낸사람|발신|보낸이",
        sent="보낸 날짜|보낸날짜|날짜|전송|보낸 시간", to="받는 사람|받는사람|수신|받는이", cc="참조|숨은 참조", subject="제목",
        original="원본 메시지|원본 메일|전달된 메시지|원본 이메일|전달 메시지|Original Message",
    ),
    "pl": Language(
        on="Dnia|W dniu|Dn|Użytkownik|W wiadomości", wrote="napisał|napisała|napisał(a)|pisze|nadesłał|"
        "napisano|pisał|pisała|napisali",
        frm="Od|Nadawca", sent="Wysłano|Data|Wysłane|Wysłany|Data wysłania",
        to="Do|Adresat", cc="DW|Kopia|UDW|Cc", subject="Temat",
        original="Wiadomość oryginalna|Oryginalna wiadomość|Treść przekazanej wiadomości|Wiadomość przekazana dalej|"
        "Wiadomość przesłana dalej|Początek przekazywanej wiadomości|Przekazana wiadomość|"
        "Wiadomość napisana|Treść oryginalnej wiadomości",
    ),
    "uk": Language(
        on="У|В", wrote="пише|написав|написала|написав(ла)|пишуть|писав|писала",
        frm="Від|Від кого", sent="Надіслано|Дата|Відправлено",
        to="Кому", cc="Копія", subject="Тема", original="Вихідне повідомлення|Переслане "
        "повідомлення|Оригінальне повідомлення|Початок пересланого повідомлення",
    ),
    "sv": Language(
        on="Den|På", wrote="skrev|skrev följande|skriver|skrev den", frm="Från|Avsändare", sent="Skickat|Datum|Skickades|Skickad",
        to="Till",
        cc="Kopia|Cc|Svar till", subject="Ämne", original="Ursprungligt meddelande|Vidarebefordrat "
        "meddelande|Originalmeddelande|"
        "Vidarebefordrat brev|Vidarebefordrat mejl|Börja vidarebefordrat meddelande|Ursprungligt mail",
    ),
    "da": Language(
        on="Den|På", wrote="skrev|skrev følgende|har skrevet|skriver", frm="Fra|Afsender", sent="Sendt|Dato|Afsendt", to="Til", cc="Cc|Kopi",
        subject="Emne", original="Oprindelig meddelelse|Videresendt meddelelse|Oprindelig besked|"
        "Videresendt besked|Start på videresendt besked|"
        "Original besked|Original meddelelse",
    ),
    "no": Language(
        on="Den|På", wrote="skrev|skrev følgende|har skrevet", frm="Fra", sent="Sendt|Dato", to="Til", cc="Kopi", subject="Emne",
        original="Opprinnelig melding|Videresendt melding|Original melding|Start på videresendt melding|"
        "Opprinnelig e-post",
    ),
    "fi": Language(
        wrote="kirjoitti|kirjoitti seuraavaa|kirjoitti viestissä|kirjoittaa",
        frm="Lähettäjä", sent="Lähetetty|Päivämäärä|Päiväys",
        to="Vastaanottaja", cc="Kopio", subject="Aihe|Otsikko",
        original="Alkuperäinen viesti|Välitetty viesti|Edelleenlähetetty viesti|Välitetty viesti alkaa|"
        "Alkuperäinen sähköposti",
    ),
    "tr": Language(
        on="Tarih", wrote="yazdı|şunları yazdı|şöyle yazdı|yazmış|yazdi|tarihinde yazdı",
        frm="Kimden|Gönderen", sent="Gönderildi|Tarih|Gönderilme|Gönderme Tarihi",
        to="Kime|Alıcı", cc="Bilgi|Gizli", subject="Konu",
        original="Özgün İleti|Orijinal Mesaj|İletilen mesaj|Orjinal Mesaj|Yönlendirilmiş Mesaj|"
        "İletilmiş ileti başlangıcı|Orijinal İleti|Özgün Mesaj|Yönlendirilen ileti",
    ),
    "cs": Language(
        on="Dne|Dňa", wrote="napsal|napsala|napsal(a)|píše|napsali|psal|psala",
        frm="Od|Odesílatel", sent="Odesláno|Datum|Poslané", to="Komu|Příjemce",
        cc="Kopie|Kopie (Cc)", subject="Předmět", original="Původní zpráva|Přeposlaná zpráva|Původní e-mail|"
        "Začátek přeposílané zprávy|Předaná zpráva|Přeposlaný e-mail",
    ),
    "sk": Language(
        on="Dňa|V|Dne", wrote="napísal|napísala|napísal(a)|napísal/a|píše",
        frm="Od|Odosielateľ", sent="Odoslané|Dátum|Poslané", to="Komu",
        cc="Kópia", subject="Predmet", original="Pôvodná správa|Preposlaná správa|Originálna "
        "správa|Začiatok preposlanej správy",
    ),
    "hu": Language(
        on="", wrote="írta|ezt írta|a következőt írta|írta a következőt|írja",
        frm="Feladó|Küldő", sent="Elküldve|Dátum|Küldve|Küldés ideje", to="Címzett",
        cc="Másolat|Másolatot kap", subject="Tárgy", original="Eredeti üzenet|Továbbított "
        "üzenet|Továbbított levél|Eredeti levél",
    ),
    "ro": Language(
        on="În|Pe|La|In|Pe data de", wrote="a scris|scrie|a scris următoarele",
        frm="De la|Expeditor", sent="Trimis|Data|Dată|Trimis la", to="Către|Catre|La",
        cc="Cc|Copie", subject="Subiect|Subiectul", original="Mesaj original|Mesaj redirecționat|"
        "Mesaj redirecţionat|Mesaj inițial|Mesajul original",
    ),
    "el": Language(
        on="Στις|Την|Στις Την", wrote="έγραψε|ο χρήστης έγραψε|έγραψες|γράφει|έγραψαν",
        frm="Από|Αποστολέας", sent="Στάλθηκε|Ημερομηνία|Εστάλη|Απεστάλη",
        to="Προς",
        cc="Κοιν|Κοινοποίηση", subject="Θέμα", original="Αρχικό μήνυμα|Προωθημένο μήνυμα|Πρωτότυπο "
        "μήνυμα|Έναρξη προωθημένου μηνύματος",
    ),
    "he": Language(
        on="בתאריך|ב-|ביום|ב", wrote="כתב|כתבה|מאת|כתב/ה|כתב את הדברים הבאים",
        frm="מאת|מ", sent="נשלח|תאריך|נשלח בתאריך", to="אל|עבור",
        cc="עותק", subject="נושא", original="הודעה מקורית|הודעה שהועברה|הודעת מקור|תחילת ההודעה שהועברה",
    ),
    "fa": Language(
        on="در|در تاریخ", wrote="نوشت|نوشته است|نوشته|نوشته‌است", frm="از|فرستنده", sent="ارسال شده|تاریخ|ارسال", to="به|گیرنده", cc="رونوشت",
        subject="موضوع", original="پیام اصلی|پیام بازارسال‌شده|پیغام اصلی|پیام ارسالی|پیام ارجاع شده",
    ),
    "vi": Language(
        on="Vào|Lúc|Vào lúc|Ngày", wrote="đã viết|viết", frm="Từ|Người gửi", sent="Đã gửi|Ngày|Đã gửi "
        "lúc|Ngày gửi", to="Đến|Tới|Người nhận", cc="Cc|Đồng gửi",
        subject="Chủ đề|Tiêu đề", original="Thư gốc|Thư đã chuyển tiếp|Tin nhắn gốc|"
        "Bắt đầu thư được chuyển tiếp|Tin nhắn được chuyển tiếp",
    ),
    "id": Language(
        on="Pada|Tanggal", wrote="menulis|berkata|menulis:", frm="Dari|Daripada", sent="Dikirim|Tanggal|Terkirim|Dihantar",
        to="Kepada|Ke|Untuk", cc="Cc|Tembusan",
        subject="Subjek|Perihal|Hal", original="Pesan asli|Pesan Terusan|Pesan yang diteruskan|Email asli|Mesej asal",
    ),
    "bg": Language(
        on="На|В|от", wrote="написа|пише|написал", frm="От|Подател", sent="Изпратено|Дата|Изпратен", to="До|Получател", cc="Копие", subject="Относно|Тема",
        original="Оригинално съобщение|Препратено съобщение|Първоначално съобщение|Оригинално писмо",
    ),
    "hr": Language(
        on="Dana|U|Dne|Dana u", wrote="je napisao|napisao je|je napisala|napisao|napisala|piše|"
        "je napisao/la|је написао|је написала|написао је", frm="Od|Šalje|Од|Шаље",
        sent="Poslano|Datum|Poslato|Датум|Послато|Poslana", to="Za|Prima|Komu|Za:|Прима", cc="Kopija|Кп|Kp|Копија", subject="Predmet|"
        "Naslov|Tema|Zadeva|Тема|Наслов",
        original="Izvorna poruka|Proslijeđena poruka|Originalna poruka|Prosleđena poruka|Izvirno sporočilo|"
        "Posredovano sporočilo|Изворна порука|Прослеђена порука",
    ),
    "ca": Language(
        on="El|El dia|En data", wrote="va escriure|ha escrit|escrigué", frm="De", sent="Enviat|Data|Enviat el", to="Per a|A|Per", cc="Cc|A/c", subject="Assumpte|Tema",
        original="Missatge original|Missatge reenviat|Inici del missatge reenviat",
    ),
    "lt": Language(wrote="rašė|parašė|rašo", frm="Nuo|Siuntėjas", sent="Išsiųsta|Data", to="Kam|Skirta", cc="Kopija", subject="Tema", original="Pradinis "
    "laiškas|Persiųstas laiškas"),
    "lv": Language(wrote="rakstīja|raksta|uzrakstīja", frm="No|Sūtītājs", sent="Nosūtīts|Datums", to="Kam", cc="Kopija", subject="Tēma|Temats", original="Sākotnējais "
    "ziņojums|Pārsūtīts ziņojums"),
    "et": Language(wrote="kirjutas|kirjutas järgmist|kirjutab", frm="Saatja|Kellelt", sent="Saadetud|Kuupäev", to="Adressaat|Kellele|Saaja", cc="Koopia", subject="Teema", original="Algne "
    "teade|Edastatud kiri|Algne kiri"),
    "th": Language(on="เมื่อ|ในวันที่|วันที่", wrote="เขียนว่า|เขียน|ได้เขียนว่า", frm="จาก", sent="ส่ง|วันที่|ส่งเมื่อ", to="ถึง", cc="สำเนา|สำเนาถึง", subject="เรื่อง|หัวเรื่อง", original="ข้อความต้นฉบับ|ข้อความที่ส่งต่อ|ต้นฉบับข้อความ"),
    "hi": Language(wrote="ने लिखा|लिखा|ने लिखा है", frm="प्रेषक|से", sent="भेजा गया|दिनांक|तारीख", to="प्रति|को|प्राप्तकर्ता", cc="प्रतिलिपि", subject="विषय", original="मूल संदेश|अग्रेषित संदेश"),
    "sw": Language(on="Tarehe|Siku ya|Mnamo", wrote="aliandika|ameandika|imeandikwa",
    frm="Kutoka|Kutoka kwa", sent="Tarehe|Imetumwa", to="Kwa", cc="Nakala", subject="Mada|Somo", original="Ujumbe "
    "wa asili|Ujumbe uliosambazwa|Ujumbe halisi"),
}  # fmt: skip


def words(field):
    """All words of one field, casefolded and composed, longest first, so that "a écrit le" is tried before "a écrit"."""
    found = {fold(word) for language in LANGUAGES.values() for word in getattr(language, field).split("|") if word}
    return sorted(found, key=len, reverse=True)


def fold(text):
    """Text as the table is compared: composed, casefolded, typographic apostrophes made plain."""
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'").strip()
