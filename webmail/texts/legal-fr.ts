import { auditFr } from './audit-fr.ts';
import type { LegalSubject, LegalSection } from './legal.ts';
import { plural } from './plural-fr.ts';

/** What the law has a French town tell everybody: « vous », short sentences, no jargon. */

const UNTOLD = 'la ville ne l’a pas encore indiqué ici';
const told = (value: string): string => (value.trim() === '' ? UNTOLD : value);
const within = (value: string): string => (value.trim() === '' ? '' : ` (${value})`);
const many = (count: number, one: string): string => plural(count, one, `${one}s`);

const CNIL = { href: 'https://www.cnil.fr/fr/plaintes', words: 'cnil.fr/fr/plaintes' };
const DEFENDER = {
  href: 'https://formulaire.defenseurdesdroits.fr/',
  words: 'formulaire.defenseurdesdroits.fr',
};

function contactPoints({ contacts }: LegalSubject): string[] {
  return [
    `Adresse postale\u00a0: ${told(contacts.postalAddress)}.`,
    `Téléphone\u00a0: ${told(contacts.phone)}.`,
    `Courriel\u00a0: ${told(contacts.mail)}.`,
  ];
}

const notice = (subject: LegalSubject): readonly LegalSection[] => [
  {
    title: 'Qui publie ce service',
    text: [
      `Ce service de courrier des écoles est publié par\u00a0: ${told(subject.contacts.organisation)}.`,
    ],
    points: contactPoints(subject),
  },
  {
    title: 'Qui dirige la publication',
    text: [
      `Directeur ou directrice de la publication\u00a0: ${told(subject.contacts.representative)}.`,
    ],
  },
  {
    title: 'Qui héberge',
    text: [`Hébergeur (nom, adresse, téléphone)\u00a0: ${told(subject.contacts.host)}.`],
  },
  {
    title: 'Signaler un message',
    text: [
      'Sous une lettre reçue, un élève appuie sur «\u00a0Ça me gêne\u00a0»\u00a0: elle quitte sa boîte, et ses enseignants et la direction s’en occupent. Qui l’a écrite n’en voit rien.',
      `Un abus venu d’une adresse de ${subject.domain} se signale à abuse@${subject.domain}.`,
    ],
  },
  {
    title: 'Le logiciel',
    text: [
      'Préau est un logiciel libre, sous licence publique de l’Union européenne (EUPL 1.2). Ses dessins viennent avec lui\u00a0: une page ne demande rien à un autre site.',
    ],
  },
];

const KEPT: LegalSection = {
  title: 'Ce qui est conservé',
  text: ['Les listes viennent des écoles (ONDE ou leurs fichiers). Le reste vient de vous.'],
  points: [
    'Qui vous êtes\u00a0: nom, prénom, adresse de courrier, école, classes, rôle, et pour une famille le lien avec l’enfant.',
    'Vos messages, leurs fichiers, vos brouillons et vos dossiers.',
    'Ce qui ouvre votre compte\u00a0: empreintes du mot de passe, du code et des mots de passe d’appareils, clé scellée du second facteur. Personne ne peut les relire.',
    'Un identifiant national, une date de naissance, un courriel ou un téléphone lus dans une liste servent à reconnaître la même personne d’une année à l’autre\u00a0: seule leur empreinte reste.',
    'Ce qui a été fait\u00a0: journal de chaque école et des agents de la ville (qui a changé une classe, décidé d’un message, fait un code).',
    'Les journaux techniques n’ont ni nom, ni adresse de courrier, ni objet, ni texte.',
  ],
};

const cookies = (subject: LegalSubject): LegalSection => ({
  title: 'Les cookies',
  text: [
    'Ils ne servent qu’à entrer et à lire dans votre langue, et sont nécessaires au service\u00a0: aucun accord n’est à donner.',
  ],
  points: [
    `La session\u00a0: ${many(subject.retention.sessionHours, 'heure')} au plus, et ${many(subject.retention.idleMinutes, 'minute')} sans rien faire.`,
    'Le jeton du formulaire d’entrée et la langue\u00a0: jusqu’à la fermeture du navigateur.',
    `«\u00a0Cet ordinateur est à moi\u00a0»\u00a0: ${many(subject.deviceDays, 'jour')}, si vous le cochez\u00a0; il ne nomme personne.`,
    'L’ordinateur d’une classe\u00a0: jusqu’à la fin de l’année scolaire.',
    'Le signe que des dessins du mur sont dans le navigateur, pour les oublier à la sortie\u00a0: jusqu’à la fermeture du navigateur.',
  ],
});

const privacy = (subject: LegalSubject): readonly LegalSection[] => [
  {
    title: 'Qui en répond',
    text: [
      `Responsable du traitement\u00a0: ${told(subject.contacts.organisation)}.`,
      `Qui le représente\u00a0: ${told(subject.contacts.representative)}.`,
      `Déléguée ou délégué à la protection des données\u00a0: ${told(subject.contacts.dataOfficer)}.`,
    ],
    points: contactPoints(subject),
  },
  {
    title: 'Pourquoi',
    text: [
      'Le service permet aux élèves, à leurs familles et aux équipes des écoles de s’écrire. C’est une mission d’intérêt public (RGPD, article 6, 1, e).',
      'Il n’y a ni publicité, ni profil, ni vente de données, ni mesure d’audience. Aucune décision sur une personne n’est prise par une machine\u00a0: un message retenu l’est par une règle de l’école, et un adulte peut le laisser partir.',
    ],
  },
  KEPT,
  {
    title: 'Qui les voit',
    text: [
      'Votre boîte est à vous. La même règle dit partout qui peut écrire à qui.',
      'Les enseignants d’une classe lisent un message d’élève quand l’école le retient. Une lettre qu’un élève signale est lue par ses enseignants et la direction, jamais par qui l’a écrite. La direction voit le journal de son école. Les agents de la ville font marcher le service\u00a0: ils n’entrent dans une école qu’en écrivant pourquoi. Ils lisent les journaux, et le journal note qu’ils l’ont fait.',
      'Quand un élève part, la direction peut remettre son courrier à sa famille\u00a0; celui d’un adulte ne l’est que par la mairie, à sa demande. Les deux sont notés au journal.',
      `Une lettre écrite à une adresse du dehors part chez son destinataire. L’hébergeur${within(subject.contacts.host)} garde les machines pour le compte de la ville. Préau n’envoie rien à personne d’autre.`,
    ],
  },
  { title: 'Combien de temps', text: [], points: times(subject) },
  cookies(subject),
  {
    title: 'Vos droits',
    text: [
      'Vous pouvez demander à voir vos données, à les corriger, à en limiter l’usage ou à vous y opposer, et à les faire effacer quand la loi le permet. Pour un enfant, ses responsables légaux le demandent.',
      `Écrivez au délégué à la protection des données${within(subject.contacts.dataOfficer)} ou à l’école. Une réponse vient en un mois. La page «\u00a0Emporter mon courrier\u00a0» vous donne tous vos messages quand vous voulez.`,
      'Sans réponse juste, vous pouvez vous plaindre à la CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07\u00a0:',
    ],
    links: [CNIL],
  },
  {
    title: 'Pour les enfants',
    text: [
      'Tes messages sont à toi. Ta maîtresse ou ton maître peut en lire un avant qu’il parte. Personne d’inconnu ne peut t’écrire. S’il te gêne, appuie sur «\u00a0Ça me gêne\u00a0».',
    ],
  },
];

function times({ retention }: LegalSubject): string[] {
  const { leaverMonths, activationDays, rosterDraftDays, rosterBatchDays } = retention;
  return [
    `Messages et compte\u00a0: tant que vous êtes à l’école ou que vous y travaillez, puis ${leaverMonths} mois (arrêté du 30 novembre 2006, article 6). Ensuite tout est effacé\u00a0; votre adresse n’est donnée à personne d’autre.`,
    `Lettre qu’un élève a signalée, et ce qui en fut fait\u00a0: tant que le signalement est ouvert, puis ${retention.reportMonths} mois, même si elle est effacée des boîtes ou son auteur parti.`,
    `Code imprimé d’un adulte\u00a0: ${many(activationDays, 'jour')}. Code d’images d’un élève\u00a0: jusqu’au 30 septembre suivant.`,
    `Liste déposée et pas appliquée\u00a0: ${many(rosterDraftDays, 'jour')}\u00a0; dépôt de toute la ville\u00a0: ${many(rosterBatchDays, 'jour')}\u00a0; une ligne en doute, jusqu’à la réponse, au plus ${many(retention.rosterQuestionDays, 'jour')}. De quoi annuler un import\u00a0: ${many(retention.undoDays, 'jour')}.`,
    `Lieu connu d’une connexion, sous forme d’empreinte\u00a0: ${many(retention.knownPlaceDays, 'jour')}.`,
    `Sauvegardes, si la ville en fait faire par Préau\u00a0: chiffrées, elles ramènent à ${many(retention.backupDays, 'jour')} en arrière au moins. Ce qui est effacé l’est de nouveau quand on y revient, et plus aucune ne l’a après ${many(retention.backupGoneDays, 'jour')}.`,
    `Papier signé par une famille, avec ses fichiers et les photos de feuilles\u00a0: l’année scolaire, puis ${many(retention.paperYears, 'an')}\u00a0; un numéro de téléphone donné pour une sortie, jusqu’au lendemain.`,
    'Ce qu’un élève coche dans sa semaine\u00a0: 30 jours\u00a0; la semaine d’une classe\u00a0: jusqu’à la fin de l’année scolaire qui suit. Le lien privé d’un adulte vers la semaine\u00a0: jusqu’à ce qu’il l’éteigne, ou que son compte soit effacé.',
    'Dessin ou voix donné au mur de la classe\u00a0: jusqu’à la fin de l’année scolaire, effacé dès que l’enfant le décroche.',
    `Journaux des écoles et des agents\u00a0: ${many(retention.journalYears, 'an')}, puis effacés. Une empreinte salée de chaque ligne reste, qui n’en dit rien.`,
  ];
}

const accessibility = (subject: LegalSubject): readonly LegalSection[] => [
  {
    title: 'Notre engagement',
    text: [
      `${subject.contacts.organisation.trim() === '' ? 'La ville' : subject.contacts.organisation} s’engage à rendre ce service accessible, selon l’article 47 de la loi du 11 février 2005. Cette déclaration vaut pour toutes les pages de ce site.`,
    ],
  },
  {
    title: 'État de conformité',
    text: [
      STATE[subject.conformity],
      auditFr.rate(subject.audit.met, subject.audit.applicable, subject.audit.none),
      auditFr.sample,
    ],
  },
  {
    title: 'Ce qui est vérifié à chaque changement',
    text: ['Des essais automatiques regardent, sur de vraies pages dans un vrai navigateur\u00a0:'],
    points: subject.tested.map((one) => TESTED[one]),
  },
  {
    title: 'Ce qui n’est pas accessible, ou pas vérifié',
    text: [],
    points: [
      ...subject.audit.notMet.map((one) => auditFr.notMet(one, auditFr.found[one])),
      'Aucune personne aveugle ou malvoyante n’a encore essayé le service avec un lecteur d’écran.',
      'La mise en page d’un message venu d’ailleurs et les fichiers joints sont ceux de leur auteur\u00a0: Préau offre le texte seul.',
      'Le code d’images demande de reconnaître des dessins\u00a0: chacun a un nom qu’un lecteur d’écran dit, et un adulte peut donner un mot de passe à la place.',
    ],
  },
  {
    title: 'Comment cette déclaration est faite',
    text: [
      `Elle a été établie le ${subject.statedOn}, par ceux qui écrivent Préau, d’après l’audit ci-dessus et les essais du logiciel. Techniques\u00a0: HTML, CSS, SVG, JavaScript (chaque page marche sans). Outils\u00a0: axe-core et Chromium.`,
    ],
  },
  {
    title: 'Nous écrire',
    text: [
      'Une page ne va pas\u00a0? Dites-le à l’école ou à la ville, qui vous donnera ce qu’il vous faut autrement.',
    ],
    points: contactPoints(subject),
  },
  {
    title: 'Si rien ne change',
    text: [
      'Vous avez signalé un défaut d’accessibilité et n’avez pas reçu de réponse qui convienne\u00a0: le Défenseur des droits peut être saisi, en ligne, par un délégué de votre région, ou par courrier sans timbre\u00a0: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.',
    ],
    links: [DEFENDER],
  },
];

const STATE: Readonly<Record<LegalSubject['conformity'], string>> = {
  none: 'Ce service est non conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1)\u00a0: moins de la moitié de ses critères sont respectés. Cela ne veut pas dire que rien n’est accessible\u00a0; voici ce qui est vérifié.',
  partial:
    'Ce service est partiellement conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1).',
  whole:
    'Ce service est totalement conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1).',
};

const TESTED: Readonly<Record<LegalSubject['tested'][number], string>> = {
  axe: 'les fautes que l’outil axe-core dit graves ou critiques (contrastes, noms des champs et des images, titres, régions)\u00a0: il n’en reste aucune\u00a0;',
  sizes:
    'que rien ne déborde à 1280, 1024 et 390 pixels de large, ce dernier valant aussi pour un grand zoom\u00a0;',
  script: 'que lire, répondre et envoyer marchent sans JavaScript\u00a0;',
  keyboard:
    'que ce qui se glisse à la souris (un élève d’une classe à l’autre) se déplace aussi au clavier\u00a0;',
  weight: 'le poids des pages, pour les vieux ordinateurs\u00a0;',
  browsers: 'que les pages restent lisibles par des navigateurs de 2020.',
};

export const legalFr = {
  foot: 'Informations légales',
  noticeLink: 'Mentions légales',
  privacyLink: 'Données personnelles',
  accessibilityLink: {
    none: 'Accessibilité\u00a0: non conforme',
    partial: 'Accessibilité\u00a0: partiellement conforme',
    whole: 'Accessibilité\u00a0: totalement conforme',
  },
  back: 'Revenir à la messagerie',
  notice: { title: 'Mentions légales', sections: notice },
  privacy: { title: 'Données personnelles', sections: privacy },
  accessibility: { title: 'Accessibilité', sections: accessibility },
  audit: auditFr,
};
