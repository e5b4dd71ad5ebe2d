/**
 * Words that may hurt, as French schoolyards have them: lower case without accents, in the spelling
 * of dictionaries; `words.ts` brings children's own spelling to these. A list of our own, begun
 * with what the public lists for French know (naughty-words, CC BY 4.0: nothing is copied), for
 * the ear of six to eleven.
 */

const list = (words: string): readonly string[] => [...new Set(words.trim().split(/\s+/))];

/** Nobody says these of anything kind: wherever they stand. */
export const STRONG = list(`
  putain putains pute putes putin ptain ptn puta salope salopes salop salopard salopards salaud
  salauds saloperie connard connards connarde connardes connasse connasses con cons conne connes
  conar encule encules enculee enculer enculeur merde merdes merd merdique merdeux merdeuse
  emmerde emmerdes emmerder emmerdeur emmerdeuse chier chie chies chiant chiante chiants
  chiantes chieur chieuse bite bites bitte couille couilles couillon couillons couillonne teub
  teubs zob batard batards batarde enfoire enfoires enfoiree petasse petasses pouffiasse
  pouffiasses poufiasse garce garces pd pede pedes gouine gouines tarlouze tafiole tantouze
  fiotte negre negro negresse bougnoule bougnoules bicot youpin chinetoque niakoue bamboula fdp
  fdpt ntm ntmr tg ftg vtff vtfe fuck fucking fucker fucked shit bullshit bitch motherfucker
  asshole dickhead niquer niques niquez branleur branleurs branleuse branler branlette porno
  porn nudes nichon nichons trouduc trouducul conneries connerie mongolien mongolienne
  mongoliens trizo triso gogol gogole gogols gogolito cassos boloss bolos bolosse tocard tocarde
  tocards bouffonne bouffonnes pisseuse pisseux tebe teube kys negros raclure racaille crevard
  crevarde suceur suceuse lopette
`);

/** Insults too, but one says them of oneself: « je suis un abruti, j'ai tout oublié ». */
export const ROUGH = list(`
  imbecile imbeciles cretin cretins cretine cretines abruti abrutie abrutis attarde attardee
  attardes debilos gogolito mochete
`);

/** Said of somebody they hurt; said of a film they don't. */
export const OF_PEOPLE = list(`
  nul nulle nuls nulles nullos nulos blaireau blaireaux nullard nullarde bete betes betasse
  moche moches mochete laid laide laids laides stupide stupides idiot idiote idiots idiotes
  debile debiles bouffon bouffons naze nazes nase nases relou reloue lourd lourde lourdingue
  ridicule ridicules degoutant degoutante degueu degueulasse crade crado puant puante menteur
  menteuse menteurs menteuses voleur voleuse voleurs voleuses tricheur tricheuse tricheurs
  tricheuses pleurnichard pleurnicheur pleurnicheuse pleurniche chouineur chouineuse geignard
  gamin gamine faible faibles tare taree tares cingle cinglee chelou bizarre bizarres pourri
  pourrie pourris minable minables lamentable pathetique horrible horribles affreux affreuse
  hideux hideuse insupportable penible agacant agacante enervant enervante soulant soulante
  saoulant egoiste radin radine jaloux jalouse lache laches peureux peureuse trouillard
  trouillarde froussard froussarde mauviette boulet clown guignol ane anes dinde morue thon
  boudin porc porcs truie cochonne macaque singe guenon rat cafard crapaud sorciere monstre
  ordure poubelle dechet crotte caca cloche cruche andouille patate nouille cornichon banane
  gourde cretinos intello intellos fayot fayotte fayots rapporteur rapporteuse balance poucave
  cafteur cafteuse victime loser losers looser loosers noob noobs nub noobz mongol mongole
  mongols trisomique handicape handicapee autiste nain naine nabot minus microbe squelette
  anorexique binoclard binoclarde tapette fillette gay gays homo lesbienne travelo lourdaud
  mauvais mauvaise incapable inutile inutiles zinzin vilain vilaine mechant mechante mechants
  mechantes cruel cruelle pourriture peste teigne vipere vermine parasite gros grosse gras
  grasse obese bouboule patapouf sale sales maigrichon maigrichonne gringalet clochard clocharde
  clodo pauvre mendiant intrus intruse rien personne hypocrite sournois sournoise fourbe traitre
  faux fausse arrogant vantard vantarde frimeur frimeuse crane pretentieux mesquin bigleux
  bigleuse pimbeche pimbeches mijauree chipie brute snob craneur craneuse nazebroque bourrin
  bourrine beta betasses andouilles ploucasse raseur raseuse boulets ignoble immonde repugnant
  repugnante ingrat ingrate mytho mythomane mythos suiveur suiveuse copieur copieuse copieurs
  grognasse grincheux grincheuse gnangnan niais niaise nigaud nigaude neuneu neuneus exclu
  exclue vire viree pleurnicharde pleurnichardes chialeur chialeuse dumbo gueulard gueularde
  tache larve fumier gland glandeur branque plouc ringard ringarde beauf bledard crasseux
  crasseuse pouilleux pouilleuse puceau teigneux perdant perdante faineant faineante paresseux
  paresseuse feignasse feignant feignante flemmard flemmarde cancre ignorant ignorante rate
  ratee fragile morveux morveuse baltringue crapule schlag golmon tarba narvalo cheum bouseux
  laideron cageot babouin gorille chimpanze phacochere chacal hyene cloporte asticot moucheron
  pedale pathetiques pot collant collante lent lente grossier grossiere malpoli malpolie ploucs
  pire pires boutonneux boutonneuse foireux foireuse pouffe poufiasse vieille
`);

/** Said of things and beasts, too: « Médor est gros », « le loup est méchant ». */
const OF_THINGS_TOO = new Set(
  list(`
  brute ingrat beta chipie ignoble immonde exclu exclue vire viree tache larve gland perdant
  perdante rate ratee fragile lent lente collant pot pire pires vieille ignorant gorille
  chimpanze babouin hyene chacal asticot pedale cageot crasseux crasseuse paresseux lourd lourde
  faible faibles bizarre bizarres mauvais mauvaise gros grosse gras grasse sale sales mechant
  mechante mechants mechantes rien personne faux fausse vilain vilaine cruel cruelle zero
  monstre sorciere singe rat crapaud ane anes clown patate banane poubelle pauvre gai gay
  rapporteur balance nain naine cloche gourde microbe squelette jaloux jalouse penible laid
  laide crane lache intello guignol peste caca inutile cafard dinde thon cruche nouille
  cornichon
`),
);

/** What hurts of whoever is named: « Noé est nul ». */
export const OF_THE_NAMED = OF_PEOPLE.filter((word) => !OF_THINGS_TOO.has(word));

/** What hurts of somebody's things: « ton dessin est moche ». */
export const OF_THEIR_THINGS = list(`
  nul nulle nuls nulles moche moches laid laide laids laides pourri pourrie pourris pourries
  debile debiles ridicule ridicules degueu degueulasse degueulasses degoutant degoutante
  degoutants horrible horribles affreux affreuse affreuses pathetique naze nazes nase minable
  minables stupide stupides idiot idiote merdique bizarre lamentable rate ratee ratees rates
`);

/** Beasts and things that are an insult after « gros », « sale », « espèce de ». */
export const AFTER_BIG = list(`
  lard tas sac porc cochon cochonne vache baleine truie boudin thon elephant hippopotame patate
  thunes bidon bouboule naze nul nulle bete bebe con conne debile idiot idiote menteur menteuse
  bouffon moche tricheur tricheuse merde pd cul degueulasse crevard rat chien chienne singe
  macaque relou mongol tapette victime balance degoutant jambon pouf gamin gamine gosse fayot
  cretin abruti noob peste clochard voleur voleuse laid laide pute ordure flemmard flemmarde
`);

/** « Sale » before these is said of who one is. */
export const AFTER_DIRTY = list(`
  noir noire noirs arabe arabes juif juive juifs blanc blanche blancs chinois chinoise rom roms
  gitan gitane gitans turc turque musulman musulmane etranger etrangere rebeu renoi feuj roumain
  africain portugais portugaise algerien marocain rouquin rouquine roux rousse grosse gros fille
  gosse race traitre rat chien chienne bete moche nul nulle menteur menteuse voleur voleuse
  tricheur tricheuse bebe gamin gamine intello pd tapette vache cochon porc singe balance
  victime riche pauvre bouffon debile idiot idiote con conne peste gueule morveux morveuse type
  fayot
`);

/** What is done to somebody in a threat, with « te » before it. */
export const VIOLENT = list(`
  tuer tue tues tuera tuerai tuerais bute buter butes buterai frapper frappe frappes frapperai
  taper tape tapes taperai defoncer defonce defonces defoncerai eclater eclate eclaterai
  demonter demonte demonterai fracasser fracasse fracasserai massacrer massacre massacrerai
  tabasser tabasse tabasserai crever creve creverai etrangler etrangle etranglerai egorger
  egorge bruler brule noyer noie cogner cogne cognerai gifler gifle giflerai etriper etripe
  ecraser ecrase demolir demolis demolit exploser explose exploserai peter pete niquer nique
  niquerai ruiner bastonner assommer assomme planter poignarder poignarde mordre mords torturer
  latter latte etouffer etouffe fumer fume fumerai pulveriser pulverise aneantir detruire
  detruis detruirai amocher botter baffer claquer savater savate dezinguer zigouiller trucider
  demolirai fouetter fracturer encule enculer violer kill
`);

/** What one gets in a threat: « je vais te mettre une claque ». */
export const BLOWS = list(`
  claque claques gifle gifles baffe baffes droite patate coup coups poing poings tarte tartes
  raclee fessee pain pains beigne beignes torgnole rouste balayette tatane boulette gauche
  branlee derouillee
`);

/** Whose face, teeth and so on are threatened: « te casser la figure ». */
export const BODY = list(`
  cheveux langue ongles doigt poignet joue gueule figure tete bouche dents dent nez bras jambe
  jambes main mains genoux doigts os face cou tronche pif machoire
`);
