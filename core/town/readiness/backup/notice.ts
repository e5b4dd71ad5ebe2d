import { Fault } from '../../../ground/fault.ts';
import { TOWN, type AccountId, type Language } from '../../../ground/ids.ts';
import type { Notices } from '../../../mail/delivery/telling/notice.ts';
import { noteTold, toldOfTrouble } from '../../../store/town/backup-notices.ts';
import { askAll, linesOf } from '../ask-all.ts';
import type { ReadinessLine } from '../contract.ts';
import type { LetterParts } from '../surroundings.ts';

/** Thrown so that a notice isn't delivered a second time. */
const TOLD = new Fault('row-missing', 'another process has told this agent', { transient: false });

/**
 * Looks at the backups as `preau doctor` does, and tells each agent who doesn't know: once when a
 * line is red, with each that is and what to do, and once when none is any more. To be called now
 * and then by any number of processes.
 */
export async function tellAgentsOfBackups(
  parts: LetterParts & { readonly notices: Notices },
): Promise<void> {
  const { store, directory, notices } = parts;
  const report = await askAll(parts, (id) => id.startsWith('backup.'));
  const red = linesOf(report).filter(({ state }) => state === 'red');
  const isRed = red.length > 0;
  const told = await store.read(TOWN, toldOfTrouble);
  const people =
    (await directory.rosters([TOWN], { maxAgeMs: 0 })).get(TOWN)?.people.values() ?? [];
  for (const { role, state, account, displayName, address, language } of people) {
    if (role !== 'agent' || state !== 'active' || told.has(account) === isRed) continue;
    const words = isRed ? inTrouble(red, language) : WELL[language];
    const raw = await notices.write({ to: { name: displayName, address }, ...words });
    await deliverOnce(notices, { account, raw, isRed });
  }
}

async function deliverOnce(
  notices: Notices,
  notice: { readonly account: AccountId; readonly raw: Buffer; readonly isRed: boolean },
): Promise<void> {
  const { account, raw, isRed } = notice;
  try {
    await notices.deliver(TOWN, account, raw, async (tx) => {
      if (!(await noteTold(tx, account, { isRed }))) throw TOLD;
    });
  } catch (error) {
    if (error !== TOLD) throw error;
  }
}

interface Words {
  readonly subject: string;
  readonly text: string;
}

function inTrouble(red: readonly ReadinessLine[], language: Language): Words {
  const { subject, before, after } = TROUBLE[language];
  const lines = red.map(({ found, todo }) =>
    [`- ${found[language]}`, ...(todo === null ? [] : [`  ${todo[language]}`])].join('\n'),
  );
  return { subject, text: [before, lines.join('\n\n'), after].join('\n\n') };
}

const TROUBLE = {
  fr: {
    subject: 'Les sauvegardes demandent quelqu’un',
    before:
      'Le courrier marche, mais s’il était perdu aujourd’hui, tout n’en reviendrait pas\u00a0:',
    after:
      'Où cela en est\u00a0: preau doctor. Un autre avis viendra quand tout sera rentré dans l’ordre.',
  },
  en: {
    subject: 'The backups need somebody',
    before: 'The mail works, but if it were lost today not all of it would come back:',
    after: 'How it stands: preau doctor. Another notice comes when all is well again.',
  },
} as const;

const WELL: Readonly<Record<Language, Words>> = {
  fr: {
    subject: 'Les sauvegardes sont de nouveau en ordre',
    text: 'Il n’y a plus rien à faire\u00a0: les sauvegardes se font, se relisent, et le courrier en revient.',
  },
  en: {
    subject: 'The backups are in order again',
    text: 'Nothing is left to do: backups are made and read, and the mail comes back from them.',
  },
};
