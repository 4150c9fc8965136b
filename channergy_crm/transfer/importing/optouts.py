"""Who must not be called or written to: how other programs say so, and the columns that look as if they did (F-27)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.text import vocabulary
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from channergy_crm.work.record import Record

NO_CALL, REFUSAL = "do_not_call", "other_refusal"
"""where a column can go: not fields, but what becomes of the person"""
SAID = {NO_CALL: N_("Do not call"), REFUSAL: N_("Another refusal (kept in the notes)")}

_TITLES = {
    NO_CALL: vocabulary.words("""
do not call, do not phone, no call, no calls, no phone calls, no phone, dnc, dnc status, dnc flag, do not call
  flag, is do not call, on dnc list, on do not call list, do not call list, do not allow phone calls, do not allow
  phone, donotphone, donotcall, phone opt out, call opt out, opted out of calls, opt out of calls, opt out of phone,
  phone opted out, has opted out of call, has opted out of phone, unsubscribed from calls, calls opt out, telephone
  opt out, telemarketing opt out, do not contact, no contact, do not solicit, do not disturb, never call, call
  blocked, blocked, dont call, don't call, tps registered, tps, ctps, opted out, opt out, optout, robinson list,
  nicht anrufen, keine anrufe, nicht kontaktieren, anrufsperre, telefonsperre, kontaktsperre, werbesperre,
  sperrvermerk, robinsonliste, robinson, telefonanrufe nicht zulassen, anrufe nicht zulassen, anruf verboten, keine
  telefonwerbung, keine telefonanrufe, nicht telefonieren, werbeverbot, kontaktverbot, gesperrt, gesperrt für
  anrufe, ne pas appeler, ne pas telephoner, ne pas contacter, pas d'appel, appels interdits, opposition
  telephonique, liste rouge, bloctel, opposition appels, ne pas autoriser les appels téléphoniques, refus d'appel,
  liste d'opposition, demarchage interdit, no llamar, no contactar, no telefonear, no permitir llamadas, no permitir
  llamadas telefónicas, lista robinson, sin llamadas, excluir de llamadas, non chiamare, non contattare, non
  telefonare, opposizione telefonate, registro opposizioni, niet bellen, niet contacteren, bel me niet, bel-me-niet
  register, niet benaderen, não ligar, não telefonar, não contactar, nao chamar, nie dzwonić, nie kontaktować, ring
  ikke, ikke ring, ring inte, nix telefon, nix
"""),  # unsaid: what other programs write
    REFUSAL: vocabulary.words("""
email opt out, e-mail opt out, mail opt out, has opted out of email, opted out of email, email opted out, opt out
  of email, do not email, do not e-mail, do not send email, do not bulk email, do not allow emails, do not allow
  bulk emails, donotemail, donotbulkemail, do not allow bulk mails, do not mail, do not allow mails, do not allow
  mail, donotpostalmail, do not send postal mail, no mail, no email, no emails, do not send, do not send marketing
  material, donotsendmm, do not fax, do not allow faxes, donotfax, fax opt out, has opted out of fax, opted out of
  fax, no fax, sms opt out, do not sms, do not text, text opt out, opted out of sms, unsubscribed, unsubscribed from
  all email, unsubscribed all, unsubscribed from emails, is unsubscribed, unsubscribe, unsubscribe reason, email
  optout, email bounced, invalid email, emailoptout, hs email optout, mailing opt out, newsletter opt out, marketing
  opt out, keine e-mail, keine e-mails, keine mails, e-mails nicht zulassen, massen-e-mails nicht zulassen, e-mail
  nicht zulassen, faxe nicht zulassen, briefe nicht zulassen, kein newsletter, keine werbung, newsletter abgemeldet,
  abgemeldet, e-mail-abmeldung, kein fax, keine post, postsperre, e-mail-sperre, mailsperre, werbewiderspruch,
  widerspruch werbung, ne pas envoyer d'e-mail, ne pas envoyer d'email, ne pas autoriser les e-mails, pas d'email,
  pas d'e-mail, désabonné, désinscrit, désinscription, refus e-mail, refus email, opposition email, pas de
  publicité, stop pub, no enviar correo, no enviar correo electrónico, no permitir correo electrónico, no enviar
  email, dado de baja, baja de correo, excluir de correo, darse de baja, sin publicidad, non inviare e-mail, non
  inviare email, disiscritto, niet mailen, geen e-mail, geen reclame, afgemeld, uitgeschreven, não enviar e-mail,
  cancelou inscrição, nie wysyłać e-maili
"""),  # unsaid: what other programs write
}
_LOOKS_LIKE = re.compile(
    r"opt[\s_-]*(?:ed|s)?[\s_-]*(?:out|in)\b|optout|optin\b|\bdo[\s_-]*not\b|\bdont\b|\bdon.t\b|donot|\bno[\s_-]?calls?\b"
    r"|\bdnc\b|unsubscri|\bconsent|\bgdpr|\bdsgvo|\brgpd|robinson|sperr|einwillig|widerspruch|widerruf|\bnicht\b|\bverbot"
    r"|\bne pas\b|\bopposition|consentement|desabon|desinscri|\brefus|\bno llamar|\bno contact|\bno enviar|\bno permit"
    r"|consentimiento|\bdado de baja|blacklist|black list|\bsuppress|\bbell?\W*me\W*niet|\bniet\b"
    r"|\bnon (?:chiam|contatt|invi)"
    r"|\bconsenso|\btoestemming|\bexclu(?:de|ded|ir|re)\b|\bcontactable|\bmay (?:we )?(?:call|contact)"
    r"|ok to (?:call|contact)"
    r"|\bcan (?:we )?(?:call|contact)|permission|\bbloctel|\bdemarchage|\bdo-not-"
    r"|\bkeine?n? (?:weiteren )?(?:anruf|e-?mail|werbung|kontakt|telefon)|\banruf\w* erlaubt|\bunerwunscht"
)
_ALLOWS = re.compile(
    r"opt[\s_-]*in\b|\bconsent|\bgdpr|\bdsgvo|\brgpd|einwillig|consentement|consentimiento|consenso|toestemming"
    r"|permission|contactable|\b(?:may|can|ok to)\b|erlaubt"
)
"""here a No is the refusal"""
_DENIES = re.compile(
    r"opt[\s_-]*(?:ed|s)?[\s_-]*out|\bnot\b|\bno\b|withdr|revo[ck]|refus|\bnicht\b|\bkeine?n?\b|wider[rs]|\bpas\b|\bnon\b|\bniet\b"
)
"""but not here: “Consent withdrawn: Yes” refuses"""
_SAYS_NO = re.compile(
    r"\bdo[\s_-]*not[\s_-]*(?:call|phone|contact|disturb|e?-?mail|solicit)|\bdon.?t (?:call|contact|phone)|\bdnc\b"
    r"|\bno (?:phone )?calls?\b|\bopted?[\s_-]*out\b|\bunsubscribed\b|\bnever call|\bnicht (?:mehr )?anrufen"
    r"|\bkeine anrufe|\brobinson[\s-]?list"
    r"|\bnicht (?:mehr )?kontaktieren|\banrufsperre|\bwerbesperre|\bne (?:pas|plus) (?:appeler|contacter)"
    r"|\bno (?:volver a )?(?:llamar|contactar)|\bnon (?:chiamare|contattare)|\bniet (?:meer )?bellen"
)
_FALSE_WORDS = """
0 0.0 no n false f off nein non nee nao não nie falsch faux falso allow allowed yes_call can_call erlaubt
zulassen ok okay autoriser autorise permitir permitido subscribed aktiv active none null - — n/a na unchecked ☐
✗ ja_anrufen call
"""  # unsaid: what stands in such columns
_FALSE = frozenset(_FALSE_WORDS.split())
_ALLOWED_WORDS = """
allow allowed yes_call can_call erlaubt zulassen ok okay autoriser autorise permitir permitido subscribed aktiv active
ja_anrufen call granted given obtained erteilt gegeben opt-in opted-in null - — n/a na
"""  # unsaid: what stands in columns of consents
_ALLOWED = frozenset(_ALLOWED_WORDS.split())
_DAY = re.compile(r"[\d./:, t+z-]*[1-9][\d./:, t+z-]*")
"""when somebody has agreed"""
_TICKS_WORDS = """
1 1.0 yes y true t x on ja j oui si sì sí s wahr vrai verdadero vero tak sim checked ✓ ✔ ☑ ☒
"""  # unsaid: what stands in such columns
_TICKS = frozenset(_TICKS_WORDS.split())


def meaning(title: str) -> str:
    """Which refusal a column of this title says; '' when it is none that is known."""
    return KNOWN.get(_plain(title), "")


def looks_like_one(title: str, cells: Iterable[str]) -> str:
    """A cell by which a column nobody has placed seems to say who must not be called or written to; '' for none."""
    by_title, allows = asks(title), _allows(title)
    told = [cell.strip() for cell in cells if refused(cell) or (allows and cell.strip())]
    return next((cell for cell in told if by_title or _SAYS_NO.search(fold(cell))), "")


def is_about_mail(title: str) -> bool:
    """Whether a refusal is one of e-mail, not of fax, letters or short messages."""
    plain = _spaced(title)
    return "mail" in plain and not any(other in plain for other in ("fax", "post", "sms"))


def of_sms(title: str) -> bool:
    """Whether a refusal is one of short messages alone."""
    plain = _spaced(title)
    return "sms" in plain or plain in ("do not text", "text opt out")  # unsaid: what other programs write


def asks(title: str) -> bool:
    """Whether a title alone makes one ask."""
    return bool(_LOOKS_LIKE.search(_spaced(title)) or meaning(title))


def refused(cell: str, title: str = "") -> bool:
    """Whether such a cell says that the person refuses; what cannot be read is taken for a refusal.

    A Yes in “Marketing Consent” agrees, a No refuses.
    """
    plain = fold(cell.strip()).strip(".! ")
    if title and _allows(title):
        return bool(plain) and plain not in _TICKS | _ALLOWED and not _DAY.fullmatch(plain)
    return bool(plain) and plain not in _FALSE


def is_plain(cell: str) -> bool:
    """Whether such a cell is nothing but a Yes or a No."""
    return fold(cell.strip()).strip(".! ") in _TICKS | _FALSE


def _allows(title: str) -> bool:
    """Whether a column of this title says who agrees."""
    spaced = _spaced(title)
    return bool(_ALLOWS.search(spaced)) and not _DENIES.search(spaced)


def noted(name: str, title: str, cell: str) -> str:
    """What is written into the notes of somebody who refuses."""
    text = " ".join(cell.split())
    if name == NO_CALL:
        said = _("Do not call")
        return said if fold(text) in _TICKS or _plain(text) == _plain(said) else f"{said} ({title}: {text})"
    return f"{title}: {text}"


def concerns(record: type[Record]) -> bool:
    """Whether these records are people or companies that can be called or written to."""
    return any(kind.dialed or kind.likeness for kind in record.kinds().values())


def _spaced(title: str) -> str:
    """`HasOptedOutOfEmail` -> `has opted out of email`."""
    return fold(re.sub(r"(?<=[a-z])(?=[A-Z])|[_*]", " ", title)).replace("’", "'")


def _plain(title: str) -> str:
    return re.sub(r"[\W_]+", "", fold(title))


KNOWN = {_plain(word): name for name, words in reversed(_TITLES.items()) for word in words}
"""every known title, letters and figures only, and which refusal it says"""
