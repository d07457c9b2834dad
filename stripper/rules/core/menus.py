"""Menus: rows of very short lines before and after the story, some of them words that sites name their sections and services by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stripper.rules.base import UNSURE, Example, Lines, RuleSet
from stripper.types import Block, Hit, Kind

_WORD_TEXT = """
home|homepage|news|latest|latest news|breaking news|world|international|national|local|politics|business|economy|finance|markets|technology|tech
science|health|education|environment|climate|culture|arts|books|music|film|movies|tv|entertainment|lifestyle|life|style|fashion|food|food & drink
recipes|travel|sport|sports|football|cricket|tennis|rugby|opinion|comment|editorial|editorials|letters|columnists|columns|analysis|features
features & analysis|crime|weather|video|videos|podcast|podcasts|photos|gallery|galleries|live|magazine|archive|archives|e-paper|epaper|newsletter
newsletters|obituaries|classifieds|jobs|careers|shop|store|events|crossword|crosswords|games|puzzles|horoscopes|about|about us|our team|our story
contact|contact us|advertise|advertise with us|help|faq|faqs|support|privacy|privacy policy|privacy notice|terms|terms of use|terms of service
terms & conditions|terms and conditions|cookie policy|cookies|sitemap|site map|accessibility|rss|rss feeds|feedback|corrections|ethics|masthead
press|investors|partners|services|products|solutions|resources|blog|blogs|community|members|membership|login|log in|sign in|sign up|register
my account|account|subscribe|donate|search|menu|sections|topics|categories|editions|more|all|see all|view all|facebook|twitter|instagram|youtube
linkedin|tiktok|pinterest|whatsapp|telegram|reviews|guides|pricing|portfolio|team|case studies|documentation|downloads|forum|forums
your privacy choices|real estate|cars|auto|autos|property|money|personal finance|science & technology|women|men|kids|family|us|uk|europe|asia|africa
startseite|nachrichten|aktuell|politik|inland|ausland|wirtschaft|finanzen|börse|panorama|kultur|wissen|wissenschaft|gesundheit|gesellschaft|lokales
regionales|regional|region|meinung|kommentare|reise|technik|netzwelt|digital|karriere|immobilien|stellenmarkt|fußball|wetter|verkehr|spiele|rätsel
newsticker|mediathek|impressum|datenschutz|datenschutzerklärung|agb|kontakt|über uns|mediadaten|abo|hilfe|anmelden|einstellungen|barrierefreiheit
veranstaltungen|themen|dossiers|fotos|bilder|leserbriefe|anzeigen|verlag|kündigen|accueil|actualité|actualités|politique|monde|société|économie
entreprises|bourse|santé|sciences|planète|environnement|régions|idées|débats|mentions légales|contactez-nous|qui sommes-nous|nos offres|plan du site
se connecter|en continu|à la une|vidéos|émissions|patrimoine|tech-médias|start-up|jeux|immobilier|emploi|aide|s'abonner|cgu|cgv|inicio|portada
noticias|última hora|política|mundo|internacional|nacional|economía|sociedad|cultura|deportes|ciencia|tecnología|salud|opinión|sucesos|vídeos
aviso legal|contacto|quiénes somos|política de cookies|política de privacidad|suscríbete|hemeroteca|economia|sociedade|esportes|desporto|saúde
ciência|opinião|entretenimento|contato|contactos|sobre nós|termos de uso|início|últimas|cronaca|politica|esteri|mondo|spettacoli|salute|scienza
tecnologia|foto|meteo|chi siamo|contatti|abbonati|abbonamenti|pubblicità|nieuws|binnenland|buitenland|politiek|economie|cultuur|wetenschap|regio
over ons|abonneren|adverteren|klantenservice|colofon|wiadomości|polska|świat|kraj|polityka|gospodarka|biznes|kultura|nauka|zdrowie|pogoda|regulamin
reklama|redakcja|prenumerata|polityka prywatności|haberler|gündem|dünya|ekonomi|siyaset|spor|kültür|kültür sanat|sağlık|teknoloji|yazarlar|künye
iletişim|hakkımızda|magazin|eğitim|yaşam|foto galeri|новости|политика|экономика|общество|в мире|мир|россия|происшествия|культура|наука|спорт
технологии|о нас|контакты|реклама|редакция|подписка|архив|главная|ニュース|政治|経済|社会|国際|スポーツ|文化|科学|国内|エンタメ|ライフ|お問い合わせ
会社概要|利用規約|プライバシーポリシー|サイトマップ|新闻|国际|财经|体育|科技|娱乐|军事|视频|图片|首页|关于我们|联系我们|company|our company|overview
product|all products|product categories|what's new|explore|discover|get started|tools|platform|industries|solutions by industry|use cases
integrations|customer stories|success stories|case study|customers|enterprise|insights|newsroom|press room|press releases|leadership|sustainability
research|locations|our locations|offices|legal|legal notice|imprint|security|trust center|help center|help centre|get help|customer service
customer support|customer care|support center|contact sales|contact support|get in touch|book a demo|request a demo|get a demo|free trial|webinars
ebooks|white papers|docs|developers|api reference|release notes|changelog|tutorials|training|courses|academy|learning center|knowledge base|glossary
templates|marketplace|partnerships|become a partner|affiliate program|affiliates|work with us|join us|join our team|who we are|what we do
our mission|our history|our services|meet the team|testimonials|awards|get involved|volunteer|apply now|admissions|academics|alumni|scholarships
current students|library|directory|departments|programs|government|healthcare|insurance|retail|financial services|manufacturing|education & training
software|analytics|marketing|design|development|cloud|accessories|new arrivals|best sellers|bestsellers|deals|sale|clearance|outlet|gift cards
gift card|gifts|gift guide|collections|brands|all brands|shop all|shop by brand|clothing|shoes|jewelry|furniture|lighting|storage|home & garden
home decor|shipping|shipping & returns|shipping & delivery|returns|returns & exchanges|return policy|refund policy|order status|track your order
track order|order tracking|size guide|store locator|find a store|find a location|where to buy|warranty|financing|wishlist|my orders|cart|checkout
careers & culture|code of conduct|cookie settings|cookie preferences|english|deutsch|español|français|italiano|português|nederlands|polski|türkçe
русский|日本語|中文|简体中文|繁體中文|한국어|العربية|svenska|dansk|norsk|suomi|magyar|čeština|ελληνικά|unternehmen|produkte|lösungen|leistungen
referenzen|partner|presse|ratgeber|service|warenkorb|versand|versandkosten|widerrufsrecht|zahlungsarten|mein konto|merkzettel|filialen|standorte
jobs & karriere|produits|services et tarifs|entreprise|boutique|livraison|nos magasins|mon compte|panier|recrutement|contactez nous|productos
servicios|empresa|tienda|envíos|mi cuenta|carrito|trabaja con nosotros|produtos|serviços|loja|minha conta|carrinho|trabalhe conosco|prodotti|servizi
azienda|negozio|spedizioni|il mio account|carrello|lavora con noi|producten|diensten|winkelwagen|mijn account|vacatures|produkty|usługi|firma|sklep
koszyk|moje konto|kariera|ürünler|hizmetler|kurumsal|sepetim|hesabım|kariyer|продукты|услуги|компания|магазин|корзина|вакансии|доставка|оплата|製品
サービス|会社情報|採用情報|ショップ|カート|产品|服务|关于|招聘|购物车|úvod|domácí|zahraničí|ekonomika|byznys|redakce|kontakty|inzerce|předplatné
nyheter|debatt|inrikes|utrikes|kundservice|politikk|økonomi|indland|udland|hírek|belföld|külföld
"""
_WORDS = frozenset(_WORD_TEXT.strip().replace("\n", "|").split("|"))
"""What sections, services and legal pages are called on many sites."""

_LEAST = 5
_FEW = 12
"""A shorter run needs two known words, a longer one needs one for so many lines."""
_PLAIN = 7
"""The same for lines without list markers."""
_MANY = 20
"""The same for a list above all that is told."""
_LEAST_ITEMS = 6
_HEAD_BLOCKS = 10
_TAIL_BLOCKS = 3
_PARAGRAPH_CHARS = 60
"""A menu stands well above the first such sentence, or below the last."""
_GLUE = re.compile(r"[a-zß-öø-ÿà-žа-яα-ω][A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]")
"""A capital right after a small letter."""
_GLUED_ENDS = frozenset('.!?:;,…。"')
_GLUED_CHARS = 600
_LEAST_GLUED_CHARS = 20
_GLUED_WORD = 8
"""Characters from one blank to the next, where some are missing."""
_SEAMS = 3
_TILES = 0.25
"""Where more of the items are said twice, as a picture's alternative text and as its link, they are tiles of goods, which a shop may be about."""
_CODE = re.compile(r"[_(){}<>=\[\]\\]|, |://|\b[a-z]+[A-Z]")
"""Code has words that begin small and go on with a capital; what has commas is a list of names."""


@dataclass(frozen=True, slots=True)
class Menu:
    """Five or more very short lines in a row that end no sentence, outside the story, with words among them that menus have."""

    id: str = "rows-of-short-lines"
    score: float = 0.72
    examples: tuple[Example, ...] = (
        Example(
            "⟦News\nHarbour\nIsland\nSport\nFerries\nWeather⟧\nFerry leaves the island for good\nMara Quill\n"
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again."
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "⟦• About us\n• Our boats\n• Contact\n• Privacy Policy\n• Harbour map⟧\n© Tarnport Courier"
        ),
        Example(
            "Mix all of it in a large bowl, and leave the dough alone until it is twice as large, which takes an hour in a warm kitchen.\n"
            "Bake it until it sounds hollow when it is knocked on, and let it cool on a rack for as long as nobody is looking.\n"
            "Flour\nButter\nSugar\nSalt\nEggs\nTreacle"
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "1. Science\n2. Travel\n3. Books\n4. Music\n5. Sport"
        ),
        Example(
            "The crew of the ferry is known by now, and the harbour office read out the names on Monday, in front of all the "
            "islanders.\nMara\nJo\nEdda\nFinn\nOla\n"
            "They are going to sail in May for the first time, and the harbour office hopes that they are going to do so every day."
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        known = {index for index, line in page.short.items() if line in _WORDS}
        if not known or page.story is None:
            return
        items = _items(page)
        told = page.paragraphs(_PARAGRAPH_CHARS)
        first, last = page.story if page.tells else (told[0], told[-1])
        for run in _runs([i for i in items if i < first], bridge=1):
            whole = run[0] < told[0] and _is_list(page, run)  # else a headline may stand between two lines
            for part in [run] if whole else _runs(run, bridge=0):
                yield from _menu(page, part, known, _MANY if whole else _FEW if _is_list(page, part) else _PLAIN)
        for run in _runs([i for i in items if i > last and not _is_numbered(page, i)], bridge=1):
            score = UNSURE if _are_tiles(page, run) or page.endings[run[0] - 1] == ":" else None  # a colon says what comes
            yield from _menu(page, run, known, _FEW if _is_list(page, run) else _PLAIN, score)


@dataclass(frozen=True, slots=True)
class ItemsAround:
    """Six or more items of a list in a row that are very short and end no sentence, well above the story's head or below its last paragraph."""

    id: str = "short-items-around"
    score: float = 0.65
    examples: tuple[Example, ...] = (
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, which some of them have done before, and which none of them wants to do again.\n"
            "© Tarnport Courier\nAbout us\nRegions\nMore\n"
            "⟦• Tarnport\n• Oldquay\n• Stell\n• Outer Island\n• Callow & Merrow\n• Tarrow⟧\nTarnport Courier"
        ),
        Example(
            "The ferry left on Monday for the last time, and the harbour office says that no other is going to come before the autumn.\n"
            "The islanders are going to row until then, and need for it what the school has in its shed, and what nobody else has got:\n"
            "• Oars\n• A boat\n• Tar\n• Gloves\n• Bread\n• A lamp"
        ),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.source != "text" or page.story is None:
            return
        told = page.paragraphs(_PARAGRAPH_CHARS)
        head, tail = told[0] - _HEAD_BLOCKS, told[-1] + _TAIL_BLOCKS
        items = [index for index in page.items if (index < head or index > tail) and page.blocks[index].lead]
        for run in _runs([index for index in items if not page.text[page.starts[index]].isalnum()], bridge=1):
            small = sum(page.text[page.blocks[index].start + page.blocks[index].lead].islower() for index in run)
            if len(run) >= _LEAST_ITEMS and 2 * small < len(run) and not _is_table(page, run):
                for index in run:
                    yield Hit(page.blocks[index].start, page.blocks[index].end)


@dataclass(frozen=True, slots=True)
class Glued:
    """A line of links that a scraper has joined without blanks: words run together, a capital after a small letter, three times or more."""

    id: str = "links-glued"
    score: float = 0.72
    examples: tuple[Example, ...] = (
        Example("⟦HarbourIslandSport & FerriesWeather⟧\nThe ferry left on Monday."),
        Example("⟦НовостиПорт и моряСпортПогода⟧\nПаром ушёл в понедельник."),
        Example("The app is called FerryTime, and it was made by an islander who had the GitHub account of the DeckHands."),
        Example("getFerryTimeTable(islandName)"),
    )

    def find(self, page: Lines) -> Iterator[Hit]:
        if page.source != "text":
            return
        for index, last in enumerate(page.endings):
            if last in _GLUED_ENDS:
                continue
            start, end = page.blocks[index][:2]
            if not _LEAST_GLUED_CHARS <= end - start <= _GLUED_CHARS or page.text.count(" ", start, end) * _GLUED_WORD > end - start:
                continue
            if _GLUE.search(page.text, start, end) and _is_glued(page, page.blocks[index]):
                yield Hit(start, end, None if page.tells and not _is_between(page, index) else UNSURE)


def _is_between(page: Lines, index: int) -> bool:
    """Whether paragraphs stand above and below a block: there a row may be a table's, or a list of goods."""
    told = page.paragraphs(_PARAGRAPH_CHARS)
    return bool(told) and told[0] < index < told[-1]


def _is_glued(page: Lines, block: Block) -> bool:
    text = page.text[block.start + block.lead : block.end]
    seams = len(_GLUE.findall(text))
    return seams >= _SEAMS and 2 * seams > text.count(" ") and text[0].isupper() and not _CODE.search(text)


def _items(page: Lines) -> list[int]:
    """Indices of the lines that may stand in a menu: no numbers, and years only with a list marker."""
    numbered = page.numbered
    return [i for i, line in page.items.items() if i not in numbered or (not line.isdigit() and (page.blocks[i].lead or not _YEAR.search(line)))]


def _runs(items: Sequence[int], bridge: int) -> Iterator[list[int]]:
    """Runs of short lines, with at most `bridge` other lines between two of them."""
    run: list[int] = []
    for index in items:
        if run and index - run[-1] > 1 + bridge:
            if len(run) >= _LEAST:
                yield run
            run = []
        run.append(index)
    if len(run) >= _LEAST:
        yield run


def _menu(page: Lines, run: Sequence[int], words: set[int], each: int, score: float | None = None) -> Iterator[Hit]:
    """The run between its first and last known word, one in so many lines; beyond them items of lists, since a headline may be as short."""
    known = [n for n, index in enumerate(run) if index in words]
    if len(known) < max(2 if len(run) < _FEW else 1, len(run) // each) or _is_table(page, run):
        return
    first, last = known[0], known[-1]
    leads = [page.blocks[index].lead > 0 for index in run]
    while first > 0 and (leads[first - 1] or any(leads[first - 2 : first - 1])):  # what groups the items of a list has no marker
        first -= 1
    while last + 1 < len(run) and (leads[last + 1] or any(leads[last + 2 : last + 3])):
        last += 1
    if last - first + 1 >= _LEAST:
        for index in run[first : last + 1]:
            yield Hit(page.blocks[index].start, page.blocks[index].end, score)


def _is_numbered(page: Lines, index: int) -> bool:
    """Whether a block is an item of a numbered list: writers number things, menus don't."""
    block = page.blocks[index]
    return block.lead > 0 and page.text[block.start].isalnum()


def _are_tiles(page: Lines, run: Sequence[int]) -> bool:
    return sum(b - a == 1 and page.short[a] == page.short[b] for a, b in pairwise(run)) > _TILES * len(run)


def _is_list(page: Lines, run: Sequence[int]) -> bool:
    """Whether most lines are items of lists."""
    return 2 * sum(page.blocks[index].lead > 0 for index in run) >= len(run)


def _is_table(page: Lines, run: Sequence[int]) -> bool:
    """Whether most lines hold digits: ingredients, scores, prices."""
    return sum(_DIGIT.search(page.short[index]) is not None for index in run) > 0.4 * len(run)


_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")


RULE_SET = RuleSet(
    name="menus",
    kind=Kind.NAVIGATION,
    marks="Rows of very short lines before and after the story: the menus of its site.",
    why="They lead around the site.",
    misses="Menus of long items, menus within the story, and short menus without any word that other sites use.",
    rules=(Menu(), ItemsAround(), Glued()),
)
