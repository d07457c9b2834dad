"""Names of months, as news pages print them, in some fifty languages: whole, abbreviated, and inflected as they stand in a date.

The names are those of the languages' calendars (checked against Unicode CLDR's Gregorian formats); romanised forms are left out.
"""

from __future__ import annotations

_NAMES = """
january jan januar janvier janv enero ene janeiro gennaio gen januari styczeń stycznia sty ocak oca января январь янв січня січень січ януари
leden ledna led siječnja siječanj januára január ianuarie ian tammikuuta tammikuu ιανουαρίου ιανουάριος ιαν sausio sausis janvāris janvārī
jaanuar يناير جانفي ژانویه जनवरी জানুয়ারি ינואר בינואר มกราคม ม.ค janúar gener urtarrila ஜனவரி జనవరి ജനുവരി جنوری јануар јануари januarja
जानेवारी જાન્યુઆરી იანვარი հունվարի қаңтар yanvar janar

february feb februar février fevrier févr fevr fév fev febrero febr fevereiro febbraio februari luty lutego lut şubat şub февраля февраль фев
лютого лютий лют февруари únor února úno veljače veljača februára február februarie helmikuuta helmikuu φεβρουαρίου φεβρουάριος φεβ vasario
vasaris februāris februārī veebruar فبراير فيفري شباط فوریه फरवरी फ़रवरी ফেব্রুয়ারি פברואר בפברואר กุมภาพันธ์ ก.พ febrúar febrer பிப்ரவரி
ఫిబ్రవరి فروری фебруар februarja फेब्रुवारी ફેબ્રુઆરી ഫെബ്രുവരി თებერვალი փետրվարի ақпан fevral shkurt pebrero

march mar märz maerz mär mrz mars marzo março marco maart mrt marzec marca mart марта март мар березня березень бер březen března bře ožujka
ožujak marec márca március márc martie maaliskuuta maaliskuu μαρτίου μάρτιος μαρ kovo kovas marts martā märts maret mac مارس آذار मार्च মার্চ
מרץ במרץ มีนาคม มี.ค març மார்ச் మార్చి مارچ માર્ચ മാർച്ച് მარტი մարտի наурыз machi marso

april apr avril avr abril abr aprile kwiecień kwietnia kwi nisan nis апреля апрель апр квітня квітень квіт кві април duben dubna dub travnja
travanj apríla április ápr aprilie huhtikuuta huhtikuu απριλίου απρίλιος απρ balandžio balandis aprīlis aprīlī aprill أبريل ابريل أفريل نيسان
آوریل अप्रैल এপ্রিল אפריל באפריל เมษายน เม.ย apríl ஏப்ரல் ఏప్రిల్ اپریل aprila एप्रिल એપ્રિલ ഏപ്രിൽ აპრილი ապրիլի сәуір aprel aprili prill

may mai mayo maio maggio mag mei maj maja mayıs мая май травня травень трав тра květen května kvě svibnja svibanj mája máj május toukokuuta
toukokuu μαΐου μαϊου μάιος μάη gegužės gegužė maijs maijā maí مايو ماي أيار مه मई মে מאי במאי พฤษภาคม พ.ค maig மே మే مئی мај मे મે മെയ് მაისი
մայիսի мамыр

june jun juni juin junio junho giugno giu czerwiec czerwca cze haziran haz июня июнь июн червня червень чер черв юни červen června čvn lipnja
lipanj júna jún június iunie iun kesäkuuta kesäkuu ιουνίου ιούνιος ιουν birželio birželis jūnijs jūnijā juuni júní يونيو جوان حزيران ژوئن जून
জুন יוני ביוני มิถุนายน มิ.ย juny ஜூன் జూన్ جون јун јуни junija જૂન ജൂൺ ივნისი հունիսի маусым iyun qershor hunyo

july jul juli juillet juil julio julho luglio lug lipiec lipca lip temmuz tem июля июль июл липня липень лип юли červenec července čvc srpnja
srpanj júla júl július iulie iul heinäkuuta heinäkuu ιουλίου ιούλιος ιουλ liepos liepa jūlijs jūlijā juuli júlí يوليو جويلية تموز ژوئیه जुलाई
জুলাই יולי ביולי กรกฎาคม ก.ค juliol ஜூலை జూలై جولائی јул јули julija जुलै જુલાઈ ജൂലൈ ივლისი հուլիսի шілде iyul julai korrik hulyo

august aug août aout agosto ago augustus sierpień sierpnia sie ağustos ağu августа август авг серпня серпень серп сер srpen srpna srp kolovoza
kolovoz augusta augusztus elokuuta elokuu αυγούστου αύγουστος αυγ rugpjūčio rugpjūtis augusts augustā agustus ogos ágúst أغسطس اغسطس أوت آب اوت
अगस्त আগস্ট אוגוסט באוגוסט สิงหาคม ส.ค agost ஆகஸ்ட் ఆగస్టు اگست avgust avgusta ऑगस्ट ઑગસ્ટ ഓഗസ്റ്റ് აგვისტო օգոստոսի тамыз avqust agosti gusht

september sept sep septembre septiembre setiembre setembro set settembre wrzesień września wrz eylül eyl сентября сентябрь сен сент вересня
вересень вер септември září zář rujna rujan septembra szeptember szept septembrie syyskuuta syyskuu σεπτεμβρίου σεπτέμβριος σεπ rugsėjo rugsėjis
septembris septembrī سبتمبر أيلول سپتامبر सितंबर सितम्बर সেপ্টেম্বর ספטמבר בספטמבר กันยายน ก.ย setembre செப்டம்பர் సెప్టెంబర్ ستمبر септембар
septembar सप्टेंबर સપ્ટેમ્બર സെപ്റ്റംബർ სექტემბერი սեպտեմբերի қыркүйек sentyabr septemba shtator setyembre

october oct oktober okt octobre octubre outubro out ottobre ott październik października paź ekim eki октября октябрь окт жовтня жовтень жов
жовт октомври říjen října říj október októbra octombrie lokakuuta lokakuu οκτωβρίου οκτώβριος οκτ spalio spalis oktobris oktobrī oktoober أكتوبر
اكتوبر اکتبر अक्टूबर অক্টোবর אוקטובר באוקטובר ตุลาคม ต.ค октобра அக்டோபர் అక్టోబర్ اکتوبر октобар oktobar oktobra ऑक्टोबर ઑક્ટોબર ഒക്ടോബർ
ოქტომბერი հոկտեմբերի қазан oktyabr oktoba tetor oktubre

november nov novembre noviembre novembro listopad listopada lis kasım kas ноября ноябрь ноя листопада листопад лист ноември novembra noiembrie
noi marraskuuta marraskuu νοεμβρίου νοέμβριος νοε lapkričio lapkritis novembris novembrī studenoga studenog studeni nóvember نوفمبر نوامبر नवंबर
नवम्बर নভেম্বর נובמבר בנובמבר พฤศจิกายน พ.ย நவம்பர் నవంబర్ نومبر новембар novembar नोव्हेंबर નવેમ્બર നവംബർ ნოემბერი նոյեմբերի қараша noyabr
novemba nëntor nobyembre

december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre grudzień grudnia gru aralık ara декабря декабрь дек грудня
грудень груд гру декември prosinec prosince pro prosinca prosinac decembra decembrie joulukuuta joulukuu δεκεμβρίου δεκέμβριος δεκ gruodžio
gruodis decembris decembrī detsember desember des ديسمبر دسامبر दिसंबर दिसम्बर ডিসেম্বর דצמבר בדצמבר ธันวาคม ธ.ค desembre டிசம்பர் డిసెంబర్
دسمبر децембар decembar डिसेंबर ડિસેમ્બર ഡിസംബർ დეკემბერი դեկտեմբերի желтоқсан dekabr desemba dhjetor disyembre
"""

MONTHS: dict[str, int] = {name: number for number, names in enumerate(_NAMES.strip().split("\n\n"), 1) for name in names.split()}
"""Lower-case name to number, 1 to 12."""

CROATIAN_OCTOBER = frozenset({"listopad", "listopada"})
"""November in Polish, Czech and Ukrainian, October in Croatian: the one name that only the language decides."""
