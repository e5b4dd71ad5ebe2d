/** Doors, TLS, sign-in and the limits of a session, over a real socket. */
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SOAKED } from '../tests/shared/slice.ts';
import type { ImapLimits } from './limits.ts';
import { dialImap, type ImapClient } from './testing/imap-client.ts';
import { openImapTown, type ImapTown } from './testing/test-town.ts';

const TEACHER = 'claire.lefevre';
let town: ImapTown;
beforeAll(async () => {
  town = await openImapTown({ variables: { PREAU_INSECURE_LOOPBACK: '0' } });
});
afterAll(() => town.close());

const plain = (login: string, password: string, actAs = ''): string =>
  Buffer.from(`${actAs}\0${login}\0${password}`).toString('base64');
const last = (lines: readonly string[]): string => lines.at(-1) ?? '';
const login = (from: ImapTown = town): string => `LOGIN ${from.address(TEACHER)} ${from.password}`;

describe('before TLS', () => {
  it('offers STARTTLS and no way to sign in, and takes none (RFC 9051 §6.2.3)', async () => {
    const client = await town.stranger();
    expect(await client.run('CAPABILITY')).toEqual([
      expect.stringMatching(/^\* CAPABILITY IMAP4rev1 .*STARTTLS LOGINDISABLED/),
      'OK CAPABILITY done',
    ]);
    expect((await client.run('CAPABILITY'))[0]).not.toContain('AUTH=');
    expect(last(await client.run(login()))).toMatch(/^NO \[PRIVACYREQUIRED\]/);
    expect(last(await client.run(`AUTHENTICATE PLAIN ${plain('a', 'b')}`))).toMatch(
      /^NO \[PRIVACYREQUIRED\]/,
    );
    expect(last(await client.run('SELECT INBOX'))).toMatch(
      /^BAD SELECT can't be used before signing in/,
    );
  });

  it('throws away what came in clear behind STARTTLS', async () => {
    const client = await town.stranger();
    client.send('x STARTTLS\r\ny NOOP\r\n');
    expect(await client.response()).toBe('x OK Begin TLS now');
    await client.startTls();
    expect(await client.run('CAPABILITY')).toEqual([
      expect.stringContaining('AUTH=PLAIN'),
      'OK CAPABILITY done',
    ]);
    expect(last(await client.run('STARTTLS'))).toBe('BAD TLS is active already');
    expect(last(await client.run(login()))).toMatch(/^OK \[CAPABILITY /);
  });
});

describe('sign-in under TLS', () => {
  it.each([
    { how: 'LOGIN', say: () => login() },
    {
      how: 'AUTHENTICATE PLAIN at once',
      say: () => `AUTHENTICATE PLAIN ${plain(town.address(TEACHER), town.password)}`,
    },
    {
      how: 'acting as oneself',
      say: () =>
        `AUTHENTICATE PLAIN ${plain(town.address(TEACHER), town.password, town.address(TEACHER))}`,
    },
  ])('$how', async ({ say }) => {
    const client = await town.stranger('imaps');
    expect(last(await client.run(say()))).toMatch(/^OK \[CAPABILITY [^\]]*IDLE[^\]]*\] Bonjour/);
    expect(last(await client.run(login()))).toMatch(/^BAD LOGIN can't be used/);
  });

  it('takes the response of AUTHENTICATE after a continuation, or * for none', async () => {
    const client = await town.stranger('imaps');
    client.send('a AUTHENTICATE PLAIN\r\n');
    expect(await client.response()).toBe('+ ');
    client.send('*\r\n');
    expect(await client.response()).toBe('a BAD AUTHENTICATE cancelled');
    client.send('b AUTHENTICATE PLAIN\r\n');
    await client.response();
    client.send(`${plain(town.address(TEACHER), town.password)}\r\n`);
    expect(await client.response()).toMatch(/^b OK/);
  });

  it.each([
    {
      what: 'a wrong password',
      say: () => `LOGIN ${town.address('claire.lefevre')} no`,
      then: /^NO \[AUTHENTICATIONFAILED\]/,
    },
    {
      what: 'nobody',
      say: () => `LOGIN ${town.address('personne')} no`,
      then: /^NO \[AUTHENTICATIONFAILED\]/,
    },
    {
      what: 'acting as another',
      say: () =>
        `AUTHENTICATE PLAIN ${plain(town.address(TEACHER), town.password, town.address('lina.moreau'))}`,
      then: /^NO \[AUTHORIZATIONFAILED\]/,
    },
    { what: 'another mechanism', say: () => 'AUTHENTICATE CRAM-MD5', then: /^NO \[CANNOT\]/ },
    { what: 'no base64', say: () => 'AUTHENTICATE PLAIN ***', then: /^BAD/ },
    {
      what: 'too few parts',
      say: () => `AUTHENTICATE PLAIN ${Buffer.from('a\0b').toString('base64')}`,
      then: /^BAD/,
    },
  ])('refuses $what', async ({ say, then }) => {
    expect(last(await (await town.stranger('imaps')).run(say()))).toMatch(then);
  });

  it('admits pupils only where their school says so', async () => {
    const head = await town.viewer('mamadou.diallo');
    for (const pupilPrograms of [false, true]) {
      await town.core.schoolSettings.save(head, head.school, { pupilPrograms });
      const client = await town.stranger('imaps');
      const answer = last(
        await client.run(`LOGIN ${town.address('lina.moreau')} ${town.password}`),
      );
      expect(answer).toMatch(pupilPrograms ? /^OK/ : /^NO \[AUTHORIZATIONFAILED\] Cette ecole/);
    }
  });
});

describe('limits', () => {
  const within = async (limits: Partial<ImapLimits>, act: (tight: ImapTown) => Promise<void>) => {
    const tight = await openImapTown({ limits });
    try {
      await act(tight);
    } finally {
      await tight.close();
    }
  };
  const untilClosed = async (client: ImapClient): Promise<string[]> => {
    const lines: string[] = [];
    for (;;) {
      const line = await client.response();
      lines.push(line);
      if (line === 'closed' || line === 'silence') return lines;
    }
  };

  it('cuts wrong passwords, bad commands and idle talk of a stranger', () =>
    within({ failedSignIns: 2, badCommandsOfStranger: 3, commandsOfStranger: 6 }, async (tight) => {
      const guesser = await tight.stranger();
      for (const _ of [1, 2]) await guesser.run('LOGIN personne@x.example no');
      expect(await untilClosed(guesser)).toEqual(['* BYE Too many wrong passwords', 'closed']);
      const babbler = await tight.stranger();
      for (const _ of [1, 2, 3]) await babbler.run('FROG');
      expect(await untilClosed(babbler)).toEqual(['* BYE Too many bad commands', 'closed']);
      const idler = await tight.stranger();
      for (const _ of [1, 2, 3, 4, 5, 6]) await idler.run('NOOP');
      expect(await untilClosed(idler)).toEqual([
        '* BYE Too many commands without signing in',
        'closed',
      ]);
    }));

  it('cuts a client that only says what is none, a long answer, and who begins no TLS', () =>
    within({ badCommands: 3, answerBytes: 64, handshakeMs: 200 }, async (tight) => {
      const client = await tight.client(TEACHER);
      // one that works forgives one that doesn't
      for (const line of ['FROG', 'FROG', 'NOOP', 'FROG', 'FROG']) await client.run(line);
      expect(await untilClosed(client)).toEqual(['* BYE Too many bad commands', 'closed']);
      const long = await tight.stranger('imaps');
      long.send(`a AUTHENTICATE PLAIN\r\n${'A'.repeat(100)}\r\n`);
      expect((await untilClosed(long)).slice(0, 2)).toEqual([
        '+ ',
        'a BAD The response is too long',
      ]);
      expect(await untilClosed(await dialImap(tight.imap.ports.imaps))).toEqual(['closed']);
    }));

  it('looks by itself where an event was lost', () =>
    within({ lookMs: 300 }, async (tight) => {
      const deaf = vi.spyOn(tight.core.events, 'subscribe').mockReturnValue(() => {});
      const client = await tight.client(TEACHER);
      await client.run('SELECT Archives');
      client.send('i IDLE\r\n');
      expect(await client.response()).toBe('+ idling');
      await tight.put(TEACHER, 'Archives', 'Subject: tard\n\nBonjour\n');
      expect(await client.response()).toBe('* 1 EXISTS');
      deaf.mockRestore();
    }));

  const AGAIN = 'looks again soon where the store was away as it looked, after %s';
  it.each(['IDLE'])(AGAIN, looksAgain);
  it.each(['NOTIFY SET (SELECTED (MessageNew (UID) MessageExpunge))'])(AGAIN, SOAKED, looksAgain);

  function looksAgain(command: string): Promise<void> {
    return within({ lookAgainMs: 300 }, async (tight) => {
      const client = await tight.client(TEACHER);
      await client.run('SELECT Archives');
      client.send(`i ${command}\r\n`);
      expect(await client.response()).toMatch(/^(\+ idling|i OK .*)$/);
      const away = vi.spyOn(tight.core.mailboxes, 'since').mockRejectedValueOnce(new Error('x'));
      await tight.put(TEACHER, 'Archives', 'Subject: tard\n\nBonjour\n');
      expect(await client.response()).toBe('* 1 EXISTS');
      expect(away.mock.calls.length).toBeGreaterThan(1);
      away.mockRestore();
    });
  }

  it('lets an account and a peer have so many connections', () =>
    within({ connectionsPerAccount: 2, connectionsPerPeer: 4 }, async (tight) => {
      const [one] = [await tight.client(TEACHER), await tight.client(TEACHER)];
      const third = await tight.stranger();
      expect(last(await third.run(login(tight)))).toMatch(/^NO \[LIMIT\] Trop de connexions/);
      one?.cut();
      await expect.poll(async () => last(await third.run(login(tight)))).toMatch(/^OK/);
      await tight.stranger();
      await tight.stranger();
      const fifth = await dialImap(tight.imap.ports.imap);
      expect(await untilClosed(fifth)).toEqual([
        '* BYE [UNAVAILABLE] Too many connections, try again later',
        'closed',
      ]);
    }));

  it('counts nobody who has gone while the password was looked at', () =>
    within({ connectionsPerAccount: 1 }, async (tight) => {
      const asked = vi.spyOn(tight.core.accounts, 'signIn');
      const hasty = await tight.stranger();
      hasty.send(`h ${login(tight)}\r\n`);
      await expect.poll(() => asked.mock.calls.length).toBe(1);
      hasty.cut();
      await asked.mock.results[0]?.value;
      const next = await tight.stranger();
      expect(last(await next.run(login(tight)))).toMatch(/^OK/);
      asked.mockRestore();
    }));

  it('sends away whoever takes too long to sign in, or says nothing for too long', async () => {
    // Two towns: on a busy machine an honest sign-in takes longer than the first one waits.
    await within({ signInMs: 500 }, async (tight) => {
      const slow = await tight.stranger();
      // Whatever is said meanwhile gives no more time.
      const [first] = [await slow.run('NOOP'), await slow.run('CAPABILITY')];
      expect(first).toEqual(['OK NOOP done']);
      expect(await untilClosed(slow)).toEqual(['* BYE Too slow to sign in', 'closed']);
    });
    await within({ idleMs: 1_600 }, async (tight) => {
      const quiet = await tight.client(TEACHER);
      const waiting = await tight.client('mamadou.diallo');
      waiting.send('i IDLE\r\n');
      expect(await untilClosed(quiet)).toEqual(['* BYE Autologout, idle for too long', 'closed']);
      expect(await untilClosed(waiting)).toEqual([
        '+ idling',
        '* BYE Autologout, idle for too long',
        'closed',
      ]);
    });
  });

  it(
    'cuts a reader that takes nothing, and holds no more of its answer than the limit',
    SOAKED,
    () =>
      within({ stalledMs: 700, outputBytes: 65_536 }, async (tight) => {
        await tight.put(
          TEACHER,
          'INBOX',
          `Subject: big\n\n${'0123456789abcdef\n'.repeat(120_000)}`,
        );
        const client = await tight.client(TEACHER);
        await client.run('SELECT INBOX');
        client.pause();
        client.send(
          `${Array.from({ length: 40 }, (_, i) => `f${i} FETCH 1 (BODY.PEEK[])\r\n`).join('')}`,
        );
        await setTimeout(600);
        // One answer fills what may wait; the other commands aren't even read.
        expect(fetches(await tight.core.metrics.text())).toBeLessThanOrEqual(2);
        await setTimeout(1_200);
        client.resume();
        expect((await untilClosed(client)).at(-1)).toBe('closed');
      }),
  );

  it('says BYE when the server stops, to those who wait at once', () =>
    within({}, async (tight) => {
      const waiting = await tight.client(TEACHER);
      waiting.send('i IDLE\r\n');
      expect(await waiting.response()).toBe('+ idling');
      const quiet = await tight.stranger();
      const begun = performance.now();
      const stopped = tight.imap.close();
      expect(await quiet.response()).toMatch(/^\* BYE \[UNAVAILABLE\]/);
      expect(await waiting.response()).toMatch(/^\* BYE \[UNAVAILABLE\]/);
      await stopped;
      expect(performance.now() - begun).toBeLessThan(3_500);
    }));
});

const fetches = (text: string): number =>
  [...text.matchAll(/^preau_imap_commands_total\{command="FETCH".*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );

it('ends the sessions of somebody who has left, at once', async () => {
  const [head, leaver] = [await town.viewer('mamadou.diallo'), await town.viewer('helene.bertin')];
  const client = await town.stranger('imaps');
  expect(last(await client.run(`LOGIN ${leaver.address} ${town.password}`))).toMatch(/^OK/);
  await client.run('SELECT INBOX');
  client.send('i IDLE\r\n');
  expect(await client.response()).toBe('+ idling');
  const day =
    (await town.core.people.find(head, head.school, { text: '', role: null }))?.today ?? '';
  expect(await town.core.people.leave(head, head.school, { account: leaver.account, day })).toEqual(
    { kind: 'done' },
  );
  expect(await client.response()).toMatch(/^\* BYE .*Signed out/);
  expect(await client.response()).toBe('closed');
  expect(
    last(await (await town.stranger('imaps')).run(`LOGIN ${leaver.address} ${town.password}`)),
  ).toMatch(/^NO \[AUTHENTICATIONFAILED\]/);
});

it('ends the session of a device whose password is revoked while it signs in', async () => {
  const viewer = await town.viewer(TEACHER);
  const made = await town.core.appPasswords.make(viewer, 'Thunderbird');
  if (made.kind !== 'made') throw new Error(made.kind);
  const { accounts } = town.core;
  const signIn = accounts.signIn.bind(accounts);
  // Right when it was looked at, and gone before anything is heard of this person.
  const slow = vi.spyOn(accounts, 'signIn').mockImplementation(async (...asked) => {
    const answer = await signIn(...asked);
    await town.core.appPasswords.revoke(viewer, made.id);
    await setTimeout(200);
    return answer;
  });
  const client = await town.stranger('imaps');
  expect(last(await client.run(`LOGIN ${town.address(TEACHER)} ${made.text}`))).toMatch(/^OK/);
  slow.mockRestore();
  expect(await client.response()).toMatch(/^\* BYE .*Signed out/);
  expect(await client.response()).toBe('closed');
});

it('ends the sessions of a device whose password is revoked, at once', async () => {
  const made = await town.core.appPasswords.make(await town.viewer(TEACHER), 'Thunderbird');
  if (made.kind !== 'made') throw new Error(made.kind);
  const client = await town.stranger('imaps');
  expect(last(await client.run(`LOGIN ${town.address(TEACHER)} ${made.text}`))).toMatch(/^OK/);
  await client.run('SELECT INBOX');
  client.send('i IDLE\r\n');
  await client.response();
  await town.core.appPasswords.revoke(await town.viewer(TEACHER), made.id);
  expect(await client.response()).toMatch(/^\* BYE .*Signed out/);
  expect(await client.response()).toBe('closed');
});

it('ends the sessions of a pupil whose code is made anew, at once', async () => {
  const claire = await town.viewer(TEACHER);
  const head = await town.viewer('mamadou.diallo');
  await town.core.schoolSettings.save(head, head.school, { pupilPrograms: true });
  const child = await town.viewer('zoe.lambert');
  const client = await town.stranger('imaps');
  expect(last(await client.run(`LOGIN ${child.address} ${town.password}`))).toMatch(/^OK/);
  const [whose] = claire.classes;
  if (!whose) throw new Error('no class');
  await town.core.codes.resetCode(claire, {
    class: whose.id,
    child: child.account,
    kind: 'activation',
  });
  expect(await client.response()).toMatch(/^\* BYE .*Signed out/);
  const again = await town.stranger('imaps');
  expect(last(await again.run(`LOGIN ${child.address} ${town.password}`))).toMatch(
    /^NO \[AUTHENTICATIONFAILED\]/,
  );
});

it('takes the password of a device alone from who protects their account, and ends what their own had opened', async () => {
  const karim = await town.viewer('karim.haddad');
  const own = `LOGIN ${karim.address} ${town.password}`;
  const open = await town.stranger('imaps');
  expect(last(await open.run(own))).toMatch(/^OK/);
  const { key } = town.core.secondFactor.begin(karim, null);
  const code = new TOTP({ secret: Secret.fromBase32(key) }).generate();
  expect(await town.core.secondFactor.confirm(karim, key, code)).toMatchObject({ kind: 'done' });
  expect(await open.response()).toMatch(/^\* BYE .*Signed out/);
  const client = await town.stranger('imaps');
  expect(last(await client.run(own))).toBe(
    'NO [AUTHENTICATIONFAILED] Use a password made for this device, on the page "My mail on my phone" / Prenez le mot de passe d\'un appareil, page "Mon courriel sur mon telephone"',
  );
  const device = await town.core.appPasswords.make(karim, 'Thunderbird');
  expect(
    last(await client.run(`LOGIN ${karim.address} ${device.kind === 'made' ? device.text : ''}`)),
  ).toMatch(/^OK/);
});

it('ends what the old password and the devices had opened once a code on paper sets another', async () => {
  const [head, pauline] = [
    await town.viewer('philippe.marchand'),
    await town.viewer('pauline.giraud'),
  ];
  const device = await town.core.appPasswords.make(pauline, 'Thunderbird');
  const text = device.kind === 'made' ? device.text : '';
  const open = await Promise.all(
    [town.password, text].map(async (password) => {
      const client = await town.stranger('imaps');
      expect(last(await client.run(`LOGIN ${pauline.address} ${password}`))).toMatch(/^OK/);
      return client;
    }),
  );
  const code = (
    await town.core.people.makeCode(head, pauline.school, {
      account: pauline.account,
      format: 'screen',
    })
  )?.cards[0]?.code;
  const used = await town.core.codes.activate(
    {
      address: pauline.address,
      code: code?.kind === 'activation' ? code.text : '',
      password: 'trois mots au hasard',
    },
    { ip: '127.0.0.1' },
  );
  expect(used.kind).toBe('welcome');
  for (const client of open) expect(await client.response()).toMatch(/^\* BYE .*Signed out/);
  const client = await town.stranger('imaps');
  for (const old of [town.password, text])
    expect(last(await client.run(`LOGIN ${pauline.address} ${old}`))).toMatch(
      /^NO \[AUTHENTICATIONFAILED\]/,
    );
  expect(last(await client.run(`LOGIN ${pauline.address} "trois mots au hasard"`))).toMatch(/^OK/);
});

it('ends a pupil’s session once the school lets pupils in no longer by mail programs', async () => {
  const head = await town.viewer('beatrice.vasseur');
  const pupil = 'ondine.le-bihan';
  const client = await town.stranger('imaps');
  expect(last(await client.run(`LOGIN ${town.address(pupil)} ${town.password}`))).toMatch(/^OK/);
  await client.run('SELECT INBOX');
  client.send('i IDLE\r\n');
  expect(await client.response()).toBe('+ idling');
  expect(await town.core.schoolSettings.save(head, head.school, { pupilPrograms: false })).toBe(
    'saved',
  );
  expect(await client.response()).toMatch(/^\* BYE .*Signed out/);
  await town.core.schoolSettings.save(head, head.school, { pupilPrograms: true });
});

it('makes one handshake for each connection: another one is refused (TLS 1.2)', async () => {
  const client = connectTls({
    port: town.imap.ports.imaps,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    maxVersion: 'TLSv1.2',
  });
  await once(client, 'data');
  const refused = await new Promise<Error | null>((resolve) => {
    client.once('error', resolve);
    client.renegotiate({ rejectUnauthorized: false }, resolve);
  });
  client.destroy();
  expect(String(refused)).toMatch(/no.renegotiation/i);
});
