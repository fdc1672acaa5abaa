"""The field's words in the languages in which actions are reported, as concepts that meet across languages.

English; Albanian; Bosnian, Croatian, Montenegrin and Serbian; Macedonian; and, as donors write, Italian, German and
French. Words stand folded (Latin letters without marks) and mean every word that begins so, since these languages
bend their endings; a word with a full stop is meant whole. The longest beginning decides. This is the general
vocabulary of internal security and of assistance: it grows by words that any practitioner would translate so, and
never by the wording of single actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SUBJECTS: Final[Mapping[str, str]] = {
    "border": "border crossborder frontier kufi nderkuf granic prekogranic prekugranic pogranic confin grenz frontal",
    "crossing": "crossing prelaz prijelaz premin pikekalim pikakalim valic grenzuberg",
    "customs": "customs dogan carin zoll douan",
    "migration": "migra emigra imigra migrim",
    "asylum": "asyl azil asil",
    "refugee": "refuge refugj refugi izbegl izbjegl begal rifugi fluchtl",
    "reception": "reception accommodat pritje akomod strehim prihvat smestaj smjestaj prifak prifat accogl aufnahme",
    "return": "return readmi repatri kthim ripranim povrat vrakj ritorno rimpatri ruckkehr ruckfuhr retour",
    "smuggling": "smuggl kontraband krijumcar sverc contrabb schmugg schleus",
    "trafficking": "traffick trafik trafic trgovin trgovi tratta traite menschenhandel handel. traffico",
    "people": "human. being beings. people person njerez njerezor qenie ljud lic. lica. lugj covek "
    "umani. uman menschen humain",
    "arms": "arms. firearm weapon gun. guns. arme. armet. armeve. armesh. zjarri. oruzj vatren ognen armi. fuoco "
    "waffe salw. salk. sala. salv. swd.",
    "ammunition": "ammunition explosive municion eksploziv municij explosiv esplosiv sprengstoff",
    "mines": "mine. mines. demin minsk minav razminir minirim",
    "drugs": "drug drog narkot narcot opojn stupef precursor prekurzor prekursor cannabis kanabis rauschgift",
    "corruption": "corrup anticorrup korrup antikorrup korup antikorup mito. bribe integrit podmic greco.",
    "laundering": "launder pastrim pranj peren riciclag geldwasch blanchim aml. moneyval. spn. cft. fatf.",
    "money": "money cash. gotovin para. parave. parash. novca. novac. pari. denaro geld. argent. pare.",
    "finance": "financ finans finanz fiscal fisk bank",
    "economy": "economic ekonom privred gospodar stopan wirtschaft",
    "assets": "asset pasuri aset imovin imot beni. vermog avoirs proceed prihod ardhurat provent",
    "confiscation": "confisc seiz forfeit freez konfisk sekuestr sekvestr ngrirj oduzim oduzet oduzm zaplen zaplj "
    "zamrz odzem odzemen sequest einzieh recover trace. tracing",
    "cyber": "cyber kiber sajber kibern visokotehnolosk computer kompjut internet online ciber",
    "evidence": "evidence prova. provave. dokaz prove. beweis preuve forens forenz",
    "terrorism": "terror antiterror kunderterror counterterr antiteror teror kontrater protivteror ftf.",
    "extremism": "extrem ekstrem estrem radical radikal deradik pcve. pve. cve. violent. violence dhunsh nasiln "
    "polaris polariz",
    "prison": "prison penit inmate detention correction burg burgj korrekt zatvor kazn osudjen denuar izvrsenj sankcij "
    "osuden carcer gefang haft. pritvor probat probac proves. lirim",
    "reintegration": "reinteg rehabil riinteg risocial resocial rezocial reinser postpen otpust otpustanj",
    "victims": "victim viktim zrtav zrtv vittim opfer surviv prezivjel prezivel mbijet",
    "compensation": "compens kompens demshperb naknad obeste obestet odstet nadomest risarc entschad remed lijek. "
    "lijekov lek. lekov ljekov",
    "children": "child femij minor maloljet malolet djec deca. dece. decu. detsk deca kinder bambin enfant minori",
    "youth": "youth young rinj rinis mlad omladin giovan jugend jeun",
    "labour": "labour labor. punetor radn eksploat exploit shfrytez eksploatac rabotn sfrutt arbeits",
    "police": "police polic poliz",
    "law enforcement": "enforcement zbatuese zbatues zbatuesve sprovodj provodj sprovedb strafverfolg applicazione",
    "investigation": "investig hetim hetues hetuesh istrag istraz istrazn istrazit indagin ermittl enquet fiu. jit.",
    "prosecution": "prosec prokuror tuzil tuzilast tuzitel obvinit obvinitel procur staatsanwa gonjenj gonenj "
    "ndjekje. parquet",
    "justice": "justic judic judge court. courts. drejtes gjyq gjyqes gjykat pravosudj pravosud pravd pravda sud. "
    "sudsk sudov sudij sudstv giustiz giudiz justiz gericht tribunal",
    "rule of law": "vladavin vladeenj sundim sundimi rechtsstaat rule.",
    "crime": "crime crimin krim krivic krivicn penal verbrech delit zlocin",
    "organised": "organised. organized. organizuar organizir organizov organizzat organisiert organis.",
    "serious": "serious rende. renda. tesk tezak. teskog tezok grav. grave. schwer",
    "passengers": "passeng pasagj udhetar putnik putnic patnik patnic passegger pnr. api. fluggast",
    "cargo": "cargo container kontejn mallra mallrave ngarkes teret tovar merci. fracht",
    "ports": "airport aeroport aerodrom seaport port. ports. porte. porteve luka. luke. lukama. pristanist porti. "
    "hafen flughaf",
    "documents": "document passport dokument pasaport pasos pasosh passaport ausweis",
    "biometrics": "biometr fingerprint gjurme otisc otisak otpecat eurodac afis. impront",
    "surveillance": "surveill mbikeq vezhg vezg survej nadzor monitor. monitorin nadgled sorvegl uberwach "
    "radar kamer camera "
    "telecamer video videonad termov thermal termokam",
    "drones": "drone dron bespilot bezpilot pezapilot letjel letel uav.",
    "maritime": "maritim marin coast sea. blue. det. detar bregdet blu. plav mor. more. pomorsk obal obalsk vessel "
    "boat anij lundr mjetelundr plovil camac brod patrolcamac kust kuste",
    "vehicles": "vehicle automjet vozil avtomob fahrzeug veicol voiture",
    "aviation": "helicop helikop aviat ajror ajrore vazduh vozdus zrakopl elicott luftfahrt",
    "storage": "storage stockpil magazin depo. depove skladis deponir",
    "ballistics": "ballist balist",
    "export control": "export eksport izvoz esport ausfuhr strateskaroba nonprolif",
    "infrastructure": "infrastr construct rindert rekonstr reconstr rinovim obnov modern gradez",
    "critical": "critical kritik kriticn kritisch critich",
    "environment": "environment mjedis okolis okolin zivotn waste mbetj otpad wildlif",
    "heritage": "heritage trashegim bastin nasledj kulturn cultural",
    "schengen": "schengen sengen shengen acquis akvi",
    "budget": "budget buxhet budzet bugjet buget proracun haushalt bilancio",
    "civil society": "civil. society. civile. civiln civilni shoqer civilsoc nevlad nvo. ngo. ngos. ojf. ojq. "
    "ojshc. oshc. cso. csos. gradjan graganski graganska gragjan gradan zivilges",
    "community": "communit komunit bashkesi zajednice zaednic local. lokal vendor municip komun opstin opcin "
    "gemeind comunit",
    "women": "women. woman. gender gjinor gruas. grat. zen. zena. zene. rodn rodno frauen donne",
    "disasters": "disaster katastrof fatkeq emergenc emergjenc vanredn vonredn vatrogas zjarrf",
    "witnesses": "witness deshmit svedok svjedok testimon zeug",
    "interoperability": "interop",
    "intelligence": "intelligen inteligj obavest obavjest razuznav informativ spion",
    "mapping": "mapping roadmap hartez hartim udherref mapir putokaz",
    "identity": "identit identif",
    "visa": "visa. visas vize. viza. vizen visum visti",
    "families": "famil porodic obitelj semejstv",
    "health": "health mental shendet zdrav gesundh salut",
    "hate": "hate. hatecrime urrejtj mrznj omraz",
    "property": "counterf falsif fals. falsifik krivotv pirat intelekt intellect",
    "nuclear": "cbrn. chemic kimik hemij hemisk biolog radiolog nuclear nuklear berthamor",
    "war crimes": "war. ratn vojn lufte. zhdukur missing nestal",
    "football": "sport. sports. hooligan huligan football fudbal futboll",
    "car theft": "theft vjedhj krad krag kradj",
    "tobacco": "tobacco duhan cigar akciz excise",
    "vetting": "vetting vetim",
    "secretariat": "secretar sekretar",
}
"""What an action is about."""

MEANS: Final[Mapping[str, str]] = {
    "training": "train trajnim trajnu obuk obuc usavrsav formazion ausbild schulung kurs course academ akadem",
    "equipment": "equip pajis oprem attrezz ausrust ausstatt",
    "donation": "donat donac donim dhur dhurim donazion spend poklon daru",
    "legislation": "legisl legjisl law. laws. legal ligj ligjor zakon zakonod pravn convention konvent konvenc "
    "propis regulat rregull legge legal. legislaz gesetz",
    "advice": "advis advic keshill savet savjet sovet konsult consult consul berat",
    "experts": "expert ekspert strucnj strucnu strucna esperti",
    "mentoring": "mentor ugradj embedded second. secondm seconded dergim",
    "twinning": "twin binjak tvin gemell",
    "research": "research study. studies. studim hulumt istrazivan studij analys analiz forsch ricerc",
    "assessment": "assess vleres procen procjen valut evaluac evalu bewert",
    "strategy": "strateg plan. planif planir plane.",
    "grants": "grant subgrant regrant nengrant skem shem",
    "network": "network rrjet mrez netzwerk rete. reti.",
    "coordination": "coordin koordin bashkerend",
    "cooperation": "cooper bashkepun saradnj suradnj sorabot zusammenarb",
    "exchange": "exchang shkemb razmen razmjen scambi austausch",
    "workshops": "workshop seminar punetori radionic rabotilnic conferenc konferenc",
    "joint": "joint perbashk zajednick zaednick gemeins congiunt",
    "operations": "operation operac operat patrol patrull deploy upuciv upucen rasporedj einsatz",
    "systems": "software softver softuer system sistem database databaz platform data. dhena podac podatak podatok "
    "podatoc daten dati. informatic",
    "centre": "centre center qend qender centar zentrum centro hub",
    "fund": "fund. funds fond fonds",
    "pilot": "pilot",
    "advocacy": "advoca avokim zagovar zastapuv",
    "needs": "need. needs. nevoj potreb bisogn bedarf",
    "crisis": "crisis kriz crisi krise",
    "risk": "risk rrezik rizik rizic rischi threat kercenim kanosj prijetnj pretnj zakan bedroh minacc",
    "procedures": "procedur postup",
    "protection": "protect mbrojt zastit schutz protez",
    "detection": "detect detekt zbulim otkriv erkenn",
    "resilience": "resilien rezilien otporn qendruesh",
    "guides": "handbook manual guid udhezu prirucnik priracnik vodic smernic smjernic",
    "education": "educat edukac obraz arsim bildung",
    "registration": "registr regjistr evident",
    "reform": "reform",
    "mobile": "mobil levizsh pokretn",
    "digital": "digital dixhital electron elektron",
    "automation": "automat avtomat",
    "statistics": "statist",
    "awareness": "awareness vetedij ndergjeg svijest svest svesn sensibil bewusst",
    "rights": "rights drejtat prava. pravata menschenrech diritti",
}
"""By what means it helps."""

COMMON: Final[Mapping[str, str]] = {
    "support": "support assist help mbesht ndihm asist podrsk podd podrz pomoc pomos asistenc sosteg unterst "
    "aide. appui",
    "strengthen": "strength forcim fuqiz permires rritj enhanc improv reinforc consolid konsolid upgrad jacanj "
    "unapr poboljs ojac zajakn podobr rafforz migliora stark verbesser promov",
    "capacity": "capac kapac",
    "fight": "fight combat counter against tackl action luft. luftim luftes kunder veprim borb protiv protivu akcij "
    "suzbij suzbiv lotta. contro contrast bekampf gegen lutte contre",
    "prevention": "prevent parandal sprecav sprjecav sprecuv prevenc preveni pravent",
    "response": "respon pergjigj odgovor reag rispost measure masa. masave mera. mere. mera mjer merk massnahm",
    "region": "region rajon ballkan balkan balcan western wb. perendim zapad occident west. see. jugoist juglind "
    "southeast verlich",
    "europe": "europ evrop eu. ue. be. es. ke. bashkim unij union. ipa.",
    "project": "projekt project projek progett program projet proekt projektas action. activit aktiv",
    "management": "manag menaxh upravlj upravuv menadz menagj gestion verwalt",
    "security": "secur siguri sigurn sigurnos bezbedn bezbjedn sicurezz sicherh safety",
    "state": "state. shtet drzav drzavn stato. staat national nacional kombet nazional republ",
    "authorities": "authorit autoritet institut instituc institucion organ. organe organa. organi. vlast agenc agjenc "
    "agencij agjens service sherbim sluzb usluz officer nenpun sluzben direct drejtor direkc uprav ministr ministar "
    "ministrstv minister mup. mpb. mvr. moi. bmi.",
    "internal": "interior internal brendsh unutrasnj unutarnj vnatresn intern affairs pune. puneve. poslov raboti. "
    "home.",
    "international": "internat nderkomb medjunar medunar megjunar nadnac transnat prekunac",
    "integrated": "integrat integru integri ibm. mik. iub. igm.",
    "partners": "partner",
    "development": "develop zhvill razvoj razvitok svilupp entwickl",
    "phase": "phase faz fase. cycl cikl zyklus stage. etap",
    "effective": "better bolj effect efekt efikas effic ucinkov djelotv delotv wirks",
    "staff": "profess staff personel osoblj zaposlen vraboten personal",
    "horizontal": "horizontal facility lehtesi instrument",
    "work": "work punim rada. rad. rabot",
    "establish": "establish ngrit krijim uspost osniv vospost einricht set.",
    "special": "special posebn vecant specij specijal",
    "process": "process proces",
    "country": "countr vend. vende zemlj zemj land",
    "citizens": "citizen qytetar",
    "based": "based baz",
    "new": "new. reja. ri. nov novi. nova. neu",
    "means": "through permes preko putem durch sredstv tool alat mjet. mjete. mittel",
    "building": "build. building. izgrad gradenj ndertim aufbau",
    "information": "informat informac",
    "meetings": "meeting takim sastan sostan treffen incontr",
    "skills": "skill vestin vjestin aftesi",
    "mechanism": "mechanism mehaniz mekaniz",
    "component": "component komponent",
    "standards": "standard",
    "irregular": "irregular parregull neregular illegal ilegal illicit nezakon nelegal paligjsh",
    "directions": "north. south. east. eastern. severn verior juzn istocn lindor lindj",
    "framework": "framework okvir ramk kuader kuadr rahmen quadro context kontekst",
    "policy": "policy policies politik politic",
    "governance": "governance qeveris",
    "units": "unit. units. njesi jedinic edinic einheit unita. team. teams. ekip tim.",
    "experience": "experienc pervoj iskustv erfahrung esperienz practice practic praks praktik",
    "recommendations": "recommend rekomand preporuk raccomand empfehl",
    "organisations": "organisation organization organizacij organizat consorti konsorc konzorc",
    "initiatives": "initiativ inicijativ nism iniziativ",
    "control": "control kontroll kontrol",
    "area": "area. fush oblast podrucj field. sektor sector",
    "office": "office zyr kancelar ured. mission misij mision",
    "preparation": "prepar pergatit pripr vorbereit",
    "access": "access qasj pristup pristap zugang accesso",
    "cases": "case. cases. rast. raste. rasteve slucaj predmet fall. casi.",
    "members": "member. members. anetar clan. clanov clanic mitglied",
    "maintenance": "mainten mirembaj odrzav wartung",
    "numbers": "two. three. four. five. six. dy. tre. kater. dva. tri. cetiri. pet. sest. due. quattro. zwei drei vier",
}
"""What nearly every title says; two records that share it share nothing yet."""

PARTNERS: Final[Mapping[str, str]] = {
    "AL": "albani shqip alban",
    "BA": "bosni bosn bih. hercegov herzegov hertzegov",
    "XK": "kosov",
    "ME": "monteneg crn. crna. crne. crnoj. crnu. crnogor gore. gori. goru. gora. mali. malit. mne.",
    "MK": "macedon makedon maqedon mazedon",
    "RS": "serbi srbij srpsk",
}
"""How titles and names tell the six partners."""

CAPITALS: Final[Mapping[str, str]] = {
    "AL": "tirana. tirane. tirani.",
    "BA": "sarajev",
    "XK": "prishtin pristin",
    "ME": "podgoric",
    "MK": "skopj skoplj shkup",
    "RS": "beograd belgrad",
}
"""Capitals, by which titles tell a partner too; an office in a capital is not a body of that partner."""

REGION: Final = (
    "western balkan*, west balkan*, zapadn* balkan*, zapaden* balkan*, balkan* perendim*, ballkan* perendim*, "
    "balcani occident*, westbalkan*, balkans occident*, south east* europ*, southeast* europ*, jugoisto* evrop*, "
    "jugoisto* europ*, evrop* juglind*"
)
"""How titles tell the whole region: folded, "*" stands for any ending of a word."""

FIELDS: Final[Mapping[str, str]] = {
    "arms": "arms,ammunition,ballistics,storage",
    "mines": "mines",
    "trafficking in human beings": "trafficking,victims,compensation",
    "smuggling": "smuggling",
    "extremism": "extremism,terrorism,reintegration,prison,youth",
    "economic crime": "laundering,corruption,assets,confiscation,economy,finance",
    "cyber": "cyber,evidence",
    "crime and police": "crime,organised,serious,prosecution,investigation,police,law enforcement,justice,rule of law",
    "migration": "migration,asylum,refugee,reception,return",
    "border": "border,crossing,customs,schengen,surveillance,maritime,passengers,ports,cargo,documents,"
    "biometrics,drones",
    "drugs": "drugs",
}
"""Fields of work, each with the subjects that belong to it."""
