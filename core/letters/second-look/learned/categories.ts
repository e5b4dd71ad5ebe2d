import { keyOf } from './key.ts';

/**
 * Words that stand for one another in a sentence: whoever has read « ta mère est nulle » then knows
 * « ton père est naze ». A category ends where the
 * next one's name begins; a word is in one alone.
 */
const CATEGORIES = `
  I: je j moi me m mon ma mes jsuis jai jvais
  YOU: tu t te toi ton ta tes vous votre vos
  THEY: il elle ils elles lui leur eux
  WE: on nous notre nos
  NOT: pas jamais rien aucun aucune ni
  NOBODY: personne
  EVERYBODY: tout tous toutes monde classe ecole equipe groupe bande
  VERY: trop tres vraiment tellement super hyper grave carrement franchement mega completement
    totalement tro si
  LIKE: comme dirait ressembles ressemble genre croirait
  IS: es est suis sont etes e et etais etait sera seras
  HAS: as ai a avait aurais auras
  FAMILY: papa maman pere mere frere soeur parents famille papi mamie cousin cousine tonton tata
    oncle tante daron daronne freres soeurs bebe jumeau marraine parrain neveu niece nounou
    maternel papy mamy mami cousines tantes oncles fiston fille fils jumelle jumeaux aine cadet
  FRIEND: ami amie amis amies copain copine copains copines pote potes camarade camarades bff
    besta binome equipier coequipier correspondant correspondante voisin voisine amoureux
    amoureuse chouchou gang clan team
  ADULT: maitresse maitre directrice directeur adulte adultes grands atsem aesh prof animateur
    animatrice dame monsieur surveillant gardien police policier gendarme remplacante professeur
    cantiniere infirmiere docteur orthophoniste psychologue avs dumiste intervenant animatrices
    maire facteur pompier medecin dentiste concierge
  MEAN: nul nulle nuls nulles moche moches idiot idiote idiots debile debiles bete betes stupide
    con conne naze nazes bouffon bouffonne cretin abruti imbecile tocard boloss cassos minable
    pathetique lamentable ridicule pourri pourrie relou lourd boulet pleurnichard pleurnicheur
    pleurnicheuse menteur menteuse tricheur tricheuse voleur voleuse rapporteur rapporteuse
    balance traitre fayot intello mochete degoutant degoutante degueu horrible affreux affreuse
    insupportable penible soulant victime loser noob incapable inutile mauvais mauvaise ratee
    rate mechant mechante egoiste hypocrite jaloux jalouse zero clown cancre attarde mongol
    handicape gogol triso neuneu ignorant faible lache froussard trouillard peureux peureuse
    chiant chiante saoulant agacant gonflant collant andouille cruche gourde cloche quiche tarte
    courge buse oie navet bourrique corniaud crapule canaille fripouille vaurien chenapan
    feignasse faineant feignant flemmard paresseux mollusque loque larve boulette nullos nullard
    bidon ringard plouc bouseux pouilleux crasseux crado degueulasse repugnant ignoble immonde
    infect atroce hideux hideuse laideron monstrueux grotesque piteux pitoyable mediocre
    incompetent empote maladroit gauche godiche niais niaise benet nigaud simplet demeure
    arriere siphonne timbre cingle cinglee tare taree barge fou folle dingue givre fele toque
    bizarre etrange chelou zarbi louche creepy flippant flippante malaisant genant genante
    lourdingue bavard pipelette colle sangsue parasite profiteur radin avare pingre mesquin
    sournois fourbe perfide vipere peste teigne garce chipie pimbeche mijauree snob pretentieux
    pretentieuse frimeur frimeuse craneur vantard arrogant orgueilleux couard poltron mauviette
    poule femmelette fillette tapette mytho mythomane baratineur bluffeur copieur copieuse
    suiveur suiveuse lecheur cafteur cafteuse poucave delateur traitresse judas hypocrites faux
    fausse menteurs menteuses tricheurs voleurs brute barbare sauvage sadique tyran dictateur
    demon diable satan rebut raclure salete vermine nuisance boulets erreur ratage echec
    calamite plaie fleau desastre catastrophe eclate guez cringe bot noobs rageux
  SWEAR: merde putain pute salope connard connasse encule batard enfoire bordel fdp ntm tg pd
    pede bite couille couilles cul niquer nique chier foutre foutu gueule bitch fuck shit salaud
    putains merdeux connards connes salopes encules enculee batards batarde enfoires bordelique
    foutaises branleur branler branle bouffe couillon couillonne burnes zob teub chatte nichon
    pouffiasse petasse trainee catin tafiole tarlouze gouine fiotte bougnoule negre negro youpin
    bicot chintok bamboula feuj niakoue ptn ptain wtf stfu
  SEX: sexe seins nichons zizi zezette foufoune penis vagin kiki nu nue poil culotte slip bisou
    embrasser lecher sucer porno sexy fesses string coucher bander tetons sein nene nenes
    brassiere soutif slips culottes zizis kikis erection viol violer touche toucher caresser
    caresse deshabille deshabiller deshabillee nues nus maillot bikini pyjama bain baignoire
    vestiaire vestiaires regles poils amour
  BODY: tete nez oreilles dents cheveux yeux bouche ventre jambes bras pieds mains doigts visage
    peau cou dos front menton joues voix cerveau cervelle crane figure face gorge os langue bide
    cuisses jambe pied main doigt oeil oreille dent cheveu nuque epaule coude genou genoux
    mollet mollets cuisse hanche fesse posterieur nombril poitrine bedaine panse bourrelet
    bourrelets barbe moustache sourcils cils narine salive haleine sueur bouton acne verrue
    cicatrice croute eczema tache frange coupe coiffure meche tresse perruque tignasse carrure
    silhouette squelette muscles tronche trogne bec museau bouille binette caboche ciboulot
  LOOKS: gros grosse maigre petit petite grand grande gras obese laid laide boutons lunettes
    appareil roux rousse rouquin nain geant vieux vieille maigrichon grossi enorme enormes
    geante rondouillard dodu potele joufflu bouboule patapouf maigrichonne anorexique filiforme
    asperge perche minus nabot microbe lilliputien bossu boiteux bigleux binoclard louches
    borgne chauve poilu poilue barbu rouquine blonde blond brune brun crepu frise frisee pale
    bronze albinos ride ridee bagues dentier lunetteux
  ANIMAL: chien chat cochon vache singe rat porc ane mouton poulet cheval elephant baleine
    hippopotame crapaud grenouille limace escargot tortue cafard ver serpent araignee girafe
    canard dinde thon morue guenon gorille souris mouche pou poux truie phacochere poisson
    chienne chiot chaton chevre bouc belier taureau veau porcelet cochonne sanglier hyene chacal
    renard fouine furet putois blaireau rongeur rats hamster cobaye lapin lievre herisson taupe
    castor ours panda lion tigre panthere guepard zebre rhinoceros rhino chameau dromadaire lama
    kangourou koala macaque babouin chimpanze ouistiti perroquet perruche pigeon corbeau vautour
    aigle hibou chouette pingouin autruche poulette coq poussin dindon cygne crocodile lezard
    iguane python cobra tetard salamandre requin dauphin phoque morse otarie pieuvre meduse
    moule huitre crevette crabe homard sardine maquereau saumon fourmi guepe abeille bourdon
    moustique moucheron puce puces punaise tique cloporte asticot chenille papillon coccinelle
    scarabee dinosaure mammouth poney
  FOOD: pizza gateau pain frites fromage saucisse patate banane nouille citron tomate cornichon
    chocolat bonbon oignon ail brioche croissant soupe nouilles pates riz puree haricot epinards
    chou choux carotte radis poireau courgette aubergine pasteque melon fraise cerise raisin
    poire peche prune kiwi ananas noix noisette cacahuete boudin jambon lard steak saucisson
    andouillette oeuf beurre yaourt flan compote glace crepe gaufre beignet cookie biscuit
    caramel nutella miel confiture sucre sel poivre moutarde ketchup mayonnaise couscous kebab
    burger tacos nems sushi
  DIRT: pue pues puent sens sent poubelle caca pipi crotte sale sales crade vomi dechet dechets
    ordure toilettes wc egout transpiration odeur crasse prout pet morve bave vomir douche laver
    savon pourriture fumier puanteur puant puante puants schlingue cocotte empeste sentait
    sentent odeurs boue vase moisi moisissure graisse suie poussiere ordures egouts fosse
    latrines cabinets chiottes couche couches bavoir baver postillonne rote roter pete prouts
    pisse pisser diarrhee vomit vomis crachat glaviot morveux microbes virus contagieux lepre
    gale lente lentes deodorant parfum dentifrice brosse
  CLOTHES: pull chaussures baskets pantalon robe habits vetements manteau cartable sac trousse
    jogging tshirt chaussettes casquette fringues marque veste jupe pulls manteaux blouson
    doudoune gilet chemise cravate jean jeans short collants bonnet echarpe gants bottes
    sandales claquettes crocs tong chausson souliers bijou collier bracelet bague boucles
    foulard turban vernis maquillage deguise deguisement costume uniforme style look
  POOR: pauvre pauvres argent riche riches sous thunes clochard chomage caravane secours
    mendiant sdf clodo cantine misere misereux fauche fauchee loyer hlm cite taudis squat
    camping camion bidonville foyer csp rmi rsa assistes assiste occasion friperie brocante
    emmaus trouees trouee troue troues rapiece cheap discount lidl aldi fausses contrefacon
  ORIGIN: noir noire arabe juif juive chinois chinoise africain gitan rom turc turque musulman
    etranger etrangere pays bled afrique blanc blanche couleur accent voile arabes noirs juifs
    africains gitans gitane roms manouche turcs musulmans etrangers immigre immigres refugie
    refugies migrant migrants algerie algerien algerienne maroc marocain marocaine tunisie
    tunisien senegal malien congo congolais portugais portugaise espagnol italien polonais
    roumain roumaine russe ukrainien vietnamien asiatique asiat rebeu beur renoi black blacks
    metis metisse bronzee basane origine race races peuple religion islam coran mosquee bible
    eglise temple priere ramadan halal hijab kippa terroriste terroristes nationalite papiers
    frontiere
  LEARNING: lire lis ecrire ecris compter comptes parler parles orthographe dictee lecture maths
    niveau redoubler notes note fautes cp maternelle lit ecrit calculer calcule apprendre
    apprends redouble redoublant orthophonie dyslexique dyslexie dys ulis rased ce1 ce2 cm1 cm2
    college eleve bulletin moyenne intelligence intelligent intelligente qi begaye begayer
    zozote zozoter prononce articule tables alphabet lettres syllabe
  PLAY: jouer joue jouait jeu jeux foot match balle ballon passe but courir cours recre joueur
    joueuse attaquant defenseur arbitre penalty tir tirer marquer tournoi competition course
    relais corde billes cabane toboggan balancoire marelle epervier trampoline velo trottinette
    roller nager judo danse gym basket hand rugby tennis manette
  INVITE: inviter invite invitee invites anniversaire fete boum invitation invitations carton
    soiree anniv convie liste
  ASIDE: degage degages casse pars partir dehors ailleurs seul seule exclu exclue bienvenu
    bienvenue place coin degager ouste recule eloigne ecarte approche disparais sors sortir
    exclure vire viree virer renvoye renvoyee rejete rejetee banni bannie bloque bloquee ignore
    ignorer evite eviter isole isolee abandonne abandonner oublie remplace remplacee reserve
    complet prive privee interdit interdite
  HATE: deteste hais aime aimes supporte supportent blaire veut veux detester detestent
    detestait hair haine haissent meprise mepriser degout degoute degoutes repugne saoule
    saoules soule soules gonfle gonfles gave gaves enerve enerves agace agaces fatigue derange
    deranges gene
  MOCK: moque moquer moquent rigole rigolent rit rient honte pitie moques moqueur moquerie
    rigoler rigoles rigolade marre marrer ricane ricanent humilie humilier imite imiter surnom
    surnomme critique critiques critiquent rumeur rumeurs cirque bouffonnerie ahah hahaha haha
    mdr ptdr lol xd hihi
  CRY: pleurer pleure pleures pleureras chialer pleurniche pleurait pleurera pleurent
    pleurnicher pleurnicheries chialeur chiale chouine chouiner larmes sangloter sanglots couine
    geindre gemir crier crie hurle hurler supplie supplier trembler tremble trembles
  BLOW: taper tape frapper frappe claque gifle baffe coup coups poing poings raclee battre
    cogner defoncer defonce eclater exploser demonter tabasser massacrer bousiller pousser
    etrangler mordre griffer fracasser demolir ecraser gifler claquer bagarre peter cracher bat
    bats battu battra cogne cognera frappera tapera bourre bourrer rosser castagne castagner
    bastonner baston bagarrer corriger dresser mater derouillee rouste branlee degomme degommer
    deglinguer demoli demolis demonte fracasse massacre tabasse torgnole beigne mandale taloche
    fessee balayette plaquer plaque etale etaler jeter jette lancer lance balancer bousculer
    bouscule secouer pince pincer mord mords griffe tire tordre tords arracher arrache casser
    briser brise couper dechirer dechire ecrase etouffe etouffer noyer noie bruler brule
    enfermer enferme coincer coince attacher attache pietiner pietine
  KILL: tuer tue mourir meurs meurt mort morte crever creve creves egorger suicider pendre
    disparaitre tombe cercueil buter tuerai tuera tues tuez mourra mourras mourrait mourait
    assassiner assassin egorge etripe decapiter pendu pends suicide suicidant noyade enterrer
    enterrement tombeau cimetiere deces decede cadavre crame cramer bombe poison empoisonner
    accident renverser renverse ambulance hopital urgences blesse saigner saigne sang
  WEAPON: couteau ciseaux compas pistolet fusil arme baton caillou cailloux pierre pierres
    cutter briquet feu couteaux cutters canif lame hache machette epee sabre flingue revolver
    mitraillette kalach carabine fronde batons batte marteau tournevis petard petards allumettes
    briquets essence javel acide aiguille
  REVENGE: regretter regretteras payer paieras paye attention gaffe gare venger vengeance cher
    voir verras attends attend attendre previens mefie interet sinon chercher trouver retrouver
    retrouve retrouverai attraper attrape regrettes regrettera regret regrets payera paieront
    punir punition puni punie vengeances represailles ennemi ennemis guerre bataille duel regler
    problemes ennuis surveille surveillerai gaffes avertis averti prevenu prevenue avertissement
    menace menaces malheur malheurs cauchemar enfer trembleras souffrir souffriras souffrance
    douleur mefiance
  ORDER: donne file rends ramene apporte prete obliges oblige faut dois doit donnes donner filer
    files passes ramener ramenes apporter apportes preter pretes obeis obeir ordonne ordre
    obligee forcer force forces exige devez doivent fallait faudra
  TELL: dis dire dit raconte raconter repete repeter parle cafte cafter montre montrer savoir
    sache racontes raconterai dirai diras dira dites balances balanceras denoncer denonce
    denonces rapporter rapportes repetes reveler avouer avoue mentir mens mentez ment mensonge
    cafardes cafarder moucharder temoin
  SECRET: secret secrets cachette cacher cache chut promets promis jure discret efface effacer
    supprime effaces secretement confidentiel discretement catimini planque planquer planquee
    caches cachee effacez supprimes supprimer detruis detruire motus jurer jures promet
    promettre promesse mystere
  PHOTO: photo photos video selfie camera webcam filmer film image snap photographie
    photographier selfies filmes filme filmee videos vocal visio facetime ecran capture stories
    story poste poster publier publie diffuser montage
  CODE: code codes mdp password identifiant identifiants login pseudo compte motdepasse
    connexion pin passwords motdepass schema empreinte deverrouiller verrouille session pirater
    hacker connecter connecte deconnecter captcha wifi bancaire cb chiffres
  PHONE: telephone numero portable tel num appelle appeler rappelle sms texto joindre phone
    telephones telephoner portables smartphone iphone forfait numeros fixe appels appelez
    rappeler rappelles messages texter textos mms
  NETWORK: snapchat insta instagram tiktok whatsapp discord facebook roblox fortnite messenger
    skype mail email gmail telegram twitch minecraft live snapchatter tik tok wattpad pinterest
    x twitter steam switch xbox playstation ps4 ps5 clash brawl pubg gta forum tchat serveur
    site web abonne abonner follower followers follow ajoute ajouter like likes hotmail yahoo
    orange laposte arobase
  HOUSE: maison chez immeuble appartement porte digicode etage rue adresse avenue boulevard
    allee impasse batiment residence habite habites quartier cle clef interphone portail jardin
    chambre maisons appart studio pavillon villa ferme tour bloc hall ascenseur escalier palier
    sonnette sonne portillon garage cave toit fenetre volets balcon paillasson boite voisinage
    lotissement hameau village faubourg quai chemin carrefour ruelle sentier habiter habitez
    habitons loge loges loger vis vivre demenage demenagement postale postal localisation
    position
  COME: viens viendras venir vient rejoins rejoindre rendez rdv rencontrer passer dormir viendra
    viendront venez arrive arrives arriver rejoint rejoignez rejoindrai retrouvera rencontre
    rencontres emmene emmener amener descend descends descendre monte monter sortons suivre
    fugue fuguer fuir echapper evader
  PLACE: parc stade bois foret city arret parking supermarche magasin derriere square pont plage
    cinema piscine mcdo skatepark skate terrain vague riviere lac etang canal fontaine champ
    colline grange ruine usine chantier entrepot friche tabac boulangerie macdo centre
    commercial leclerc auchan tunnel voie ferree abribus banc lampadaire poubelles local grotte
    cabine
  TIME: demain samedi dimanche mercredi lundi mardi jeudi vendredi soir matin midi apres heures
    heure nuit aujourd hui hier weekend vacances minuit aube tantot bientot maintenant tard tot
    minutes secondes semaine mois janvier fevrier mars avril mai juin juillet aout septembre
    octobre novembre decembre
  STRANGER: inconnu homme ans age internet ligne inconnue inconnus hommes mec gars type bonhomme
    majeur ados ado adolescent lyceen collegien voiture scooter moto
  GIFT: cadeau bonbons euros billet console carte cartes pokemon gouter cadeaux sucettes sucette
    gateaux sou piece pieces centimes billets robux vbucks skins skin tablette bille
    autocollants
  KIND: gentil gentille merci adore bravo genial geniale cool belle beau joli jolie bien mieux
    forte fort bisous bonne bon content contente sympa drole fier fiere pardon desole desolee
    excuse excuses gentils gentilles adorable adorables mignon mignonne merveilleux magnifique
    excellent excellente parfait parfaite courageux courageuse brave talent talentueux doue
    douee champion championne star genie meilleur meilleure felicite felicitations chapeau
    encourage encourager courage aide aider aides partage partager ensemble remercie remercier
    pardonne pardonner excuser paix reconcilier reconcilie calin calins poutou amitie heureux
    heureuse joyeux joyeuse souhaite
  SCHOOL: exercice devoirs lecon cahier livre poesie expose calcul probleme conjugaison
    grammaire sciences histoire geographie controle evaluation page mot mots phrase phrases
    texte exercices lecons cahiers livres feuille feuilles fiche fiches classeur ardoise tableau
    craie stylo stylos crayon crayons gomme regle equerre feutre feutres peinture dictionnaire
    bibliotheque poeme poemes exposes rallye division multiplication addition soustraction
    fraction fractions geometrie verbe verbes accord pluriel feminin masculin present futur
    imparfait adjectif sujet complement synonyme contraire question questions reponse reponses
    consigne correction corrige recopie souligne entoure
  STORY: loup ogre sorciere dragon roi reine prince princesse chevalier pirate monstre fee
    fantome zombie heros personnage conte legende fable roman chapitre auteur bd manga episode
    acteur scene theatre role replique spectacle marionnette sorcier magicien vampire trolls
    lutin elfe gargamel asterix obelix harry hermione mario luigi pikachu naruto batman
    spiderman elsa cendrillon pinocchio
  FEEL: triste peur mal fache fachee colere joie tristes tristesse inquiet inquiete anxieux
    stresse stressee honteux vexe vexee decu decue ennuie ennuyer ennuye surpris surprise emu
    emue peine chagrin
`;

/** By a word's key: its category. */
const CATEGORY_OF: ReadonlyMap<string, string> = new Map(
  [...CATEGORIES.matchAll(/(?<![A-Z])([A-Z]+):([^A-Z]*)/g)]
    .flatMap(([, name = '', words = '']): [string, string][] =>
      words
        .trim()
        .split(/\s+/)
        .map((word) => [keyOf(word), name]),
    )
    .reverse(),
);

/** Small words that make a sentence what it is, whatever it speaks of. */
const SMALL: ReadonlySet<string> = new Set(
  `
  c ce cet cette ces ca sa a au aux de d du des le la l les un une et ou mais donc alors que qu
  quoi qui ne n y en dans sur sous sans avec pour par plus moins encore quand pourquoi comment
  combien quel quelle quelles quels est-ce fait fais faire va vas vais vont aller allez peux peut
  pouvoir vx veux oui non ok stp svp bonjour salut coucou hey he oh ah ha . , ?
`
    .trim()
    .split(/\s+/),
);

/** What kind of word it is, for sentences that are built alike: « _ » for any other. */
export function shapeOf(word: string, key: string): string {
  if (/^\d+$/.test(word)) return key;
  return CATEGORY_OF.get(key) ?? (SMALL.has(word) ? word : '_');
}
