import type { Mailbox } from '../../core/store/mail/contract.ts';

/** A folder of one's own as the pages show it. */
export interface OwnFolder {
  readonly mailbox: Mailbox;
  /** Its name without those above it. */
  readonly name: string;
  /** The folder that it lies in; empty at the top. */
  readonly parent: string;
  /** 0 at the top. */
  readonly depth: number;
  /** Folders below it. */
  readonly below: number;
  /** Messages in it and below it. */
  readonly messages: number;
}

/** Levels of folders that are made on the pages; a mail program may have made more. */
export const LEVELS = 2;

const collator = new Intl.Collator('fr', { numeric: true });

/** One's own folders by name, each followed by those within it. */
export function ownFolders(mailboxes: readonly Mailbox[]): readonly OwnFolder[] {
  const own = mailboxes.filter(({ use }) => use === null);
  return own
    .map((mailbox): OwnFolder => {
      const levels = mailbox.name.split('/');
      const within = own.filter(({ name }) => name.startsWith(`${mailbox.name}/`));
      return {
        mailbox,
        name: levels.at(-1) ?? '',
        parent: levels.slice(0, -1).join('/'),
        depth: levels.length - 1,
        below: within.length,
        messages: [mailbox, ...within].reduce((sum, { total }) => sum + total, 0),
      };
    })
    .sort((one, other) => byLevels(one.mailbox.name, other.mailbox.name));
}

/** Level by level, so that « Sorties/Musée » follows « Sorties » and not « Sorties 2025 ». */
function byLevels(one: string, other: string): number {
  const [these, those] = [one.split('/'), other.split('/')];
  const differs = these.findIndex((level, at) => level !== those[at]);
  if (differs < 0) return these.length - those.length;
  return collator.compare(these[differs] ?? '', those[differs] ?? '');
}
