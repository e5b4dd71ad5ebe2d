import { de } from './elision.ts';
import { isolationFr } from './isolation-fr.ts';
import { noun, plural } from './plural-fr.ts';
import { quotasFr } from './quotas-fr.ts';
import { settingsFr } from './settings-fr.ts';
import { teachingFr, type SwitchWords } from './teaching-fr.ts';
import {
  dayIn,
  listed,
  number,
  saidOf,
  some,
  word,
  type TrailSentence,
  type TrailWords,
} from './trail-words.ts';

/** What the journal says of each act, after the name of who did it. Part of `fr.ts`. */

const GONE = 'quelqu’un qui n’est plus là';
const names = (words: TrailWords, key: string): string =>
  listed(words, key, { gone: GONE, and: 'et', others: 'autres' });
const from = (words: TrailWords): string =>
  some(words, 'from') ? ` (avant\u00a0: ${names(words, 'from')})` : '';
const day = (words: TrailWords, key: string): string =>
  dayIn(words, key, 'fr-FR').replace(/^1 /, '1er ');
const ofCommune = (words: TrailWords): string =>
  words['commune'] === undefined ? '' : ` de la commune ${word(words, 'commune')}`;
/** Whose a cupboard is. */
const whose = (words: TrailWords): string => {
  if (words['class'] !== undefined) return word(words, 'class');
  return word(words, 'place') === 'team' ? 'l’équipe' : 'l’école';
};
const dates = (words: TrailWords): string =>
  `${words['fromDay'] === undefined ? '' : `, à partir du ${day(words, 'fromDay')}`}${words['untilDay'] === undefined ? '' : `, jusqu’au ${day(words, 'untilDay')}`}`;
const sender = (words: TrailWords): string =>
  word(words, 'message') === '' ? '' : ` ${de(word(words, 'message'))}`;
/** In the words of who gave it. */
const reason = (words: TrailWords): string =>
  word(words, 'reason') === '' ? '' : ` Raison\u00a0: «\u00a0${word(words, 'reason')}\u00a0»`;
const aboutPaper = (words: TrailWords): string => `papier n°\u00a0${word(words, 'paper')}`;
const aboutNotice = (words: TrailWords): string => `annonce n°\u00a0${word(words, 'notice')}`;
const person = (words: TrailWords): string => word(words, 'account') || GONE;
const SHEET: Readonly<Record<string, string>> = {
  csv: ', en fichier',
  pdf: ', sur une feuille',
  import: ', pour un import',
};
const MODERATION: Readonly<Record<string, string>> = {
  open: 'les messages partent tout de suite',
  'first-contact': 'le premier message attend',
  all: 'tous les messages attendent',
};

const ROLES: Readonly<Record<string, string>> = quotasFr.roles;
const SWITCHES: Readonly<Record<string, SwitchWords>> = teachingFr.switches;
const titleOf = (words: TrailWords): string => SWITCHES[word(words, 'name')]?.title ?? '';
const choiceIn = (words: TrailWords): string =>
  SWITCHES[word(words, 'name')]?.choices[word(words, 'value')] ?? '';

function spread(words: TrailWords): string {
  const who = names(words, 'people');
  if (words['way'] === 'take-out') return `a retiré ${who} de ${names(words, 'from')}.`;
  return words['way'] === 'add'
    ? `a ajouté ${who} à ${word(words, 'to')}${some(words, 'from') ? `, en plus de ${names(words, 'from')}` : ''}.`
    : `a mis ${who} en ${word(words, 'to')}${from(words)}.`;
}

/** What somebody does to their own way in; an agent’s stands in the agents’ journal too. */
const ownActs = {
  'begin-copies': () => 'reçoit les messages de classe en copie à une adresse à lui.',
  'end-copies': () => 'ne reçoit plus de copies à une adresse à lui.',
  'change-password': () => 'a changé son mot de passe.',
  'begin-second-factor': () => 'a protégé son compte par un code de son téléphone.',
  'new-recovery-codes': () => 'a fait dix nouveaux codes de secours.',
  'use-recovery-code': () => 'est entré par un code de secours.',
  'end-second-factor': () => 'ne protège plus son compte par un code de son téléphone.',
  'lose-second-factor': () =>
    'a ouvert son compte par un nouveau code\u00a0: le code de son téléphone n’est plus demandé.',
} as const;

/** Said in rows of long ago, of all settings whether they changed or not. */
const allSettings: TrailSentence = (w) =>
  `a changé les réglages de l’école\u00a0: les élèves envoient ${word(w, 'hours') === '' ? 'à toute heure' : `de ${word(w, 'hours')}`}, ${w['allTeachers'] === true ? 'à tous les enseignants' : 'à leurs enseignants'}\u00a0; ${w['outside'] === true ? 'les adultes écrivent au-dehors' : 'personne n’écrit au-dehors'}\u00a0; logiciels des élèves\u00a0: ${w['programs'] === true ? 'oui' : 'non'}\u00a0; charte\u00a0: ${w['charter'] === true ? 'oui' : 'non'}, accord des familles\u00a0: ${w['families'] === true ? 'oui' : 'non'}.`;

function settingsChanged(w: TrailWords): string {
  const changes = [
    ...saidOf(w, settingsFr.changes, (say, value) => say(String(value))),
    ...saidOf(
      w,
      settingsFr.switches,
      (ask, value) => `${value === true ? 'oui' : 'non'} à «\u00a0${ask.replace(/\.$/, '')}\u00a0»`,
    ),
  ];
  return changes.length === 0
    ? 'a enregistré les réglages de l’école sans rien y changer.'
    : `a changé les réglages de l’école\u00a0: ${changes.join('\u00a0; ')}.`;
}

const acts: Readonly<Record<string, TrailSentence>> = {
  ...ownActs,
  report: () => 'a touché «\u00a0Ça me gêne\u00a0» sous une lettre.',
  'report-up': (w) =>
    `a transmis à d’autres adultes le signalement ${de(names(w, 'people'))}, ouvert depuis un jour d’école.`,
  'report-read': (w) => `a lu la lettre signalée par ${names(w, 'people')}.`,
  'report-taken': (w) => `s’occupe du signalement ${de(names(w, 'people'))}.`,
  'report-talked': (w) => `a parlé avec les enfants du signalement ${de(names(w, 'people'))}.`,
  'report-family': (w) => `a prévenu la famille pour le signalement ${de(names(w, 'people'))}.`,
  'report-rest': (w) => `a mis un envoi au repos pour le signalement ${de(names(w, 'people'))}.`,
  'report-apart': (w) =>
    `tient deux enfants à distance pour le signalement ${de(names(w, 'people'))}.`,
  'report-together': (w) => `laisse de nouveau s’écrire des enfants\u00a0: ${names(w, 'people')}.`,
  'report-closed': (w) => `a clos le signalement ${de(names(w, 'people'))}.`,
  'create-class': (w) =>
    `a créé la classe ${word(w, 'class')}${some(w, 'people') ? `, avec ${names(w, 'people')}` : ''}.`,
  'change-class': (w) =>
    `a changé la classe ${word(w, 'class')}${w['newName'] === undefined ? '' : `\u00a0: ${word(w, 'oldName')} s’appelle ${word(w, 'newName')}`}${w['moderation'] === undefined ? '' : `\u00a0: ${MODERATION[word(w, 'moderation')] ?? ''}`}.`,
  'end-class': (w) =>
    `a fixé le dernier jour de la classe ${word(w, 'class')} au ${day(w, 'lastDay')}.`,
  'keep-class': (w) => `a décidé que la classe ${word(w, 'class')} continue.`,
  'move-pupils': spread,
  'undo-move': (w) => `a annulé un changement de classe ${de(names(w, 'people'))}.`,
  'place-adult': (w) =>
    `a confié la classe ${word(w, 'class')} à ${names(w, 'people')}${w['role'] === 'aide' ? ' pour accompagner' : ''}${dates(w)}.`,
  'date-adult': (w) =>
    `a changé le dernier jour ${de(names(w, 'people'))} avec la classe ${word(w, 'class')}${w['untilDay'] === undefined ? '\u00a0: sans fin' : dates(w)}.`,
  'remove-adult': (w) => `a retiré ${names(w, 'people')} de la classe ${word(w, 'class')}.`,
  'moved-away': (w) => `a fait passer ${names(w, 'people')} dans une autre école de la ville.`,
  'agree-moves': (w) => `a accepté le changement d’école ${de(names(w, 'people'))}.`,
  'refuse-moves': (w) => `a refusé le changement d’école ${de(names(w, 'people'))}.`,
  'void-codes': (w) =>
    `a rendu nuls ${plural(number(w, 'codes'), 'code', 'codes')}, dont la feuille n’est pas arrivée.`,
  'print-codes': (w) =>
    `a fait ${plural(number(w, 'codes'), 'nouveau code', 'nouveaux codes')}${w['class'] === undefined ? '' : ` pour la classe ${word(w, 'class')}`}${SHEET[word(w, 'format')] ?? ''}.`,
  'reset-code': (w) => `a refait le code ${de(person(w))} (${word(w, 'class')}).`,
  'open-class-browser': (w) => `a ouvert la classe ${word(w, 'class')} sur un ordinateur.`,
  'close-class-browsers': (w) =>
    `a fermé la classe ${word(w, 'class')} sur ${plural(number(w, 'computers'), 'ordinateur', 'ordinateurs')}.`,
  release: (w) =>
    w['recipients'] === 0
      ? `a accordé un message retenu${sender(w)}, qui attend encore.`
      : `a laissé partir un message retenu${sender(w)} vers ${plural(number(w, 'recipients'), 'personne', 'personnes')}.${reason(w)}`,
  'give-back': (w) =>
    w['withWord'] === false
      ? 'n’a pas remis un message retenu venu de l’extérieur.'
      : `a rendu un message retenu${sender(w)}, avec un mot.`,
  'take-out': (w) =>
    `a retiré des boîtes un message de l’extérieur, où l’antivirus connaît maintenant un fichier dangereux (${plural(number(w, 'copies'), 'personne', 'personnes')}).`,
  'stop-pupil-mail': (w) =>
    `a arrêté les messages de tous les élèves${ofCommune(w)}${w['untilDay'] === undefined ? '' : `, jusqu’au ${day(w, 'untilDay')} à ${word(w, 'untilTime')}`}.`,
  'let-pupil-mail-run': (w) => `a laissé repartir les messages des élèves${ofCommune(w)}.`,
  'roster-import': (w) =>
    `a importé les élèves depuis un fichier\u00a0: ${number(w, 'arrives')} arrivées, ${number(w, 'leaves')} départs, ${number(w, 'movesClass')} changements de classe.`,
  'roster-undo': () => 'a annulé un import d’élèves.',
  'answer-questions': (w) =>
    `a dit qui est qui dans les listes\u00a0: ${plural(number(w, 'same'), 'personne reconnue', 'personnes reconnues')}, ${plural(number(w, 'new'), 'nouvelle', 'nouvelles')}, ${plural(number(w, 'skip'), 'ligne laissée', 'lignes laissées')} de côté.`,
  'roster-questions-lapsed': (w) =>
    `a effacé ${plural(number(w, 'questions'), 'question restée', 'questions restées')} sans réponse soixante jours\u00a0: personne n’est confondu, personne n’est créé.`,
  'roster-rehearse': (w) =>
    `a préparé l’année prochaine depuis un fichier\u00a0: ${number(w, 'arrives')} arrivées, ${number(w, 'leaves')} départs, ${number(w, 'movesClass')} changements de classe.`,
  'move-roll-over': (w) => `a fixé le jour du passage au ${day(w, 'day')}.`,
  'roll-over': (w) =>
    `a fait passer l’école à l’année préparée\u00a0: ${number(w, 'arrives')} arrivées, ${number(w, 'leaves')} départs, ${number(w, 'movesClass')} changements de classe.`,
  'make-code': (w) => `a fait un nouveau code pour ${person(w)}.`,
  'correct-address': (w) =>
    `a corrigé l’adresse ${de(person(w))}\u00a0: ${word(w, 'before')} est devenu ${word(w, 'after')}.`,
  'block-guardian': (w) => `a bloqué ${names(w, 'people')} pour ${person(w)}.`,
  'unblock-guardian': (w) => `a rétabli ${names(w, 'people')} pour ${person(w)}.`,
  'silence-guardian': (w) =>
    `a demandé de ne rien dire de l’autre à la famille ${de(person(w))} (${names(w, 'people')}).`,
  'unsilence-guardian': (w) =>
    `a levé «\u00a0ne rien dire de l’autre\u00a0» pour la famille ${de(person(w))} (${names(w, 'people')}).`,
  'plan-leave': (w) => `a noté le départ ${de(person(w))} le ${day(w, 'day')}.`,
  'cancel-leave': (w) => `a annulé le départ ${de(person(w))}.`,
  'leaver-ended': (w) => `a fermé le compte ${de(person(w))}, à la date de son départ.`,
  'came-from-closed': (w) => `a accueilli ${names(w, 'people')}, dont l’autre école a fermé.`,
  'erase-leaver': (w) =>
    `a effacé la boîte d’une personne partie le ${day(w, 'left')}, au terme du délai.${w['backups'] === undefined ? '' : ` Plus aucune sauvegarde ne l’a à partir du ${day(w, 'backups')}.`}${w['store'] === undefined ? '' : ` L’entrepôt des grands messages ne l’a plus à partir du ${day(w, 'store')}.`}`,
  'export-mail': (w) => `a exporté les messages ${de(person(w))}.`,
  'export-own-mail': () => 'a exporté ses propres messages.',
  rest: (w) =>
    `a mis au repos l’envoi ${de(word(w, 'account'))} (${word(w, 'class')}) jusqu’au ${day(w, 'until')}.`,
  'class-switch': (w) =>
    `a réglé «\u00a0${titleOf(w)}\u00a0» (${word(w, 'class')})\u00a0: «\u00a0${choiceIn(w)}\u00a0».`,
  // Written before all switches of a class had one act.
  'teachers-called': (w) =>
    `a choisi comment les enfants appellent leurs enseignants (${word(w, 'class')}).`,
  photos: (w) =>
    `a ${w['open'] === true ? 'ouvert' : 'fermé'} les photos des élèves (${word(w, 'class')}).`,
  'second-look': (w) => `a réglé la relecture avant l’envoi (${word(w, 'class')}).`,
  'phrase-made': (w) => `a ajouté une phrase en images (${word(w, 'class')}).`,
  'phrase-removed': (w) => `a retiré une phrase en images (${word(w, 'class')}).`,
  recall: (w) =>
    `a rappelé un de ses messages\u00a0: ${plural(number(w, 'copies'), 'copie non lue reprise', 'copies non lues reprises')}, ${number(w, 'read')} déjà ${noun(number(w, 'read'), 'lue', 'lues')}.`,
  'end-rest': (w) => `a rendu l’envoi à ${word(w, 'account')} (${word(w, 'class')}).`,
  'family-paper': (w) =>
    `a noté le oui de la famille, sur papier, pour ${names(w, 'people')} (${word(w, 'class')}).`,
  'family-paper-back': (w) =>
    `a repris le oui sur papier de la famille pour ${names(w, 'people')} (${word(w, 'class')}).`,
  'photo-word': (w) =>
    `a noté l’autorisation photo de ${names(w, 'people')}\u00a0: ${w['allowed'] === true ? 'oui' : 'non'} (${word(w, 'class')}).`,
  'notice-post': (w) => `a punaisé une annonce (${aboutNotice(w)}).`,
  'notice-change': (w) => `a changé les mots d’une annonce (${aboutNotice(w)}).`,
  'notice-take-down': (w) => `a retiré une annonce du panneau (${aboutNotice(w)}).`,
  'wall-hang': (w) =>
    `a accroché au mur ce que ${names(w, 'people')} a donné (${word(w, 'class')}).`,
  'wall-refuse': (w) =>
    `n’a pas accroché, ou a décroché, ce que ${names(w, 'people')} a donné au mur (${word(w, 'class')}).`,
  'wall-book': (w) => `a demandé le cahier de l’année (${word(w, 'class')}).`,
  'cupboard-move': (w) => `a rangé ailleurs un fichier ou un dossier du casier (${whose(w)}).`,
  'cupboard-show': (w) => `a changé qui voit un fichier ou un dossier du casier (${whose(w)}).`,
  'cupboard-throw': (w) => `a mis à la corbeille un fichier ou un dossier du casier (${whose(w)}).`,
  'feed-made': () => 'a fait un lien privé vers la semaine, pour son agenda.',
  'feed-ended': () => 'a éteint son lien privé vers la semaine.',
  'week-hours': (w) => `a changé les heures de la semaine (${word(w, 'class')}).`,
  'week-copied': (w) => `a commencé la semaine d’après une autre (${word(w, 'class')}).`,
  'week-special': (w) => `a noté un jour spécial dans la semaine (${word(w, 'class')}).`,
  'box-make': (w) => `a fait une boîte à rendre (${word(w, 'class')}).`,
  'notice-refuse': (w) => `n’a pas punaisé l’idée d’un élève (${aboutNotice(w)}).`,
  'paper-ask': (w) => `a demandé une réponse aux familles (${aboutPaper(w)}).`,
  'paper-change': (w) => `a changé un papier à signer, et l’a redemandé (${aboutPaper(w)}).`,
  'paper-erase': (w) => `a effacé les signatures d’un papier, leur temps passé (${aboutPaper(w)}).`,
  'paper-extend': (w) => `a repoussé la fin d’un papier à signer (${aboutPaper(w)}).`,
  'paper-withdraw': (w) => `a retiré un papier à signer (${aboutPaper(w)}).`,
  'paper-sign': (w) => `a signé un papier pour ${names(w, 'people')} (${aboutPaper(w)}).`,
  'paper-slip': (w) => `a noté une feuille signée pour ${names(w, 'people')} (${aboutPaper(w)}).`,
  'family-yes': (w) => `a dit oui dans son compte\u00a0: ${names(w, 'people')} peut écrire.`,
  'family-no': (w) => `a dit non dans son compte\u00a0: ${names(w, 'people')} lit et n’écrit pas.`,
  'child-reads': (w) =>
    `a choisi ${w['reads'] === 'pictures' ? 'de grandes images' : 'des pages comme les grands'} pour ${word(w, 'account')} (${word(w, 'class')}).`,
  'propose-link': (w) =>
    `a proposé de lier la classe ${word(w, 'class')} avec ${word(w, 'otherClassAddress')}.`,
  'accept-link': (w) =>
    `a accepté le lien de la classe ${word(w, 'class')} avec ${word(w, 'otherClassAddress')}.`,
  'decline-link': (w) =>
    `a refusé le lien de la classe ${word(w, 'class')} avec ${word(w, 'otherClassAddress')}.`,
  'moderate-link': (w) =>
    `a choisi que les messages entre ${word(w, 'class')} et ${word(w, 'otherClassAddress')} ${w['moderated'] === true ? 'attendent un enseignant' : 'partent tout de suite'}.`,
  'travel-link': (w) =>
    `a choisi que les lettres de ${word(w, 'otherClassAddress')} arrivent dans ${word(w, 'class')} ${w['travels'] === true ? 'le prochain jour d’école à 8 h' : 'tout de suite'}.`,
  'end-link': (w) =>
    `a fini le lien de la classe ${word(w, 'class')} avec ${word(w, 'otherClassAddress')}.`,
  'approve-correspondent': (w) =>
    `a approuvé le correspondant ${word(w, 'address')} pour la classe ${word(w, 'class')}.`,
  'remove-correspondent': (w) =>
    `a retiré le correspondant ${word(w, 'address')} de la classe ${word(w, 'class')}.`,
  'make-app-password': () => 'a créé un mot de passe pour un de ses appareils.',
  'revoke-app-password': () => 'a retiré le mot de passe d’un de ses appareils.',
  'change-settings': (w) => (w['programs'] === undefined ? settingsChanged(w) : allSettings(w)),
  'change-quota': (w) =>
    `a donné ${w['megabytes'] === undefined ? 'la place d’ailleurs' : `${number(w, 'megabytes')}\u00a0Mo`} à ${w['role'] === undefined ? `la boîte ${de(person(w))}` : `chaque boîte (${(ROLES[word(w, 'role')] ?? '').toLowerCase()})`}.`,
  'change-sites': () => 'a changé les sites interdits.',
  'open-school': (w) =>
    `a ouvert l’école pour une heure${w['reason'] === undefined ? '' : `\u00a0: «\u00a0${word(w, 'reason')}\u00a0»`}.`,
};

/**
 * The same in short, for the journal of the agents: it names the school and the reason, nobody
 * else.
 */
const agentActs: Readonly<Record<string, string>> = {
  'open-school': 'a ouvert l’école',
  'create-class': 'a créé une classe',
  'change-class': 'a changé une classe',
  'end-class': 'a fixé le dernier jour d’une classe',
  'keep-class': 'a laissé une classe continuer',
  'move-pupils': 'a déplacé des élèves',
  'undo-move': 'a annulé un déplacement d’élèves',
  'place-adult': 'a confié une classe à quelqu’un',
  'date-adult': 'a changé le dernier jour d’un adulte',
  'remove-adult': 'a retiré un adulte d’une classe',
  'stop-pupil-mail': 'a arrêté les messages des élèves',
  'let-pupil-mail-run': 'a laissé repartir les messages des élèves',
  'roster-import': 'a importé les élèves',
  'roster-rehearse': 'a préparé l’année prochaine',
  'roster-undo': 'a annulé un import',
  'answer-questions': 'a dit qui est qui dans les listes',
  'move-roll-over': 'a fixé le jour du passage',
  'change-settings': 'a changé les réglages d’une école',
  'change-quota': 'a changé la place d’une boîte, ou d’un rôle',
  'change-sites': 'a changé les sites interdits',
  'read-sites': 'a fait lire la liste des sites interdits',
  'print-codes': 'a imprimé les premiers codes d’une école',
  'void-codes': 'a rendu nuls des codes dont la feuille n’est pas arrivée',
  'agree-moves': 'a accepté que des enfants changent d’école',
  'refuse-moves': 'a refusé que des enfants changent d’école',
  'make-code': 'a fait un code pour quelqu’un',
  'correct-address': 'a corrigé une adresse',
  'block-guardian': 'a bloqué un responsable',
  'unblock-guardian': 'a rétabli un responsable',
  'silence-guardian': 'a demandé de ne rien dire de l’autre responsable',
  'unsilence-guardian': 'a levé «\u00a0ne rien dire de l’autre\u00a0»',
  'plan-leave': 'a noté un départ',
  'cancel-leave': 'a annulé un départ',
  'export-mail': 'a exporté les messages de quelqu’un',
};

type SayOf = (what: string) => string;

/** « École Pasteur, 2027-07-07 » with its day in words. */
const closing = (what: string): string =>
  what.replace(/, (\d{4}-\d{2}-\d{2})$/, (_, at: string) => ` au ${day({ at }, 'at')}`);

const wayIn = (door: string): string =>
  Object.entries(isolationFr.doors).find(([one]) => one === door)?.[1] ?? door;
/** « pupil 300 Plus de photos » in words; `null` for a size is the product’s own. */
const roomOf = (what: string): string => {
  const [, role = '', megabytes = '', why = ''] = /^(\w+) (\w+) (.*)$/.exec(what) ?? [];
  const size = megabytes === 'null' ? 'comme au début' : `${megabytes}\u00a0Mo`;
  return ` (${ROLES[role] ?? role}\u00a0: ${size}). Raison\u00a0: «\u00a0${why}\u00a0»`;
};

/** What agents do to the town itself: whom or what it was about stands in the sentence. */
const townActs: Readonly<Record<string, SayOf>> = {
  ...ownActs,
  'first-agent': (what) => `a créé le premier compte d’agent, pour ${what}.`,
  'change-town': (what) => `a enregistré la description de la ville (${what}).`,
  'give-holidays': (what) => `a donné le calendrier scolaire (${what}).`,
  'add-holidays': (what) => `a ajouté des jours sans classe (${what}).`,
  'remove-holidays': (what) => `a retiré des jours sans classe (${what}).`,
  'open-town': (what) => `a ouvert la ville (${what}).`,
  'add-agent': (what) => `a ajouté l’agent ${what}.`,
  'remove-agent': (what) => `a retiré l’agent ${what}.`,
  'reset-agent': (what) => `a refait l’accès de l’agent ${what}.`,
  'add-commune': (what) => `a ajouté la commune ${what}.`,
  'add-school': (what) => `a ajouté l’école ${what}.`,
  'change-school': (what) => `a changé l’école ${what}.`,
  'close-school': (what) => `a fixé la fermeture de l’école ${closing(what)}.`,
  'reopen-school': (what) => `a laissé continuer l’école ${what}.`,
  'import-schools': (what) => `a importé des écoles depuis le fichier ${what}.`,
  'undo-schools': (what) => `a annulé l’import des écoles du fichier ${what}.`,
  'give-domain': (what) => `a donné à une école le domaine ${what}.`,
  'change-commune': (what) => `a changé la commune ${what}.`,
  restore: () => 'a remis le courrier d’une sauvegarde.',
  upgrade: (what) => `a mis le schéma à jour\u00a0; point de retour d’avant\u00a0: ${what}.`,
  'new-secret': () =>
    'a fait une autre clé du service\u00a0: seconds facteurs et codes sont à refaire.',
  'release-held': () => 'a laissé partir des messages retenus.',
  'give-back-held': () => 'a rendu des messages retenus à qui les a écrits.',
  'release-outbox': (what) => `a laissé partir des messages arrêtés par la remise (${what}).`,
  'drop-outbox': (what) => `a écarté des messages arrêtés par la remise (${what}).`,
  'hold-outbox': (what) => `a remis en attente des messages arrêtés par la remise (${what}).`,
  'read-service-log': (what) =>
    `a donné un journal du service, qui dit de ${what} messages arrêtés ce qu’ils sont devenus.`,
  'take-large-films': () => 'a ouvert les casiers aux films des adultes jusqu’à 200\u00a0Mo.',
  'refuse-large-films': () => 'a fermé les casiers aux films de plus de 25\u00a0Mo.',
  'change-town-quota': (what) => `a changé la place des boîtes${roomOf(what)}`,
  'stop-commune-mail': (what) => `a arrêté les messages des élèves d’une commune (${what}).`,
  'let-commune-mail-run': (what) =>
    `a laissé repartir les messages des élèves d’une commune (${what}).`,
  'limit-agent': (what) =>
    `a dit de quelles communes est l’agent ${what.split(': ')[0] ?? ''}\u00a0: ${what.split(': ')[1] || 'toute la ville'}.`,
  'read-journals': (what) =>
    what === '' ? 'a lu les journaux.' : `a cherché dans les journaux (${what}).`,
  'export-journals': (what) =>
    what === '' ? 'a enregistré les journaux.' : `a enregistré des journaux (${what}).`,
  'close-way': (way) =>
    `a fermé un chemin vers des élèves, qu’une preuve a trouvé ouvert\u00a0: ${wayIn(way)}.`,
  'ask-way': (why) =>
    `a demandé la réouverture d’un chemin vers des élèves\u00a0: «\u00a0${why}\u00a0»`,
  'open-way': (way) =>
    `a rouvert un chemin vers des élèves, après une preuve sans passage\u00a0: ${wayIn(way)}.`,
  'send-test-letter': () => 'a envoyé une lettre d’essai à l’extérieur.',
};

export const trailFr = {
  title: 'Journal',
  lead: 'Qui a fait quoi. La direction de l’école le lit, et les agents de la ville, dont chaque lecture est notée.',
  person: 'Une personne',
  personHint: 'Une partie du nom',
  day: 'Un jour',
  filter: 'Chercher',
  all: 'Tout voir',
  empty: 'Rien à montrer ici.',
  older: 'Plus ancien',
  newest: 'Revenir au plus récent',
  commandLine: 'La ligne de commande',
  service: 'Le service',
  somebody: 'Quelqu’un qui n’est plus là',
  town: 'Ville',
  wholeTown: 'Toute la ville',
  reason: (why: string) => `Raison\u00a0: ${why}`,
  acts,
  agentActs,
  townActs,
  unknown: (act: string) => `a fait quelque chose que cette page ne sait pas encore dire (${act}).`,
};
