import { randomUUID } from 'node:crypto';
import { canonicalOutside } from '../../ground/address.ts';
import { TOWN, type AccountId, type AddressId, type Language } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { writeAgentAct } from '../../store/audit.ts';
import { isDomainOfTown, testLetters } from '../../store/service-state.ts';
import type { TestLetterSent } from './contract.ts';
import { sendOutside, writeOutside } from './outside-letter.ts';
import type { LetterParts } from './surroundings.ts';

/** How the Message-ID of a test letter begins: it tells the letter again. */
export const TEST_LETTER_ID = '<test-letter.';
/** Test letters of a town in a day: enough to mend a relay, too few to annoy anybody. */
const MOST_A_DAY = 20;

const WORDS = {
  fr: {
    subject: 'Lettre d’essai de Préau',
    text: (domain: string) =>
      `Bonjour,\n\ncette lettre dit que le courrier de ${domain} arrive jusqu’à vous. ` +
      'Un agent de la ville l’a envoyée pour l’essayer ; vous n’avez rien à faire.\n\n' +
      'Si elle est dans les indésirables, le domaine n’est pas encore reconnu (SPF, DKIM, DMARC).\n\n' +
      `Pour aider : transférez-la en pièce jointe à postmaster@${domain}, elle porte l’avis de votre messagerie.\n`,
  },
  en: {
    subject: 'A test letter from Préau',
    text: (domain: string) =>
      `Hello,\n\nthis letter says that mail of ${domain} reaches you. ` +
      'An agent of the town sent it to try; there is nothing for you to do.\n\n' +
      'Where it is among the junk, the domain isn’t recognised yet (SPF, DKIM, DMARC).\n\n' +
      `To help: forward it as an attachment to postmaster@${domain}, it bears what your mail service found.\n`,
  },
} as const;

/** Whose « Envoyés » has the letter, who is told where it comes back, and who asked for it. */
interface TestWriter {
  readonly account: AccountId;
  readonly language: Language;
  /** Null: the machine itself. */
  readonly addressId: AddressId | null;
}

/**
 * Puts a letter with fixed words on its way to an address outside. It is the service's and not the
 * agent's, who may not write outside: agents choose whom it reaches, never what it says.
 */
export async function sendTestLetter(
  parts: LetterParts,
  writer: TestWriter,
  typed: string,
): Promise<TestLetterSent> {
  const { config, clock, store } = parts;
  const parsed = canonicalOutside(typed.trim());
  if (parsed === null) return 'not-an-address';
  if (await store.readTown((tx) => isDomainOfTown(tx, parsed.domain))) return 'of-the-town';
  const address = `${parsed.local}@${parsed.domain}`;
  const { domain } = config;
  const { subject, text } = WORDS[writer.language];
  const id = `${TEST_LETTER_ID.slice(1)}${randomUUID()}`;
  const letter = await writeOutside(parts, { address, subject, text: text(domain), id });
  const since = new Date(clock().getTime() - DAY_MS);
  const rows = await store.town(async (tx) => {
    const town = await tx.in(TOWN);
    const { count } = await testLetters(tx, { idPrefix: TEST_LETTER_ID, since });
    if (count >= MOST_A_DAY) return null;
    await writeAgentAct(tx, {
      by: writer.addressId,
      act: 'send-test-letter',
      school: TOWN,
      reason: '',
    });
    return sendOutside(town, letter, { account: writer.account, address, domain });
  });
  if (rows === null) return 'too-many';
  parts.freshRows.hurry(TOWN, rows);
  return 'sent';
}
