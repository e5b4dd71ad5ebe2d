/**
 * The scripts of imaptest, from the corpora beside this repository, against the running server:
 * each in mailboxes of its own. What doesn't pass stands here with its reason; anything else that
 * doesn't, or that passes though it stands here, fails.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOAKED, sliced } from '../tests/shared/slice.ts';
import { dialImap } from './testing/imap-client.ts';
import { play, type Stage } from './testing/imaptest/play.ts';
import { readMbox, readScript, type MboxMessage, type Script } from './testing/imaptest/script.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const FOLDER = join(import.meta.dirname, '../../shared/corpora/imap-imaptest');
const here = existsSync(FOLDER);
const PEOPLE = ['claire.lefevre', 'mamadou.diallo'];
const AT_ONCE = 4;

/** Links where the scripts come from. */
const MBOX_OF = new Map([
  ['fetch-body-mime', 'fetch-binary-mime'],
  ['sort-partial', 'search-partial'],
  ['thread-orderedsubject', 'sort-subject'],
]);

/** Not offered, on purpose; scripts of all other capabilities are played. */
const NOT_OFFERED: Readonly<Record<string, string>> = {
  CATENATE: "messages made of others' parts: no mail program of schools asks for it",
  URLAUTH: 'links that open mail without signing in',
  'URLAUTH=BINARY': 'the same',
  'CONTEXT=SEARCH': 'searches that follow changes',
  'CONTEXT=SORT': 'the same',
};

/**
 * PARTIAL is offered by RFC 9394, without CONTEXT; the range stands in the answer as it was asked
 * for.
 */
const partial = (script: string): string =>
  script
    .replace(/^capabilities: CONTEXT=.*$/m, 'capabilities: ESEARCH PARTIAL')
    .replaceAll(/(partial 4:2.*\n.*partial \()2:4/g, '$14:2');

/**
 * Where we differ on purpose; `ours` turns the script into what we hold to, and that must pass.
 * Null: nothing is left of it.
 */
const OURS: Readonly<
  Record<string, { readonly why: string; readonly ours: ((script: string) => string) | null }>
> = {
  'append-binary': {
    why: 'a message with NUL is refused as RFC 3516 §4.4 allows, never made into another',
    ours: null,
  },
  copy: {
    why: '\\Recent is never set (gone from RFC 9051)',
    ours: (script) => script.replaceAll(/^\* \d recent\n/gm, '').replaceAll(/\\recent ?/g, ''),
  },
  id: {
    why: 'before sign-in a command has 8 KiB',
    ours: (script) => script.replace('state: nonauth', 'state: auth'),
  },
  'search-flags': {
    why: '\\Recent is never set',
    ours: (script) =>
      script
        .replaceAll(/(search (?:new|recent)\n\* search).*/g, '$1')
        .replace('search old\n* search', '$& 1 2 3 4 5'),
  },
  'search-partial': { why: 'PARTIAL of RFC 9394 without CONTEXT=SEARCH', ours: partial },
  'sort-partial': { why: 'the same with SORT', ours: partial },
  select: {
    why: '\\Recent is never set',
    ours: (script) => script.replaceAll('* 2 recent', '* 0 recent').replace('recent 2', 'recent 0'),
  },
};

let town: ImapTown;
beforeAll(async () => {
  if (here) town = await openImapTown();
});
afterAll(async () => {
  if (here) await town.close();
});

const scriptNames = (): string[] =>
  readdirSync(FOLDER).filter(
    (name) => !/\.(mbox|md)$/.test(name) && statSync(join(FOLDER, name)).isFile(),
  );

const { some, rest } = sliced(3, here ? scriptNames() : []);
it.skipIf(!here)(
  here
    ? 'each of a third of the scripts passes, or stands here with its reason'
    : 'imaptest: skipped, the corpora are not beside this repository',
  () => allPass(some),
  120_000,
);
it.skipIf(!here)('so does each of the others', SOAKED, () => allPass(rest));

async function allPass(names: readonly string[]): Promise<void> {
  const { differences, notPlayed } = await playAll(names);
  const passed = [...differences]
    .filter(([, difference]) => difference === null)
    .map(([name]) => name);
  const failed = [...differences].filter(
    ([name, difference]) => difference !== null && OURS[name]?.ours !== null,
  );
  const asOurs = passed.filter((name) => OURS[name] !== undefined);
  process.stdout.write(
    [
      `imaptest: ${names.length} scripts, ${passed.length - asOurs.length} passed, ${failed.length} failed, ${asOurs.length} passed as ours, ${names.length - passed.length - failed.length} not applicable`,
      ...Object.entries(OURS).map(([name, { why }]) => `  ${name}: ${why}`),
      ...[...notPlayed].map(([name, wanted]) => `  ${name}: no ${wanted}, ${NOT_OFFERED[wanted]}`),
    ].join('\n') + '\n',
  );
  expect(failed.map(([name, difference]) => `${name}: ${difference}`).join('\n')).toBe('');
  const notPassed = Object.keys(OURS).filter(
    (name) => names.includes(name) && !passed.includes(name),
  );
  expect(notPassed.filter((name) => OURS[name]?.ours !== null)).toEqual([]);
  const unlike = passed.filter((name) => OURS[name]?.ours === null);
  expect(unlike).toEqual([]);
}

it.skipIf(!here)(
  'what the played scripts need is announced, and nothing else of theirs',
  async () => {
    const client = await town.client('claire.lefevre');
    const announced = new Set((await client.run('CAPABILITY')).join(' ').split(' '));
    const wanted = new Set(
      scriptNames().flatMap((name) => scriptOf(name).capabilities.map((one) => one.toUpperCase())),
    );
    expect(
      [...wanted].filter((one) => announced.has(one) === (NOT_OFFERED[one] !== undefined)),
    ).toEqual([]);
  },
);

/** What each script differed in, and which capability those that weren't played would need. */
async function playAll(names: readonly string[]): Promise<{
  readonly differences: ReadonlyMap<string, string | null>;
  readonly notPlayed: ReadonlyMap<string, string>;
}> {
  const scripts = new Map(names.map((name) => [name, scriptOf(name)]));
  const notPlayed = new Map(
    [...scripts].flatMap(([name, { capabilities }]) =>
      capabilities
        .map((one) => one.toUpperCase())
        .filter((one) => NOT_OFFERED[one] !== undefined)
        .map((one) => [name, one] as const),
    ),
  );
  const differences = new Map<string, string | null>();
  const waiting = names.filter((name) => !notPlayed.has(name));
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_none, at) => {
      const stage = await stageOf(PEOPLE[at % PEOPLE.length] ?? '');
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const script = scriptOf(name);
        const open = script.state === 'nonauth' ? () => town.stranger() : stage.open;
        differences.set(
          name,
          await play(script, {
            ...stage,
            open,
            mailbox: `imaptest-${name}`,
            messages: messagesOf(name),
          }),
        );
      }
    }),
  );
  return { differences, notPlayed };
}

function scriptOf(name: string): Script {
  const source = readFileSync(join(FOLDER, name), 'latin1');
  return readScript(OURS[name]?.ours?.(source) ?? source);
}

function messagesOf(name: string): MboxMessage[] {
  const own = `${MBOX_OF.get(name) ?? name}.mbox`;
  return readMbox(
    readFileSync(join(FOLDER, existsSync(join(FOLDER, own)) ? own : 'default.mbox'), 'latin1'),
  );
}

/** By a password of a device: the account's own costs argon2 at each sign-in. */
async function stageOf(local: string): Promise<Omit<Stage, 'mailbox' | 'messages'>> {
  const made = await town.core.appPasswords.make(await town.viewer(local), 'imaptest');
  if (made.kind !== 'made') throw new Error(made.kind);
  const open = async () => {
    const client = await dialImap(town.imap.ports.imap);
    await client.response();
    const answer = (await client.run(`LOGIN ${town.address(local)} "${made.text}"`)).at(-1) ?? '';
    if (!answer.startsWith('OK')) throw new Error(answer);
    return client;
  };
  return { open, user: town.address(local) };
}
