import { describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { TestTown } from '../../../tests/shared/town.ts';
import { readNetworks } from '../../ground/networks.ts';
import { loadSecret } from '../../ground/secret.ts';
import { sweepSignIns } from '../../store/people/sign-in-tries.ts';
import {
  comeIn,
  MORNING,
  openGuessingTown,
  SCHOOL,
  SECRET,
  type GuessAnswer,
} from './testing/guessing-town.ts';
import { throttleKey } from './throttle-key.ts';

const { town, pass, signIn, limiter, counters } = await openGuessingTown();

describe('an account', () => {
  it('costs nothing five times, then waits that double, up to five minutes and no further', async () => {
    const guessing = limiter();
    const from = { address: 'a', ip: SCHOOL };
    for (let tries = 0; tries < 5; tries += 1)
      expect(await guessing.wrong(from)).toEqual({ kind: 'no-match' });
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      expect(await guessing.wrong(from)).toEqual({ kind: 'no-match' });
      const answer = await guessing.try(from);
      waits.push(answer.kind === 'wait' ? answer.seconds : 0);
      pass(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]);
    expect(await comeIn(guessing, from.address, from.ip)).toBe('go');
    expect(await guessing.wrong(from)).toEqual({ kind: 'no-match' });
    expect(await comeIn(guessing, from.address, from.ip)).toBe('go');
  });
  it('waits whatever way in is tried, and its password is not looked at', async () => {
    const from = { ip: '198.51.100.1' };
    const ways = ['web', 'imap', 'submission'] as const;
    const by = (at: number, password: string) =>
      town.core.accounts.signIn(town.address('adele.vidal'), password, {
        ...from,
        way: ways[at % 3] ?? 'web',
      });
    for (let at = 0; at < 6; at += 1) expect(await by(at, 'faux')).toEqual({ kind: 'no-match' });
    const waiting = await Promise.all([0, 1, 2].map((at) => by(at, DEMO_PASSWORD)));
    expect(waiting).toEqual(ways.map(() => ({ kind: 'wait', seconds: 2 })));
    pass(2);
    expect((await by(0, DEMO_PASSWORD)).kind).toBe('welcome');
  });
  it('is forgotten after a quiet hour', async () => {
    const guessing = limiter();
    for (let tries = 0; tries < 6; tries += 1) await guessing.wrong({ address: 'a', ip: SCHOOL });
    expect((await guessing.try({ address: 'a', ip: SCHOOL })).kind).toBe('wait');
    pass(3_661);
    for (let tries = 0; tries < 6; tries += 1)
      expect(await guessing.wrong({ address: 'a', ip: SCHOOL })).toEqual({ kind: 'no-match' });
  });
  it('guessed at fifty times at once, in two processes, is looked at six times', async () => {
    const processes = [limiter(), limiter()];
    const taken = await Promise.all(
      processes.flatMap((one) =>
        Array.from({ length: 25 }, () => one.try({ address: 'a', ip: SCHOOL })),
      ),
    );
    expect(taken.filter(({ kind }) => kind === 'go')).toHaveLength(6);
    // Those of the account and of the place; the town itself may still be writing the whole's.
    expect((await counters()).filter((count) => count >= 6)).toEqual([6, 6]);
  });
  it('does not hinder many right sign-ins at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        signIn('claire.lefevre', DEMO_PASSWORD, { ip: '198.51.100.7' }),
      ),
    );
    expect(answers.filter(({ kind }) => kind !== 'welcome')).toEqual([]);
  });
  it('lets all right sign-ins of one moment in, however their counters meet', SOAKED, async () => {
    // Each account's counters stand in another order of their keys.
    const processes = Array.from({ length: 4 }, () => limiter());
    for (const address of ['a', 'b', 'c', 'd', 'e', 'f'])
      for (let round = 0; round < 5; round += 1)
        await Promise.all(
          processes.flatMap((one) =>
            Array.from({ length: 5 }, () => comeIn(one, address, '198.51.100.7')),
          ),
        );
  });
  it('that is none, as it was typed, keeps nobody waiting who types another', async () => {
    for (let tries = 0; tries < 6; tries += 1)
      await signIn('lina moreau@nulle part', 'faux', { ip: `198.51.${tries}.1` });
    expect((await signIn('lina moreau@nulle part', 'faux', { ip: '198.51.100.1' })).kind).toBe(
      'wait',
    );
    expect((await signIn('claire lefevre@nulle part', 'faux', { ip: '198.51.100.1' })).kind).toBe(
      'no-match',
    );
  });
  it('leaves no address and no network in the database', async () => {
    await signIn('adele.vidal', 'faux', { ip: '198.51.100.7' });
    await signIn('adele.vidal', DEMO_PASSWORD, { ip: '198.51.100.7' });
    const { rows } = await town.admin.query<{ key: Buffer }>(
      'select key from throttle union all select key from known_place',
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { key } of rows) expect(key).toHaveLength(32);
  });
});

describe('a network', () => {
  it(
    'that sprays two hundred accounts at once is looked at some twenty times, then once or twice a minute',
    { tags: 'soak' },
    async () => {
      const people = (await names()).slice(0, 200);
      const spray = async (among: readonly string[]): Promise<number> => {
        const answers = await Promise.all(
          among.map((address, at) => signIn(address, 'azerty123', { ip: `198.51.100.${at}` })),
        );
        return answers.filter(({ kind }) => kind === 'no-match').length;
      };
      const begun = performance.now();
      const minutes = [await spray(people)];
      const ms = performance.now() - begun;
      for (let minute = 0; minute < 5; minute += 1) {
        minutes.push(0);
        for (let second = 0; second < 60; second += 20) {
          pass(20);
          minutes.push(
            (minutes.pop() ?? 0) + (await spray(people.slice(20 * minute, 20 * minute + 20))),
          );
        }
      }
      process.stdout.write(
        `guessing: ${people.length} accounts sprayed at once from one network in ${ms.toFixed(0)} ms: ${minutes.join(', ')} looked at in each minute\n`,
      );
      expect(minutes[0]).toBeGreaterThanOrEqual(10);
      expect(minutes[0]).toBeLessThanOrEqual(10 + 16);
      for (const looked of minutes.slice(1)) expect(looked).toBeLessThanOrEqual(2);
    },
  );
  it.each([
    ['a /24', ['203.0.113.1', '203.0.113.99', '::ffff:203.0.113.200'], '203.0.114.1'],
    [
      'a /56',
      ['2001:db8:1:100::1', '2001:db8:1:1ff:2::', '2001:db8:1:142::5'],
      '2001:db8:1:200::1',
    ],
  ])('%s counts together, and none beside it', async (_what, within, beside) => {
    const guessing = limiter();
    const kinds: string[] = [];
    for (let at = 0; at < 12; at += 1)
      kinds.push((await guessing.wrong({ address: `a${at}`, ip: within[at % 3] ?? '' })).kind);
    expect(kinds).toEqual([...Array.from({ length: 11 }, () => 'no-match'), 'wait']);
    expect(await guessing.wrong({ address: 'a12', ip: beside })).toEqual({ kind: 'no-match' });
  });
  it('counts all of fifty wrong answers at once, in two processes', async () => {
    const processes = [limiter(), limiter()];
    await Promise.all(
      processes.flatMap((one, of) =>
        Array.from({ length: 25 }, (_, at) => one.wrong({ address: `a${of}.${at}`, ip: SCHOOL })),
      ),
    );
    // the network, the whole, what agents are told of
    expect((await counters()).slice(-3)).toEqual([50, 50, 50]);
  });
  it('is emptied by nobody’s own good sign-in, nor opened by it', async () => {
    const guessing = limiter();
    const own = { address: 'own', ip: '198.51.100.1' };
    for (let at = 0; at < 10; at += 1) {
      await guessing.wrong({ address: `a${at}`, ip: own.ip });
      await comeIn(guessing, own.address, own.ip);
    }
    for (let at = 10; at < 16; at += 1) await guessing.wrong({ address: `a${at}`, ip: own.ip });
    expect((await guessing.wrong({ address: 'b', ip: own.ip })).kind).toBe('wait');
    expect(await comeIn(guessing, own.address, own.ip)).toBe('go');
    expect((await guessing.wrong({ address: 'b', ip: own.ip })).kind).toBe('wait');
  });
  it('over what is free to it goes one at a time, of many at once, and only a right one makes room for the next', async () => {
    const guessing = limiter();
    const ip = '198.51.100.1';
    const at = new Date(MORNING.getTime() - 60_000);
    const key = throttleKey(SECRET, 'network', 'other\u0000198.51.100.0/24');
    await town.admin.query(
      'insert into throttle (key, failures, blocked_until, updated_at) values ($1, 40, $2, $2)',
      [key, at],
    );
    const atOnce = (...addresses: string[]) =>
      Promise.all(addresses.map((address) => guessing.try({ address, ip })));
    const going = (await atOnce('a', 'b', 'c')).flatMap((one) => (one.kind === 'go' ? [one] : []));
    expect(going).toHaveLength(1);
    expect((await atOnce('d', 'e')).map(({ kind }) => kind)).toEqual(['wait', 'wait']);
    await going[0]?.right();
    expect((await atOnce('d', 'e')).map(({ kind }) => kind).sort()).toEqual(['go', 'wait']);
  });
  it('has less of its own while the whole service is guessed at, and a first try everywhere', async () => {
    const guessing = limiter();
    await town.admin.query(
      'insert into throttle (key, failures, blocked_until, updated_at) values ($1, 2010, $2, $2)',
      [serviceKey(), MORNING],
    );
    const kinds: string[] = [];
    for (let at = 0; at < 4; at += 1)
      kinds.push((await guessing.wrong({ address: `a${at}`, ip: '198.51.100.1' })).kind);
    expect(kinds).toEqual(['no-match', 'no-match', 'no-match', 'wait']);
    expect(await guessing.figures()).toContain(
      'preau_sign_in_waits_total{way="web",why="whole"} 1',
    );
    expect(await comeIn(guessing, 'new', '203.0.113.1')).toBe('go');
  });
});

describe('whoever knows their password', () => {
  const owner = { address: 'owner', ip: '203.0.113.1' };

  it('comes in from where they came in before, while others guess elsewhere', async () => {
    expect((await signIn('lina.moreau', DEMO_PASSWORD, { ip: owner.ip })).kind).toBe('welcome');
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        signIn('lina.moreau', `faux${at}`, { ip: `198.51.${at}.1` }),
      ),
    );
    expect(guesses.filter(({ kind }) => kind === 'no-match')).toHaveLength(6);
    expect((await signIn('lina.moreau', DEMO_PASSWORD, { ip: '198.51.100.1' })).kind).toBe('wait');
    expect((await signIn('lina.moreau', DEMO_PASSWORD, { ip: owner.ip })).kind).toBe('welcome');
    // which frees nobody else
    expect((await signIn('lina.moreau', DEMO_PASSWORD, { ip: '198.51.100.1' })).kind).toBe('wait');
  });
  it('comes in from a network that is slowed down, their school’s too', async () => {
    const guessing = limiter({ schoolNetworks: readNetworks('') });
    await comeIn(guessing, owner.address, owner.ip);
    for (let at = 0; at < 20; at += 1) await guessing.wrong({ address: `a${at}`, ip: owner.ip });
    expect((await guessing.try({ address: 'stranger', ip: owner.ip })).kind).toBe('wait');
    expect(await comeIn(guessing, owner.address, owner.ip)).toBe('go');
  });
  it(
    'waits half a minute at most where somebody beside them guesses at their account on and on',
    SOAKED,
    async () => {
      const guessing = limiter();
      await comeIn(guessing, owner.address, SCHOOL);
      let looked = 0;
      for (let second = 0; second < 3_600; second += 5) {
        const taken = await guessing.try({ address: owner.address, ip: SCHOOL });
        if (taken.kind === 'go') {
          looked += 1;
          await taken.wrong();
        }
        pass(5);
      }
      process.stdout.write(
        `guessing: at one account from its own network, without a pause for an hour: ${looked} looked at\n`,
      );
      expect(looked).toBeLessThan(150);
      pass(30);
      expect(await comeIn(guessing, owner.address, SCHOOL)).toBe('go');
    },
  );
  it('comes in at once on a computer of their own, whatever happens beside it', async () => {
    const claire = await town.viewer('claire.lefevre');
    const devices = town.core.accounts.newDevice(claire, '') ?? '';
    const from = { ip: SCHOOL };
    expect((await signIn('claire.lefevre', DEMO_PASSWORD, from)).kind).toBe('welcome');
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => signIn('claire.lefevre', `faux${at}`, from)),
    );
    expect((await signIn('claire.lefevre', DEMO_PASSWORD, from)).kind).toBe('wait');
    expect((await signIn('claire.lefevre', DEMO_PASSWORD, { ...from, devices })).kind).toBe(
      'welcome',
    );
  });
  it('has a computer of their own only as an adult, for their own account, and it says nothing of them', async () => {
    const [claire, lina] = [await town.viewer('claire.lefevre'), await town.viewer('lina.moreau')];
    expect(town.core.accounts.newDevice(lina, '')).toBeNull();
    const devices = town.core.accounts.newDevice(claire, '') ?? '';
    expect(devices).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
    expect(town.core.accounts.newDevice(claire, devices)).toBe(devices);
    const both = town.core.accounts.newDevice(await town.viewer('mamadou.diallo'), devices) ?? '';
    expect(both.split('~')).toEqual([expect.any(String), devices]);
    for (let at = 0; at < 6; at += 1)
      await signIn('fabienne.cordier', 'faux', { ip: '198.51.100.1', devices });
    expect(
      (await signIn('fabienne.cordier', DEMO_PASSWORD, { ip: '198.51.100.1', devices })).kind,
    ).toBe('wait');
    expect(
      (
        await signIn('fabienne.cordier', DEMO_PASSWORD, {
          ip: '198.51.100.1',
          devices: devices.replace(/.$/, 'A'),
        })
      ).kind,
    ).toBe('wait');
  });
});

describe('an unknown address', () => {
  it('is answered like one that is at home in this network, slowed down or not', async () => {
    const guessing = limiter({ schoolNetworks: readNetworks('') });
    await comeIn(guessing, 'known', '203.0.113.1');
    const answers: { known: GuessAnswer; unknown: GuessAnswer }[] = [];
    for (let at = 0; at < 40; at += 1) {
      const both = {
        known: await guessing.wrong({ address: 'known', ip: '203.0.113.1' }),
        unknown: await guessing.wrong({ address: 'unknown', ip: '203.0.114.1' }),
      };
      answers.push(both);
      if (at % 3 === 0) pass(both.unknown.seconds ?? 0);
    }
    expect(answers.map(({ known }) => known)).toEqual(answers.map(({ unknown }) => unknown));
    expect(answers.filter(({ known }) => known.kind === 'wait').length).toBeGreaterThan(10);
  });
  it('waits no shorter and no longer for its answer than one whose password was looked at', async () => {
    const guessing = limiter();
    for (const spent of [0, 30, 180]) {
      await guessing.evenly(performance.now() - spent, { kind: 'wait' });
      expect((guessing.paused.at(-1) ?? 0) + spent).toBeCloseTo(500, -1);
    }
    await guessing.evenly(performance.now(), { kind: 'no-match' });
    expect(guessing.paused).toHaveLength(3);
  });
});

/**
 * All of the town with PREAU_SPEED_SIGN_INS=3022; as many as are wrong once and couldn't be without
 * being right after it, otherwise.
 */
const SIGN_INS = Number(process.env['PREAU_SPEED_SIGN_INS'] ?? 1_100);

describe('a town’s schools behind one address', () => {
  it(
    'sign in at the pace of 3,022 in five minutes, each child wrong once before',
    { tags: 'soak' },
    async () => {
      const guessing = limiter();
      const children = Array.from({ length: SIGN_INS }, (_, at) => `child${at}`);
      let waited = 0;
      const come = async (address: string) => {
        if ((await guessing.wrong({ address, ip: SCHOOL })).kind === 'wait') waited += 1;
        if ((await comeIn(guessing, address, SCHOOL)) === 'wait') waited += 1;
      };
      const begun = performance.now();
      for (let at = 0; at < children.length; at += 20) {
        await Promise.all(children.slice(at, at + 20).map(come));
        pass(20 / (3_022 / 300));
      }
      const seconds = (performance.now() - begun) / 1_000;
      process.stdout.write(
        `guessing: ${children.length} children of one address, each wrong once: ${waited} waited; the limiter took ${seconds.toFixed(1)} s for ${2 * children.length} tries\n`,
      );
      expect(waited).toBe(0);
      expect(guessing.told()).toBe(0);
      expect(guessing.lines.filter((line) => line.includes('"level":40'))).toEqual([]);
    },
  );
  it('are slowed down by no neighbour of their address', async () => {
    const guessing = limiter();
    for (let at = 0; at < 40; at += 1) await guessing.wrong({ address: `a${at}`, ip: '192.0.2.9' });
    expect((await guessing.try({ address: 'b', ip: '192.0.2.9' })).kind).toBe('wait');
    expect((await guessing.try({ address: 'b', ip: SCHOOL })).kind).toBe('go');
  });
  it(
    'are slowed down where one of them sprays, and all who came in before come in',
    { tags: 'soak' },
    async () => {
      const guessing = limiter();
      await comeIn(guessing, 'teacher', SCHOOL);
      let looked = 0;
      for (let at = 0; at < 1_200; at += 50) {
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, n) =>
            guessing.wrong({ address: `a${at + n}`, ip: SCHOOL }),
          ),
        );
        looked += answers.filter(({ kind }) => kind === 'no-match').length;
      }
      expect(looked).toBeLessThanOrEqual(1_050);
      const stranger = await guessing.try({ address: 'stranger', ip: SCHOOL });
      expect(stranger.kind === 'wait' ? stranger.seconds : 0).toBeLessThanOrEqual(15);
      expect(await comeIn(guessing, 'teacher', SCHOOL)).toBe('go');
    },
  );
});

describe('those who run the service', () => {
  it('see each way in and each wait in the figures, and one line of the log for each burst', async () => {
    const guessing = limiter();
    for (let at = 0; at < 30; at += 1)
      await guessing.wrong({ way: 'imap', address: `a${at}`, ip: '198.51.100.1' });
    await comeIn(guessing, 'b', '203.0.113.1');
    const figures = await guessing.figures();
    for (const line of [
      'preau_sign_in_total{way="imap",outcome="wrong"} 11',
      'preau_sign_in_total{way="imap",outcome="wait"} 19',
      'preau_sign_in_total{way="web",outcome="right"} 1',
      'preau_sign_in_waits_total{way="imap",why="network"} 19',
      'preau_sign_in_bursts_total{of="network"} 1',
    ])
      expect(figures).toContain(line);
    expect(guessing.lines).toHaveLength(1);
    expect(JSON.parse(guessing.lines[0] ?? '')).toMatchObject({
      level: 40,
      way: 'imap',
      network: '198.51.100.0/24',
      isSchool: false,
    });
  });
  it('are told once an hour, by a letter to the agents that says what to do', async () => {
    const before = (await town.rows('hugues.armand')).length;
    for (let at = 0; at < 3; at += 1) await pressed(town);
    await expect.poll(async () => (await town.rows('hugues.armand')).length).toBe(before + 1);
    expect((await town.rows('hugues.armand'))[0]?.subject).toBe('Beaucoup de mots de passe faux');
    pass(3_601);
    await pressed(town);
    await expect.poll(async () => (await town.rows('hugues.armand')).length).toBe(before + 2);
  });
  it('are told of refused tries too, counted once a second', async () => {
    const guessing = limiter();
    for (let at = 0; at < 11; at += 1)
      await guessing.wrong({ address: `a${at}`, ip: '198.51.100.1' });
    await press(SECRET, 450);
    await Promise.all(
      Array.from({ length: 60 }, () => guessing.wrong({ address: 'b', ip: '198.51.100.1' })),
    );
    await expect.poll(guessing.told, { timeout: 5_000 }).toBe(1);
  });
  it('keep no counter for long that nobody adds to', async () => {
    const guessing = limiter();
    for (let at = 0; at < 30; at += 1)
      await guessing.wrong({ address: `a${at}`, ip: `10.${at}.0.1` });
    await comeIn(guessing, 'b', '203.0.113.1');
    const sweep = () =>
      town.store.town((tx) =>
        sweepSignIns(tx, { knownDays: 90, most: 1_000, now: town.clock.now }),
      );
    expect(await sweep()).toBe(0);
    pass(7_300);
    expect(await sweep()).toBeGreaterThan(90);
    expect(await counters()).toEqual([]);
    pass(91 * 86_400);
    expect(await sweep()).toBe(1);
  });
});

function serviceKey(): Buffer {
  return throttleKey(SECRET, 'service', '');
}

/** Somebody else has made the agents’ counter full; one more wrong password makes it run over. */
async function pressed({ core }: TestTown): Promise<void> {
  await press(loadSecret(core.config.secretFile), 500);
  await signIn('adele.vidal', 'faux', { ip: SCHOOL });
}

/** So many wrong passwords have been counted of which agents are told. */
async function press(secret: Buffer, failures: number): Promise<void> {
  await town.admin.query(
    'insert into throttle (key, failures, blocked_until, updated_at) values ($1, $2, $3, $3) on conflict (key) do update set failures = $2, updated_at = $3',
    [throttleKey(secret, 'pressure', ''), failures, town.clock.now],
  );
}

async function names(): Promise<string[]> {
  const { rows } = await town.admin.query<{ local: string }>(
    `select local from address where kind = 'account' order by id limit 300`,
  );
  return rows.map(({ local }) => local);
}
