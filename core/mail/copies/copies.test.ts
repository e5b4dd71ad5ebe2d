import { Readable } from 'node:stream';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { DAY_MS, MINUTE_MS } from '../../ground/spans.ts';
import { composeBounce } from '../../letters/message/bounce.ts';
import { dueRows } from '../../store/due.ts';
import { outboxRow } from '../../store/mail/outbox.ts';
import { SCHEDULE } from '../../town/jobs/schedule.ts';
import { tellFailure, type StatusParts } from '../../town/jobs/tell-status.ts';
import { returnAddress } from '../delivery/copy-returns.ts';
import { openHoldTown } from '../delivery/testing/hold-town.ts';
import { listSites } from '../sites/testing/list.ts';
import { sendCopy } from './send-copy.ts';

const { town, inSchool } = await openHoldTown();
beforeAll(() => listSites(town.core, { adult: ['interdit.example'] }));
const SAMIRA = 'samira.benali';
const CLAIRE = 'claire.lefevre';
const FAMILIES = 'familles.ce1-a.tilleuls';
const HOME = 'samira@famille.example';

beforeEach(async () => {
  await town.admin.query(
    `delete from due where kind in ('copy', 'outbox'); delete from letter_copy;
    delete from copy_address; delete from outbox; delete from hold; delete from held_elsewhere;
    delete from entry; update mailbox set total = 0, unseen = 0, bytes = 0; delete from message`,
  );
  for (const school of [1, 2, 3])
    await inSchool(school, 'update school set outside_forbidden = false');
});

interface Left {
  readonly sender: string;
  readonly recipient: string;
  readonly raw: string;
}

/** What leaves for outside, as it stands in the outbox, oldest first. */
async function left(): Promise<readonly Left[]> {
  const { rows } = await town.admin.query<{ sender: string; recipient: string; raw: Buffer }>(
    `select o.sender, o.recipient, m.raw
    from outbox o join message m on m.school_id = o.school_id and m.id = o.message_id
    where o.is_copy order by o.id`,
  );
  return rows.map(({ raw, ...row }) => ({ ...row, raw: decoded(raw) }));
}

/** Header and text, its transfer encoding undone. */
function decoded(raw: Buffer): string {
  const at = raw.indexOf('\r\n\r\n');
  const header = raw.toString('latin1', 0, at);
  const body = raw.toString('latin1', at);
  return /base64/i.test(header)
    ? header + Buffer.from(body, 'base64').toString()
    : header +
        Buffer.from(
          body
            .replace(/=\r\n/g, '')
            .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        ).toString();
}

const later = (ms: number): void => {
  town.clock.now = new Date(town.clock.now.getTime() + ms);
};

/** Does what is due by then, as `times` workers would. */
async function sendDue(afterMs = 15 * MINUTE_MS, times = 1): Promise<void> {
  later(afterMs);
  const { clock, store, core, parts } = town;
  const rows = await store.town((tx) =>
    dueRows(tx, { now: clock.now, kinds: ['copy'], limit: 99 }),
  );
  const sending = { ...parts, publicUrl: core.config.publicUrl };
  for (const { school, row } of rows)
    await Promise.all(Array.from({ length: times }, () => sendCopy(sending, school, row)));
}

/** The code that was mailed last. */
async function codeMailed(): Promise<string> {
  const letters = await left();
  return /^ {4}(\d{6})\r?$/m.exec(letters.at(-1)?.raw ?? '')?.[1] ?? 'none';
}

/** Somebody has copies from now on. */
async function begin(local: string, address = HOME): Promise<void> {
  const who = await town.viewer(local);
  expect(await town.core.copies.ask(who, address)).toBe('asked');
  expect(await town.core.copies.confirm(who, await codeMailed())).toBe('on');
  await forgetLeft();
}

const forgetLeft = () =>
  town.admin.query(
    `with gone as (delete from outbox where is_copy returning school_id, message_id)
    delete from message m using gone
    where m.school_id = gone.school_id and m.id = gone.message_id`,
  );

/** A server tells that what left last did not arrive. */
async function bounce(action: 'failed' | 'delayed', to?: string): Promise<string> {
  const [copy] = (await left()).slice(-1);
  const report = composeBounce({
    from: 'mailer-daemon@famille.example',
    to: to ?? copy?.sender ?? '',
    reportingHost: 'mx.famille.example',
    messageId: '<b@famille.example>',
    date: town.clock.now,
    subject: 'Undelivered',
    text: 'No',
    recipients: [
      {
        address: HOME,
        writtenAs: null,
        action:
          action === 'failed' ? { kind: 'failed' } : { kind: 'delayed', triedUntil: new Date() },
        status: '5.1.1',
        diagnostic: '550 5.1.1 gone',
        remoteHost: null,
      },
    ],
    envid: null,
    original: Buffer.from(copy?.raw ?? ''),
  });
  return (await handedBack(to ?? copy?.sender ?? '', report)).kind;
}

/** A letter of another server, whose reverse-path is null. */
function handedBack(to: string, letter: Buffer) {
  const sender = { kind: 'outside', address: null } as const;
  return town.core.delivery.accept(
    { sender, recipients: [to], via: 'mx', peer: null, session: 'test', trace: '' },
    Readable.from([letter]),
  );
}

const stateOf = async (local: string) => {
  const own = await town.core.copies.of(await town.viewer(local));
  return own?.kind ?? null;
};

describe('an address for copies', () => {
  it('is confirmed by a code that was mailed there, a few times, for a while', async () => {
    const samira = await town.viewer(SAMIRA);
    expect(await town.core.copies.ask(samira, `  ${HOME} `)).toBe('asked');
    const [letter] = await left();
    expect(letter).toMatchObject({ recipient: HOME });
    expect(letter?.sender).toMatch(/^copie-\d+-[0-9a-f]{32}@ecoles\.preau\.test$/);
    expect(letter?.raw).toMatch(/^From: =?.*<ne-pas-repondre@ecoles\.preau\.test>\r?$/m);
    expect(letter?.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    const code = await codeMailed();
    const wrong = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries += 1)
      expect(await town.core.copies.confirm(samira, wrong)).toBe('no-match');
    expect(await town.core.copies.confirm(samira, code)).toBe('over');

    await town.core.copies.ask(samira, HOME);
    const second = await codeMailed();
    later(31 * MINUTE_MS);
    expect(await town.core.copies.confirm(samira, second)).toBe('over');
    expect(await stateOf(SAMIRA)).toBe('asked');

    await town.core.copies.ask(samira, HOME);
    expect(await town.core.copies.confirm(samira, ` ${await codeMailed()} `)).toBe('on');
    expect((await town.rows(SAMIRA)).map(({ subject }) => subject)).toEqual([
      'Vos messages de classe sont copiés',
    ]);
    expect(await town.core.copies.ask(samira, 'autre@famille.example')).toBe('too-many');
    expect(await town.core.copies.of(samira)).toMatchObject({ kind: 'on', address: HOME });
    expect(await town.faults()).toEqual([]);
  });

  it.each([
    { who: 'lina.moreau', address: HOME, then: 'not-theirs' },
    { who: 'hugues.armand', address: HOME, then: 'not-theirs' },
    { who: SAMIRA, address: 'chez moi', then: 'not-an-address' },
    { who: SAMIRA, address: 'karim.haddad@ecoles.preau.test', then: 'of-the-town' },
  ])('$then: $who, $address', async ({ who, address, then }) => {
    expect(await town.core.copies.ask(await town.viewer(who), address)).toBe(then);
    expect(await left()).toEqual([]);
  });

  it('is none of a teacher whose school writes to nobody outside', async () => {
    await begin('karim.haddad');
    await inSchool(1, 'update school set outside_forbidden = true');
    expect(await stateOf('karim.haddad')).toBe(null);
    await town.send(CLAIRE, ['ce1-a.tilleuls'], { via: 'web' });
    await sendDue();
    expect(await left()).toEqual([]);
  });
});

describe('a copy', () => {
  it('leaves for who asked, once, with the words and the names of the files', async () => {
    await begin(SAMIRA);
    await town.send(CLAIRE, [FAMILIES], {
      via: 'web',
      subject: 'Sortie au musée',
      text: 'Rendez-vous à 9 h.',
      file: { name: 'plan.txt', bytes: Buffer.from('secret du plan') },
    });
    await sendDue(9 * MINUTE_MS);
    expect(await left()).toEqual([]);
    await sendDue(2 * MINUTE_MS, 3);
    const [copy, ...more] = await left();
    expect(more).toEqual([]);
    expect(copy?.recipient).toBe(HOME);
    expect(copy?.raw).toContain('Rendez-vous à 9 h.');
    expect(copy?.raw).toContain('Claire Lefèvre');
    expect(copy?.raw).toContain('À : CE1 A');
    expect(copy?.raw).toContain('plan.txt');
    expect(copy?.raw).toContain('/mail/inbox/');
    expect(copy?.raw).not.toContain('secret du plan');
    expect(copy?.raw).not.toMatch(/^(Reply-To|List-|X-Preau)/im);
    expect(copy?.raw).not.toContain('claire.lefevre@');
    expect(await town.faults()).toEqual([]);
    // Nobody there is known by it, and nothing counts as the reader's own mail to outside.
    expect((await town.admin.query('select from known_writer where trusted')).rowCount).toBe(0);
    expect((await town.admin.query('select from contact')).rowCount).toBe(0);
    await sendDue(31 * DAY_MS);
    expect((await town.admin.query('select from letter_copy')).rowCount).toBe(0);
  });

  it.each([
    { what: 'is for one person', from: CLAIRE, to: [SAMIRA] },
    { what: 'a child wrote to the class', from: 'lina.moreau', to: ['ce1-a.tilleuls'] },
    { what: 'is for the team', from: CLAIRE, to: ['equipe.tilleuls'] },
  ])('of a letter that $what doesn’t leave', async ({ from, to }) => {
    await begin(SAMIRA);
    await begin('karim.haddad', 'karim@maison.example');
    await town.send(from, to, { via: 'web' });
    await sendDue();
    expect(await left()).toEqual([]);
  });

  it('doesn’t leave of a letter that is recalled, thrown away, or no more wished', async () => {
    await begin(SAMIRA);
    await town.send(CLAIRE, [FAMILIES], { via: 'web' });
    await town.admin.query(
      `delete from entry e using mailbox b
      where b.school_id = e.school_id and b.id = e.mailbox_id and b.use = 'inbox'`,
    );
    await sendDue();
    expect(await left()).toEqual([]);
    await town.send(CLAIRE, [FAMILIES], { via: 'web' });
    await town.core.copies.end(await town.viewer(SAMIRA));
    await sendDue();
    expect(await left()).toEqual([]);
    expect(await stateOf(SAMIRA)).toBe('none');
  });

  it('doesn’t leave for who is suspended meanwhile', async () => {
    await begin(SAMIRA);
    await town.send(CLAIRE, [FAMILIES], { via: 'web' });
    const suspend = (state: string) =>
      inSchool(1, `update account set state = '${state}' where display_name = 'Samira Benali'`);
    await suspend('suspended');
    await sendDue();
    await suspend('active');
    expect(await left()).toEqual([]);
  });
});

describe('what comes back', () => {
  it('is counted once a copy, and after three no more leave', async () => {
    await begin(SAMIRA);
    for (const nth of [1, 2, 3]) {
      await town.send(CLAIRE, [FAMILIES], { via: 'web', subject: `Mot ${nth}` });
      await sendDue();
      expect(await bounce('delayed')).toBe('accepted');
      expect(await bounce('failed')).toBe('accepted');
      expect(await bounce('failed')).toBe('accepted');
      expect(await stateOf(SAMIRA)).toBe(nth < 3 ? 'on' : 'stopped');
    }
    expect((await town.rows(SAMIRA)).map(({ subject }) => subject)).toContain(
      'Vos copies ne partent plus',
    );
    await forgetLeft();
    await town.send(CLAIRE, [FAMILIES], { via: 'web' });
    await sendDue();
    expect(await left()).toEqual([]);
    later(DAY_MS);
    await begin(SAMIRA);
    expect(await stateOf(SAMIRA)).toBe('on');
  });

  it('is counted too where our own worker can’t hand it over, and is told as no bounce', async () => {
    await begin(SAMIRA);
    await town.send(CLAIRE, [FAMILIES], { via: 'web' });
    await sendDue();
    const { rows } = await town.admin.query<{ id: string }>('select id from outbox where is_copy');
    const name = { school: 1 as SchoolId, row: Number(rows[0]?.id) };
    const row = await town.store.read(name.school, (tx) => outboxRow(tx, name.row));
    if (row === null) throw new Error('nothing left');
    const returned: string[] = [];
    const { store, clock, parts } = town;
    const telling: StatusParts = {
      store,
      schedule: SCHEDULE,
      now: () => clock.now,
      domain: parts.domain,
      deliverNotice: () => Promise.reject(new Error('a bounce')),
      copyReturned: async (address) => void returned.push(address),
    };
    await tellFailure(telling, {
      name,
      row: { ...row, lastReply: '550 5.1.1 gone' },
      original: Buffer.alloc(0),
    });
    expect(returned).toEqual([row.sender]);
  });

  it('with a token that nobody was given changes nothing', async () => {
    await begin(SAMIRA);
    const forged = returnAddress(
      { school: 1 as SchoolId, token: 'a'.repeat(32) },
      'ecoles.preau.test',
    );
    for (let times = 0; times < 4; times += 1)
      expect(await bounce('failed', forged)).toBe('accepted');
    expect(await stateOf(SAMIRA)).toBe('on');
  });

  it(
    'is read in its sender’s turn, and not at all where no copy left with its token',
    SOAKED,
    async () => {
      await begin(SAMIRA);
      await town.send(CLAIRE, [FAMILIES], { via: 'web' });
      await sendDue();
      const [copy] = await left();
      const forged = returnAddress(
        { school: 1 as SchoolId, token: 'a'.repeat(32) },
        'ecoles.preau.test',
      );
      const long = Buffer.from(
        `From: a@dehors.example\r\nContent-Type: text/html\r\n\r\n${'<p>Non</p>\r\n'.repeat(20_000)}`,
      );
      // Of one network ten wait at most, behind the one that is read.
      const flood = async (to: string) => {
        const handed = Array.from({ length: 14 }, () => handedBack(to, long));
        const kinds = (await Promise.all(handed)).map(({ kind }) => kind);
        return kinds.filter((kind) => kind === 'scanner-silent').length;
      };
      expect(await flood(forged)).toBe(0);
      expect(await flood(copy?.sender ?? '')).toBe(3);
    },
  );

  it('an answer of a person is refused, in words, and reaches nobody', async () => {
    await begin(SAMIRA);
    await town.send(CLAIRE, [FAMILIES], { via: 'web' });
    await sendDue();
    const [copy] = await left();
    for (const to of ['ne-pas-repondre@ecoles.preau.test', copy?.sender ?? '']) {
      const sender = { kind: 'outside', address: HOME } as const;
      expect(await town.core.delivery.checkRecipient(sender, to)).toMatchObject({
        kind: 'denied',
        refusals: [{ rule: 'copy-answered' }],
      });
    }
  });
});

it('a letter that waited is copied once it is let go, and not before', async () => {
  await begin(SAMIRA);
  await town.send(CLAIRE, [FAMILIES], { via: 'web', text: 'http://interdit.example' });
  await sendDue();
  expect(await left()).toEqual([]);
  const head = await town.viewer('mamadou.diallo');
  const [held] = await town.core.moderation.waiting(head);
  if (held === undefined) throw new Error('nothing waits');
  await town.letGo(head, held.school, held.id);
  await sendDue();
  expect((await left()).map(({ recipient }) => recipient)).toEqual([HOME]);
});
