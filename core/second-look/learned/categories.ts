import { keyOf } from './key.ts';

/**
 * Words that stand for one another in a sentence: whoever has read « ta mère est nulle » then knows
 * « ton père est naze ». One category a line; a word is in one alone.
 */
const CATEGORIES = `
  I: je j moi me m mon ma mes jsuis jai jvais
  YOU: tu t te toi ton ta tes vous votre vos
  THEY: il elle ils elles lui leur eux
  WE: on nous notre nos
  NOT: pas jamais rien aucun aucune ni
  NOBODY: personne
  EVERYBODY: tout tous toutes monde classe ecole equipe groupe bande
  VERY: trop tres vraiment tellement super hyper grave carrement franchement mega completement totalement tro si
  LIKE: comme dirait ressembles ressemble genre croirait
  IS: es est suis sont etes e et etais etait sera seras
  HAS: as ai a avait aurais auras
  FAMILY: papa maman pere mere frere soeur parents famille papi mamie cousin cousine tonton tata oncle tante grand-mere beau-pere daron daronne freres soeurs bebe jumeau marraine parrain
  FRIEND: ami amie amis amies copain copine copains copines pote potes camarade camarades bff besta
  ADULT: maitresse maitre directrice directeur adulte adultes grands atsem aesh prof animateur animatrice dame monsieur surveillant gardien police policier gendarme remplacante
  MEAN: nul nulle nuls nulles moche moches idiot idiote idiots debile debiles bete betes stupide con conne naze nazes bouffon bouffonne cretin abruti imbecile tocard boloss cassos minable pathetique lamentable ridicule pourri pourrie relou lourd boulet pleurnichard pleurnicheur pleurnicheuse menteur menteuse tricheur tricheuse voleur voleuse rapporteur rapporteuse balance traitre fayot intello mocheté degoutant degoutante degueu horrible affreux affreuse insupportable penible soulant victime loser noob incapable inutile mauvais mauvaise ratee rate mechant mechante egoiste hypocrite jaloux jalouse zero clown cancre attarde mongol handicape gogol triso neuneu ignorant faible lache froussard trouillard peureux peureuse chiant chiante saoulant agacant gonflant collant
  SWEAR: merde putain pute salope connard connasse encule batard enfoire bordel fdp ntm tg pd pede bite couille couilles cul niquer nique chier foutre foutu gueule bitch fuck shit salaud
  SEX: sexe seins nichons zizi zezette foufoune penis vagin kiki nu nue poil culotte slip bisou embrasser lecher sucer porno sexy fesses string coucher bander tetons
  BODY: tete nez oreilles dents cheveux yeux bouche ventre jambes bras pieds mains doigts visage peau cou dos front menton joues voix cerveau cervelle crane figure face gorge os langue bide cuisses
  LOOKS: gros grosse maigre petit petite grand grande gras obese laid laide boutons lunettes appareil roux rousse rouquin nain geant vieux vieille maigrichon grossi
  ANIMAL: chien chat cochon vache singe rat porc ane mouton poulet cheval elephant baleine hippopotame crapaud grenouille limace escargot tortue cafard ver serpent araignee girafe canard dinde thon morue guenon gorille souris mouche pou poux truie phacochere poisson
  FOOD: pizza gateau pain frites fromage saucisse patate banane nouille citron tomate cornichon chocolat bonbon oignon ail
  DIRT: pue pues puent sens sent poubelle caca pipi crotte sale sales crade vomi dechet dechets ordure toilettes wc egout transpiration odeur crasse prout pet morve bave vomir douche laver savon pourriture fumier
  CLOTHES: pull chaussures baskets pantalon robe habits vetements manteau cartable sac trousse jogging tshirt chaussettes lunettes casquette fringues marque veste jupe
  POOR: pauvre pauvres argent riche riches sous thunes clochard chomage caravane secours mendiant sdf clodo cantine
  ORIGIN: noir noire arabe juif juive chinois chinoise africain gitan rom turc turque musulman etranger etrangere pays bled afrique blanc blanche couleur accent voile
  LEARNING: lire lis ecrire ecris compter comptes parler parles orthographe dictee lecture maths classe niveau redoubler notes note fautes ecole cp maternelle
  PLAY: jouer joue joues jouait jeu jeux foot match equipe balle ballon passe but courir cours recre
  INVITE: inviter invite invitee invites anniversaire fete boum
  ASIDE: degage degages casse va-t-en pars partir dehors ailleurs seul seule exclu exclue bienvenu bienvenue place coin
  HATE: deteste hais aime aimes deteste supporte supportent blaire veut veux
  MOCK: moque moquer moquent rigole rigolent rit rient honte pitie ridicule
  CRY: pleurer pleure pleures pleureras chialer pleurniche
  BLOW: taper tape frapper frappe claque gifle baffe coup coups poing poings raclee battre cogner defoncer defonce eclater exploser demonter tabasser massacrer bousiller pousser etrangler mordre griffer fracasser demolir ecraser gifler claquer bagarre peter cracher
  KILL: tuer tue mourir meurs meurt mort morte crever creve creves egorger suicider pendre disparaitre tombe cercueil buter
  WEAPON: couteau ciseaux compas pistolet fusil arme baton caillou cailloux pierre pierres cutter briquet feu
  REVENGE: regretter regretteras payer paieras paye attention gaffe gare venger vengeance cher voir verras attends attend attendre previens mefie interet sinon chercher trouver retrouver retrouve retrouverai attraper attrape
  ORDER: donne file passe rends ramene apporte prete obliges oblige faut dois doit
  TELL: dis dire dit raconte raconter repete repeter parle cafte cafter balance montre montrer savoir sache
  SECRET: secret secrets cachette cacher cache chut promets promis jure discret efface effacer supprime effaces
  PHOTO: photo photos video selfie camera webcam filmer film image snap
  CODE: passe code codes mdp password identifiant identifiants login pseudo compte motdepasse connexion pin
  PHONE: telephone numero portable tel num appelle appeler rappelle sms texto joindre phone
  NETWORK: snapchat insta instagram tiktok whatsapp discord facebook roblox fortnite messenger skype mail email gmail telegram twitch minecraft live
  HOUSE: maison chez immeuble appartement porte digicode etage rue adresse avenue boulevard allee impasse batiment residence habite habites quartier cle clef interphone portail jardin chambre
  COME: viens viendras venir vient rejoins rejoindre retrouve rendez rdv voir rencontrer passe passer dormir
  PLACE: parc stade bois foret city gare arret parking supermarche magasin derriere cachette square pont plage cinema piscine mcdo toilettes
  TIME: demain samedi dimanche mercredi lundi mardi jeudi vendredi soir matin midi apres heures heure ce-soir nuit
  STRANGER: inconnu homme adulte ans age grand monsieur internet ligne
  GIFT: cadeau bonbons argent euros billet console carte cartes pokemon gouter
  KIND: gentil gentille merci adore bravo genial geniale super cool belle beau joli jolie bien mieux forte fort bisous bonne bon content contente sympa drole fier fiere pardon desole desolee excuse excuses
  SCHOOL: exercice devoirs lecon cahier livre poesie expose calcul probleme conjugaison grammaire sciences histoire geographie controle evaluation page mot mots phrase phrases texte
  STORY: loup ogre sorciere dragon roi reine prince princesse chevalier pirate monstre geant fee fantome zombie heros personnage conte
  FEEL: triste peur mal pleure fache fachee colere content joie
`;

/** By a word's key: its category. */
const CATEGORY_OF: ReadonlyMap<string, string> = new Map(
  CATEGORIES.trim()
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [name = '', words = ''] = line.trim().split(': ');
      return words.split(' ').map((word) => [keyOf(word), name]);
    })
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
