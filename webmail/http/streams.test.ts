/** Open event streams end with what let them open. */
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Core } from '../../core/core.ts';
import { openTestTown, type TestTown } from '../../tests/shared/town.ts';
import { PAGES } from '../routes/routes.ts';
import { startWebmail } from '../server.ts';
import { tokenIn } from '../testing/guest.ts';
import { ask, formOf, isHeld, rawLine } from '../testing/peer.ts';
import { gathered } from './gathered.ts';
import { DEVICE_COOKIE, SESSION_COOKIE } from './guard.ts';

const AT_ONCE_MS = 2_000;
/** More news than the sockets of both sides hold. */
const MOST_NEWS = 2_000_000;
const AT_ONCE = 100;
const IDLE_MS = 30 * 60_000;
const CHILD = 'lina.moreau';
const TEACHER = 'claire.lefevre';
const HEAD = 'mamadou.diallo';
const MOTHER = 'karine.moreau';

let town: TestTown;
let web: { readonly port: number; close(): Promise<void> };
const leaving = new AbortController();
beforeAll(async () => {
  town = await openTestTown();
  web = await startWebmail(town.core, PAGES, {
    clock: () => town.clock.now,
    limits: { streamsPerSchool: 6, streamsPerAccount: 3, requestsPerSchool: 5 },
  });
});
afterEach(() => pause(50)); // what was closed is counted no more
afterAll(async () => {
  leaving.abort();
  await web.close();
  await town.close();
});

interface Hearing {
  readonly status: number;
  /** Everything that came, until now. */
  readonly text: () => string;
  /** How long until the server ended it, in ms. */
  readonly over: Promise<number>;
  leave(): void;
}

const cookieOf = async (local: string): Promise<string> =>
  `${SESSION_COOKIE}=${await town.enter(await town.viewer(local))}`;

async function hear(cookie: string, path = '/events'): Promise<Hearing> {
  const left = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${web.port}${path}`, {
    headers: { cookie },
    signal: AbortSignal.any([left.signal, leaving.signal]),
  });
  const since = performance.now();
  let text = '';
  const read = async (): Promise<number> => {
    const decoder = new TextDecoder();
    try {
      for await (const piece of answer.body ?? []) text += decoder.decode(piece, { stream: true });
    } catch {
      /* left */
    }
    return performance.now() - since;
  };
  return { status: answer.status, text: () => text, over: read(), leave: () => left.abort() };
}

async function isOpen(hearing: Hearing): Promise<boolean> {
  return await Promise.race([hearing.over.then(() => false), pause(120, true)]);
}

describe('a stream ends at once', () => {
  it('with a sign-out in another tab, while another session of the same person goes on', async () => {
    const [cookie, other] = [await cookieOf(TEACHER), await cookieOf(TEACHER)];
    const [mine, theirs] = [await hear(cookie), await hear(other)];
    expect(await isOpen(mine)).toBe(true);
    const csrf = tokenIn(
      (await ask(web.port, '/mail/inbox', { from: '127.0.0.1', headers: { cookie } })).body,
    );
    await ask(web.port, '/signout', { from: '127.0.0.1', ...formOf({ csrf }, cookie) });
    expect(await mine.over).toBeLessThan(AT_ONCE_MS);
    expect(await isOpen(theirs)).toBe(true);
    expect((await hear(cookie)).status).toBe(204);
    theirs.leave();
  });

  it('with a new password', async () => {
    const head = await town.viewer(HEAD);
    const { account } = await town.viewer(MOTHER);
    const hearing = await hear(await cookieOf(MOTHER));
    const card = (await town.core.people.makeCode(head, head.school, { account, format: 'screen' }))
      ?.cards[0];
    if (card?.code.kind !== 'activation') throw new Error('no code');
    const done = await town.core.codes.activate(
      { address: card.address, code: card.code.text, password: 'quatre chevaux bleus dansent' },
      { ip: '127.0.0.1' },
    );
    expect(done.kind).toBe('welcome');
    expect(await hearing.over).toBeLessThan(AT_ONCE_MS);
  });

  it('with an account that leaves', async () => {
    const head = await town.viewer(HEAD);
    const { account, school } = await town.viewer(CHILD);
    const hearing = await hear(await cookieOf(CHILD));
    const left = await town.core.people.leave(head, school, { account, day: '2026-11-24' });
    expect(left.kind).toBe('done');
    expect(await hearing.over).toBeLessThan(AT_ONCE_MS);
    await town.core.people.stay(head, school, account);
  });

  it('with the session’s time: a page that is open is no visit', async () => {
    const cookie = await cookieOf(TEACHER);
    const before = town.clock.now;
    town.clock.now = new Date(before.getTime() + IDLE_MS - 600);
    const hearing = await hear(cookie);
    await town.receive('musee@exemple.fr', [town.address(TEACHER)]);
    expect(await isOpen(hearing)).toBe(true);
    town.clock.now = new Date(town.clock.now.getTime() + 601);
    expect(await hearing.over).toBeLessThan(AT_ONCE_MS);
    town.clock.now = before;
  });
});

it('what a page asks by itself is no visit either', async () => {
  const before = town.clock.now;
  const at = (minutes: number): Date => new Date(before.getTime() + minutes * 60_000);
  const statusOf = async (cookie: string, headers = {}): Promise<number> =>
    (await ask(web.port, '/mail/inbox', { from: '127.0.0.1', headers: { cookie, ...headers } }))
      .status;
  const [left, used] = [await cookieOf(TEACHER), await cookieOf(TEACHER)];
  town.clock.now = at(20);
  expect([await statusOf(left, { 'x-preau-live': '1' }), await statusOf(used)]).toEqual([200, 200]);
  town.clock.now = at(40);
  expect([await statusOf(left), await statusOf(used)]).toEqual([303, 200]);
  town.clock.now = before;
});

it('hears of mail, and of nothing else', async () => {
  const hearing = await hear(await cookieOf(TEACHER));
  await pause(100);
  expect(hearing.text()).toBe('retry: 2000\n\n');
  await town.receive('musee@exemple.fr', [town.address(TEACHER)]);
  await expect.poll(hearing.text, { timeout: 5_000 }).toContain('event: mail\ndata: \n\n');
  hearing.leave();
});

it('tells who has written at an adult’s own computer, once they wish it, and no more than they wish', async () => {
  const viewer = await town.viewer(TEACHER);
  const cookie = await cookieOf(TEACHER);
  const own = await hear(`${cookie}; ${DEVICE_COOKIE}=theirs`);
  const shared = await hear(cookie);
  const write = (subject: string) =>
    town.receive('musee@exemple.fr', [town.address(TEACHER)], { subject });
  const told = () =>
    [...own.text().matchAll(/event: notice\ndata: (.*)\n/g)].map(([, data = '']) =>
      JSON.parse(data),
    );
  await pause(100);
  await write('Un');
  await expect.poll(own.text).toContain('event: mail');
  await pause(250); // what they wished then is looked up after the event
  await town.core.accounts.setHabits(viewer, { notices: 'name' });
  await write('Deux');
  await expect
    .poll(told)
    .toMatchObject([
      { title: expect.stringMatching(/^Nouveau message de .*exemple\.fr/), body: '' },
    ]);
  await town.core.accounts.setHabits(viewer, { notices: 'subject' });
  await write('Trois');
  await expect.poll(told).toMatchObject([{}, { body: 'Trois' }]);
  const { status } = await fetch(`http://127.0.0.1:${web.port}${told()[1].to}`, {
    headers: { cookie },
  });
  expect(status).toBe(200);
  expect(shared.text()).not.toContain('notice');
  // Out of their own hours nothing is told, then or later.
  await town.core.presence.saveHours(viewer, Array<null>(7).fill(null));
  const before = own.text().length;
  await write('Quatre');
  await expect.poll(() => own.text().slice(before)).toContain('event: mail');
  await pause(100);
  await town.core.presence.saveHours(viewer, null);
  expect(told()).toHaveLength(2);
  await town.core.accounts.setHabits(viewer, { notices: 'none' });
  own.leave();
  shared.leave();
});

it('gathers the letters of pupils for whoever wishes it so, and says how many once', async () => {
  const viewer = await town.viewer(TEACHER);
  const token = await town.enter(viewer);
  const own = await hear(`${SESSION_COOKIE}=${token}; ${DEVICE_COOKIE}=theirs`);
  await town.core.accounts.setHabits(viewer, { notices: 'name', pupilsGathered: true });
  const before = new Date(town.clock.now.getTime() - 1_000);
  await pause(100);
  for (const subject of ['Un', 'Deux'])
    expect(await town.send('noe.garnier', [town.address(TEACHER)], { subject })).toMatchObject({
      kind: 'accepted',
    });
  await expect.poll(own.text, { timeout: 5_000 }).toContain('event: mail');
  await pause(100);
  expect(own.text()).not.toContain('event: notice');
  const told = (since: Date) => gathered({ core: town.core }, { token }, since);
  expect(await told(before)).toMatchObject({ title: '2 messages d’élèves vous attendent' });
  expect(await told(new Date('2100-01-01'))).toBeNull();
  await town.core.accounts.setHabits(viewer, { notices: 'none', pupilsGathered: false });
  expect(await told(before)).toBeNull();
  own.leave();
});

it('lets a person have so many; one more closes the oldest', async () => {
  const cookie = await cookieOf(TEACHER);
  const three = [await hear(cookie), await hear(cookie), await hear(cookie)];
  expect(await Promise.all(three.map(isOpen))).toEqual([true, true, true]);
  const fourth = await hear(cookie);
  expect(await Promise.all([...three, fourth].map(isOpen))).toEqual([false, true, true, true]);
  for (const one of [...three, fourth]) one.leave();
});

it('lets a peer have so many; one more is told to wait', async () => {
  const cookies = [await cookieOf(TEACHER), await cookieOf(HEAD)];
  const six: Hearing[] = [];
  for (const cookie of [...cookies, ...cookies, ...cookies]) six.push(await hear(cookie));
  const seventh = await ask(web.port, '/events', {
    from: '127.0.0.1',
    headers: { cookie: await cookieOf(MOTHER) },
  });
  expect([seventh.status, seventh.headers['retry-after']]).toEqual([429, '30']);
  expect(seventh.body).toContain('Trop de demandes');
  // They have limits of their own: for a page there is room.
  expect((await fetch(`http://127.0.0.1:${web.port}/signin`)).status).toBe(200);
  for (const one of six) one.leave();
});

it('ends a stream that nobody reads once too much waits for it', async () => {
  let announce: Parameters<Core['events']['subscribe']>[1] | null = null;
  const events: Core['events'] = {
    subscribe(_viewer, heard) {
      announce = heard;
      return () => {
        announce = null;
      };
    },
  };
  const own = await startWebmail({ ...town.core, events }, PAGES);
  const deaf = rawLine(
    own.port,
    '127.0.0.1',
    `GET /events HTTP/1.1\r\nHost: 127.0.0.1:${own.port}\r\nCookie: ${await cookieOf(TEACHER)}\r\n\r\n`,
  );
  await expect.poll(deaf.heard).toMatch(/^HTTP\/1\.1 200 [^]*nosniff[^]*no-store[^]*event-stream/);
  deaf.socket.pause();
  let news = 0;
  for (; news < MOST_NEWS && announce !== null; news += 1) {
    (announce as (only: Parameters<NonNullable<typeof announce>>[0]) => void)({
      mailbox: 1 as never,
      modseq: news,
    });
    if (news % AT_ONCE === 0) await turn();
  }
  expect(announce).toBeNull();
  expect(news).toBeGreaterThan(10 * AT_ONCE); // a reader who is late by little keeps theirs
  deaf.socket.destroy();
  await own.close();
});

it('takes nothing for a browser that has left before it was known who asks', async () => {
  const known = Promise.withResolvers<void>();
  let [looks, subscribed] = [0, 0];
  const { accounts } = town.core;
  const own = await startWebmail(
    {
      ...town.core,
      accounts: {
        ...accounts,
        async glance(token) {
          looks += 1;
          await known.promise;
          return accounts.glance(token);
        },
      },
      events: {
        subscribe() {
          subscribed += 1;
          return () => {};
        },
      },
    },
    PAGES,
  );
  const line = rawLine(
    own.port,
    '127.0.0.1',
    `GET /events HTTP/1.1\r\nHost: 127.0.0.1:${own.port}\r\nCookie: ${await cookieOf(TEACHER)}\r\n\r\n`,
  );
  await expect.poll(() => looks).toBe(1);
  line.socket.destroy();
  await expect.poll(() => isHeld(own.port, line)).toBe(false);
  await pause(20); // what the kernel knows, the server hears
  known.resolve();
  await pause(50);
  expect([looks, subscribed]).toEqual([1, 0]);
  await own.close();
});

it('goes on where what notices are made of can’t be asked for just then', async () => {
  const away = () => Promise.reject(new Error('the database is away'));
  const nextGathering = vi
    .fn<Core['presence']['nextGathering']>(away)
    .mockResolvedValueOnce({ at: town.clock.now, since: town.clock.now });
  const own = await startWebmail(
    {
      ...town.core,
      mail: { ...town.core.mail, mailboxes: away },
      moderation: { ...town.core.moderation, waitingCount: away },
      presence: { ...town.core.presence, nextGathering },
    },
    PAGES,
    { clock: () => town.clock.now },
  );
  const line = rawLine(
    own.port,
    '127.0.0.1',
    `GET /events HTTP/1.1\r\nHost: 127.0.0.1:${own.port}\r\nCookie: ${await cookieOf(TEACHER)}; ${DEVICE_COOKIE}=theirs\r\n\r\n`,
  );
  await expect.poll(() => nextGathering.mock.calls.length, { timeout: 3_000 }).toBe(2);
  await pause(20);
  expect(isHeld(own.port, line)).toBe(true);
  line.socket.destroy();
  await own.close();
});

it('shows how far an import is to agents alone: 404 to who may not see it', async () => {
  for (const local of [CHILD, TEACHER, HEAD]) {
    const cookie = await cookieOf(local);
    for (const id of ['1', '999999', 'x']) {
      const answer = await ask(web.port, `/roster/town/${id}/events`, {
        from: '127.0.0.1',
        headers: { cookie },
      });
      expect([local, id, answer.status]).toEqual([local, id, 404]);
    }
  }
});
