import type { Upload } from '../../core/mail/writing/contract.ts';
import { boatDrawing, snailDrawing } from './drawings.ts';
import { smallPdf } from './files.ts';

/**
 * A letter of the small town. People and lists are named by the local part of their address, oldest
 * letter first.
 */
export interface DemoLetter {
  /** Local part; for somebody outside the whole address, with their name. */
  readonly from: string | { readonly address: string; readonly name: string };
  readonly to: readonly string[];
  readonly daysAgo: number;
  /** `HH:MM` at school. */
  readonly time: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly Upload[];
  /** The subject of the letter in the sender's inbox that this one answers, or null. */
  readonly answers: string | null;
  /** What a child made instead of writing, by the parts that their pages use; or null. */
  readonly made: Made | null;
}

type Made =
  /** A phrase of the class's own, by its words. */
  | { readonly kind: 'phrase' }
  /** Said by the voice of the server, where there is one; else the letter isn't there. */
  | { readonly kind: 'voice'; readonly says: string };

type Short = Pick<DemoLetter, 'from' | 'to' | 'subject' | 'text'> & {
  at: readonly [daysAgo: number, time: string];
  files?: readonly Upload[];
  answers?: string;
  made?: Made;
};

const letter = ({
  at: [daysAgo, time],
  files = [],
  answers,
  made,
  ...rest
}: Short): DemoLetter => ({
  ...rest,
  daysAgo,
  time,
  files,
  answers: answers ?? null,
  made: made ?? null,
});

const MUSEUM = {
  address: 'camille.arnoux@musee-des-sciences.example',
  name: 'Camille Arnoux, musée des sciences',
};
const INSPECTION = {
  address: 'ien.nord@circonscription.example',
  name: 'Inspection, circonscription Nord',
};
const TOWN_HALL = { address: 'service.ecoles@mairie.example', name: 'Mairie, service des écoles' };
const PUBLISHER = { address: 'contact@editions-du-cartable.example', name: 'Éditions du Cartable' };

const CLAIRE = 'claire.lefevre';
const CE1_A = 'ce1-a.tilleuls';

/** Written while Jade was still in CE1 A: answering them today is refused. */
const WITH_JADE: readonly DemoLetter[] = [
  letter({
    from: 'jade.morel',
    to: ['lina.moreau'],
    at: [9, '16:50'],
    subject: 'Mon anniversaire',
    text: 'Coucou Lina,\n\nSamedi c’est mon anniversaire. Tu viens ? Il y aura un gâteau au chocolat et une chasse au trésor.\n\nJade',
  }),
  letter({
    from: 'lina.moreau',
    to: ['jade.morel'],
    at: [9, '18:05'],
    subject: 'Re : Mon anniversaire',
    answers: 'Mon anniversaire',
    text: 'Oui oui oui ! Maman est d’accord. J’ai déjà une idée de cadeau mais je ne te dis rien.\n\nLina',
  }),
  letter({
    from: 'jade.morel',
    to: ['lina.moreau'],
    at: [4, '17:20'],
    subject: 'Je change de classe',
    text: 'Coucou Lina,\n\nLundi je vais chez Monsieur Haddad, dans la classe des CE1-CE2. Je suis un peu triste. On se voit à la récré, près du tilleul !\n\nJade',
  }),
];

const SCHOOL_LIFE: readonly DemoLetter[] = [
  letter({
    from: 'mamadou.diallo',
    to: ['eleves.tilleuls'],
    at: [6, '08:40'],
    subject: 'La fête des Tilleuls',
    text: 'Bonjour à toutes et à tous,\n\nLa fête des Tilleuls aura lieu le 18 décembre, sous le préau. Chaque classe prépare une chanson. Qui veut tenir le stand des crêpes ?\n\nMonsieur Diallo, le directeur',
  }),
  letter({
    from: 'anne.kermadec',
    to: [CLAIRE],
    at: [5, '17:45'],
    subject: 'Planning de la semaine',
    text: 'Bonjour Claire,\n\nJe suis avec Théo lundi et jeudi matin. Pour la sortie au musée, je peux rester jusqu’à 16 h.\n\nAnne',
  }),
  letter({
    from: INSPECTION,
    to: [CLAIRE, 'mamadou.diallo'],
    at: [4, '09:12'],
    subject: 'Animations pédagogiques',
    text: 'Bonjour,\n\nLe calendrier du deuxième trimestre est en ligne. Merci de vous inscrire avant le 11 décembre.\n\nCordialement,\nL’équipe de circonscription',
  }),
  letter({
    from: 'teresa.marques',
    to: [CLAIRE],
    at: [4, '18:30'],
    subject: 'Merci',
    text: 'Bonjour Madame,\n\nSofia est ravie de préparer son exposé, merci pour votre aide. Elle a transformé la cuisine en élevage d’escargots.\n\nTeresa Marques',
  }),
  letter({
    from: 'yanis.hamdi',
    to: ['lina.moreau'],
    at: [4, '16:35'],
    subject: 'La devinette',
    text: 'Lina ! C’est une éponge ! J’ai trouvé tout seul.\n\nÀ moi : qu’est-ce qui a des dents mais qui ne mord pas ?\n\nYanis',
  }),
  letter({
    from: CLAIRE,
    to: [CE1_A],
    at: [3, '17:10'],
    subject: 'Les mots de la semaine',
    text: 'Bonjour à tous,\n\nVoici les mots à savoir écrire pour vendredi :\nune coquille, un escargot, lentement, glisser, la pluie, le jardin, dessous, dessus.\n\nVous pouvez m’écrire une phrase avec deux de ces mots.\n\nMadame Lefèvre',
  }),
  letter({
    from: TOWN_HALL,
    to: ['mamadou.diallo'],
    at: [3, '11:05'],
    subject: 'Travaux du préau pendant les vacances',
    text: 'Monsieur le directeur,\n\nL’entreprise passera le lundi 21 décembre à 8 h. Pouvez-vous laisser les clés à la loge ?\n\nBien cordialement,\nLe service des écoles',
  }),
];

const YESTERDAY: readonly DemoLetter[] = [
  letter({
    from: 'sofia.marques',
    to: [CE1_A],
    at: [1, '10:20'],
    subject: 'Mon exposé sur les escargots',
    text: 'Bonjour tout le monde,\n\nVoici mon dessin pour l’exposé. L’escargot a une coquille qui tourne. Il mange de la salade et il sort quand il pleut.\n\nEst-ce que vous avez des questions ?\n\nSofia',
    files: [snailDrawing('escargot.png')],
  }),
  letter({
    from: 'elodie.garnier',
    to: [CLAIRE],
    at: [1, '12:40'],
    subject: 'Noé absent lundi',
    text: 'Bonjour Madame,\n\nNoé a rendez-vous chez le dentiste lundi. Il revient à 10 h.\n\nBonne journée,\nÉlodie Garnier',
  }),
  letter({
    from: 'julie.robin',
    to: [CLAIRE],
    at: [1, '14:15'],
    subject: 'Correspondance CE1 A – CE1 Pasteur',
    text: 'Bonjour Claire,\n\nMes élèves ont choisi leurs questions. On commence quand tu veux : ils ont surtout envie de parler de nos poules.\n\nJulie',
  }),
  letter({
    from: CLAIRE,
    to: ['samira.benali'],
    at: [1, '16:05'],
    subject: 'Sortie au musée : autorisation',
    text: 'Bonjour,\n\nIl me manque l’autorisation d’Amine pour jeudi. Pouvez-vous me la renvoyer avant mercredi soir ?\n\nMerci,\nClaire Lefèvre',
  }),
  letter({
    from: 'samira.benali',
    to: [CLAIRE],
    at: [1, '19:40'],
    subject: 'Re : Sortie au musée : autorisation',
    answers: 'Sortie au musée : autorisation',
    text: 'Bonsoir,\n\nJe vous l’envoie demain matin sans faute.\n\nSamira Benali',
  }),
  letter({
    from: 'karine.moreau',
    to: ['lina.moreau'],
    at: [1, '12:55'],
    subject: 'Bonne journée ma puce',
    text: 'Ma Lina,\n\nPapi vient te chercher ce soir, attends-le près du portail. Il y a du pain d’épices pour le goûter.\n\nMaman',
  }),
  letter({
    from: 'cecile.jourdain',
    to: ['mamadou.diallo'],
    at: [1, '20:10'],
    subject: 'Rendez-vous pour Théo',
    text: 'Bonsoir Monsieur,\n\nPourrions-nous nous voir vendredi pour faire le point sur l’accompagnement de Théo ?\n\nCécile Jourdain',
  }),
  letter({
    from: 'julie.robin',
    to: ['ce1.pasteur'],
    at: [1, '15:30'],
    subject: 'Nos correspondants',
    text: 'Bonjour les CE1,\n\nLes élèves de Madame Lefèvre attendent vos lettres. Pensez à dire bonjour, à vous présenter et à poser une question.\n\nMaîtresse Julie',
  }),
  letter({
    from: 'philippe.marchand',
    to: ['familles.jules-ferry'],
    at: [1, '18:00'],
    subject: 'Photo de classe',
    text: 'Chers parents,\n\nLa photographe vient jeudi matin. Merci d’être à l’heure, avec le sourire.\n\nPhilippe Marchand, directeur',
  }),
];

/**
 * They wait: a first letter between two children of a class that asks for it, one through the class
 * link, one of an approved correspondent.
 */
const WAITING: readonly DemoLetter[] = [
  letter({
    from: 'eliott.marchal',
    to: ['kenza.rahmani'],
    at: [0, '08:20'],
    subject: 'Coucou',
    text: 'Salut Kenza, est-ce que tu veux être dans mon groupe pour le volcan ? J’ai déjà la bouteille et le vinaigre.\n\nEliott',
  }),
  letter({
    from: 'ondine.le-bihan',
    to: ['lina.moreau'],
    at: [0, '09:05'],
    subject: 'Nos questions pour vous',
    text: 'Bonjour Lina,\n\nJe m’appelle Ondine et je suis en CE1 à l’école Pasteur. Est-ce que vous avez un potager ? Nous, nous avons trois poules : Plume, Caillou et Madame Robin bis.\n\nOndine',
  }),
  letter({
    from: MUSEUM,
    to: [CE1_A],
    at: [0, '09:30'],
    subject: 'Avant votre visite',
    text: 'Bonjour les CE1 A,\n\nJeudi, je vous montrerai une coquille vieille de cent millions d’années. Préparez vos questions !\n\nCamille, du musée des sciences',
  }),
];

const TODAY: readonly DemoLetter[] = [
  letter({
    from: 'mamadou.keita',
    to: [CLAIRE],
    at: [0, '08:31'],
    subject: 'Re : Les mots de la semaine',
    answers: 'Les mots de la semaine',
    text: 'Maîtresse, j’ai 9 sur 10 à la dictée de maman ! J’ai oublié un l à coquille.\n\nMa phrase : l’escargot glisse lentement sous la pluie.\n\nMamadou',
  }),
  letter({
    from: PUBLISHER,
    to: [CLAIRE],
    at: [0, '08:45'],
    subject: 'Votre spécimen est arrivé',
    text: 'Bonjour,\n\nVotre spécimen « Compter au CE1 » est disponible à notre point de vente.\n\nLes Éditions du Cartable',
  }),
  letter({
    from: 'mamadou.diallo',
    to: ['equipe.tilleuls'],
    at: [0, '09:50'],
    subject: 'Conseil des maîtres du 1er décembre',
    text: 'Bonjour à tous,\n\nL’ordre du jour est joint. Merci d’ajouter vos points avant vendredi.\n\nMamadou Diallo',
    files: [
      smallPdf('ordre-du-jour.pdf', [
        'Conseil des maîtres du 1er décembre',
        '',
        '1. La fête des Tilleuls',
        '2. Les évaluations de CP et de CE1',
        '3. Le préau pendant les travaux',
      ]),
    ],
  }),
  letter({
    from: 'noe.garnier',
    to: [CLAIRE],
    at: [0, '10:15'],
    subject: 'Mon exposé',
    text: 'Maîtresse,\n\nJ’ai fini la page sur les dauphins, est-ce que je peux apporter le livre de papi ?\n\nNoé',
  }),
  letter({
    from: 'lina.moreau',
    to: ['noe.garnier', 'zoe.lambert'],
    at: [0, '10:25'],
    subject: 'On joue aux billes ?',
    text: 'Coucou Noé et Zoé, on joue aux billes à la récré ? J’apporte mes trois agates et mon sac bleu. À tout à l’heure sous le préau !\n\nLina',
  }),
  letter({
    from: CLAIRE,
    to: [CE1_A],
    at: [0, '10:35'],
    subject: 'La sortie au musée, c’est jeudi',
    text: 'Bonjour à tous,\n\nJeudi matin nous allons au musée. Le car part à 8 h 45, devant l’école. Il faut un goûter, une gourde et un manteau chaud.\n\nLa feuille à rapporter est jointe.\n\nÀ jeudi !\nMadame Lefèvre',
    files: [
      smallPdf('feuille-musee.pdf', [
        'Ma feuille pour le musée',
        '',
        'Prénom : ........................',
        '',
        '1. J’ai vu une coquille qui tourne vers la : gauche / droite',
        '2. L’animal qui m’a surpris : ........................',
        '3. Je dessine le fossile que je préfère :',
      ]),
    ],
  }),
  letter({
    from: 'noe.garnier',
    to: ['lina.moreau'],
    at: [0, '10:40'],
    subject: 'Tu viens jouer aux billes ?',
    text: 'J’ai une nouvelle agate bleue ! Je te la montre si tu ne la gagnes pas.\n\nNoé',
  }),
  letter({
    from: 'samira.benali',
    to: [CLAIRE],
    at: [0, '10:42'],
    subject: 'Re : Sortie au musée : autorisation',
    answers: 'Sortie au musée : autorisation',
    text: 'Bonjour Madame,\n\nVoici l’autorisation signée pour la sortie de jeudi. Amine aura son pique-nique et une gourde.\n\nIl est un peu inquiet dans le car : peut-il s’asseoir à l’avant, près de vous ? Je peux aussi accompagner si vous manquez d’adultes.\n\nBien cordialement,\nSamira Benali',
    files: [
      smallPdf('autorisation-amine.pdf', [
        'Autorisation de sortie',
        '',
        'J’autorise Amine Benali à participer à la sortie au musée.',
        '',
        'Samira Benali',
      ]),
    ],
  }),
];

const SYLVIE = 'sylvie.caradec';

/** What the children of GS say by one touch, as their teacher has made it. */
export const CLASS_PHRASE = {
  teacher: SYLVIE,
  words: 'J’ai lu ta lettre.',
  picture: 'lu',
} as const;

/** A drawing, as the page where one draws sends it. */
const drawn = (from: string, to: string, at: Short['at']): DemoLetter =>
  letter({
    from,
    to: [to],
    at,
    subject: 'Un dessin',
    text: 'Je t’ai fait un dessin.',
    files: [boatDrawing('dessin.png')],
  });

/** For those who don't read yet: short enough to be heard. */
const OF_THE_LITTLE: readonly DemoLetter[] = [
  letter({
    from: 'odile.prigent',
    to: ['tom.moreau', 'lila.ziani'],
    at: [3, '11:30'],
    subject: 'La cantine',
    text: 'Ce midi, il y a des pâtes et une pomme. Bon appétit !',
  }),
  letter({
    from: 'karine.moreau',
    to: ['tom.moreau'],
    at: [2, '08:10'],
    subject: '',
    text: 'Bonjour mon Tom. Regarde, un escargot dans le jardin ! Ce soir, c’est Papi qui vient te chercher.',
    files: [snailDrawing('escargot.png')],
  }),
  letter({
    from: 'malo.tanguy',
    to: ['tom.moreau'],
    at: [1, '10:05'],
    subject: '',
    text: 'Tu viens jouer avec moi ?',
  }),
  drawn('lila.ziani', 'tom.moreau', [0, '08:50']),
  letter({
    from: SYLVIE,
    to: ['gs.tilleuls'],
    at: [0, '09:05'],
    subject: 'La mer',
    text: 'Bonjour les enfants. Demain, nous allons voir la mer. Mettez vos bottes et votre manteau !',
  }),
  letter({
    from: 'lila.ziani',
    to: ['awa.ba'],
    at: [0, '09:12'],
    subject: CLASS_PHRASE.words,
    text: CLASS_PHRASE.words,
    made: { kind: 'phrase' },
  }),
  drawn('tom.moreau', SYLVIE, [0, '09:15']),
  letter({
    from: 'malo.tanguy',
    to: [SYLVIE],
    at: [0, '09:20'],
    subject: 'Ma voix',
    text: 'Écoute ma voix.',
    made: { kind: 'voice', says: 'Bonjour Maîtresse. J’ai retrouvé mes bottes bleues !' },
  }),
];

export const LETTERS: readonly DemoLetter[] = [
  ...WITH_JADE,
  ...SCHOOL_LIFE,
  ...YESTERDAY,
  ...WAITING,
  ...TODAY,
  ...OF_THE_LITTLE,
].toSorted((a, b) => b.daysAgo - a.daysAgo || a.time.localeCompare(b.time));

/** What these three have not read yet; they have read all the rest. */
export const UNREAD: Readonly<Record<string, readonly string[]>> = {
  'lina.moreau': ['La sortie au musée, c’est jeudi', 'Tu viens jouer aux billes ?'],
  'claire.lefevre': [
    'Re : Sortie au musée : autorisation',
    'Conseil des maîtres du 1er décembre',
    'Re : Les mots de la semaine',
    'Correspondance CE1 A – CE1 Pasteur',
  ],
  'mamadou.diallo': ['Rendez-vous pour Théo'],
};

/** What Claire has begun and not sent. */
export const DRAFT: DemoLetter = letter({
  from: CLAIRE,
  to: ['familles.ce1-a.tilleuls'],
  at: [0, '10:58'],
  subject: 'Accompagner au musée',
  text: 'Bonjour,\n\nNous cherchons encore deux adultes pour la sortie de jeudi.\n\n',
});
