import { beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { queueAbsenceReply } from '../../store/mail/absence-replies.ts';
import { rawOfMessage } from '../../store/mail/outbox.ts';
import { openHoldTown, said } from '../delivery/testing/hold-town.ts';
import { dueAbsences, goAway, tellAll } from './testing/absent.ts';

const { town, release, inSchool, setModeration } = await openHoldTown();
const CLAIRE = 'claire.lefevre';
const MARIE = 'marie@example.org';

beforeEach(async () => {
  await town.admin.query(
    `delete from due where kind = 'absence'; delete from absence_reply; delete from absence;
    delete from outbox; delete from entry; update mailbox set total = 0, unseen = 0, bytes = 0;
    delete from hold; delete from held_elsewhere; delete from message`,
  );
  for (const school of [1, 2, 3])
    await inSchool(school, 'update school set outside_forbidden = false');
});

const later = (ms: number): void => {
  town.clock.now = new Date(town.clock.now.getTime() + ms);
};

/** Automatic replies in somebody's inbox. */
const told = async (local: string): Promise<readonly string[]> =>
  (await town.rows(local))
    .map(({ subject }) => subject)
    .filter((subject) => /^(Réponse automatique|Automatic reply)/.test(subject));

const outside = async () => {
  const { rows } = await town.admin.query<{
    sender: string | null;
    recipient: string;
    raw: Buffer;
  }>(
    `select o.sender, o.recipient, m.raw
    from outbox o join message m on m.school_id = o.school_id and m.id = o.message_id`,
  );
  return rows;
};

/** The text of a message of ours, whatever its transfer encoding. */
const textOf = (raw: Buffer): string => {
  const at = raw.indexOf('\r\n\r\n');
  return /base64/i.test(raw.toString('latin1', 0, at))
    ? Buffer.from(raw.toString('latin1', at), 'base64').toString()
    : raw
        .toString('latin1', at)
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
};

describe('somebody away', () => {
  it('is answered for once a week a person, as RFC 3834 says, and keeps no copy of it', async () => {
    await goAway(town, CLAIRE);
    await town.send('karim.haddad', [CLAIRE], { subject: 'La sortie' });
    await tellAll(town);
    expect(await told('karim.haddad')).toEqual(['Réponse automatique : La sortie']);
    const { rows } = await town.admin.query<{ raw: Buffer; automatic: boolean; origin: string }>(
      "select raw, automatic, origin from message where subject like 'Réponse auto%'",
    );
    expect(rows).toMatchObject([{ automatic: true, origin: 'automatic' }]);
    const raw = rows[0]?.raw.toString('latin1') ?? '';
    const answered = /^Message-ID: (<[^>]+>)/im.exec(
      (await messageOf('La sortie'))?.toString('latin1') ?? '',
    )?.[1];
    expect(raw).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    expect(raw).toContain(`In-Reply-To: ${answered}`);
    expect(raw).toContain(`References: ${answered}`);
    expect(raw).toMatch(/^To: karim\.haddad@ecoles\.preau\.test\r$/m);
    expect(raw).toMatch(/^From: [^]*?<claire\.lefevre@ecoles\.preau\.test>\r$/m);
    expect(textOf(rows[0]?.raw ?? Buffer.of())).toContain('Je suis en stage jusqu');
    expect(await town.rows(CLAIRE, 'sent')).toEqual([]);

    await town.send('karim.haddad', [CLAIRE], { subject: 'Encore' });
    await tellAll(town);
    later(3 * DAY_MS);
    await town.send('karim.haddad', [CLAIRE], { subject: 'Encore' });
    await tellAll(town);
    expect(await told('karim.haddad')).toHaveLength(1);
    expect(await town.faults()).toEqual([]);
  });

  it('is answered for again after the week, by then forgotten', SOAKED, async () => {
    await goAway(town, CLAIRE, { until: '2026-12-20' });
    await town.send('karim.haddad', [CLAIRE]);
    await tellAll(town);
    later(7 * DAY_MS);
    expect(await tellAll(town)).toBe(1);
    expect((await town.admin.query('select from absence_reply')).rowCount).toBe(0);
    await town.send('karim.haddad', [CLAIRE]);
    await tellAll(town);
    expect(await told('karim.haddad')).toHaveLength(2);
  });

  it('is answered for once, however many letters and workers come at once', async () => {
    await goAway(town, CLAIRE);
    await Promise.all(
      Array.from({ length: 6 }, () => town.send('karim.haddad', [CLAIRE], { subject: 'Vite' })),
    );
    expect(await tellAll(town, undefined, 4)).toBe(1);
    expect(await told('karim.haddad')).toHaveLength(1);
    expect(await town.faults()).toEqual([]);
  });

  it('whom a killed worker didn’t tell of is told of by the next', async () => {
    await goAway(town, CLAIRE);
    await town.send('karim.haddad', [CLAIRE]);
    const killed = { acceptOwn: () => Promise.reject(new Error('killed')) };
    await expect(tellAll(town, { ...town.parts, delivery: killed })).rejects.toThrow('killed');
    const silent = { acceptOwn: async () => ({ kind: 'scanner-silent' }) as const };
    await tellAll(town, { ...town.parts, delivery: silent });
    expect(await told('karim.haddad')).toEqual([]);
    await tellAll(town);
    expect(await told('karim.haddad')).toHaveLength(1);
  });

  it('speaks to nobody before the first day, after the last, or once it is stopped', async () => {
    await goAway(town, CLAIRE, { from: '2026-11-25', until: '2026-11-26' });
    await town.send('karim.haddad', [CLAIRE]);
    expect(await dueAbsences(town)).toEqual([]);
    town.clock.now = new Date('2026-11-24T23:00:00Z'); // midnight in Paris
    await town.send('karim.haddad', [CLAIRE]);
    expect(await dueAbsences(town)).toHaveLength(1);
    await town.core.presence.endAbsence(await town.viewer(CLAIRE));
    await tellAll(town);
    expect(await told('karim.haddad')).toEqual([]);
    await goAway(town, CLAIRE, { from: '2026-11-25', until: '2026-11-26' });
    town.clock.now = new Date('2026-11-26T22:59:00Z');
    await town.send('karim.haddad', [CLAIRE]);
    town.clock.now = new Date('2026-11-26T23:01:00Z');
    await tellAll(town);
    expect(await told('karim.haddad')).toEqual([]);
    await town.send('karim.haddad', [CLAIRE]);
    expect(await dueAbsences(town)).toEqual([]);
  });

  it('two of them write once each, and never go on', async () => {
    await goAway(town, CLAIRE);
    await goAway(town, 'karim.haddad');
    await town.send('karim.haddad', [CLAIRE], { subject: 'Toi aussi' });
    expect(await tellAll(town)).toBe(1);
    expect(await dueAbsences(town)).toEqual([]);
    await town.send(CLAIRE, ['karim.haddad'], { subject: 'Moi aussi' });
    expect(await tellAll(town)).toBe(1);
    expect(await dueAbsences(town)).toEqual([]);
    expect(await told('karim.haddad')).toEqual(['Réponse automatique : Toi aussi']);
    expect(await told(CLAIRE)).toEqual(['Réponse automatique : Moi aussi']);
  });

  it('answers neither a list, nor a hidden copy, nor a notice of ours', async () => {
    await goAway(town, CLAIRE);
    await town.send('mamadou.diallo', ['equipe.tilleuls'], { subject: 'À tous' });
    await town.send('karim.haddad', [CLAIRE], { header: { to: 'karim.haddad@ecoles.preau.test' } });
    const notice = await town.parts.notices.write({ to: null, subject: 'Avis', text: 'x' });
    await town.parts.notices.deliver(await town.viewer(CLAIRE), notice);
    expect(await dueAbsences(town)).toEqual([]);
  });
});

async function messageOf(subject: string): Promise<Buffer | null> {
  const { rows } = await town.admin.query<{ school: number; id: number }>(
    'select school_id as school, id from message where subject = $1 limit 1',
    [subject],
  );
  const { school } = await town.viewer(CLAIRE);
  return town.store.read(school, (tx) => rawOfMessage(tx, Number(rows[0]?.id) as never));
}

describe('the rules', () => {
  it('are asked: a held letter is answered when its reader gets it, and not before', async () => {
    await goAway(town, CLAIRE);
    await setModeration('CE1 A', 1, 'all');
    expect(said(await town.send('lina.moreau', [CLAIRE]))).toBe('held class-moderated');
    expect(await dueAbsences(town)).toEqual([]);
    expect(said(await release(CLAIRE))).toBe('1 sent');
    await tellAll(town);
    expect(await told('lina.moreau')).toHaveLength(1);
  });

  it('have the last word: what a teacher may not write, their absence doesn’t', async () => {
    await goAway(town, CLAIRE, { outside: 'same' });
    await town.receive(MARIE, [CLAIRE]);
    await inSchool(1, 'update school set outside_forbidden = true where id = 1');
    expect(await tellAll(town)).toBe(1);
    expect(await outside()).toEqual([]);
    expect((await town.admin.query('select from absence_reply')).rowCount).toBe(0);
  });

  it('don’t take it for a letter: it opens no way to answer', async () => {
    await goAway(town, 'mamadou.diallo');
    await setModeration('CE1 A', 1, 'open');
    await town.send('lina.moreau', ['mamadou.diallo']);
    await tellAll(town);
    expect(await told('lina.moreau')).toHaveLength(1);
    const { rowCount } = await town.admin.query(
      "select from contact c join address a on a.id = c.from_address_id where a.local = 'mamadou.diallo'",
    );
    expect(rowCount).toBe(0);
  });
});

describe('the world outside', () => {
  it('is told nothing unless it is wished, and then in its own words, with no way to bounce', async () => {
    await goAway(town, CLAIRE);
    await town.receive(MARIE, [CLAIRE]);
    await tellAll(town);
    expect(await outside()).toEqual([]);
    await goAway(town, CLAIRE, { outside: 'own', outsideWords: 'Je vous réponds lundi.' });
    await town.receive(MARIE, [CLAIRE], { subject: 'Le musée' });
    await tellAll(town);
    const [one, ...more] = await outside();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ sender: null, recipient: MARIE });
    expect(textOf(one?.raw ?? Buffer.of())).toMatch(/^\s*Je vous r/);
    expect(textOf(one?.raw ?? Buffer.of())).not.toContain('stage');
    await goAway(town, CLAIRE, { outside: 'same' });
    await town.receive('jean@example.com', [CLAIRE]);
    await tellAll(town);
    expect(textOf((await outside()).at(-1)?.raw ?? Buffer.of())).toContain('Je suis en stage');
  });

  it('is told so seldom that a storm is met with silence', SOAKED, async () => {
    const { school, account } = await town.viewer(CLAIRE);
    const queue = (correspondent: string, isOutside: boolean) =>
      town.store.write(school, (tx) =>
        queueAbsenceReply(tx, {
          account,
          correspondent,
          isOutside,
          message: 1 as never,
          now: town.clock.now,
        }),
      );
    for (let one = 0; one < 40; one += 1) await queue(`x${one}@example.org`, true);
    expect(await dueAbsences(town)).toHaveLength(20);
    for (let one = 0; one < 60; one += 1) await queue(`y${one}@ecoles.preau.test`, false);
    expect(await dueAbsences(town)).toHaveLength(60);
    later(3_600_001);
    await queue('z@example.org', true);
    expect(await dueAbsences(town)).toHaveLength(61);
  });
});

/** What somebody forges, or sends to many: nobody of it is ever answered. */
const FORGED: readonly ((n: number) => Parameters<typeof town.receive>)[] = [
  (n) => [
    `x${n}@victim.example`,
    [CLAIRE],
    { proof: { authentication: 'none', headers: '', server: [] } },
  ],
  (n) => [
    `x${n}@victim.example`,
    [CLAIRE],
    { proof: { authentication: 'fail', headers: '', server: [] } },
  ],
  // SPF of another domain passes: nothing is proved of the From.
  (n) => [
    `x${n}@evil.example`,
    [CLAIRE],
    {
      header: { from: `x${n}@victim.example` },
      proof: { authentication: 'pass', by: 'spf', domain: 'evil.example', headers: '', server: [] },
    },
  ],
  // The From is proved, the reverse-path is somebody else's.
  (n) => [
    `x${n}@victim.example`,
    [CLAIRE],
    {
      header: { from: `x${n}@evil.example` },
      proof: {
        authentication: 'pass',
        by: 'dkim',
        domain: 'evil.example',
        headers: '',
        server: [],
      },
    },
  ],
  () => [null, [CLAIRE], { header: { from: 'x@evil.example' } }],
  (n) => [`bounces+${n}@evil.example`, [CLAIRE], {}],
  (n) => [`x${n}@victim.example`, ['nobody.here'], {}],
  (n) => [`x${n}@victim.example`, ['lina.moreau'], {}],
];

async function sendForged(count: number): Promise<void> {
  await goAway(town, CLAIRE, { outside: 'same' });
  for (let n = 0; n < count; n += 8)
    await Promise.all(FORGED.map((one, at) => town.receive(...one(n + at))));
  await tellAll(town);
  const { rows } = await town.admin.query<{ left: string; queued: string; notices: string }>(
    `select (select count(*) from outbox) as left, (select count(*) from absence_reply) as queued,
      (select count(*) from message where origin <> 'mx') as notices`,
  );
  expect(rows).toEqual([{ left: '0', queued: '0', notices: '0' }]);
}

describe('forged senders', () => {
  it('bring nobody a single letter: no absence, no bounce, no notice', () => sendForged(8));
  it('nor do a thousand of them', { tags: 'soak', timeout: 120_000 }, () => sendForged(1_000));
});
