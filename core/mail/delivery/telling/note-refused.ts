import type { AccountId, SchoolId } from '../../../ground/ids.ts';
import type { ReadMessage } from '../../../letters/message/message.ts';
import type { Outcome } from '../../../rules/outcome.ts';
import { noteRefused, type NewRefusedLetter } from '../../../store/mail/refused-letters.ts';
import type { DeliveryParts } from '../parts.ts';

/** What is in a letter, and not who wrote it. */
const OF_CONTENT = new Set(['malware', 'file-kind', 'locked-archive', 'forbidden-link']);

/**
 * Notes for the adults whom a stranger's letter was meant for that it was refused for what is in
 * it, and why. The letter itself is kept nowhere: it may carry what nobody must open.
 */
export async function tellOfRefused(
  parts: Pick<DeliveryParts, 'directory' | 'store' | 'log'>,
  { recipients, read }: { readonly recipients: readonly string[]; readonly read: ReadMessage },
  outcome: Outcome,
): Promise<void> {
  const why = whyOf(outcome);
  if (why === null) return;
  const [from] = read.envelope.from;
  const sender = [from?.name ?? '', from?.address ?? ''].filter((part) => part !== '').join(', ');
  const letter = { sender, subject: read.envelope.subject ?? '', ...why };
  try {
    for (const [school, accounts] of await adultsAmong(parts, recipients))
      await parts.store.write(school, (tx) => noteRefused(tx, accounts, letter));
  } catch (error) {
    // It is refused all the same, and its writer hears why.
    parts.log.warn({ err: error }, 'nobody was told of a refused letter');
  }
}

function whyOf(outcome: Outcome): Pick<NewRefusedLetter, 'why' | 'detail'> | null {
  if (outcome.kind === 'infected') return { why: 'malware', detail: outcome.signature };
  if (outcome.kind === 'unscannable') return { why: 'locked-archive', detail: '' };
  if (outcome.kind !== 'denied') return null;
  const refusal = outcome.refusals.find(({ rule }) => OF_CONTENT.has(rule));
  return refusal ? { why: refusal.rule, detail: '' } : null;
}

/** Those who are named themselves; a child and a family hear of no stranger. */
async function adultsAmong(
  { directory }: Pick<DeliveryParts, 'directory'>,
  recipients: readonly string[],
): Promise<Map<SchoolId, AccountId[]>> {
  const entries = await directory.resolve(recipients, { maxAgeMs: 1_000 });
  const named = [...entries.values()];
  const rosters = await directory.rosters(
    named.map(({ school }) => school),
    { maxAgeMs: 1_000 },
  );
  const adults = named.flatMap(({ id, school }) => {
    const person = rosters.get(school)?.people.get(id);
    const isTold = person && person.role !== 'pupil' && person.role !== 'guardian';
    return isTold ? [{ school, account: person.account }] : [];
  });
  return new Map(
    [...Map.groupBy(adults, ({ school }) => school)].map(([school, some]) => [
      school,
      some.map(({ account }) => account),
    ]),
  );
}
