/** One check asked by itself, of parts that a test breaks and mends. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type Config } from '../../../ground/config.ts';
import { openLog } from '../../../ground/log.ts';
import { openNames } from '../../../ground/names.ts';
import { askAll, linesOf } from '../ask-all.ts';
import { beyondThisMachine } from '../beyond.ts';
import type { CheckState } from '../contract.ts';
import type { Beyond, ReadinessParts } from '../surroundings.ts';

export const DOMAIN = 'ecoles.ville.fr';
export const HOST = 'courrier.ville.fr';

/** A town that has a name, in an empty folder; no database. */
export function townConfig(env: Readonly<Record<string, string>> = {}): Config {
  return loadConfig({
    PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-readiness-')),
    PREAU_DOMAIN: DOMAIN,
    PREAU_PUBLIC_URL: `https://${HOST}`,
    ...env,
  });
}

/** What a check looks at, without a database; the DNS is the one at `resolver`. */
export function partsOf(
  config: Config,
  { resolver, ...rest }: Partial<Beyond> & { readonly resolver?: string } = {},
): ReadinessParts {
  const beyond = beyondThisMachine({ resolver: null });
  const names = resolver === undefined ? {} : { names: openNames([resolver]) };
  return {
    config,
    store: null,
    queueAnswers: null,
    clock: () => new Date(),
    log: openLog({ level: 'silent' }),
    beyond: { ...beyond, ...names, ...rest },
  };
}

/** A line as a French agent reads it. */
export interface FrenchLine {
  readonly state: CheckState;
  readonly found: string;
  readonly todo: string | null;
}

/** With plain spaces, as a test writes them. */
const plain = (words: string): string => words.replaceAll('\u00a0', ' ');

/** Asks one check. Its English must be there too. */
export async function told(parts: ReadinessParts, id: string): Promise<FrenchLine> {
  const [line] = linesOf(await askAll(parts, (one) => one === id));
  if (line === undefined) throw new Error(`there is no check ${id}`);
  const { state, found, todo } = line;
  for (const one of [line.asked, found, ...(todo === null ? [] : [todo])])
    if (one.en === '' || one.fr === '') throw new Error(`${id} says nothing in one language`);
  return { state, found: plain(found.fr), todo: todo === null ? null : plain(todo.fr) };
}
