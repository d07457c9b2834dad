"""The words that tell names from other words in a byline: agencies, roles, places, particles. Data only, all in small letters."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


AGENCIES = _phrases(
    """
    ap | the associated press | associated press | press association | pa | pa media | afp | agence france-presse | reuters | thomson reuters |
    dpa | dpa-afx | sid | epd | kna | apa | keystone-sda | sda | ats | awp | bloomberg | bloomberg news | upi | united press international | the
    canadian press | canadian press | aap | australian associated press | ansa | adnkronos | agi | efe | agencia efe | europa press | lusa | anp
    | belga | ritzau | ntb | tt | tt nyhetsbyrån | stt | pap | čtk | ctk | tasr | mti | hina | tanjug | srna | agerpres | mediafax | bta
    | bns | leta | elta | ukrinform | unian | tass | тасс | interfax | интерфакс | ria novosti | риа новости | anadolu | anadolu agency |
    dha | iha | aa | i̇ha | xinhua | 新华社 | 新華社 | 中新社 | 中央社 | kyodo | kyodo news | 共同通信 | 共同社 | jiji |
    jiji press | 時事通信 | yonhap | 연합뉴스 | 뉴시스 | kcna
    | pti | press trust of india | ani | ians | bss | unb | bernama | antara | vna | mcot | wafa | wam | qna | kuna | irna | isna | télam
    | telam | agencia brasil | agência brasil | estadão conteúdo | folhapress | notimex | sapa | nampa | pana | apo
    group | panapress | afp-jiji | belga/afp | dpa/afp | ap/dpa | afp/dpa | reuters/afp | प्रेस ट्रस्ट ऑफ इंडिया | भाषा | पीटीआई | एएनआई |
    رويترز | أ ف ب | وكالات | فرانس برس | د ب أ
    """
)
"""News agencies, by their names and by the letters that stand for them."""

PARTICLES = _words(
    """
    de da do dos das del della dello dei di du des d' la le les los y e el al bin bint ibn ben abu abd ul von van der den dem zu ten
    ter te 't op af av
    """
)
"""Words inside names that are written small."""

TITLES = _words(
    """
    dr dr. prof prof. professor mr mr. mrs mrs. ms ms. sir dame lord lady rev rev. phd md jr jr. sr sr. ii iii iv dipl.-ing. mag. mag ing. ing
    """
)
"""What stands before or behind a name and is no name."""

ROLES = _words(
    """
    expert doctor nutritionist dietitian creator team gründer geschäftsführer chefredakteur chefredakteurin kolumnist kolumnistin
    writer reporter correspondent editor columnist contributor journalist author producer photographer analyst blogger critic researcher fellow
    intern anchor host staff redakteur redakteurin redaktor redaktorin reporterin korrespondent korrespondentin autor autorin journalistin
    volontär volontärin freie freier mitarbeiter ressortleiter journaliste rédacteur rédactrice correspondant correspondante envoyé envoyée
    chroniqueur rédaction redactor redactora periodista corresponsal colaborador colaboradora editora repórter jornalista colunista
    correspondente giornalista redattore corrispondente inviato redacteur verslaggever dziennikarz dziennikarka muhabir muhabiri editör editörü
    yazar yazarı журналист корреспондент редактор обозреватель репортёр автор 記者 记者 特派員 編集委員 编辑
    責任編輯 责任编辑 特派記者 記者団 기자 특파원 संवाददाता director
    manager president chief ceo cto vp founder co-founder partner consultant strategist specialist engineer professor lecturer advisor coach
    marketer attorney lawyer officer head skribent redaktør redaktör reportér komentátor šéfredaktor redaktorka toimittaja újságíró szerkesztő
    redaktorius žurnalistas дописувач кореспондент adviser psychologist psychotherapist therapist counselor counsellor physician pediatrician
    dentist veterinarian pharmacist nurse scientist historian economist accountant horticulturalist horticulturist gardener educator astrologer
    reviewer tester developer designer copywriter freelancer enthusiast trainer owner cofounder chairman chairwoman spokesperson lecturer
    practitioner administrator webmaster videographer illustrator translator moderator clinician instructor planner superintendent coordinator
    principal mitglied member leiter leiterin ressortleiterin fotograf fotografin gründerin
    """
)
"""What people who sign stories are."""

TEAMS = _words(
    """
    team teams staff staffers editors editorial desk newsdesk bureau newsroom crew contributors writers reporters correspondents redaktion
    redaktionsteam rédaction redacción redação redazione redactie redakcja redakce redaktionen redaksjonen toimitus équipe equipo equipe
    """
)
"""What several people are called who sign together."""

TEAMS_FIRST = TEAMS - _words("staff staffers editors editorial desk bureau contributors writers reporters correspondents")
"""Those of them that may stand before the name ("Team Quay")."""

ANY_TEAM = _words(
    """
    the our an a and & of by editorial editor's content marketing news newsdesk web website online digital writing research product sales support
    community social media guest blog press communications pr tech sports sport business lifestyle health design seo creative data admin expert
    experts senior local national global company office medical review reviews testing buying field student faculty team staff editors writers
    contributors die unsere das der la le notre nuestro el il nostra onze de
    """
)
"""Words before (or behind) such a word that don't say whose team it is: "Editorial Team" is anybody's."""

DEGREES = _words(
    """
    phd ph.d ph.d. dphil md m.d m.d. do d.o. dds dmd dvm vmd dnp pharmd edd ed.d ed.d. psyd jd j.d. llm llb mba emba ma m.a. ms m.s. msc m.sc.
    mph mpa msw mfa med m.ed. meng bs b.s. ba b.a. bsc b.sc. bsn msn rn rd rdn ld ldn cde cdces lcsw lmft lmhc lpc lvt cpa cfp cfa cma ea cpp psp
    pmp pe cissp cscs nasm facs facp faap facc foma fand dabom dacvb esq esq. obe mbe cbe kc qc frs frcp frcs
    """
)
"""Degrees and the like that stand behind a name."""

DESKS = _words(
    """
    senior junior chief deputy managing assistant associate executive contributing special guest freelance lead global national international
    foreign political parliamentary business economics economic sports sport science health technology tech environment climate education legal
    crime court arts culture travel food news digital features investigative staff online city metro state regional local print web politische
    politischer leitender stellvertretender freie freier principal product marketing content social public sector video diplomatic defence
    defense former ex lead gear security energy markets financial consumer social-media royal religion royals film music tv media data washington
    """
)
"""Words that stand before a role and belong to it ("Parliamentary editor")."""

RANKS = _words("former deputy senior junior chief managing associate assistant executive contributing staff lead principal global")
"""Words before a role that no name ends with."""

NO_PERSON = _words(
    """
    trial original poster vendor directory thread threads tools join member members offline online frequently asked question questions final
    thoughts forum forums blog community headshot portrait avatar bild bilde bilder
    bio social sharing key takeaways takeaway select page living full show hide caption transcript highlights insights resources solutions
    rss feed policy issue current real estate inhalt navigation skip content main mehr more about events job jobs wetter weather horoscope
    horoskop quiz games game puzzles crossword radio tv magazin abo e-paper epaper shop club help hilfe kontakt impressum datenschutz
    facebook twitter instagram linkedin whatsapp telegram youtube tiktok pinterest reddit bluesky flipboard pocket email mail print
    next previous back close open show view see all-in overview summary introduction conclusion contents table guide tips review reviews
    security privacy energy climate money markets market stocks funds banking property cars motoring food recipes fashion beauty style
    football soccer cricket rugby tennis golf basketball baseball hockey cycling olympics racing
    staff admin administrator editor editors editorial newsroom desk team redaktion redaction redazione redacción redacao redação redactie
    redakcja redakce rédaction webmaster web guest anonymous contributor contributors news press media magazine daily times tribune herald
    gazette post-gazette journal review network agency agencies service services group inc llc ltd gmbh corp company university institute
    department ministry office the a an and or for with in on at from to this that these how why what when where who your our my we you it is
    are was were not no yes all more most new best top how-to subscribe share comments comment read watch listen follow photo photos
    picture image images video videos getty gallery click here sign log login register search menu home about contact privacy terms cookie
    cookies updated update published posted last modified min mins minute minutes hours hour days day ago today yesterday am pm monday tuesday
    wednesday thursday friday saturday sunday january february march june july september october november december world politics business sport
    sports opinion culture entertainment lifestyle technology science health environment travel education local national international europe
    africa asia america economy finance politik wirtschaft kultur panorama wissen meinung ausland inland nachrichten aktuell startseite anzeige
    monde politique économie société actualités accueil mundo política economía deportes cultura sociedad inicio mondo cronaca economia esteri
    sportivo politica attualità wereld binnenland buitenland nieuws świat polska kraj gospodarka wiadomości gündem dünya spor ekonomi haber мир
    политика экономика спорт культура общество новости der die das und oder mit für von zum zur im ist sind wird werden ein eine nicht auch le
    la les une un et ou avec pour dans sur est sont el los las una con para por del es son se il lo gli uno che per university's street road
    avenue north south east west united states kingdom reserved rights copyright free premium plus app download support donate store shop cart
    sale price article articles story stories story's topics topic tags tag category categories related popular trending latest breaking live
    advertisement sponsored newsletter newsletters podcast software hardware electrical platform systems library foundation association council
    society college hospital clinic insurance products labs ventures holdings corporation limited solution tools analytics checklist checklists
    licensed certified registered request quote project compare wellness prevention research development customer alert safety opportunities
    employment law dental orthodontics realty foto fot. fotos fotografía fotografia photographie фото фотография kuva kép ảnh
    fotoğraf عکس message messages autoreninfo stand ort ihr ihre warenkorb zurück weiter teilen drucken kommentar kommentare profil profile website
    webseite info infos neuer neue neues bereich artikel galerie bildergalerie nachricht ergebnis ergebnisse appell marketing
    beitrag beiträge thema themen seite seiten übersicht suche anmelden private reports report consumer
    """
)
"""A line with one of these words names no person."""

NO_PERSON_AFTER_BY = _words(
    """
    staff admin administrator newsroom desk team redaktion redacción redazione redação redactie redakcja redakce rédaction webmaster guest
    anonymous contributor contributors reporters correspondents the a an this that these your our my how why what when where who it is are was
    subscribe share comments comment read watch listen follow photo photos picture getty click here sign log login email phone mail post monday
    tuesday wednesday thursday friday saturday sunday january february march june july september october november december updated published
    posted min mins minute minutes hours hour days ago today yesterday default date relevance der die das une un el los las una il lo gli
    """
)
"""These name no person even after a by-word, where "Daily Planet" is an author."""

PLACES = _phrases(
    """
    new york | los angeles | san francisco | san diego | san antonio | san jose | santa fe | las vegas | hong kong | new delhi | são paulo | sao
    paulo | rio de janeiro | buenos aires | tel aviv | kuala lumpur | cape town | den haag | the hague | mexico city | st. petersburg | saint
    petersburg | st. louis | addis ababa | abu dhabi | phnom penh | dar es salaam | el salvador | sri lanka | south africa | north korea | south
    korea | saudi arabia | united states | united kingdom | new zealand | washington dc | washington d.c. | west bank | gaza city | kansas city
    | salt lake city | new orleans | new jersey | north carolina | south carolina | frankfurt am main | san salvador | santo domingo | panama
    city | guatemala city | port-au-prince | ho chi minh city | quezon city | costa rica | puerto rico | tierra del fuego | la paz | santa cruz
    | baton rouge | palo alto | silicon valley | capitol hill | des moines | fort worth | long beach | el paso
    """
)
"""Places of several words, which look like names of persons."""

PLACE_ENDS = _words(
    """
    city town county island islands beach state province river valley
    """
)
"""Last words of names of places."""

PLACE_STARTS = _words(
    """
    port fort cape mount lake new saint st st. san santa santo são sao bad puerto porto ciudad villa
    """
)
"""First words of names of places, of those that no person's name begins with."""

NO_AUTHOR = _words(
    """
    admin administrator staff editor webmaster guest anonymous newsroom redaktion redaction author unknown none null undefined editorial default
    root user
    """
)
"""Placeholders that content systems put where an author's name belongs."""

HOME = _words(
    """
    home homepage startseite accueil inicio início principal hem hjem etusivu ana sayfa anasayfa главная головна strona główna domů domov acasă
    beranda trang chủ ホーム トップ 首页 首頁 홈 होम الرئيسية خانه
    """
)
"""What a breadcrumb begins with."""

DECK_MARKUP = _words(
    """
    standfirst deck dek subtitle sub-title subheadline sub-headline subhead subheading teaser-text lead lede article-lead summary
    article-summary intro article-intro chapo chapeau vorspann abstract excerpt article-description entradilla bajada copete sottotitolo
    occhiello ingress manchet leadtext lead-text description kicker-text
    """
)
"""Class names of standfirsts."""

FIRMS = _words("llc llp inc ltd gmbh ag kg plc sa bv nv pc co corp ab oy as spa srl")
"""Letters behind the name of a firm."""

AUTHOR_MARKUP = _words(
    """
    author authors byline bylines autor autoren auteur auteurs autore autori writer writers redacteur forfatter skribent author-name byline-name
    post-author article-author entry-author written-by authorname bylineinfo
    """
)
"""Words of class, id, role and itemprop around the names of authors."""

OTHERS_MARKUP = _words(
    """
    comment comments commenter related recommended teaser testimonial testimonials quote blockquote reviewer reviewed reviewed-by fact-checker
    factcheck photographer popular trending recirculation recirc more-from publisher
    """
)
"""The same around the names of others."""
