import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { askFolder, FolderHangs } from '../../../ground/slow-folder.ts';
import { HOUR_MS } from '../../../ground/spans.ts';
import { nightJobs } from '../../../store/town/night-jobs.ts';
import { fullAt } from '../backup/forecast.ts';
import { keptClock } from '../backup/kept-clock.ts';
import { readRecord, type BackupRecord, type Size } from '../backup/record.ts';
import { sentencesOf, type BackupTrouble } from '../backup/troubles.ts';
import type { Finding, BilingualSentence } from '../contract.ts';
import { amber, counted, green, grey, red, said } from '../finding.ts';
import type { DiskSpace } from '../machine.ts';
import type { Ask, Look } from '../surroundings.ts';
import { needStore } from './database.ts';

const DAY_HOURS = 24;
/** So long a folder is waited for: less than a check may take. */
const FOLDER_MS = 6_000;
/** One night may be missed; after so many hours something is wrong. */
const NIGHTLY = { late: 50, tooLate: 98 };
const WEEKLY = { late: 9 * DAY_HOURS, tooLate: 16 * DAY_HOURS };
/** Shares of the repository's disk that are free. */
const LITTLE = 0.15;
const VERY_LITTLE = 0.05;
/** Days until it is full. */
const SOON_DAYS = 30;
const VERY_SOON_DAYS = 7;

const BY_HAND = said(
  'Cela se fait par nuit ; tout de suite : preau backup prove.',
  'It is done by night; at once: preau backup prove.',
);
const LOOK_AT_LOG = said(
  'Lancez preau backup, puis preau backup prove : ils disent ce qui les arrête ; regardez le journal de la nuit.',
  'Run preau backup, then preau backup prove: they say what stops them; look at the night’s log.',
);

/** Whether there is a repository, in a place that isn't lost with the mail. */
export async function repositoryThere({ config, isDemo, beyond }: Look): Promise<Finding> {
  const { backup: folder, dataDir } = config;
  if (folder === null) return notSet(dataDir, { isDemo });
  const found = said(`Les sauvegardes vont dans ${folder}.`, `Backups go to ${folder}.`);
  // of another machine the record of the night tells the rest
  if (folder.startsWith('sftp:')) return green(found);
  const { machine } = beyond;
  return ofFolder(folder, async () => {
    if (!(await machine.isThere(folder))) return redOf({ kind: 'away', detail: folder });
    if (!(await machine.isThere(join(folder, 'settings'))))
      return redOf({ kind: 'empty', detail: folder });
    return (await machine.isOneDisk(folder, dataDir)) ? besideMail(folder) : green(found);
  });
}

/** A disk of another machine may hang: that is said, and nothing waits for it. */
async function ofFolder(folder: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await askFolder(folder, look, FOLDER_MS);
  } catch (error) {
    if (!(error instanceof FolderHangs)) throw error;
    return redOf({ kind: 'silent', detail: folder });
  }
}

const besideMail = (folder: string): Finding =>
  amber(
    said(
      `Les sauvegardes (${folder}) sont sur le même disque que le courrier : ils seraient perdus ensemble.`,
      `The backups (${folder}) are on the same disk as the mail: both would be lost together.`,
    ),
    said(
      'Donnez dans PREAU_BACKUP un dossier d’un autre disque.',
      'Name a folder of another disk in PREAU_BACKUP.',
    ),
  );

function notSet(dataDir: string, { isDemo }: { readonly isDemo: boolean }): Finding {
  if (isDemo)
    return grey(said('Pas demandé à une ville de démonstration.', 'Not asked of a demo.'));
  if (!isEmbedded(dataDir))
    return grey(
      said(
        'La base n’est pas celle que Préau apporte : preau backup check regarde comment elle est gardée.',
        'The database isn’t the one that Préau brings: preau backup check looks how it is kept.',
      ),
    );
  return red(
    said('Le courrier n’est sauvegardé nulle part.', 'The mail is backed up nowhere.'),
    said(
      'Faites une clé (preau backup key --sheet FEUILLE.pdf), puis donnez dans PREAU_BACKUP un dossier d’un autre disque et redémarrez.',
      'Make a key (preau backup key --sheet SHEET.pdf), then name a folder of another disk in PREAU_BACKUP and start again.',
    ),
  );
}

/** What follows of the record of a town that has a repository. */
function kept(judge: (record: BackupRecord, look: Look) => Finding): Ask {
  return (look) => {
    const { backup, dataDir } = look.config;
    if (backup === null) return WITHOUT;
    const record = readRecord(dataDir);
    return isByOwnTools(record, dataDir) ? OWN_TOOLS : judge(record, look);
  };
}

/** Whether somebody else's tools make the backups, of a database that isn't ours. */
function isByOwnTools({ made, verified, tried }: BackupRecord, dataDir: string): boolean {
  const isUnknown = made === null && verified === null && tried === null;
  return isUnknown && !isEmbedded(dataDir);
}

const WITHOUT = grey(said('Sans sauvegarde, rien à dire.', 'Nothing to say without backups.'));

/** Whether the database is the one that Préau brings. */
const isEmbedded = (dataDir: string): boolean =>
  existsSync(join(dataDir, 'postgres-passwords.json'));

const OWN_TOOLS = grey(
  said(
    'La base a ses propres sauvegardes : preau backup check les regarde.',
    'The database has backups of its own: preau backup check looks at them.',
  ),
);

/**
 * When the last backup was made: of our own database by this machine, of any other by whichever
 * machine had the turn of that night.
 */
export const lastBackup: Ask = async (look) => {
  const { config, clock } = look;
  if (config.backup === null) return WITHOUT;
  const record = readRecord(config.dataDir);
  if (isByOwnTools(record, config.dataDir)) return lastInTurn(look);
  if (record.made !== null) return madeAt(record.made.at, clock(), FOLLOWED);
  return amber(
    said('Aucune sauvegarde faite d’ici.', 'No backup was made from here.'),
    said(
      'La première se fait dix minutes après le démarrage ; tout de suite : preau backup.',
      'The first one is made ten minutes after the start; at once: preau backup.',
    ),
  );
};

/** The last one that `preau nights backup` has had made, on any machine. */
async function lastInTurn(look: Look): Promise<Finding> {
  const inTurn = (await needStore(look).readTown(nightJobs)).get('backup');
  if (inTurn === undefined) return OWN_TOOLS;
  if (inTurn.doneAt !== null) return madeAt(inTurn.doneAt, look.clock(), LOOKED_AT);
  return amber(
    said('La première sauvegarde n’est pas encore faite.', 'The first backup isn’t made yet.'),
    said(
      'Elle se fait la nuit ; tout de suite : systemctl start preau-backup.',
      'It is made by night; at once: systemctl start preau-backup.',
    ),
  );
}

const FOLLOWED = said(
  'ce qui suit y va de minute en minute',
  'what follows goes there minute by minute',
);
const LOOKED_AT = said('preau backup check la regarde', 'preau backup check looks at it');

function madeAt(at: Date, now: Date, besides: BilingualSentence): Finding {
  const ago = agoOf(at, now);
  const found = said(
    `La dernière sauvegarde a ${ago.words.fr} ; ${besides.fr}.`,
    `The last backup is ${ago.words.en} old; ${besides.en}.`,
  );
  return inTime(found, { ...ago, limits: NIGHTLY });
}

/** Whether all of it was read, and since when one can come back. */
export const repositoryVerified = kept(({ verified, reach }, { clock, config }) => {
  if (verified === null)
    return amber(
      said('Les sauvegardes n’ont pas encore été relues.', 'The backups haven’t been read yet.'),
      BY_HAND,
    );
  if (verified.trouble !== null) return foundBy(verified.trouble);
  const ago = agoOf(verified.at, clock());
  const since =
    reach === null ? said('-', '-') : momentInWords(reach.from, keptClock(config.dataDir));
  const found = said(
    `Relues octet par octet il y a ${ago.words.fr}, en ${figure(verified.seconds).fr} s : on peut revenir à chaque minute depuis le ${since.fr}.`,
    `Read byte by byte ${ago.words.en} ago, in ${figure(verified.seconds).en} s: one can come back to each minute since ${since.en}.`,
  );
  if (!verified.olderDamaged) return inTime(found, { ...ago, limits: NIGHTLY });
  return amber(
    found,
    said(
      'Avant cela une sauvegarde est abîmée : regardez son disque. Elle s’en ira avec les jours.',
      'Before that a backup is damaged: look at its disk. It goes away with the days.',
    ),
  );
});

/** Whether the mail came back, beside, and what of it. */
export const restoreTried = kept(({ tried, restored }, { clock, config }) => {
  if (tried === null)
    return amber(
      said('Rien n’a encore été remis à côté.', 'Nothing has been restored beside yet.'),
      BY_HAND,
    );
  const ago = restored && agoOf(restored.at, clock());
  const { trouble } = tried;
  if (trouble !== null) {
    const isRecent = ago !== null && ago.hours < WEEKLY.tooLate;
    const finding = foundBy(trouble);
    return trouble.kind === 'no-room' && isRecent ? { ...finding, state: 'amber' } : finding;
  }
  if (restored === null || ago === null) return redOf({ kind: 'failed', detail: '' });
  const last = restored.lastMessageAt;
  const newest = last === null ? said('-', '-') : momentInWords(last, keptClock(config.dataDir));
  const count = figure(restored.messages);
  const noun = restored.messages === 1 ? 'message' : 'messages';
  const found = said(
    `Remis à côté et vérifié il y a ${ago.words.fr}, en ${figure(tried.seconds).fr} s : ${count.fr} ${noun}, le dernier du ${newest.fr}.`,
    `Restored beside and verified ${ago.words.en} ago, in ${figure(tried.seconds).en} s: ${count.en} ${noun}, the last of ${newest.en}.`,
  );
  return inTime(found, { ...ago, limits: WEEKLY });
});

/** How large the repository is, and when its disk is full. */
export function repositoryRoom(look: Look): Promise<Finding> {
  const { backup } = look.config;
  return backup === null || backup.startsWith('sftp:')
    ? roomLeft(look)
    : ofFolder(backup, () => roomLeft(look));
}

async function roomLeft(look: Look): Promise<Finding> {
  const { sizes } = readRecord(look.config.dataDir);
  const room = await roomOf(look, sizes.at(-1));
  if (room === null) return grey(said('Pas de place à mesurer.', 'There is no room to measure.'));
  const { freeBytes, totalBytes } = room;
  const daysLeft = daysUntil(fullAt(sizes), look.clock());
  const free = sizeInWords(freeBytes);
  const bytes = sizeInWords(sizes.at(-1)?.bytes ?? 0);
  const forecast = forecastOf(daysLeft, sizes.length);
  const found = said(
    `${bytes.fr} de sauvegardes, ${free.fr} libres à côté ; ${forecast.fr}.`,
    `${bytes.en} of backups, ${free.en} free beside; ${forecast.en}.`,
  );
  const todo = said(
    'Agrandissez le disque des sauvegardes, ou donnez-en un plus grand : plein, plus rien n’est sauvegardé.',
    'Enlarge the disk of the backups, or name a larger one: once it is full nothing more is backed up.',
  );
  const share = freeBytes / totalBytes;
  if (share < VERY_LITTLE || daysLeft < VERY_SOON_DAYS) return red(found, todo);
  return share < LITTLE || daysLeft < SOON_DAYS ? amber(found, todo) : green(found);
}

/** Of another machine as it was by night, where it told. */
async function roomOf(
  { config: { backup }, beyond }: Look,
  last: Size | undefined,
): Promise<DiskSpace | null> {
  if (backup === null) return null;
  if (!backup.startsWith('sftp:'))
    return (await beyond.machine.isThere(backup)) ? beyond.machine.disk(backup) : null;
  if (last === undefined || last.freeBytes >= Number.MAX_SAFE_INTEGER) return null;
  return { freeBytes: last.freeBytes, totalBytes: last.freeBytes + last.bytes };
}

function daysUntil(full: Date | null, now: Date): number {
  return full === null ? Infinity : (full.getTime() - now.getTime()) / (DAY_HOURS * HOUR_MS);
}

function forecastOf(daysLeft: number, nights: number): BilingualSentence {
  if (daysLeft === Infinity)
    return nights < 3
      ? said(
          'trop peu de nuits pour dire quand il sera plein',
          'too few nights to say when it is full',
        )
      : said('il ne se remplit pas', 'it doesn’t fill up');
  const days = counted(
    Math.max(0, Math.floor(daysLeft)),
    said('jour', 'day'),
    said('jours', 'days'),
  );
  return said(`plein dans ${days.fr} à ce rythme`, `full in ${days.en} at this rate`);
}

function redOf(trouble: BackupTrouble): Finding {
  const { found, todo } = sentencesOf(trouble);
  return red(found, todo);
}

/** What a proof found stands until the next one. */
function foundBy(trouble: BackupTrouble): Finding {
  const { found, todo } = sentencesOf(trouble);
  if (trouble.kind === 'failed') return red(found, todo);
  const again = said(
    `${todo.fr} Puis : preau backup prove.`,
    `${todo.en} Then: preau backup prove.`,
  );
  return red(found, again);
}

interface Ago {
  readonly hours: number;
  readonly words: BilingualSentence;
}

function agoOf(at: Date, now: Date): Ago {
  const hours = Math.max(0, Math.floor((now.getTime() - at.getTime()) / HOUR_MS));
  if (hours === 0) return { hours, words: said('moins d’une heure', 'less than an hour') };
  const words =
    hours < 2 * DAY_HOURS
      ? counted(hours, said('heure', 'hour'), said('heures', 'hours'))
      : counted(Math.floor(hours / DAY_HOURS), said('jour', 'day'), said('jours', 'days'));
  return { hours, words };
}

function inTime(
  found: BilingualSentence,
  { hours, limits }: Ago & { readonly limits: typeof NIGHTLY },
): Finding {
  if (hours >= limits.tooLate) return red(found, LOOK_AT_LOG);
  return hours >= limits.late ? amber(found, LOOK_AT_LOG) : green(found);
}

/** « 25 novembre 2026 à 10:42 ». */
function momentInWords(at: Date, timeZone: string): BilingualSentence {
  const [fr, en] = ['fr-FR', 'en-GB'].map((locale) =>
    new Intl.DateTimeFormat(locale, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone,
    }).format(at),
  );
  return said(fr ?? '', en ?? '');
}

/** « 12 345,6 », in English « 12,345.6 ». */
function figure(number: number): BilingualSentence {
  const inWords = (locale: string): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(number);
  return said(inWords('fr-FR').replaceAll('\u202f', '\u00a0'), inWords('en-GB'));
}

function sizeInWords(bytes: number): BilingualSentence {
  const isLarge = bytes >= 1e9;
  const { fr, en } = figure(isLarge ? bytes / 1e9 : Math.round(bytes / 1e6));
  return isLarge ? said(`${fr} Go`, `${en} GB`) : said(`${fr} Mo`, `${en} MB`);
}
