"""Thanks, reactions and out-of-office notes, told by their words in the languages of buyers."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MOST_WORDS: Final = 12
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_THANKS: Final = re.compile(
    r"\b(?:thanks?|thx|ty|thank\s?you|danke|dankeschön|vielen dank|merci|gracias|gràcies|grazie"
    r"|obrigad[oa]|bedankt|dankjewel|dankuwel|hartelijk dank|(?:mange|tusind) tak|tak"
    r"|dank ?je|dank u|tack|takk|kiitos|dziękuję|dzięki|děkuji|díky|ďakujem|спасибо|благодарю|дякую"
    r"|хвала|hvala|благодаря|köszönöm|mul[țt]umesc|mersi|teşekkür(?:ler)?|sağ ?ol|ευχαριστώ|cảm ơn"
    r"|terima kasih|salamat|aitäh|ačiū|paldies|cheers|appreciate[d]?|grateful|gorgeous|beautiful"
    r"|lovely|stunning|perfect|wonderful|amazing|love it|love them|adore|awesome|great|fantastic"
    r"|excellent|sounds good|wunderschön|wunderbar|perfekt|toll|parfait|magnifique|superbe|perfecto"
    r"|preciosos?|preciosa|perfetto|bellissim[oa]|got it|received|arrived|all good|you too|ok"
    r"|okay|happy|love[sd]?|pretty|nice|wow|yay|prachtig|underbar[at]?|linda|lindo"
    r"|looking forward|see you|best wishes)\b"
    r"|谢谢|謝謝|多谢|多謝|ありがとう|감사|고마|धन्यवाद|शुक्रिया|ধন্যবাদ|شكرا|شكرًا|شکریہ|ممنون|תודה"
    r"|ขอบคุณ|நன்றி|ధన్యవాదాలు|ਧੰਨਵਾਦ",
    re.IGNORECASE,
)
_REQUEST: Final = re.compile(
    r"\b(?:please|pls|could|can you|cancel|refund|exchange|instead|wrong|broken?|missing"
    r"|damaged|need|not what|too (?:big|small|large|tight|loose|long|short)|let me know"
    r"|how (?:much|many|long|soon|do|does|can)|when (?:will|can|do|does|is|are)"
    r"|where (?:is|are|can)|what about|tell me|(?:would|['’]d) (?:like|love) (?:to|a|an|one|two"
    r"|three"
    r"|another|the same)|(?:like|order|buy|have|make) another|(?:not|n['’]t) fit|any (?:news"
    r"|update)"
    r"|no (?:tracking|parcel|package|news)|(?:never|not yet) (?:arrived|came|received)"
    r"|want|hasn['’]t|haven['’]t|didn['’]t|doesn['’]t|isn['’]t|send me|but|however"
    r"|(?:can|may|shall|should) (?:i|we|it|they)|do you (?:have|make|sell|ship|offer|know|think"
    r"|also)"
    r"|where (?:do|can|should|did)|wondering|not (?:yet )?arrived|yet to arrive|still waiting"
    r"|waiting for|(?<=[.!;] )(?:is|are) (?:it|this|that|there|they|these)|i(?:['’]ll"
    r"| will) (?:take|have|go with|pay)|go ahead|do it|size \d[\d.½]*"
    r"|my (?:new |correct )?address|new address is|by mistake|fell (?:out|off|apart)|came (?:off"
    r"|apart"
    r"|loose)"
    r"|which (?:one|is|are|size|color|colour|do)|(?<=[.!;,] )(?:is|are) there"
    r"|(?<=[.!;] )any(?:thing)?"
    r"|ship it|send it|make it (?:a|in|with)|let['’]s (?:do|go|make)|moved to|(?:my"
    r"|ring) size (?:is|was|should)"
    r"|twice|only (?:one|half)|empty|(?:and|und|et|y|e|en) (?:the|my|an?|die|eine|la|une|una|de"
    r"|een) (?:invoice|receipt|rechnung|facture|factura|fattura|factuur)|turn(?:s|ed) (?:my|green"
    r"|black)"
    r"|(?:is|feels|too) loose|bent|scratched|cracked|tarnish\w*"
    r"|bitte|aber|leider|zu (?:klein|groß|gross|eng|weit)|möchte|hätte gern|noch ein\w*|kaputt"
    r"|falsch|fehlt|stornieren|wann|wie (?:viel|lange|groß)|wieviel|kann (?:ich|man|er|sie)"
    r"|können (?:sie|wir)|kannst du|gibt es|haben sie|neue adresse ist|kratzt"
    r"|s['’]il|mais|(?:je )?voudrais|(?:j['’])?aimerais|trop (?:petite?|grande?)|cassée?|annuler"
    r"|est-ce|pou(?:v|rr)(?:ez|iez|ons)|peut-on|puis-je|combien|avez-vous|où (?:est|en)"
    r"|nouvelle adresse|trop serrée?"
    r"|quand (?:est|sera|arriv|pou|vien|va)\w*"
    r"|por favor|pero|quiero|quisiera|me gustaría|pequeñ[oa]|rot[oa]|equivocad[oa]|cancelar"
    r"|pueden?|podría\w*|cuánt[oa]s?|cuándo|dónde|cuál|nueva dirección|me queda (?:grande"
    r"|pequeñ)\w*"
    r"|per favore|(?<=[,.;] )ma|ma (?:è|non|il|la|mi|manca|troppo)|però|vorrei|rott[oa]"
    r"|sbagliat[oa]|annullare|può (?:essere|fare|avere|spedir|mandar|dirmi)\w*|potete|potrebbe"
    r"|quanto (?:costa|tempo|ci)|dov['’]è"
    r"|nuovo indirizzo"
    r"|quando (?:arriv|sar|verr|poss|cheg|vai)\w*"
    r"|maar|helaas|te (?:klein|groot)|kapot|verkeerd|alstublieft|graag (?:een|de|het|nog)"
    r"|kan (?:het|ik|u|je|hij|du|ni|jag|jeg)|kunt u|kun je|wanneer (?:komt|kan|wordt|is)|waar is"
    r"|hoe (?:lang|veel|duur)|nieuw adres"
    r"|mas|gostaria|queria|infelizmente|errad[oa]|quebrad[oa]|pode(?:ria|m)?|novo endereço"
    r"|när kommer|når kommer|hvornår|hur (?:lång|mycket)|hvor (?:lang|meget|er)|ny adress"
    r"|milloin|voitko|voisitko|paljonko|kiedy|czy|gdzie|kdy|kde|můžete|kolik"
    r"|когда|где|сколько|можно|можете|почему"
    r"|men|skulle vilja|tyvärr|desværre|mutta|valitettavasti|ale|chciał(?:a)?bym|niestety|bohužel"
    r"|но|хочу|пожалуйста|ama|lütfen)\b"
    r"|但|可是|不过|不過|请|請|不对|不對|错|錯|坏|壞|退款|退货|换|尺寸|ください|ですが|でも|けど|違|壊|小さ"
    r"|大き|変更|いつ|いくら|什么时候|何时|哪里|多少|吗|嗎|언제|어디|얼마|ますか|ですか|하지만|그런데|교환|환불|주세요|까요|लेकिन|कृपया|কিন্তু"
    r"|لكن|من فضلك|لیکن",
    re.IGNORECASE,
)
# Scripts that set no blank between words: two signs count as one word.
_UNSPACED: Final = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SYMBOLS: Final = frozenset({"So", "Sk", "Mn", "Cf", "Me"})
_REACTION: Final = re.compile(
    r"^\s*(?:[^\w\s?]{1,12}\s*)?.{0,80}?(?:\breacted (?:to (?:your|a) (?:message|email|mail)|via)\b"
    r"|\bhat (?:auf (?:ihre|deine) nachricht|über gmail) reagiert"
    r"|\ba réagi (?:à (?:votre|ton) message|via)"
    r"|\bha reaccionado (?:a (?:su|tu) mensaje|a través)|\breaccionó a (?:su|tu) mensaje"
    r"|\bha (?:reagito|risposto con una reazione) (?:al (?:tuo|suo) messaggio|tramite)"
    r"|\bheeft (?:op (?:uw|je) bericht|via gmail) gereageerd"
    r"|\breagiu (?:à|a) sua mensagem|\bhar reagerat på ditt meddelande"
    r"|\breagerede på din (?:meddelelse|mail)|\bzareagował)",
    re.IGNORECASE,
)
_ABSENT: Final = re.compile(
    r"^\s*(?:auto(?=\s*[:：])|auto[- ]?reply|automatic reply|automatic response|auto[- ]response"
    r"|autoreply|out of (?:the )?office|out of office autoreply|away from (?:the )?office"
    r"|(?:i am|i['’]m) (?:currently )?out of (?:the )?office|ooo"
    r"|vacation (?:reply|response)|on (?:vacation|holiday)"
    r"|abwesenheitsnotiz|auto-?antwort|automatische (?:antwort|rückmeldung)|abwesend|(?:ferien"
    r"|urlaubs)?abwesenheit(?:smeldung)?"
    r"|réponse automatique|absence(?: du bureau)?|absent du bureau|message d['’]absence"
    r"|respuesta automática|fuera de la oficina|ausente"
    r"|autosvar|automatiskt svar|automatisk svar|frånvaro(?:meddelande)?|fravær(?:smelding"
    r"|sbesked)?"
    r"|fuori sede|fuori ufficio|risposta automatica|assente"
    r"|automatisch antwoord|automatische beantwoording|afwezig|afwezigheid(?:sbericht)?"
    r"|resposta autom[áà]tica|ausência|fora do escritório"
    r"|automaattinen vastaus|poissa(?:oloilmoitus)?|automatyczna odpowiedź|odpowiedź automatyczna"
    r"|autoodpowiedź|nieobecność"
    r"|automatická odpově[ďd]|automatická odpoveď|nepřítomnost"
    r"|автоматический ответ|автоответ|автоматична відповідь"
    r"|otomatik yanıt|ofis dışında|automatikus válasz|răspuns automat|αυτόματη απάντηση"
    r"|自动回复|自動回覆|自动答复|自動応答|自動返信|不在通知|자동 ?회신|자동 ?응답|부재중"
    r"|رد تلقائي|תשובה אוטומטית|स्वचालित उत्तर)(?!\w)[^:：?？]{0,40}[:：]",
    re.IGNORECASE,
)


def is_absence(subject: str) -> bool:
    """Tell an out-of-office note by its subject: at the very start, with the colon."""
    return _ABSENT.match(unicodedata.normalize("NFC", subject)) is not None


def is_only_symbols(text: str) -> bool:
    """Tell whether a text is one or a few emoji and nothing else."""
    seen = [char for char in text if not char.isspace()]
    return bool(seen) and all(unicodedata.category(char) in _SYMBOLS for char in seen)


def is_reaction(own: str) -> bool:
    """Tell words that are only a reaction laid upon a letter."""
    return is_only_symbols(own) or _REACTION.match(own) is not None


def is_courteous(own: str) -> bool:
    """Tell thanks: at most twelve words, no wish among them (the caller saw no question mark)."""
    return (
        word_count(own) <= _MOST_WORDS
        and _THANKS.search(own) is not None
        and _REQUEST.search(own) is None
    )


def word_count(text: str) -> int:
    """Count the words of a text, also where a script sets no blanks between them."""
    letters = "".join(char for char in text if unicodedata.category(char) not in {"Mn", "Mc"})
    unspaced = _UNSPACED.findall(letters)
    spaced = _WORD.findall(_UNSPACED.sub(" ", letters))
    return len(spaced) + (len(unspaced) + 1) // 2
