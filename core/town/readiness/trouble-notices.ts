import { TOWN, type Language } from '../../ground/ids.ts';
import { keysOf } from '../../ground/keys.ts';
import type { Notices, ServiceWords } from '../../mail/delivery/telling/notice.ts';
import { SERVICE_LETTERS } from '../../mail/delivery/telling/service-letters.ts';
import { noteTold, toldOfTrouble, type TroubleSubject } from '../../store/town/trouble-notices.ts';
import { askAll, linesOf } from './ask-all.ts';
import type { ReadinessLine } from './contract.ts';
import type { LetterParts } from './surroundings.ts';
import { tellDataOfficer } from './tell-data-officer.ts';

/** The lines of the report that are about it. */
const LINES: Readonly<Record<TroubleSubject, (id: string) => boolean>> = {
  backups: (id) => id.startsWith('backup.'),
  isolation: (id) => id === 'database.isolation',
};

/**
 * Looks at each subject as `preau doctor` does, and tells each agent of the whole town who doesn't
 * know: once when a
 * line is red, with each that is and what to do, and once when none is any more. To be called now
 * and then by any number of processes.
 */
export async function tellAgentsOfTrouble(
  parts: LetterParts & { readonly notices: Notices },
): Promise<void> {
  for (const about of keysOf(LINES)) await tellAgentsOf(parts, about);
}

async function tellAgentsOf(
  parts: LetterParts & { readonly notices: Notices },
  about: TroubleSubject,
): Promise<void> {
  const { store, directory, notices } = parts;
  const lines = linesOf(await askAll(parts, LINES[about]));
  // What a proof found is told once it can be read: that it can't isn't a way to a child.
  if (about === 'isolation' && !lines.every(({ isAnswered }) => isAnswered)) return;
  const red = lines.filter(({ state }) => state === 'red');
  const isRed = red.length > 0;
  const told = await store.read(TOWN, (tx) => toldOfTrouble(tx, about));
  const people =
    (await directory.rosters([TOWN], { maxAgeMs: 0 })).get(TOWN)?.people.values() ?? [];
  const agents = [...people].filter(
    ({ role, state, communes }) => role === 'agent' && state === 'active' && communes === null,
  );
  if (about === 'isolation' && agents[0] !== undefined)
    await tellDataOfficer(parts, {
      lines: red.map(({ found }) => found.fr),
      account: agents[0].account,
    });
  for (const agent of agents) {
    const { account, language } = agent;
    if (told.has(account) === isRed) continue;
    const words = isRed ? inTrouble(red, about, language) : SERVICE_LETTERS[language].well[about];
    await notices.tell({ ...agent, school: TOWN }, words, (tx) =>
      noteTold(tx, account, { about, isRed }),
    );
  }
}

function inTrouble(
  red: readonly ReadinessLine[],
  about: TroubleSubject,
  language: Language,
): ServiceWords {
  const { subject, before, after } = SERVICE_LETTERS[language].trouble[about];
  const lines = red.map(({ found, todo }) =>
    [`- ${found[language]}`, ...(todo === null ? [] : [`  ${todo[language]}`])].join('\n'),
  );
  return { subject, text: [before, lines.join('\n\n'), after].join('\n\n') };
}
