import { randomUUID } from 'node:crypto';
import { canonicalOutside } from '../../ground/address.ts';
import { TOWN, type AccountId } from '../../ground/ids.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import type { AddressEntry } from '../../roster/snapshot.ts';
import { lastBeat, takeDay } from '../../store/service-state.ts';
import type { TownTx } from '../../store/store.ts';
import { readTown } from '../../store/town/settings.ts';
import { sendOutside, writeOutside } from './outside-letter.ts';
import type { LetterParts } from './surroundings.ts';

/** Under this name it is kept what the data protection officer was last told. */
const ROLE = 'told data officer';

const WORDS = {
  red: {
    subject: 'Une preuve a trouvé un chemin ouvert vers des enfants',
    text: (town: string, lines: string) =>
      `Bonjour,\n\nvous êtes la personne chargée de la protection des données de ${town}. La preuve qui vérifie chaque nuit la messagerie des écoles a trouvé ce qui ne doit jamais être\u00a0:\n\n${lines}\n\nCe chemin est fermé\u00a0: les messages qui le prendraient attendent. Les agents de la ville ont reçu le même avis\u00a0; ils voient des numéros d’adresses, aucun nom. Une autre lettre viendra quand une preuve n’aura plus rien trouvé.\n`,
  },
  well: {
    subject: 'Plus aucun chemin ouvert vers des enfants',
    text: (town: string) =>
      `Bonjour,\n\nla dernière preuve de la messagerie des écoles de ${town} n’a rien trouvé. Les chemins que la précédente avait trouvés ouverts restent fermés jusqu’à ce qu’un agent ait dit pourquoi les rouvrir, et qu’une preuve n’ait de nouveau rien trouvé.\n`,
  },
} as const;

/** The address outside that the town gives for its data protection officer; null: it gives none. */
async function dataOfficerOf(tx: Pick<TownTx, 'kept'>): Promise<string | null> {
  const contacts = (await readTown(tx))?.contacts;
  for (const word of contacts?.dataOfficer.split(/[\s<>(),;]+/) ?? []) {
    const found = word.includes('@') ? canonicalOutside(word) : null;
    if (found !== null) return `${found.local}@${found.domain}`;
  }
  return null;
}

/**
 * Writes to the data protection officer once when a proof has found a way open, and once when none
 * does any more. `account` is the agent who hears where the letter comes back.
 */
export async function tellDataOfficer(
  parts: LetterParts & { readonly notices: Notices },
  { lines, account }: { readonly lines: readonly string[]; readonly account: AccountId },
): Promise<void> {
  const { store, clock, config } = parts;
  const state = lines.length > 0 ? 'red' : 'well';
  const asked = await store.readTown(async (tx) => ({
    before: (await lastBeat(tx, ROLE))?.version ?? 'well',
    address: await dataOfficerOf(tx),
    town: (await readTown(tx))?.name ?? config.domain,
  }));
  if (asked.before === state || asked.address === null) return;
  const { address, town } = asked;
  const { subject, text: say } = WORDS[state];
  const text = say(town, lines.map((line) => `- ${line}`).join('\n'));
  const take = (tx: Pick<TownTx, 'kept'>) => takeDay(tx, { role: ROLE, day: state, at: clock() });
  const here = (await parts.directory.resolve([address], { maxAgeMs: 0 })).get(address);
  if (here !== undefined) return tellHere(parts, here, { subject, text, take });
  const letter = await writeOutside(parts, {
    address,
    subject,
    text,
    id: `isolation.${randomUUID()}`,
  });
  const rows = await store.town(async (tx) =>
    (await take(tx))
      ? sendOutside(await tx.in(TOWN), letter, { account, address, domain: config.domain })
      : [],
  );
  if (rows.length > 0) parts.freshRows.hurry(TOWN, rows);
}

interface OfficerLetter {
  readonly subject: string;
  readonly text: string;
  /** False: another process has told them. */
  readonly take: (tx: Pick<TownTx, 'kept'>) => Promise<boolean>;
}

/** Some towns give their officer a mailbox of their own domain; a list is nobody's. */
async function tellHere(
  { notices }: { readonly notices: Notices },
  { school, account, address }: AddressEntry,
  letter: OfficerLetter,
): Promise<void> {
  if (account === null) return;
  const { take, ...words } = letter;
  await notices.tell({ school, account, displayName: '', address }, words, take);
}
