/**
 * A big mailbox (PREAU_SPEED_MESSAGES=10000 for a bench): how long a mail program waits for the
 * core alone. Figures are printed; what is judged leaves room for a busy machine.
 */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakingStore } from '../../../tests/shared/breaking-store.ts';
import { openTestTown, rawLetter, type TestTown } from '../../../tests/shared/town.ts';
import { openDirectory } from '../../directory/directory.ts';
import { openAccounts } from '../../entry/accounts/accounts.ts';
import { openAppPasswords } from '../../entry/accounts/app-passwords.ts';
import { openGuessing } from '../../entry/guessing/guessing.ts';
import type { MailboxId } from '../../ground/ids.ts';
import { readNetworks } from '../../ground/networks.ts';
import { openTally } from '../../ground/tally.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { Columns, UidSet } from '../../store/mail/contract.ts';
import { openStore, type Store } from '../../store/store.ts';
import { wordsQuery } from '../reading/testing/words-query.ts';
import type { Mailboxes } from './contract.ts';
import { openMailboxes } from './mailboxes.ts';
import { ALL, bring, must } from './testing/letters.ts';

const MESSAGES = Number(process.env['PREAU_SPEED_MESSAGES'] ?? 2_000);
const LETTERS = 40;
const WORDS = [
  'piscine',
  'musée',
  'sortie',
  'cantine',
  'réunion',
  'cahier',
  'goûter',
  'spectacle',
  'bibliothèque',
  'dictée',
  'exposé',
  'jardin',
  'chorale',
  'vaccin',
  'autorisation',
  'photo',
];
let town: TestTown;
let mailboxes: Mailboxes;
let viewer: Viewer;
let box: MailboxId;

beforeAll(async () => {
  town = await openTestTown();
  ({ mailboxes } = town.core);
  viewer = await town.viewer('claire.lefevre');
  box = must(await mailboxes.create(viewer, 'Dix mille', null)).id;
  for (let letter = 0; letter < LETTERS; letter++) {
    const words = Array.from(
      { length: 120 },
      (_, index) =>
        `${WORDS[(letter * 7 + index * index) % WORDS.length]}${letter % 5 === 0 ? '' : ` mot${letter}x${index}`}`,
    );
    await bring(town, viewer, box, {
      letter: {
        subject: `Re: ${WORDS[letter % WORDS.length]} n° ${letter}`,
        text: words.join(' '),
      },
    });
  }
  await multiply(MESSAGES / LETTERS);
}, 60_000);
afterAll(() => town.close());

/** Each letter so many times, as messages of their own. */
async function multiply(times: number): Promise<void> {
  const { rows } = await town.admin.query<{ name: string }>(
    `
      select attname as name
      from pg_attribute
      where attrelid = 'message'::regclass
        and attnum > 0
        and not attisdropped
        and attname <> 'id'
      order by attnum
    `,
  );
  const columns = rows.map(({ name }) => name).join(', ');
  await town.admin.query(`
    with
      made as (
        insert into message (${columns})
        select ${columns.replace(/\bm?message\b/g, 'message')}
        from message m cross join generate_series(2, ${times}) n
        where m.id in (select message_id from entry where mailbox_id = ${box})
        returning school_id, id, size_bytes
      )
    insert into entry (school_id, mailbox_id, uid, message_id, modseq, size_bytes, seen)
    select school_id, ${box}, ${LETTERS} + row_number() over (order by id), id, ${LETTERS + 2},
      size_bytes, true
    from made
  `);
  await town.admin.query(`
      update mailbox
      set uid_next = ${MESSAGES + 1}, modseq = ${LETTERS + 2}, total = ${MESSAGES},
        unseen = ${LETTERS},
        bytes = (select sum(size_bytes) from entry where mailbox_id = ${box})
      where id = ${box}
    `);
  await town.admin.query('vacuum analyze entry');
  await town.admin.query('vacuum analyze message');
}

/**
 * Processor time so far of the database's servers for this town, in milliseconds: ticks of 10 ms,
 * so that several runs are needed.
 */
async function databaseMs(): Promise<number> {
  const { rows } = await town.admin.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database()',
  );
  const ticks = rows.map(({ pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, one) => sum + one, 0) * 10;
}

/** A search as the pages ask it, of all mailboxes. */
function timedPages(words: string): Promise<number> {
  return timed(`search of the pages, ${words}`, () =>
    town.core.mail.search(viewer, wordsQuery(words)),
  );
}

/**
 * Processor time of one run, in milliseconds: ours and the database's; what others do on the
 * machine is not in it.
 */
async function timed(what: string, run: () => Promise<unknown>, runs = 7): Promise<number> {
  await run();
  const [before, database] = [process.cpuUsage(), await databaseMs()];
  const begun = performance.now();
  for (let count = 0; count < runs; count++) await run();
  const wall = (performance.now() - begun) / runs;
  const { user, system } = process.cpuUsage(before);
  const [ours, theirs] = [(user + system) / 1_000 / runs, ((await databaseMs()) - database) / runs];
  console.log(
    `${what}: ${(ours + theirs).toFixed(1)} ms of the processor (${ours.toFixed(1)} here, ${theirs.toFixed(1)} in the database), ${wall.toFixed(1)} ms by the clock`,
  );
  return ours + theirs;
}

describe('a big mailbox makes nobody wait', { shuffle: false, tags: 'soak' }, () => {
  let store: Store;
  let fresh: Mailboxes;
  beforeAll(() => {
    store = openStore(town.databaseUrl, { poolSize: 2, onError: () => {} });
    fresh = openMailboxes({ ...town.parts, store });
  });
  afterAll(() => store.close());
  const rows = async (columns: Columns): Promise<void> => {
    for await (const _ of fresh.fetch(viewer, box, { uids: ALL, columns }));
  };

  it('to open it', async () => {
    expect(
      await timed('open, nothing kept', async () => {
        fresh = openMailboxes({ ...town.parts, store });
        await fresh.open(viewer, box);
      }),
    ).toBeLessThan(500);
    await timed('open, kept', () => fresh.open(viewer, box), 50);
    await timed('open by its path, kept', () => fresh.open(viewer, 'Dix mille'), 50);
    await timed('nothing changed', () => fresh.since(viewer, box, LETTERS + 2), 50);
  });

  it('to list what is in it', async () => {
    expect(
      await timed('UID FLAGS ENVELOPE of all', () => rows({ flags: true, envelope: true })),
    ).toBeLessThan(2_000);
    await timed('FLAGS of all', () => rows({ flags: true }));
    await timed('FLAGS INTERNALDATE SIZE BODYSTRUCTURE of all', () =>
      rows({ flags: true, internalDate: true, size: true, bodyStructure: true }),
    );
    await timed(
      'HEADER.FIELDS of all',
      async () => {
        for await (const _ of fresh.sections(viewer, box, {
          uids: ALL,
          wishes: [{ part: '', what: 'fields', fields: ['from', 'subject'], partial: null }],
        }));
      },
      3,
    );
    await timed('50 bodies', async () => {
      for await (const _ of fresh.sections(viewer, box, {
        uids: [{ from: 501, to: 550 }],
        wishes: [{ part: '', what: 'all', fields: [], partial: null }],
      }));
    });
  });

  it('to search it for words, as a mail program and as the pages do', async () => {
    for (const text of ['piscine', 'mot7x3', 'introuvable', 'bibliotheque jardin', 'mot7']) {
      let found = 0;
      const median = await timed(`SEARCH TEXT ${text}`, async () => {
        found =
          (await fresh.search(viewer, box, { what: { kind: 'text', text } }))?.uids.length ?? -1;
      });
      console.log(`  ${found} found`);
      expect(median).toBeLessThan(1_000);
    }
    for (const words of ['piscine', 'pisc', 'mot7x3', 'introuvable', 'bibliotheque jardin'])
      expect(await timedPages(words)).toBeLessThan(100);
  });

  it('to search it by its fields, sort it and thread it', async () => {
    await timed('SEARCH SUBJECT musee', () =>
      fresh.search(viewer, box, { what: { kind: 'subject', text: 'musee' } }),
    );
    await timed('SEARCH UNSEEN', () =>
      fresh.search(viewer, box, { what: { kind: 'flag', flag: '\\Seen', set: false } }),
    );
    await timed(
      'SEARCH HEADER X-A b',
      () => fresh.search(viewer, box, { what: { kind: 'header', field: 'x-a', text: 'b' } }),
      3,
    );
    await timed('SORT SUBJECT', () =>
      fresh.search(viewer, box, {
        what: { kind: 'all' },
        order: [{ by: 'subject', reverse: false }],
      }),
    );
    await timed('THREAD', () => fresh.threads(viewer, box, { kind: 'all' }), 3);
  });

  it('to flag all of it or one, and to put one more in', async () => {
    let isSet = false;
    const flagged = (uids: typeof ALL) => () => {
      isSet = !isSet;
      return fresh.store(viewer, box, {
        uids,
        change: isSet ? 'add' : 'remove',
        flags: ['\\Flagged'],
        unchangedSince: null,
      });
    };
    await timed('STORE of all', flagged(ALL), 3);
    await timed('STORE of one', flagged([{ from: 7, to: 7 }]), 30);
    await timed('APPEND', () => bring(town, viewer, box), 30);
  });
});

it('takes few round trips to the database to list, one less what it knows, and to store', async () => {
  const counting = breakingStore(town.store, town.admin, 0);
  const open = () => openMailboxes({ ...town.parts, store: counting.store });
  const fresh = open();
  const counted = async <T>(run: () => Promise<T>): Promise<readonly [number, T]> => {
    const before = counting.roundTrips();
    const value = await run();
    return [counting.roundTrips() - before, value];
  };
  const some = [{ from: 5, to: 304 }];
  const columns = { flags: true, envelope: true, bodyStructure: true };
  const list = async (of: Mailboxes, wanted: UidSet): Promise<readonly string[]> => {
    const texts: string[] = [];
    for await (const batch of of.fetch(viewer, box, { uids: wanted, columns }))
      texts.push(
        ...batch.uids.map(
          (uid, row) =>
            `${uid} ${batch.flags[row]} ${batch.envelopes[row]} ${batch.bodyStructures[row]}`,
        ),
      );
    return texts;
  };
  const [[first, listed], [second, again]] = [
    await counted(() => list(fresh, some)),
    await counted(() => list(fresh, some)),
  ];
  expect(again).toEqual(listed);
  expect(listed.length).toBe(300);
  expect(
    listed.every((line) => / \("[A-Z].* "/.test(line)),
    listed[0],
  ).toBe(true);
  const change = { uids: [{ from: 7, to: 7 }], unchangedSince: null };
  const [own, stored] = await counted(() =>
    fresh.store(viewer, box, { ...change, change: 'add', flags: ['\\Answered'] }),
  );
  const [keyword] = await counted(() =>
    fresh.store(viewer, box, { ...change, change: 'add', flags: ['banc'] }),
  );
  console.log(
    `a listing: ${first} round trips, the second time ${second}; STORE ${own}, of a keyword ${keyword} (the commit that goes along counted)`,
  );
  const letter = must(
    await fresh.receive(viewer, Readable.from([rawLetter(viewer.address, [viewer.address])])),
  );
  const [append, appended] = await counted(() =>
    fresh.append(viewer, 'Dix mille', [{ letter, flags: ['\\Seen'], internalDate: null }]),
  );
  const there = must(appended).to.map((uid) => ({ from: uid, to: uid }));
  const [known, itsTexts] = await counted(() => list(fresh, there));
  expect(itsTexts).toEqual(await list(open(), there));
  console.log(`APPEND: ${append} round trips, a listing of it ${known}`);
  expect(must(stored).changed).toEqual(new Set([7]));
  expect(must(appended).to.length).toBe(1);
  expect([first, second, own, keyword, append, known]).toEqual([2, 1, 2, 3, 2, 1]);
});

it('takes three round trips to the database from LOGIN with a device to a mailbox opened', async () => {
  const counting = breakingStore(town.store, town.admin, 0);
  const made = {
    store: counting.store,
    directory: openDirectory(counting.store),
    secret: Buffer.alloc(32, 7),
    clock: () => town.clock.now,
  };
  const device = await openAppPasswords({ ...made, announce: () => {} }).make(viewer, 'Banc');
  if (device.kind !== 'made') throw new Error(device.kind);
  const guessing = openGuessing({
    ...made,
    ...town.parts,
    store: town.store,
    pause: async () => {},
    schoolNetworks: readNetworks(''),
    tellAgents: async () => {},
  });
  const accounts = openAccounts({
    ...made,
    guessing,
    announce: () => {},
    tellOfPassword: async () => {},
    tellOfRecovery: async () => {},
    tally: openTally(),
  });
  const fresh = openMailboxes({ ...town.parts, store: counting.store });
  const open = async (): Promise<number | undefined> => {
    const answer = await accounts.signIn(viewer.address, device.text, {
      ip: '192.0.2.1',
      way: 'imap',
    });
    return answer.kind === 'welcome'
      ? (await fresh.open(answer.viewer, 'Dix mille'))?.uids.length
      : undefined;
  };
  await open(); // the roster and the mailbox are read, the device is marked as used
  const before = counting.roundTrips();
  expect(await open()).toBeGreaterThanOrEqual(LETTERS);
  const trips = counting.roundTrips() - before;
  console.log(`LOGIN and SELECT: ${trips} round trips`);
  expect(trips).toBeLessThanOrEqual(3); // whose password, the roster's versions, the mailbox
});
