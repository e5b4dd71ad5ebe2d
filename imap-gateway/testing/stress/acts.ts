import type { Random } from '../../../tests/soak/random.ts';
import type { MessageBelief, Believer } from './believer.ts';

export const ELSEWHERE = 'Ailleurs';
/** More than this, and messages go faster than they come. */
const MANY = 60;
const FEW = 12;
const FLAGS = [
  '\\Seen',
  '\\Flagged',
  '\\Answered',
  '\\Draft',
  '\\Deleted',
  '$Forwarded',
  'Important',
];
const IDLE_MS = [20, 250] as const;

/** What a client may do, and how often. */
const ACTS: readonly (readonly [
  name: string,
  weight: number,
  act: (client: Believer, random: Random) => Promise<unknown>,
])[] = [
  ['STORE', 10, store],
  ['STORE by MODSEQ', 3, storeUnchanged],
  ['FETCH', 6, fetch],
  ['FETCH of new ones', 4, fetchNew],
  [
    'FETCH that marks as seen',
    2,
    (client, random) =>
      onSome(client, random, (set, prefix) =>
        client.run(`${prefix}FETCH ${set} (UID BODY[HEADER.FIELDS (SUBJECT)])`, {
          keepsNumbers: prefix === '',
        }),
      ),
  ],
  ['SEARCH', 2, search],
  ['EXPUNGE', 3, expunge],
  [
    'MOVE',
    2,
    (client, random) =>
      onSome(client, random, (set, prefix) => client.run(`${prefix}MOVE ${set} ${ELSEWHERE}`)),
  ],
  [
    'COPY',
    3,
    (client, random) =>
      onSome(client, random, (set, prefix) =>
        client.run(
          `${prefix}COPY ${set} ${client.messages.length < MANY && random.between(0, 1) === 0 ? 'INBOX' : ELSEWHERE}`,
        ),
      ),
  ],
  ['APPEND', 3, append],
  [
    'NOOP',
    3,
    (client, random) =>
      client.run(random.pick(['NOOP', 'CHECK', `STATUS ${ELSEWHERE} (MESSAGES UNSEEN)`])),
  ],
  [
    'IDLE',
    4,
    (client, random) =>
      client.idle(
        () =>
          new Promise((resolve) => {
            setTimeout(resolve, random.between(...IDLE_MS));
          }),
      ),
  ],
  ['CLOSE', 1, close],
];
const ALL_WEIGHTS = ACTS.reduce((sum, [, weight]) => sum + weight, 0);

/** Does one thing at random and gives its name. */
export async function actAtRandom(client: Believer, random: Random): Promise<string> {
  let at = random.between(0, ALL_WEIGHTS - 1);
  const chosen = ACTS.find(([, weight]) => (at -= weight) < 0) ?? ACTS[0];
  const [name, , act] =
    client.messages.length > MANY && random.between(0, 3) === 0
      ? (['thinning out', 0, thinOut] as const)
      : (chosen as (typeof ACTS)[number]);
  await act(client, random);
  return name;
}

/** A set by sequence numbers or, where all of it is known, by UIDs. */
async function onSome(
  client: Believer,
  random: Random,
  act: (set: string, prefix: '' | 'UID ', chosen: readonly MessageBelief[]) => Promise<unknown>,
): Promise<void> {
  const { messages } = client;
  if (messages.length === 0) return;
  const from = random.between(1, messages.length);
  const to = Math.min(messages.length, from + random.between(0, 3));
  const chosen = messages.slice(from - 1, to);
  const uids = chosen.flatMap(({ uid }) => (uid === null ? [] : [uid]));
  if (client.byUidAlone)
    return void (
      uids.length > 0 &&
      (await act(
        uids.join(','),
        'UID ',
        chosen.filter(({ uid }) => uid !== null),
      ))
    );
  if (uids.length === chosen.length && random.between(0, 1) === 0)
    await act(uids.join(','), 'UID ', chosen);
  else
    await act(
      from === to ? String(from) : random.pick([`${from}:${to}`, `${to}:${from}`]),
      '',
      chosen,
    );
}

async function store(client: Believer, random: Random): Promise<void> {
  const flags = random.shuffled(FLAGS).slice(0, random.between(1, 2));
  const change = random.pick(['+', '+', '-', '']);
  // what is told meanwhile could be older than it
  const silent = !client.byUidAlone && random.between(0, 2) === 0;
  await onSome(client, random, async (set, prefix, chosen) => {
    // A client takes for done what it asked to be silent about; what others did is told all the
    // same.
    if (silent)
      for (const message of chosen)
        if (message.flags) message.flags = changed(message.flags, change, flags);
    await client.run(
      `${prefix}STORE ${set} ${change}FLAGS${silent ? '.SILENT' : ''} (${flags.join(' ')})`,
      { keepsNumbers: prefix === '' },
    );
  });
}

/** What has changed since is left alone (RFC 7162 §3.1.3), and told of. */
async function storeUnchanged(client: Believer, random: Random): Promise<void> {
  if (client.dialect !== 'condstore' && client.dialect !== 'qresync') return;
  const highest = Number(
    (await client.run('STATUS INBOX (HIGHESTMODSEQ)'))
      .map((line) => /HIGHESTMODSEQ (\d+)/.exec(line)?.[1])
      .find((found) => found !== undefined),
  );
  await onSome(client, random, (set, prefix) =>
    client.run(
      `${prefix}STORE ${set} (UNCHANGEDSINCE ${Math.max(1, highest - random.between(0, 20))}) ${random.pick(['+', '-'])}FLAGS (${random.pick(FLAGS)})`,
      { keepsNumbers: prefix === '' },
    ),
  );
}

function changed(
  before: ReadonlySet<string>,
  change: string,
  flags: readonly string[],
): ReadonlySet<string> {
  if (change === '') return new Set(flags);
  return change === '+'
    ? new Set([...before, ...flags])
    : new Set([...before].filter((flag) => !flags.includes(flag)));
}

async function fetch(client: Believer, random: Random): Promise<void> {
  await onSome(client, random, (set, prefix) =>
    client.run(`${prefix}FETCH ${set} (UID FLAGS)`, { keepsNumbers: prefix === '' }),
  );
}

async function fetchNew(client: Believer): Promise<void> {
  if (client.byUidAlone)
    return void (await client.run(
      `UID FETCH ${Math.max(0, ...client.messages.map(({ uid }) => uid ?? 0)) + 1}:* (UID FLAGS)`,
    ));
  const from = client.messages.findIndex(({ uid, flags }) => uid === null || flags === null);
  if (from >= 0) await client.run(`FETCH ${from + 1}:* (UID FLAGS)`, { keepsNumbers: true });
}

async function search(client: Believer, random: Random): Promise<void> {
  if (client.byUidAlone) return void (await client.run('UID SEARCH UNSEEN'));
  const before = client.messages.length;
  const lines = await client.run(
    random.pick(['SEARCH ALL', 'SEARCH UNSEEN', 'SEARCH NOT DELETED', 'SEARCH RETURN (MAX) ALL']),
    { keepsNumbers: true },
  );
  const numbers = lines.flatMap((line) =>
    line.startsWith('SEARCH')
      ? line.split(' ').slice(1).map(Number)
      : Number(/ MAX (\d+)/.exec(line)?.[1] ?? 0),
  );
  if (numbers.some((number) => number > Math.max(before, client.messages.length)))
    client.object(`SEARCH found a message beyond the last: ${lines.join(' / ')}`);
}

async function expunge(client: Believer, random: Random): Promise<void> {
  const uids = client.messages.flatMap(({ uid }) => (uid === null ? [] : [uid]));
  await (uids.length > 0 && random.between(0, 1) === 0
    ? client.run(`UID EXPUNGE ${random.pick(uids)}:*`)
    : client.run('EXPUNGE'));
}

async function append(client: Believer, random: Random): Promise<void> {
  if (client.messages.length > MANY) return;
  const letters = Array.from({ length: client.messages.length < FEW ? 3 : 1 }, () => {
    const letter = `From: soi@example.org\r\nSubject: ajout ${random.between(1, 1_000_000)}\r\n\r\nBonjour\r\n`;
    return `(${random.pick(['', '\\Seen', '\\Flagged Important'])}) {${letter.length}+}\r\n${letter}`;
  });
  await client.run(`APPEND INBOX ${letters.join(' ')}`);
}

async function thinOut(client: Believer, random: Random): Promise<void> {
  if (!client.byUidAlone)
    await client.run(
      `STORE 1:${random.between(1, Math.ceil(client.messages.length / 2))} +FLAGS (\\Deleted)`,
      { keepsNumbers: true },
    );
  await client.run('EXPUNGE');
}

async function close(client: Believer, random: Random): Promise<void> {
  // what is told of the old mailbox meanwhile would be taken for the new
  if (client.byUidAlone) return;
  await client.run(random.pick(['CLOSE', 'UNSELECT']));
  await client.select();
}
