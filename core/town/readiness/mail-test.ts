import { mailServers } from '../../ground/config.ts';
import { TOWN } from '../../ground/ids.ts';
import { receiversWordsIn } from '../../letters/message/receivers-word.ts';
import { toldIn } from '../../store/mail/outbox.ts';
import { readAgents } from '../../store/people/agents.ts';
import { lastBeat, lettersNaming, testLetters } from '../../store/service-state.ts';
import type { MailTest, MailTestBegun } from './contract.ts';
import { isDemo } from './demo.ts';
import type { LetterParts } from './surroundings.ts';
import { sendTestLetter, TEST_LETTER_ID } from './test-letter.ts';

/** Names that no zone of the world has (RFC 6761, RFC 8375). */
const NOBODYS = /(?:^|\.)(?:test|example|invalid|localhost|local|internal|home\.arpa)$/;
/** A worker that has said nothing for so long doesn't run. */
const WORKER_SILENT_MS = 60_000;
/** Answers that are looked into: somebody may answer more than once. */
const MOST_ANSWERS = 10;

/** Sends a test letter in the name of the town's first agent, to whom its answers come too. */
export async function beginMailTest(parts: LetterParts, typed: string): Promise<MailTestBegun> {
  const { config, store, clock } = parts;
  if (isDemo(config)) return 'demo';
  if (NOBODYS.test(config.domain)) return 'no-domain';
  const found = await store.readTown(async (tx) => {
    const town = await tx.in(TOWN);
    const [agent] = await readAgents(town, clock());
    if (agent === undefined) return null;
    const { language } = await toldIn(town, agent.account);
    return { agent: { ...agent, language }, beat: await lastBeat(tx, 'worker') };
  });
  if (found === null) return 'no-agent';
  const silentMs = clock().getTime() - (found.beat?.at.getTime() ?? 0);
  if (silentMs > WORKER_SILENT_MS) return 'no-worker';
  const { account, language } = found.agent;
  return sendTestLetter(parts, { account, language, addressId: null }, typed);
}

/** What became of the last test letter, and what its answers say of it. */
export async function lastMailTest({
  config,
  store,
  clock,
}: LetterParts): Promise<MailTest | null> {
  const { last } = await store.read(TOWN, (tx) =>
    testLetters(tx, { idPrefix: TEST_LETTER_ID, since: clock() }),
  );
  if (last === null) return null;
  const { id, createdAt, ...letter } = last;
  const answers = await store.read(TOWN, (tx) =>
    lettersNaming(tx, { id, since: createdAt, limit: MOST_ANSWERS }),
  );
  const about = { domain: config.domain, ours: mailServers(config).host };
  return {
    ...letter,
    at: createdAt,
    isAnswered: answers.length > 0,
    words: answers.flatMap((answer) => receiversWordsIn(answer, about)),
  };
}
