"""What a person wrote herself: quotes folded away, and what kind of words are left."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.courtesy import is_absence, is_courteous, is_reaction
from jeweler_desk.domain.message import FormFields, Sign, is_address, subject_stem

_MOST_LINES: Final = 400

# The line by which mail programs introduce what they quote, in fourteen languages.
_INTRODUCTION: Final = re.compile(
    r"^\s*(?:on\b.{4,200}\bwrote|am\b.{4,200}\bschrieb.{0,120}|le\b.{4,200}\ba écrit"
    r"|el\b.{4,200}\bescribió|il\b.{4,200}\bha scritto|em\b.{4,200}\bescreveu"
    r"|op\b.{4,200}\b(?:schreef|het volgende geschreven).{0,120}|den\b.{4,200}\bskrev.{0,120}"
    r"|.{4,120}\bkirjoitti.{0,120}|.{4,200}\bnapisał.{0,40}|.{4,120}\bпишет|.{4,120}\bnapsala?"
    r"|.{4,200}[\w.+-]{1,64}@[\w.-]{1,99}\W{0,3}\b(?:escreveu|escribió|schreef|skrev|a écrit|írta"
    r"|yazdı|wrote)\b.{0,80}"
    r"|.{4,200}<[^<>@\s]+@[^<>\s]+>\)?)\s*[:：]\s*$",
    re.IGNORECASE,
)
_HALF_INTRODUCTION: Final = re.compile(r"^\s*(?:on|am|le|el|il|em|op|den)\b.{8,}", re.IGNORECASE)
_DIVIDER: Final = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original"
    r"|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande"
    r"|forwarded message|weitergeleitete nachricht|videresendt besked|oprindelig meddelelse"
    r"|wiadomość oryginalna|původní zpráva|исходное сообщение|alkuperäinen viesti)\s*-{2,}|_{20,}"
    r"|(?:begin forwarded message|anfang der weitergeleiteten nachricht|inizio messaggio inoltrato"
    r"|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado"
    r"|begin doorgestuurd bericht)\s?:)\s*$",
    re.IGNORECASE,
)
_QUOTED_HEADER_NEXT: Final = re.compile(
    r"^\s*\*?(?:sent|date|to|gesendet|datum|an|envoyé|enviado|inviato|verzonden|skickat|sendt"
    r"|wysłano|odesláno|lähetetty|отправлено|data|fecha)\s*:",
    re.IGNORECASE,
)
_HEADER_NAME: Final = re.compile(
    r"^\s*\*?(?:from|von|de|da|van|från|fra|od|lähettäjä|от)\s*:\*?\s*\S", re.IGNORECASE
)
_HEADER_SENT: Final = re.compile(
    r"^\s*\*?(?:sent|gesendet|envoyé|enviado|inviato|verzonden|skickat|sendt|wysłano|odesláno"
    r"|lähetetty|отправлено)\s*:.*\d",
    re.IGNORECASE,
)
_DEVICE: Final = re.compile(
    r"^\s*(?:sent (?:from|via) my .{2,40}|sent (?:from|with) (?:outlook|mail|yahoo|proton).{0,60}"
    r"|get outlook for .{2,40}"
    r"|von meinem .{2,40} gesendet\.?|gesendet von .{2,60}|envoyé (?:de|depuis) mon .{2,40}"
    r"|enviado desde mi .{2,40}|inviato da(?:l mio)? .{2,40}|ver(?:zonden"
    r"|stuurd) vanaf mijn .{2,40}"
    r"|enviado (?:do|pelo) meu .{2,40}|skickat från min .{2,40}|sendt fra min .{2,40}"
    r"|wysłane z .{2,40}|odesláno z .{2,40}|lähetetty .{2,40}|отправлено (?:с|из) .{2,40}"
    r"|iphoneから送信|发自我的.{2,40})\s*$",
    re.IGNORECASE,
)


def _introduces(line: str) -> bool:
    """Tell the line above a quote; the colon at its end is looked for first, being quick."""
    return line.rstrip().endswith((":", "：")) and _INTRODUCTION.match(line) is not None


def own_text(text: str) -> str:
    """Return a message's words without quotes, signature and what a phone adds.

    Used for the two-line preview and for telling thanks from questions; nothing is ever deleted.
    """
    kept: list[str] = []
    lines = text.splitlines()[:_MOST_LINES]
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if _ends_own_words(line, following):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return "\n".join(kept).strip()


def _ends_own_words(line: str, following: str) -> bool:
    if line in {"-- ", "--"} or _DIVIDER.match(line) or _introduces(line):
        return True
    if _DEVICE.match(line):
        return True
    if _HALF_INTRODUCTION.match(line) and _introduces(f"{line} {following}"):
        return True
    return _begins_letter_head(line, following)


def _begins_letter_head(line: str, following: str) -> bool:
    """Tell the head of a letter; "From: Max, To: Anna" alone may be meant for a gift's card."""
    if not _HEADER_NAME.match(line):
        return False
    is_address_line = "@" in line and _QUOTED_HEADER_NEXT.match(following)
    return bool(is_address_line or _HEADER_SENT.match(following))


def introduces_quote(line: str, following: str) -> int:
    """Return how many lines introduce what is quoted below them (``On … wrote:``); 0 for none."""
    if _introduces(line):
        return 1
    is_half = _HALF_INTRODUCTION.match(line) and _introduces(f"{line} {following}")
    return 2 if is_half else 0


def begins_all_quoted(line: str, following: str) -> bool:
    """Tell whether from this line on everything is quoted: a divider, or the head of a letter."""
    if _DIVIDER.match(line):
        return True
    return _begins_letter_head(line, following)


_LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_QUESTION: Final = re.compile(r"[?？؟⸮⁇❓❔‽]")


def signs_of_words(subject: str, text: str) -> frozenset[Sign]:
    """Return what the subject and a person's own words show."""
    own = _LINK.sub(" ", own_text(text))
    signs: set[Sign] = set()
    if _QUESTION.search(own):
        signs.add(Sign.QUESTION)
    if is_reaction(own) and not _QUESTION.search(own):
        signs.add(Sign.REACTION)
    elif not _QUESTION.search(own) and is_courteous(own) and not _asks(subject):
        signs.add(Sign.COURTEOUS)
    return signs_of_subject(subject) | signs


def _asks(subject: str) -> bool:
    """Tell whether a subject asks; that of an answer is a quote."""
    is_own = subject_stem(subject) == " ".join(subject.casefold().split())
    return is_own and _QUESTION.search(subject) is not None


def signs_of_subject(subject: str) -> frozenset[Sign]:
    """Return what the subject alone shows."""
    if not is_absence(subject):
        return frozenset()
    asks = _QUESTION.search(subject) is not None
    return frozenset({Sign.ABSENT_SUBJECT, Sign.ABSENT_QUESTION} if asks else {Sign.ABSENT_SUBJECT})


_LABEL: Final = re.compile(
    r"^[\s*•·-]*(?P<label>[^\W\d_][\w '’/()-]{0,38}?)(?:\s*\*?\s*[:：]\s*\*?\s*(?P<value>.*)"
    r"|\s*-{3,})$"
)
_NAME_LABELS: Final = (
    "name", "your name", "full name", "first name", "customer name", "contact name", "ihr name",
    "vorname", "nom", "votre nom", "nombre", "nome", "il tuo nome", "naam", "namn", "navn", "nimi",
    "nachname", "ihr vorname", "prénom", "nom et prénom", "apellidos", "nome e cognome", "cognome",
    "uw naam", "ditt namn", "imię", "imię i nazwisko",
    "jméno", "имя", "ваше имя", "お名前",
    "名前", "氏名", "姓名", "您的姓名", "이름", "성함",
)  # fmt: skip
_EMAIL_LABELS: Final = (
    "email", "e-mail", "mail", "email address", "e-mail address", "your email", "your e-mail",
    "your email address", "customer email", "contact email", "reply to", "e-mail-adresse",
    "ihre e-mail", "ihre e-mail-adresse", "email-adresse", "courriel", "adresse e-mail",
    "adresse email", "correo", "correo electrónico", "posta elettronica", "e-mailadres",
    "e-post", "epost", "sähköposti", "adres e-mail", "e-postadress", "e-postadresse", "mailadresse",
    "uw e-mail", "uw e-mailadres", "votre e-mail", "votre adresse e-mail", "votre email",
    "mail-adresse", "ihre mail", "email-addresse", "tu correo", "su correo electrónico",
    "dirección de correo electrónico", "la tua email", "indirizzo email", "indirizzo e-mail",
    "seu e-mail", "endereço de e-mail", "sähköpostiosoite", "twój e-mail", "adres email",
    "эл. почта", "электронная почта", "почта", "メールアドレス", "メール",
    "邮箱", "电子邮件", "電子郵件", "이메일",
)  # fmt: skip
_WORDS_LABELS: Final = (
    "message", "your message", "body", "comment", "comments", "question", "inquiry", "enquiry",
    "details", "subject", "nachricht", "ihre nachricht", "mensaje", "messaggio", "mensagem",
    "bericht", "meddelande", "besked", "viesti", "wiadomość", "phone", "telephone", "telefon",
    "ihre frage", "anfrage", "betreff", "votre message", "objet", "demande", "tu mensaje", "asunto",
    "consulta", "oggetto", "richiesta", "uw bericht", "onderwerp", "vraag", "assunto", "ärende",
    "emne", "aihe", "temat", "zpráva",
    "сообщение", "вопрос", "тема", "お問い合わせ内容",
    "内容", "件名", "メッセージ", "留言",
    "消息", "主题", "메시지", "문의 내용", "comment or message",
    "notes", "how can we help", "what can we help you with", "country code", "order number",
)  # fmt: skip
_IN_TEXT: Final = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\\\]]+")
_MOST_FORM_LINES: Final = 120


def form_fields(text: str) -> FormFields | None:
    """Return who filled in a form, when the text has a form's fields: an address and one more."""
    found: dict[str, str] = {}
    lines = [line.strip() for line in text.splitlines()[:_MOST_FORM_LINES]]
    for index, line in enumerate(lines):
        match = _LABEL.match(line)
        words = match["label"] if match else line
        label = " ".join(words.casefold().replace("*", "").split()).removesuffix(" (required)")
        value = (match["value"] or "").strip(" *") if match else ""
        value = value or _next_value(lines[index + 1 :])
        for kind, labels in (
            ("name", _NAME_LABELS),
            ("email", _EMAIL_LABELS),
            ("words", _WORDS_LABELS),
        ):
            if label in labels:
                found.setdefault(kind, value)
    if "email" not in found:
        found |= _sender_in_body(lines)
    address = _IN_TEXT.search(found.get("email", ""))
    if not address or len(found) < 2:  # noqa: PLR2004 - the address and one more field
        return None
    bare = address[0].rstrip(".")
    return FormFields(found.get("name", ""), bare) if is_address(bare) else None


_SENDER_LINE: Final = re.compile(
    r"(?:from|von|de|da|van|från|fra|od)\s?:\s*(?P<name>[^<>\[\]@]*?)"
    r"\s*[<\[]?(?P<email>[^@\s<>\[\]]+@[^@\s<>\[\]]+)[>\]]?",
    re.IGNORECASE,
)
_BODY_LINE: Final = re.compile(
    r"(?:message (?:body|text)|nachricht(?:entext|sinhalt)?|corps du message"
    r"|cuerpo del mensaje|corpo del messaggio|corpo da mensagem|bericht(?:inhoud|tekst)?"
    r"|meddelande(?:text)?|treść wiadomości)\s?:",
    re.IGNORECASE,
)


def _sender_in_body(lines: list[str]) -> dict[str, str]:
    """Return the sender that WordPress's usual form names: "From: name <address>", words below.

    The line that announces the words tells it from a letter passed on, whose head reads alike.
    """
    sender = next(filter(None, map(_SENDER_LINE.fullmatch, lines)), None)
    if sender is None or not any(map(_BODY_LINE.match, lines)):
        return {}
    return {"name": sender["name"].strip(' "'), "email": sender["email"], "words": ""}


def _next_value(lines: list[str]) -> str:
    """Return the value of a label whose form writes it on the next line."""
    following = next((line for line in lines if line), "")
    return "" if _LABEL.match(following) else following
