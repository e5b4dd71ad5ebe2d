import { z } from 'zod';
import { BACKUP_GONE_DAYS, BODY_GONE_FROM_DAYS, dayFrom } from '../../ground/backup-days.ts';
import type { Config } from '../../ground/config.ts';
import { anId } from '../../ground/id-shapes.ts';
import type { AccountId, AddressId } from '../../ground/ids.ts';
import { readLedger, writeLedger } from '../../ground/ledger.ts';

/**
 * That somebody was erased, without anything of them: by the number of their address, which stays
 * theirs for ever, in whatever school they were, and of the account that was erased: who comes back
 * has another one.
 */
export interface Erasure {
  readonly person: AddressId;
  /** Null in a note from before accounts were noted. */
  readonly account: AccountId | null;
  /** The first day without sign-in, `YYYY-MM-DD`. */
  readonly left: string;
  readonly at: Date;
}

/** What backups have to do with erasing: they bring nobody back. */
export interface Erasures {
  /**
   * To be called before the commit that erases, with the leaver's row locked: so nobody is erased
   * without a note, and who has one comes back no more. On the disk when it returns; throws what
   * the file system throws, and the erasure waits.
   */
  note(erasure: Erasure): void;
  /**
   * The first days on which no backup, and the store of large bodies no more, has what is erased
   * now, `YYYY-MM-DD` of this zone; without those that there are none of.
   */
  goneFrom(erasedAt: Date, timeZone: string): GoneFrom;
}

/** As the journal of a school has it. */
interface GoneFrom {
  readonly backups?: string;
  readonly store?: string;
}

export function openErasures({
  dataDir,
  backup,
  bodies,
}: Pick<Config, 'dataDir' | 'backup' | 'bodies'>): Erasures {
  return {
    note: ({ person, account, left, at }) =>
      writeLedger(dataDir, 'erasures', { at: at.toISOString(), person, account, left }),
    goneFrom: (at, timeZone) => ({
      ...(backup !== null && { backups: dayFrom(at, BACKUP_GONE_DAYS, timeZone) }),
      ...(bodies !== null && { store: dayFrom(at, BODY_GONE_FROM_DAYS, timeZone) }),
    }),
  };
}

const NOTE = z.object({
  at: z.string().transform((at) => new Date(at)),
  person: anId<AddressId>(),
  account: anId<AccountId>().nullable().default(null),
  left: z.iso.date(),
});

/** Who was erased since a moment, each once; a line that says something else is left out. */
export async function erasuresSince(dataDir: string, since: Date): Promise<readonly Erasure[]> {
  const lines = await readLedger(dataDir, 'erasures', since);
  const notes = lines.flatMap((line) => NOTE.safeParse(line).data ?? []);
  return [...new Map(notes.map((note) => [note.person, note])).values()];
}
