import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { dayAt } from '../../ground/clock.ts';
import type { AccountId, Language, SchoolId } from '../../ground/ids.ts';
import { zipMoment } from '../../ground/zip-moment.ts';
import { offeredFile } from '../../letters/message/attachments.ts';
import { partsOf } from '../../letters/message/body.ts';
import { rawOfMessage } from '../../store/mail/outbox.ts';
import { copyAddressOf } from '../../store/people/copy-addresses.ts';
import { entriesAfter, type ArchivedEntry } from '../../store/people/people.ts';
import type { Store } from '../../store/store.ts';

/** How often it is asked, at most, whether whoever takes an archive still may. */
const ASK_MS = 1_000;
/** Entries whose names are held at once; bytes are held of one message alone. */
const PAGE = 200;
const MOST_NAME = 80;

interface Item {
  readonly path: string;
  readonly at: Date;
  readonly bytes: Buffer;
}

/** Names of folders by those of mailboxes, where they differ. */
const BOXES: Readonly<Record<'fr' | 'en', Readonly<Record<string, string>>>> = {
  fr: { INBOX: 'Reçus' },
  en: {
    INBOX: 'Inbox',
    Brouillons: 'Drafts',
    Envoyés: 'Sent',
    Corbeille: 'Trash',
    Indésirables: 'Junk',
    Archives: 'Archive',
  },
};

const WORDS = {
  fr: {
    mail: 'Courrier',
    files: 'Fichiers',
    untitled: 'sans objet',
    boxes: BOXES.fr,
    readme: 'LISEZ-MOI.txt',
    text: 'Le dossier « Courrier » contient un fichier .eml par message : un programme de courrier l’ouvre.\r\nLe dossier « Fichiers » contient les pièces jointes, telles qu’elles ont été envoyées.\r\n',
    copies: (address: string) =>
      `Vous avez demandé une copie des messages de classe à ${address}.\r\n`,
  },
  en: {
    mail: 'Mail',
    files: 'Files',
    untitled: 'no subject',
    boxes: BOXES.en,
    readme: 'README.txt',
    text: 'The folder “Mail” holds one .eml file per message: a mail program opens it.\r\nThe folder “Files” holds the attachments as they were sent.\r\n',
    copies: (address: string) => `You have asked for a copy of class messages at ${address}.\r\n`,
  },
} as const;

/**
 * An account's mail as a ZIP, made while it is read: each message as it was accepted (RFC 5322,
 * `.eml`) and each file attached to it. One message is in memory at a time and no transaction stays
 * open, however slowly the peer reads. An error ends the stream, and so does the end of the right
 * to it: a reader who is slow enough would otherwise take mail for hours after.
 */
export function mailArchive(store: Store, of: ArchiveOf): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream;
  if (!(out instanceof PassThrough)) throw new TypeError('the archive is no stream that can end');
  void fill(zip, whileMay(itemsOf(store, of), of.mayTake), out).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error('archive')),
  );
  return out;
}

/** Whose mail, in whose language, and whether it may still be taken. */
interface ArchiveOf {
  readonly school: SchoolId;
  readonly account: AccountId;
  readonly language: Language;
  /** By whose clock the days of its files are. */
  readonly timeZone: string;
  readonly mayTake: () => Promise<boolean>;
}

async function* whileMay(
  items: AsyncIterable<Item>,
  mayTake: ArchiveOf['mayTake'],
): AsyncGenerator<Item> {
  let asked = performance.now();
  for await (const item of items) {
    if (performance.now() - asked >= ASK_MS) {
      if (!(await mayTake())) throw new Error('no longer theirs to take');
      asked = performance.now();
    }
    yield item;
  }
}

async function fill(zip: ZipFile, items: AsyncIterable<Item>, out: Readable): Promise<void> {
  const gone = new Promise<'gone'>((resolve) => {
    out.once('close', () => resolve('gone'));
  });
  for await (const item of items)
    if ((await Promise.race([added(zip, item), gone])) === 'gone') return;
  zip.end();
}

/**
 * Resolves once the item has been read into the archive, so that the next one is fetched no sooner
 * than there is room.
 */
function added(zip: ZipFile, { path, at, bytes }: Item): Promise<void> {
  return new Promise((resolve) => {
    zip.addReadStreamLazy(path, { mtime: zipMoment(at), mode: 0o100600 }, (give) => {
      const stream = Readable.from([bytes]);
      stream.once('end', resolve);
      give(null, stream);
    });
  });
}

async function* itemsOf(
  store: Store,
  { school, account, language, timeZone }: ArchiveOf,
): AsyncIterable<Item> {
  const words = WORDS[language];
  const copies = await store.read(school, (tx) => copyAddressOf(tx, account));
  const readme = words.text + (copies === null ? '' : words.copies(copies.address));
  yield { path: words.readme, at: new Date(), bytes: Buffer.from(readme) };
  const files = new Set<string>();
  for (let after: ArchivedEntry | null = null; ;) {
    const from: ArchivedEntry | null = after;
    const page: readonly ArchivedEntry[] = await store.read(school, (tx) =>
      entriesAfter(tx, account, { after: from, limit: PAGE }),
    );
    for (const entry of page) yield* itemsOfEntry(store, { school, entry, words, timeZone, files });
    after = page.at(-1) ?? null;
    if (after === null) return;
  }
}

interface ArchivedItems {
  readonly school: SchoolId;
  readonly entry: ArchivedEntry;
  readonly words: (typeof WORDS)[Language];
  readonly timeZone: string;
  readonly files: Set<string>;
}

/** Nothing for a message that was erased meanwhile. */
async function* itemsOfEntry(
  store: Store,
  { school, entry, words, timeZone, files }: ArchivedItems,
): AsyncIterable<Item> {
  const raw = await store.read(school, (tx) => rawOfMessage(tx, entry.message));
  if (raw === null) return;
  const at = new Date(entry.at);
  const day = dayAt(at, timeZone);
  const box = plain(words.boxes[entry.name] ?? entry.name, words.untitled);
  yield {
    path: `${words.mail}/${box}/${day} ${plain(entry.subject, words.untitled)} (${entry.uid}).eml`,
    at,
    bytes: raw,
  };
  // The same message lies in Sent and in the inbox of who wrote to themselves: its files once.
  if (entry.attachments.length === 0 || files.has(`${entry.message}`)) return;
  files.add(`${entry.message}`);
  for (const attachment of entry.attachments) {
    const part = [...partsOf(entry.structure)].find(({ path }) => path === attachment.path);
    if (!part) continue;
    const { name, bytes } = offeredFile(
      attachment,
      part,
      raw.subarray(part.bodyStart, part.bodyEnd),
    );
    yield {
      path: `${words.files}/${day} ${entry.message}-${attachment.path} ${plain(name, words.untitled)}`,
      at,
      bytes,
    };
  }
}

/**
 * A name that every system takes: no path, no sign that one of them refuses, none that turns the
 * reading direction.
 */
function plain(text: string, otherwise: string): string {
  const name = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|(?<![.\s])[.\s]+$/g, '');
  const dot = name.lastIndexOf('.');
  const end = dot > 0 && name.length - dot <= 6 ? name.slice(dot) : '';
  const cut =
    name.length <= MOST_NAME
      ? name
      : `${[...name.slice(0, name.length - end.length)]
          .slice(0, MOST_NAME - end.length)
          .join('')
          .trim()}${end}`;
  return cut === '' ? otherwise : cut;
}
