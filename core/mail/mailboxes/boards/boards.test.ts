import { describe, expect, it, vi } from 'vitest';
import { breakingStore } from '../../../../tests/shared/breaking-store.ts';
import { openDirectory } from '../../../directory/directory.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { openBoardTown } from '../../../school/boards/testing/board-town.ts';
import { wish } from '../../../school/boards/testing/wish.ts';
import { BROUGHT_BYTES } from '../limits.ts';
import { openMailboxes } from '../mailboxes.ts';
import { ALL } from '../testing/letters.ts';

const { town, claire, post } = await openBoardTown();
/** All that is given, one after another. */
async function gathered<T>(given: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of given) all.push(one);
  return all;
}

const PATH = 'Partagés/Panneau/CE1 A';

it('cost nothing to who opens, counts, reads and marks another mailbox', async () => {
  await post();
  const counting = breakingStore(town.store, town.admin, 0);
  const store = { ...counting.store };
  const fresh = openMailboxes({ ...town.parts, store, directory: openDirectory(store) });
  const trips = async (act: () => Promise<unknown>): Promise<number> => {
    const before = counting.roundTrips();
    await act();
    return counting.roundTrips() - before;
  };
  const inbox = await fresh.find(claire, 'INBOX');
  if (inbox === null) throw new Error('no INBOX');
  await fresh.open(claire, 'INBOX');
  expect([
    await trips(() => fresh.find(claire, 'INBOX')),
    await trips(() => fresh.open(claire, 'INBOX')),
    await trips(() => fresh.since(claire, inbox.id, inbox.highestModseq)),
    await trips(() =>
      gathered(fresh.fetch(claire, inbox.id, { uids: ALL, columns: { flags: true } })),
    ),
  ]).toEqual([1, 1, 1, 1]);
  expect(await trips(() => fresh.open(claire, PATH))).toBeGreaterThan(1);
});

it('tell each reader who opens one at the same MODSEQ what they have not seen', async () => {
  const ref = await post({ readers: ['pupils'] });
  await post({ readers: ['pupils'] });
  const { mailboxes, boards } = town.core;
  const lina = await town.viewer('lina.moreau');
  await boards.see(lina, [ref]);
  const opened = async (viewer: Viewer) => {
    const open = await mailboxes.open(viewer, PATH);
    const first = open?.firstUnseen ?? null;
    return [first === null ? null : open?.uids.indexOf(first), open?.mailbox.unseen];
  };
  expect([
    await opened(await town.viewer('adele.vidal')),
    await opened(lina),
    await opened(claire),
  ]).toEqual([
    [0, 2],
    [1, 1],
    [null, 0],
  ]);
});

it('are no way to a mailbox of another class by an id that was told to somebody', async () => {
  await post();
  const board = await town.core.mailboxes.find(claire, PATH);
  if (board === null) throw new Error('no board');
  const karim = await town.viewer('karim.haddad');
  const { mailboxes } = town.core;
  const change = { uids: ALL, change: 'add', flags: ['\\Seen'], unchangedSince: null } as const;
  expect([
    await mailboxes.open(karim, board.id),
    await mailboxes.since(karim, board.id, 0),
    await mailboxes.search(karim, board.id, { what: { kind: 'all' } }),
    await mailboxes.threads(karim, board.id, { kind: 'all' }),
    await gathered(
      mailboxes.fetch(karim, board.id, { uids: ALL, columns: { flags: true, envelope: true } }),
    ),
    await gathered(
      mailboxes.sections(karim, board.id, {
        uids: ALL,
        wishes: [{ part: '', what: 'all', fields: [], partial: null }],
      }),
    ),
    (await mailboxes.store(karim, board.id, change)).kind,
    (await mailboxes.copy(karim, board.id, { uids: ALL, to: await town.mailbox(karim, 'archive') }))
      .kind,
    (await mailboxes.rights(karim, board.id)).kind,
  ]).toEqual([null, null, null, null, [], [], 'nonexistent', 'nonexistent', 'nonexistent']);
});

describe('of another school', () => {
  const AWAY = 'Partagés/Panneau/CE2';

  /** Two notices on a board of Nadège's other school, as large as is said, and what copies them. */
  async function twoAway(sizeBytes: number) {
    const nadege = await town.viewer('nadege.colas');
    const { boards } = town.core;
    const line = (await boards.list(nadege)).find(
      ({ ref, name }) => ref.school !== nadege.school && name === 'CE2',
    );
    if (line === undefined) throw new Error('no board elsewhere');
    const refs = [];
    for (const title of ['Un', 'Deux']) {
      const posted = await boards.post(nadege, line.ref, wish({ title, readers: ['pupils'] }));
      if (posted.kind !== 'posted') throw new Error(JSON.stringify(posted));
      refs.push(posted.ref);
    }
    const scan = vi.fn(town.parts.scanner.scan);
    const mailboxes = openMailboxes({ ...town.parts, scanner: { ...town.parts.scanner, scan } });
    const board = await mailboxes.find(nadege, AWAY);
    if (board === null) throw new Error('no board');
    await town.admin.query('update entry set size_bytes = $2 where mailbox_id = $1', [
      board.id,
      sizeBytes,
    ]);
    const to = await town.mailbox(nadege, 'archive');
    const copy = () => mailboxes.copy(nadege, board.id, { uids: ALL, to });
    return { nadege, refs, scan, copy };
  }

  it('are brought as many as fit a turn: what is taken down meanwhile is not', async () => {
    const { nadege, refs, scan, copy } = await twoAway(3_000_000);
    scan.mockImplementationOnce(async (...asked) => {
      for (const ref of refs) await town.core.boards.takeDown(nadege, ref);
      return town.parts.scanner.scan(...asked);
    });
    const copied = await copy();
    expect(copied.kind === 'done' && copied.value.to.length).toBe(1);
  });

  it('are not looked at where they are too many bytes for one step', async () => {
    const { scan, copy } = await twoAway(BROUGHT_BYTES / 2 + 1);
    expect(await copy()).toEqual({ kind: 'too-big', limitBytes: BROUGHT_BYTES });
    expect(scan).not.toHaveBeenCalled();
  });
});
