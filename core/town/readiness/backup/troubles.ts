import type { BilingualSentence } from '../contract.ts';
import { said } from '../finding.ts';

/** What may be wrong with the backups, as a proof finds it. */
export const TROUBLES = [
  'away',
  'silent',
  'empty',
  'wrong-key',
  'unreadable',
  'backup-damaged',
  'log-damaged',
  'log-missing',
  'not-archived',
  'no-room',
  'not-restored',
  'mail-broken',
  'mail-missing',
  'failed',
] as const;

export interface BackupTrouble {
  readonly kind: (typeof TROUBLES)[number];
  /** A folder, a segment, figures: what no language changes. May be empty. */
  readonly detail: string;
}

const ANEW = said(
  'Regardez le disque des sauvegardes, puis refaites-en une entière : preau backup --full.',
  'Look at the disk of the backups, then make a whole one anew: preau backup --full.',
);

const SENTENCES: Readonly<
  Record<
    BackupTrouble['kind'],
    { readonly found: (detail: string) => BilingualSentence; readonly todo: BilingualSentence }
  >
> = {
  away: {
    found: (folder) =>
      said(
        `Le dossier des sauvegardes n’est pas là : ${folder}.`,
        `The folder of the backups isn’t there: ${folder}.`,
      ),
    todo: said(
      'Branchez ou montez son disque, ou corrigez PREAU_BACKUP.',
      'Connect or mount its disk, or put PREAU_BACKUP right.',
    ),
  },
  silent: {
    found: (folder) =>
      said(
        `Le dossier des sauvegardes ne répond pas : ${folder}.`,
        `The folder of the backups doesn’t answer: ${folder}.`,
      ),
    todo: said(
      'Regardez la machine ou le disque où il se trouve, et le réseau jusque-là ; le courrier continue, ce qui s’y garde attend.',
      'Look at the machine or the disk that it lies on, and at the network up to there; mail goes on, what is kept there waits.',
    ),
  },
  empty: {
    found: (folder) =>
      said(`Aucune sauvegarde dans ${folder}.`, `There is no backup in ${folder}.`),
    todo: said(
      'Regardez si son disque est bien monté ; si oui, faites la première : preau backup --full.',
      'See whether its disk is mounted; if it is, make the first one: preau backup --full.',
    ),
  },
  'wrong-key': {
    found: () =>
      said(
        'La clé de cette machine n’ouvre pas ces sauvegardes.',
        'The key of this machine doesn’t open these backups.',
      ),
    todo: said(
      'Remettez dans PREAU_DATA/backup.key la clé de la feuille, ou donnez le dossier de cette ville dans PREAU_BACKUP.',
      'Put the key of the sheet back into PREAU_DATA/backup.key, or name this town’s folder in PREAU_BACKUP.',
    ),
  },
  unreadable: {
    found: () =>
      said(
        'La liste des sauvegardes ne se lit plus.',
        'The list of the backups can’t be read any more.',
      ),
    todo: said(
      'Le disque est abîmé, ou ce n’est pas le bon : gardez ce dossier à part, donnez-en un autre dans PREAU_BACKUP, redémarrez, puis preau backup --full.',
      'The disk is damaged, or isn’t the right one: put this folder aside, name another in PREAU_BACKUP, start again, then preau backup --full.',
    ),
  },
  'backup-damaged': {
    found: (label) => said(`La sauvegarde ${label} est abîmée.`, `The backup ${label} is damaged.`),
    todo: ANEW,
  },
  'log-damaged': {
    found: (segment) =>
      said(
        `Un morceau du journal de la base est abîmé (${segment}) : on ne revient pas à ce qui le suit.`,
        `A piece of the database’s log is damaged (${segment}): one can’t come back to what follows it.`,
      ),
    todo: ANEW,
  },
  'log-missing': {
    found: (segment) =>
      said(
        `Un morceau du journal de la base manque (${segment}) : on ne revient pas à ce qui le suit.`,
        `A piece of the database’s log is missing (${segment}): one can’t come back to what follows it.`,
      ),
    todo: ANEW,
  },
  'not-archived': {
    found: () =>
      said(
        'Le journal de la base n’arrive plus aux sauvegardes : ce qui vient d’arriver n’y est pas.',
        'The database’s log doesn’t reach the backups any more: what came last isn’t there.',
      ),
    todo: said(
      'Regardez la place et les droits du dossier de PREAU_BACKUP, puis redémarrez Préau avec cette variable.',
      'Look at the room and the rights of PREAU_BACKUP’s folder, then start Préau again with this variable.',
    ),
  },
  'no-room': {
    found: (figures) =>
      said(
        `Pas la place d’essayer de remettre le courrier à côté : ${figures}.`,
        `No room to try and restore the mail beside: ${figures}.`,
      ),
    todo: said(
      'Agrandissez le disque de PREAU_DATA : tant que rien n’est essayé, rien n’est prouvé.',
      'Enlarge the disk of PREAU_DATA: while nothing is tried, nothing is proven.',
    ),
  },
  'not-restored': {
    found: (why) =>
      said(
        `Le courrier n’a pas pu être remis à côté : ${why}`,
        `The mail couldn’t be restored beside: ${why}`,
      ),
    todo: ANEW,
  },
  'mail-broken': {
    found: (count) =>
      said(
        `Le courrier remis à côté n’est pas en ordre (défauts : ${count}).`,
        `The mail restored beside isn’t in order (faults: ${count}).`,
      ),
    todo: said(
      'Lancez preau verify : s’il trouve la même chose ici, preau verify --repair ; sinon refaites une sauvegarde entière, preau backup --full.',
      'Run preau verify: where it finds the same here, preau verify --repair; else make a whole backup anew, preau backup --full.',
    ),
  },
  'mail-missing': {
    found: (figures) =>
      said(
        `Ce qui est remis à côté n’est pas ce qui est ici (${figures}).`,
        `What is restored beside isn’t what is here (${figures}).`,
      ),
    todo: ANEW,
  },
  failed: {
    found: (why) =>
      said(
        `Les sauvegardes n’ont pas pu être vérifiées : ${why}`,
        `The backups couldn’t be verified: ${why}`,
      ),
    todo: said(
      'Lancez preau backup prove : il dit ce qui manque.',
      'Run preau backup prove: it says what is lacking.',
    ),
  },
};

/** A trouble for a person: what was found, and what to do. */
export function sentencesOf({ kind, detail }: BackupTrouble): {
  readonly found: BilingualSentence;
  readonly todo: BilingualSentence;
} {
  const { found, todo } = SENTENCES[kind];
  return { found: found(detail), todo };
}
