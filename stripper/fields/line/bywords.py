"""The words that introduce an author in a line: "By", "Von", "Texte :", "Автор:", "記者". Expressions only."""

from __future__ import annotations

import re

_WITH_PICTURES = (
    r"(?:words|text|texte|texto|testo|tekst|story|report|reporting) (?:and|und|et|y|e|en|og|och|&|\+) (?:pictures?|photos?|photographs?|"
    r"photography|images?|illustrations?|video|fotos?|bilder|fotografías?|fotografias?|fotografie)"
)
_PIECES = (
    r"story|words|analysis|opinion|commentary|interview|review|report|essay|article|post|guide|recipe|column|feature|tutorial|blog|editorial|news|"
    r"blog entry|entry|kommentar|artikel|beitrag|blog ?beitrag|blogeintrag|eintrag|rezept|"
    r"analyse|gastbeitrag|gastkommentar|leitartikel|bericht|reportage|kolumne|glosse|porträt|text|texte|un texte|une analyse|chronique|"
    r"tribune|enquête|article|texto|reportaje|crónica|columna|reportagem|crônica|coluna|artigo|artículo|articolo|intervista|testo|tekst|krönika|"
    r"analys|kronikk|klumme|komentář"
)
_DONE = (
    r"written|posted|published|reported|authored|contributed|geschrieben|veröffentlicht|verfasst|"
    r"gespeichert|eingestellt|publiziert|erstellt|propos recueillis|rédigé|écrit|publié|publicado|"
    r"publicada|escrito|escrita|elaborado|redactado|pubblicato|scritto|geschreven|gepubliceerd|skrevet|skriven|publicerad|napisane|scris|publicat"
)
_INTRO = (
    r"(?:(?:avatar|(?:byline )?profile|author)(?: photo| image| picture)? ?|(?:an? |ein |eine |un |une |una |um |uma |this |dieser |ce |este )?"
    rf"(?:{_PIECES}) (?:was |is |wurde |a été |foi |fue )?(?:originally )?|"
    rf"(?:{_DONE}|{_WITH_PICTURES}) ){{0,3}}"
)
_LABELS = (
    r"autor(?:/-|[:*_])in(?:nen)?|written|reporting|story|words|text|texte|texto|testo|tekst|teksti|szöveg|besedilo|autor(?:in|en|a|es|zy|ka|i|ul)?|"
    r"autor(?:in)?/autor|autor tekstu|"
    r"autore|auteur|auteure|autrice|auteurs|author|authors|author\(s\)|autori|autoři|autorka|écrit par|rédigé par|forfatter|skribent|skribenter|"
    r"reporter|reportrar|journalist|journaliste|writer|writers|contributors?|door|yazan|yazar|haber|muhabir|автор|авторы|автор статьи|автор текста|"
    r"текст|автори|подготовил|подготовила|подготовили|підготував|підготувала|записал|записала|корреспондент|رپورٹ|تحریر|نویسنده|به قلم|"
    r"लेखक|लेखिका|रिपोर्ट|रिपोर्टर|द्वारा|प्रस्तुति|penulis|oleh|laporan|pewarta|tác giả|bài|thực hiện|szerző|írta|toimittaja|kirjoittaja|redakteur|"
    r"giornalista|a cura di|rédaction|reportage|reportaje|reportagem|redactor|redacteur|opracował|opracowała|oprac\.|napisał|napisała|"
    r"napsal|napsala|připravil|připravila|συντάκτης|κείμενο|ρεπορτάζ|γράφει|autor:innen|autorinnen"
)
BY_WORDS = re.compile(
    rf"(?:{_INTRO}(?:by|von|vom|par|por|di|door|de la mano de|a cura di|av|af|przez|scris de|publicat de|oleh)(?: ?: ?| )\s?|"
    rf"(?:{_LABELS}|{_WITH_PICTURES})\s?(?:by)?\s?[:：]\s?|"
    r"(?:written|reporting|words|authored) by\s|autor(?:in)?/autor(?:in)? |द्वारा |author (?=(?P<twice>[^|•·,:;]{4,40}) (?P=twice)$)|"
    r"oprac\. |scritto da |(?:подготовила?|підготувала?|записала?) (?=[^\W\d_]{2,20} [^\W\d_]{2,20})|"
    r"γράφει (?:ο|η) |(?:του|της) (?=(?-i:[Α-ΩΆ-Ώ])[^\W\d_]{2,20} (?-i:[Α-ΩΆ-Ώ]))|"
    r"aus [^\W\d_]{3,20} (?:berichtet|berichten) |"
    r"(?:dal nostro inviato|dalla nostra inviata|de notre correspondante?|de notre envoyée? spéciale?) |"
    r"(?:بقلم|كتبت|كتبه|كتب|إعداد|تحرير|تقرير|حوار|מאת|בקלם)\s?[:：]?\s?|(?:写真・|取材・|写真／)?文\s?[・／/:：|｜＝=]\s?|撰\s?[/／|｜:：]\s?|"
    r"(?:本报|本報|特约|通讯员|本刊)?(?:記者|记者|编辑|編輯|撰文|撰稿|作者|執筆|著者|筆者|ライター|取材|글|취재|기자)\s?[:：/／|]\s?|글·사진\s)",
    re.I,
)
LABEL = re.compile(
    r"(?:about |meet )?(?:the |our )?"
    r"(?:authors?|writers?|autor(?:in|en|es|a)?|auteurs?|autor[ei]|автор|yazar|written by|l'auteur|der autor|die autorin)"
    r"(?: of (?:the|this) (?:article|post))?\s?[:：]?",
    re.I,
)
INTERVIEW = re.compile(r"(?:interview|gespräch|entrevista|intervista|entretien|wywiad|rozhovor|röportaj|söyleşi|интервью)\s?[:：]\s?", re.I)
"""A label before the name of who asked, or of who answered: the reader of the page must tell."""
HAN = re.compile(
    r"(?:(?:[\u3400-\u9fff]{2,8})?(?:記者|记者)\s?(?P<after>[\u3400-\u9fff]{2,4})(?:\s|$|[/／|])|"
    r"(?P<before>[\u3400-\u9fff]{2,4})\s?(?:記者|记者)$|"
    r"[(（【](?P<kana>[\u3400-\u9fff]{2,6}) ?(?:記者|记者)[)）】]$|"
    r"(?P<hindi>[\u0900-\u097f]{2,20}(?: [\u0900-\u097f]{2,20}){1,3}) द्वारा(?=$|[ ,|।])|"
    r"(?:[\[(【][^\])】]{2,16}[\])】]\s?)?(?P<korean>[가-힣]{2,4})\s?(?:특파원|선임|수습)?기자)"
)
SIGN = re.compile(
    r"(?:^|[^\w])(?:by|von|par|por|di|door|av|af|przez|oleh|текст|автор)[ :A-Z]|\d|記者|记者|[文撰]\s?[/／|｜:：]|기자|द्वारा|लेखक|بقلم|كتب|إعداد", re.I
)
"""A cheap sign that a line of many words may name its author all the same."""
SOURCE = re.compile(
    r"(?:source|quelle|fuente|fonte|bron|źródło|kaynak|источник|джерело|المصدر|स्रोत|来源|來源|出典|출처|sumber|nguồn|zdroj|forrás|sursa|källa|kilde|"
    r"lähde|πηγή)\s?[:：]\s?",
    re.I,
)
"""A label before the agency that a story is taken from."""
INTRODUCES = re.compile(
    r"(?:^|[^\w])(?:by|von|vom|par|por|di|door|av|af|przez|oleh|autor\w{0,3}|auteurs?|autore|authors?|written|text|words|автор|текст|yazan)(?!\w)|"
    r"記者|记者|文\s?[/／|｜:：・]|作者|執筆|기자|द्वारा|लेखक|بقلم|كتب|إعداد",
    re.I,
)
"""A cheap sign that a line may hold a by-word at all."""
LAST_LETTERS = (":", "：", "by", "von", "vom", "par", "por", "di", "door", "av", "af", "przez", "oleh", "mano", "de")
"""How a line ends that is a by-word and nothing else."""
PORTRAIT = re.compile(
    r"(?:profile )?(?:picture|photo|photograph|image|portrait|headshot|bild|bilde|foto) (?:of|von|av|de|di) "
    r"(?P<name>[^|•·,]{4,60}?) (?=(?:by )?(?P=name)(?!\w))",
    re.I,
)
"""A portrait's alternative text before the name itself."""
TWICE = re.compile(r"(?P<name>[^|•·,:;\d]{4,40}?)\s?(?=(?:written )?by\s{1,2}(?P=name)(?!(?-i:[a-z])))", re.I)
"""A name before the by-word and the name."""
