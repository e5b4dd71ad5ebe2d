/** What ends a connection that somebody has signed in on: over the wire, on the real town. */

import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dayAt } from '../core/ground/clock.ts';
import { DAY_MS, HOUR_MS } from '../core/ground/spans.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import { SOAKED, sliced } from '../tests/shared/slice.ts';
import { startSmtp, type Smtp } from './server.ts';
import { openTestTown, type SmtpTestTown } from './testing/test-town.ts';
import { hangUp, plain, ready, type WireClient } from './testing/wire-client.ts';

let town: SmtpTestTown;
/** The same core behind servers that hear no event in time: what they answer, they asked. */
let deaf: Smtp;
let admin: pg.Client;
beforeAll(async () => {
  town = await openTestTown({ smtp: { limits: { askAgainMs: 50 } } });
  deaf = await startSmtp(town.core, { limits: { askAgainMs: HOUR_MS } });
  admin = new pg.Client({ connectionString: town.adminUrl });
  await admin.connect();
});
afterEach(hangUp);
afterAll(async () => {
  await admin.end();
  await deaf.close();
  await town.close();
});

async function viewer(local: string): Promise<Viewer> {
  const answer = await town.core.accounts.signIn(town.address(local), town.password, {
    ip: '127.0.0.1',
    way: 'web',
  });
  if (answer.kind !== 'welcome') throw new Error(`no account ${local}`);
  return answer.viewer;
}

async function device(local: string) {
  const made = await town.core.appPasswords.make(await viewer(local), 'Téléphone');
  if (made.kind !== 'made') throw new Error(made.kind);
  return made;
}

const connect = (doors: Smtp, local: string, password = town.password): Promise<WireClient> =>
  ready(doors.ports.submissions, { tls: 'implicit', as: { login: town.address(local), password } });

async function sayAll(client: WireClient, lines: readonly string[]): Promise<string> {
  let reply = '';
  for (const line of lines) reply = await client.say(line);
  return reply;
}

interface End {
  readonly what: string;
  readonly who: string;
  readonly to: string;
  /**
   * Makes what is to be ended, and gives the password to sign in with and the deed that ends it.
   */
  readonly prepare: () => Promise<{
    readonly password: string;
    readonly end: () => Promise<unknown>;
  }>;
}

const own = (end: () => Promise<unknown>) => () =>
  Promise.resolve({ password: town.password, end });

const ENDS: readonly End[] = [
  {
    what: 'the device that opened it is stopped',
    who: 'julie.robin',
    to: 'mamadou.diallo',
    prepare: async () => {
      const made = await device('julie.robin');
      return {
        password: made.text,
        end: async () => town.core.appPasswords.revoke(await viewer('julie.robin'), made.id),
      };
    },
  },
  {
    what: 'the account’s password is another',
    who: 'marc.olivier',
    to: 'mamadou.diallo',
    prepare: own(async () => {
      const head = await viewer('mamadou.diallo');
      const whose = await viewer('marc.olivier');
      const sheet = await town.core.people.makeCode(head, head.school, {
        account: whose.account,
        format: 'screen',
      });
      const code = sheet?.cards[0]?.code;
      if (code?.kind !== 'activation') throw new Error('no code');
      const given = { address: whose.address, code: code.text, password: 'la brouette du voisin' };
      expect((await town.core.codes.activate(given, { ip: '127.0.0.1' })).kind).toBe('welcome');
    }),
  },
  {
    what: 'the teacher makes the pupil’s code anew',
    who: 'adele.vidal',
    to: 'zoe.lambert',
    prepare: own(async () => {
      const claire = await viewer('claire.lefevre');
      const child = (await viewer('adele.vidal')).account;
      const [whose] = claire.classes;
      if (!whose) throw new Error('no class');
      expect(
        await town.core.codes.resetCode(claire, { class: whose.id, child, kind: 'activation' }),
      ).not.toBeNull();
    }),
  },
  {
    what: 'the school keeps its pupils to the pages',
    who: 'lina.moreau',
    to: 'zoe.lambert',
    prepare: own(async () => {
      const head = await viewer('mamadou.diallo');
      expect(await town.core.schoolSettings.save(head, head.school, { pupilPrograms: false })).toBe(
        'saved',
      );
    }),
  },
  {
    what: 'its owner has left',
    who: 'helene.bertin',
    to: 'mamadou.diallo',
    prepare: own(async () => {
      const head = await viewer('mamadou.diallo');
      const { account } = await viewer('helene.bertin');
      const day = dayAt(new Date(), 'Europe/Paris');
      expect(await town.core.people.leave(head, head.school, { account, day })).toEqual({
        kind: 'done',
      });
    }),
  },
];

describe('a connection on which somebody sends ends once', () => {
  // One of the ends is a school's, and holds for all of its pupils.
  beforeEach(async () => {
    const head = await viewer('mamadou.diallo');
    await town.core.schoolSettings.save(head, head.school, { pupilPrograms: true });
  });

  const { some, rest } = sliced(2, ENDS);
  it.each(some)('$what: idle, at MAIL FROM, and at the end of a message', isSignedOut);
  it.each(rest)('and so once $what', SOAKED, isSignedOut);

  async function isSignedOut({ who, to, prepare }: (typeof ENDS)[number]): Promise<void> {
    const { password, end } = await prepare();
    const [idle, asking, writing] = [
      await connect(town.smtp, who, password),
      await connect(deaf, who, password),
      await connect(deaf, who, password),
    ];
    const begin = [`MAIL FROM:<${town.address(who)}>`, `RCPT TO:<${town.address(to)}>`];
    expect(await sayAll(asking, [...begin, 'RSET'])).toMatch(/^250 /);
    expect(await sayAll(writing, [...begin, 'DATA'])).toMatch(/^354 /);
    writing.send(`From: ${town.address(who)}\r\nSubject: trop tard\r\n\r\nla moi`);
    await end();
    expect(await idle.reply()).toMatch(/^421 4\.7\.0 Signed out/);
    expect(await asking.say(begin[0] ?? '')).toMatch(/^421 4\.7\.0 Signed out/);
    expect(await writing.say('tié\r\n.')).toMatch(/^421 4\.7\.0 Signed out/);
    for (const client of [idle, asking, writing]) expect(await client.reply()).toBe('closed');
    expect((await town.rowsOf(to)).map(({ subject }) => subject)).not.toContain('trop tard');
  }

  it('the account is switched off, though no event is announced', async () => {
    const client = await connect(deaf, 'karim.haddad');
    await admin.query(
      `begin; set local preau.school = '1'; update account set state = 'suspended' where display_name = 'Karim Haddad'; commit`,
    );
    expect(await client.say(`MAIL FROM:<${town.address('karim.haddad')}>`)).toMatch(
      /^421 4\.7\.0 Signed out/,
    );
  });

  it('and goes on for who gets mail meanwhile, whatever the events say', async () => {
    const client = await connect(town.smtp, 'claire.lefevre');
    const begin = [
      `MAIL FROM:<${town.address('claire.lefevre')}>`,
      `RCPT TO:<${town.address('claire.lefevre')}>`,
      'DATA',
    ];
    for (const subject of ['un', 'deux']) {
      await sayAll(client, begin);
      expect(
        await client.say(
          `From: ${town.address('claire.lefevre')}\r\nSubject: ${subject}\r\n\r\nx\r\n.`,
        ),
      ).toMatch(/^250 /);
    }
    expect(await client.reply(400)).toBe('silence');
    expect(await client.say('NOOP')).toMatch(/^250 /);
  });
});

it('an account at rest sends nothing more by a connection that was open before, and reads why', async () => {
  const claire = await viewer('claire.lefevre');
  const child = await viewer('theo.jourdain');
  await town.core.schoolSettings.save(await viewer('mamadou.diallo'), claire.school, {
    pupilPrograms: true,
  });
  const client = await connect(deaf, 'theo.jourdain');
  const begin = [`MAIL FROM:<${child.address}>`, `RCPT TO:<${town.address('zoe.lambert')}>`];
  expect(await sayAll(client, [...begin, 'RSET'])).toMatch(/^250 /);
  const [whose] = claire.classes;
  const back = new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10);
  if (!whose) throw new Error('no class');
  expect(
    await town.core.teaching.rest(claire, { class: whose.id, child: child.account, back }),
  ).toEqual({ kind: 'done' });
  expect(await sayAll(client, begin)).toMatch(
    /^550 5\.7\.1 Tu peux lire tes messages. Tu pourras ecrire/,
  );
});

describe('who may sign in to send', () => {
  it('pupils only where their school says so, by the account’s password and by a device’s', async () => {
    const head = await viewer('mamadou.diallo');
    await town.core.schoolSettings.save(head, head.school, { pupilPrograms: true });
    const { text } = await device('amine.benali');
    for (const pupilPrograms of [false, true]) {
      await town.core.schoolSettings.save(head, head.school, { pupilPrograms });
      for (const password of [town.password, text]) {
        const client = await ready(town.smtp.ports.submissions, { tls: 'implicit' });
        const answer = await client.say(
          `AUTH PLAIN ${plain(town.address('amine.benali'), password)}`,
        );
        expect(answer).toMatch(pupilPrograms ? /^235 / : /^525 5\.7\.13 Your school/);
      }
    }
  });
});
