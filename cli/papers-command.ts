import { readFile } from 'node:fs/promises';
import { schoolIdIn } from '../core/ground/ids.ts';
import { openLog } from '../core/ground/log.ts';
import { verifySheet } from '../core/school/papers/evidence-file.ts';
import { journalledSignatures } from '../core/store/papers/answers.ts';
import type { CommandInput } from './command.ts';
import { onDatabase } from './services/live.ts';
import { CHECKED_PAPERS as SAYS } from './texts/database.ts';
import { onStore } from './verify-command.ts';

/** A signature of a sheet, and what is wrong with it. */
interface Looked {
  readonly guardian: string;
  readonly child: string;
  readonly says: string;
  readonly at: string;
  readonly hash: string;
  /** `changed`: not what was signed; `unknown`: the school's journal has none of it. */
  readonly fault: 'changed' | 'unknown' | null;
}

/**
 * `preau papers verify FILE`: reckons each signature of a verification sheet anew, and asks the
 * journal of the school for it, which is chained. Gives 0 where all is well, 1 where a signature
 * isn't what was signed, 2 for a file that is no such sheet or can't be read.
 */
export async function verifyPapers({ config, flags, signal, path }: CommandInput): Promise<number> {
  const bytes = await readFile(path).catch(() => null);
  const found = bytes && verifySheet(bytes);
  if (found === null) {
    console.error(bytes === null ? SAYS.notRead(path) : SAYS.noSheet(path));
    return 2;
  }
  return onDatabase(
    config,
    { log: openLog({ level: 'warn' }), signal },
    async ({ databaseUrl }) => {
      if (databaseUrl === null) throw new Error('services without a database');
      const schools = Map.groupBy(found, ({ says }) => schoolIdIn(says.get('school')));
      const looked: Looked[] = [];
      for (const [school, some] of schools) {
        const known =
          school !== null
            ? await onStore(databaseUrl, (store) =>
                store.read(school, (tx) =>
                  journalledSignatures(
                    tx,
                    some.map(({ hash }) => hash),
                  ),
                ),
              )
            : new Set<string>();
        for (const { hash, says, isWhole } of some)
          looked.push({
            guardian: says.get('guardian') ?? says.get('on-paper') ?? '?',
            child: says.get('child') ?? '?',
            says: says.get('says') ?? '?',
            at: says.get('at') ?? '?',
            hash,
            fault: faultOf({ isWhole, isKnown: known.has(hash) }),
          });
      }
      const faults = looked.filter(({ fault }) => fault !== null);
      if (flags['json'] === true) console.log(JSON.stringify({ signatures: looked }));
      else
        for (const line of [...faults.map(sentence), SAYS.whole(looked.length, faults.length)])
          console.log(line);
      return faults.length === 0 ? 0 : 1;
    },
  );
}

function faultOf(found: { readonly isWhole: boolean; readonly isKnown: boolean }): Looked['fault'] {
  if (!found.isWhole) return 'changed';
  return found.isKnown ? null : 'unknown';
}

function sentence({ guardian, child, says, at, fault }: Looked): string {
  return SAYS.fault(`${guardian} / ${child} / ${says} / ${at}`, fault ?? 'changed');
}
