import { afterAll, beforeAll, expect, it } from 'vitest';
import { whyRefused } from '../../cli/texts/old-mail-outcomes.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { bringAll } from './bring.ts';
import { openBrokenServer, type OldLetter } from './testing/broken-server.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const letter = (subject: string) =>
  Buffer.from(
    `From: a@ancien.test\r\nTo: b@ancien.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@ancien.test>\r\nDate: Mon, 1 Sep 2025 08:00:00 +0200\r\n\r\nBonjour\r\n`,
  );

async function bring(user: string, letters: readonly OldLetter[]) {
  const old = await openBrokenServer(letters);
  try {
    const [outcome] = await bringAll({
      core: town.core,
      server: old.server,
      journeys: [{ line: 2, user, password: 'ancien', address: town.address('mamadou.diallo') }],
      parallel: 1,
      pausesMs: [10, 10],
      dryRun: false,
      signal: AbortSignal.timeout(20_000),
      accountDone: () => {},
      messagesDone: () => {},
    });
    return outcome;
  } finally {
    old.close();
  }
}

it.each(['says-no', 'breaks-off'] as const)(
  'letters at each of which the old server %s are named, and all others come',
  async (cant) => {
    const outcome = await bring(cant, [
      letter(`${cant}.1`),
      cant,
      letter(`${cant}.3`),
      cant,
      cant,
      cant,
      letter(`${cant}.7`),
    ]);
    expect(outcome).toMatchObject({ kind: 'brought', tally: { brought: 3, known: 0 } });
    const refused = outcome?.kind === 'brought' ? outcome.tally.refused : [];
    expect(refused.map(({ folder, uid }) => [folder, uid])).toEqual([
      ['INBOX', 2],
      ['INBOX', 4],
      ['INBOX', 5],
      ['INBOX', 6],
    ]);
    expect([...new Set(refused.map(whyRefused))]).toEqual([
      'l’ancien serveur ne donne pas ce message / the old server does not give this message',
    ]);
  },
);

it('an old server that breaks off at every letter is given up', async () => {
  const many = Array.from({ length: 200 }, () => 'breaks-off' as const);
  expect(await bring('many', many)).toMatchObject({ kind: 'old-server', tally: { brought: 0 } });
});
