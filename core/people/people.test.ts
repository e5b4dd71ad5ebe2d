import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOMAIN, openCodeTown, type CodeTown } from '../accounts/testing/code-town.ts';
import type { AccountId, SchoolId, Uid } from '../ids.ts';
import { noise } from '../message/testing/noise.ts';
import { unpack } from '../roster/reading/archive.ts';
import type { Store } from '../store/store.ts';
import type { Viewer } from '../viewer.ts';
import { mailArchive } from './archive.ts';

const TILLEULS = 1 as SchoolId;
const PASTEUR = 2 as SchoolId;
let town: CodeTown;
let head: Viewer;
let otherHead: Viewer;
let agent: Viewer;
const from = { ip: '192.0.2.1', way: 'web' } as const;
const password = 'trois mots au hasard';

beforeAll(async () => {
  town = await openCodeTown();
  head = await town.viewer('mamadou.diallo');
  otherHead = await town.viewer('beatrice.vasseur');
  agent = await town.viewer('leila.brahimi');
});
afterAll(async () => {
  await town?.close();
});

async function accountOf(local: string): Promise<AccountId> {
  const row = await town.store.town((tx) =>
    tx.db
      .selectFrom('address')
      .select('target_id')
      .where('local', '=', local)
      .executeTakeFirstOrThrow(),
  );
  return row.target_id as AccountId;
}
async function unused(local: string): Promise<AccountId> {
  const account = await accountOf(local);
  await town.store.write(TILLEULS, async (tx) => {
    await tx.db
      .updateTable('account')
      .set({ password_hash: null })
      .where('school_id', '=', TILLEULS)
      .where('id', '=', account)
      .execute();
    await tx.db
      .deleteFrom('session')
      .where('school_id', '=', TILLEULS)
      .where('account_id', '=', account)
      .execute();
  });
  return account;
}
const acts = async (school: SchoolId) =>
  town.store.read(
    school,
    async (tx) =>
      await tx.db
        .selectFrom('audit')
        .select(['act', 'subject'])
        .where('school_id', '=', school)
        .orderBy('id')
        .execute(),
  );

describe('who may', () => {
  it('a head, in their school; an agent once they have said why; nobody else', async () => {
    expect(
      (await town.core.people.find(head, TILLEULS, { text: 'lina mor', role: null }))?.people.map(
        ({ face, classes }) => `${face.name} ${classes.join()}`,
      ),
    ).toEqual(['Lina Moreau CE1 A']);
    for (const [who, school] of [
      [head, PASTEUR],
      [await town.viewer('claire.lefevre'), TILLEULS],
      [await town.viewer('lina.moreau'), TILLEULS],
      [await town.viewer('karine.moreau'), TILLEULS],
      [agent, TILLEULS],
    ] as const) {
      const account = await accountOf('lina.moreau');
      expect(await town.core.people.find(who, school, { text: '', role: null })).toBeNull();
      expect(await town.core.people.person(who, school, account)).toBeNull();
      expect(
        await town.core.people.makeCode(who, school, { account, format: 'screen' }),
      ).toBeNull();
      expect(
        await town.core.people.correctAddress(who, school, { account, local: 'lina.moreau-x' }),
      ).toEqual({ kind: 'missing' });
      expect(await town.core.people.leave(who, school, { account, day: '2027-01-01' })).toEqual({
        kind: 'missing',
      });
      expect(await town.core.people.stay(who, school, account)).toEqual({ kind: 'missing' });
      expect(await town.core.people.takeAlong(who, school, account)).toBeNull();
    }
    expect(await town.core.people.person(head, TILLEULS, agent.account)).toBeNull();
  });
});

describe('a guardian', () => {
  it('is blocked for one child at once, is shown so, and let back; by the head of the child’s school, never by the guardian', async () => {
    const account = await accountOf('lina.moreau');
    const family = async () =>
      (await town.core.people.person(head, TILLEULS, account))?.family.map(
        ({ face, blocked }) => `${face.name} ${blocked}`,
      );
    const [mother] =
      (await town.core.people.person(head, TILLEULS, account))?.family.filter(
        ({ face }) => face.name === 'Karine Moreau',
      ) ?? [];
    if (!mother) throw new Error('no mother');
    const reaches = async () =>
      (await town.core.writings.reach(await town.viewer('karine.moreau'))).some(
        ({ address }) => address === `lina.moreau@${DOMAIN}`,
      );
    expect([await reaches(), (await family())?.includes('Karine Moreau false')]).toEqual([
      true,
      true,
    ]);
    for (const who of [
      otherHead,
      await town.viewer('claire.lefevre'),
      await town.viewer('karine.moreau'),
      agent,
    ])
      expect(
        await town.core.people.blockGuardian(who, TILLEULS, {
          account,
          guardian: mother.guardian,
          blocked: true,
        }),
      ).toEqual({ kind: 'missing' });
    expect(
      await town.core.people.blockGuardian(head, TILLEULS, {
        account,
        guardian: head.addressId,
        blocked: true,
      }),
    ).toEqual({ kind: 'trouble', why: 'self' });
    expect(
      await town.core.people.blockGuardian(head, TILLEULS, {
        account,
        guardian: mother.guardian,
        blocked: true,
      }),
    ).toEqual({ kind: 'done' });
    expect(
      await town.core.people.blockGuardian(head, TILLEULS, {
        account,
        guardian: mother.guardian,
        blocked: true,
      }),
    ).toEqual({ kind: 'missing' });
    expect([await reaches(), (await family())?.includes('Karine Moreau true')]).toEqual([
      false,
      true,
    ]);
    expect(
      await town.core.people.blockGuardian(head, TILLEULS, {
        account,
        guardian: mother.guardian,
        blocked: false,
      }),
    ).toEqual({ kind: 'done' });
    expect(await reaches()).toBe(true);
    expect((await acts(TILLEULS)).slice(-2)).toEqual([
      { act: 'block-guardian', subject: { account, people: [mother.guardian] } },
      { act: 'unblock-guardian', subject: { account, people: [mother.guardian] } },
    ]);
  });
});

describe('codes', () => {
  it('for a teacher who lost the password: shown once, the one before void, the old password good until it is used; its owner is told', async () => {
    const account = await accountOf('karim.haddad');
    const one = await town.core.people.makeCode(head, TILLEULS, { account, format: 'screen' });
    const two = await town.core.people.makeCode(head, TILLEULS, { account, format: 'pdf' });
    const [old, fresh] = [one, two].map((sheet) =>
      sheet?.cards[0]?.code.kind === 'activation' ? sheet.cards[0].code.text : '',
    );
    expect(two).toMatchObject({
      of: 'person',
      cards: [{ kind: 'adult', displayName: 'Karim Haddad', address: `karim.haddad@${DOMAIN}` }],
    });
    expect(await town.inbox('karim.haddad')).toContain('Un nouveau code pour votre compte');
    expect(
      await town.core.codes.checkCode(`karim.haddad@${DOMAIN}`, old ?? '', { ip: from.ip }),
    ).toEqual({ kind: 'no-match' });
    expect(await town.core.people.person(head, TILLEULS, account)).toMatchObject({
      way: 'password',
      used: true,
    });
    expect(
      await town.core.codes.activate(
        { address: `karim.haddad@${DOMAIN}`, code: fresh ?? '', password },
        { ip: from.ip },
      ),
    ).toMatchObject({ kind: 'welcome' });
    expect(await town.core.accounts.signIn(`karim.haddad@${DOMAIN}`, password, from)).toMatchObject(
      { kind: 'welcome' },
    );
    const kept = JSON.stringify(await acts(TILLEULS));
    expect(kept).toContain(`{"act":"make-code","subject":{"account":${account}}}`);
    expect(kept).not.toContain(fresh);
  });

  it('for a pupil ends the password they had, and the pages that were open', async () => {
    const samy = await town.viewer('samy.hamdi');
    const page = await town.enter(samy);
    expect(
      await town.core.people.makeCode(head, TILLEULS, { account: samy.account, format: 'screen' }),
    ).not.toBeNull();
    expect(await town.core.accounts.session(page)).toBeNull();
    expect(await town.core.accounts.signIn(samy.address, password, from)).toEqual({
      kind: 'no-match',
    });
    expect(await town.core.people.person(head, TILLEULS, samy.account)).toMatchObject({
      way: 'code',
    });
  });

  it('an agent makes one with their reason beside it', async () => {
    expect(
      await town.core.classes.open(agent, PASTEUR, 'Directrice sans accès, ticket 12'),
    ).toMatchObject({ kind: 'done' });
    const found = await town.core.people.find(agent, PASTEUR, { text: '', role: 'adult' });
    const other = found?.people.find(({ role }) => role === 'head') ?? found?.people[0];
    expect(
      await town.core.people.makeCode(agent, PASTEUR, {
        account: other?.account ?? (0 as AccountId),
        format: 'screen',
      }),
    ).not.toBeNull();
    const trail = await town.core.trails.ofAgents(agent, { before: null });
    expect(trail?.entries[0]).toMatchObject({
      act: 'make-code',
      reason: 'Directrice sans accès, ticket 12',
    });
  });
});

describe('an address before the first use', () => {
  it('is corrected under the same identity; the old one stays given and leads nowhere', async () => {
    const account = await unused('noe.garnier');
    expect(await town.core.people.person(head, TILLEULS, account)).toMatchObject({
      way: 'none',
      used: false,
    });
    for (const local of [
      'noe',
      'noe.garnier.tilleuls',
      'direction.noe',
      'Noé.Garnier',
      'noe..garnier',
      '12.34',
      'a.b@c',
      `${'x'.repeat(60)}.garnier`,
    ])
      expect(await town.core.people.correctAddress(head, TILLEULS, { account, local })).toEqual({
        kind: 'trouble',
        why: 'shape',
      });
    for (const local of ['lina.moreau', 'noe.garnier'])
      expect(await town.core.people.correctAddress(head, TILLEULS, { account, local })).toEqual({
        kind: 'trouble',
        why: 'taken',
      });
    expect(
      await town.core.people.correctAddress(head, TILLEULS, { account, local: 'noe.grenier' }),
    ).toEqual({ kind: 'done', address: `noe.grenier@${DOMAIN}` });
    expect((await town.core.people.person(head, TILLEULS, account))?.face.address).toBe(
      `noe.grenier@${DOMAIN}`,
    );
    expect(await town.core.people.person(head, TILLEULS, account)).toMatchObject({
      classes: ['CE1 A'],
    });
    const teacher = await town.viewer('claire.lefevre');
    const reach = await town.core.writings.reach(teacher);
    expect(reach.map(({ address }) => address)).toEqual(
      expect.arrayContaining([`noe.grenier@${DOMAIN}`]),
    );
    expect(
      await town.core.delivery.checkRecipient(
        { kind: 'account', viewer: teacher },
        `noe.garnier@${DOMAIN}`,
      ),
    ).toMatchObject({ kind: 'denied' });
    const other = await unused('zoe.lambert');
    expect(
      await town.core.people.correctAddress(head, TILLEULS, {
        account: other,
        local: 'noe.garnier',
      }),
    ).toEqual({ kind: 'trouble', why: 'taken' });
    expect(
      await town.core.people.correctAddress(head, TILLEULS, {
        account: await accountOf('lina.moreau'),
        local: 'lina.moraux',
      }),
    ).toEqual({ kind: 'trouble', why: 'used' });
    expect((await acts(TILLEULS)).at(-1)).toEqual({
      act: 'correct-address',
      subject: { account, before: 'noe.garnier', after: 'noe.grenier' },
    });
  });
});

describe('who leaves', () => {
  it('today: sign-in, sessions and app passwords end at once; the family may take the mail along, as it was', async () => {
    await write('lina.moreau', 'Mon dessin: le/jardin');
    const lina = await town.viewer('lina.moreau');
    const session = await town.enter(lina);
    const today =
      (await town.core.people.find(head, TILLEULS, { text: '', role: null }))?.today ?? '';
    expect(await town.core.people.takeAlong(head, TILLEULS, lina.account)).toBeNull();
    for (const day of ['', '2020-01-01', '2099-01-01', '2027-02-31x'])
      expect(await town.core.people.leave(head, TILLEULS, { account: lina.account, day })).toEqual({
        kind: 'trouble',
        why: 'day',
      });
    expect(
      await town.core.people.leave(head, TILLEULS, { account: head.account, day: today }),
    ).toEqual({ kind: 'trouble', why: 'self' });
    expect(
      await town.core.people.leave(head, TILLEULS, { account: lina.account, day: today }),
    ).toEqual({ kind: 'done' });
    expect(await town.core.accounts.session(session)).toBeNull();
    expect(await town.core.accounts.signIn(lina.address, 'marrons-et-billes', from)).toEqual({
      kind: 'no-match',
    });
    expect(await town.core.people.person(head, TILLEULS, lina.account)).toMatchObject({
      state: 'left',
      leavesOn: today,
      classes: [],
      mayExport: true,
    });
    const archive = await town.core.people.takeAlong(head, TILLEULS, lina.account);
    if (archive === null) throw new Error('no archive');
    expect(archive.name).toBe('lina.moreau.zip');
    const listed = unzipped(await buffer(archive.body));
    const raws = await town.store.read(TILLEULS, (tx) =>
      tx.db
        .selectFrom('entry as e')
        .innerJoin('mailbox as b', (join) =>
          join.onRef('b.school_id', '=', 'e.school_id').onRef('b.id', '=', 'e.mailbox_id'),
        )
        .innerJoin('message as m', (join) =>
          join.onRef('m.school_id', '=', 'e.school_id').onRef('m.id', '=', 'e.message_id'),
        )
        .select(['m.raw', 'm.attachments'])
        .where('e.school_id', '=', TILLEULS)
        .where('b.account_id', '=', lina.account)
        .execute(),
    );
    const mails = listed.filter(({ path }) => path.endsWith('.eml'));
    expect(mails.map(({ hash }) => hash).sort()).toEqual(raws.map(({ raw }) => sha(raw)).sort());
    expect(mails).toHaveLength(1);
    expect(mails[0]?.path).toMatch(/^\d{4}-\d\d-\d\d Mon dessin le jardin \(1\)\.eml$/);
    expect(listed.find(({ path }) => path.endsWith('dessin.png'))?.hash).toBe(sha(PICTURE));
    expect(listed.some(({ path }) => path === 'LISEZ-MOI.txt')).toBe(true);
    expect((await acts(TILLEULS)).at(-1)).toEqual({
      act: 'export-mail',
      subject: { account: lina.account },
    });
    expect(await town.core.people.stay(head, TILLEULS, lina.account)).toEqual({ kind: 'done' });
    expect(await town.core.accounts.signIn(lina.address, 'marrons-et-billes', from)).toMatchObject({
      kind: 'welcome',
    });
  });

  it('a colleague’s mail is not for the head; one’s own is always one’s own, files and all', async () => {
    await write('helene.bertin', 'Photo de classe');
    const colleague = await town.viewer('helene.bertin');
    const today =
      (await town.core.people.find(head, TILLEULS, { text: '', role: null }))?.today ?? '';
    const files = unzipped(await buffer((await town.core.people.takeOwnAlong(colleague)).body));
    expect(files).toHaveLength(3);
    expect(
      await town.core.people.leave(head, TILLEULS, { account: colleague.account, day: today }),
    ).toEqual({ kind: 'done' });
    expect(await town.core.people.takeAlong(head, TILLEULS, colleague.account)).toBeNull();
    expect(
      await town.core.classes.open(agent, TILLEULS, 'Demande écrite de Mme Bertin'),
    ).toMatchObject({ kind: 'done' });
    const archive = await town.core.people.takeAlong(agent, TILLEULS, colleague.account);
    expect(unzipped(archive === null ? Buffer.alloc(0) : await buffer(archive.body))).toEqual(
      files,
    );
  });

  it('an archive is read no faster than it is taken, and ends with who takes it', async () => {
    const lina = await town.viewer('lina.moreau');
    const big = Buffer.concat([Buffer.from('From: x@y\r\nSubject: grand\r\n\r\n'), noise(300_000)]);
    await town.store.write(TILLEULS, async (tx) => {
      const box = await tx.db
        .selectFrom('mailbox')
        .select('id')
        .where('school_id', '=', TILLEULS)
        .where('account_id', '=', lina.account)
        .where('use', '=', 'archive')
        .executeTakeFirstOrThrow();
      for (let uid = 1; uid <= 40; uid += 1) {
        const { id } = await tx.db
          .insertInto('message')
          .values({
            school_id: TILLEULS,
            sender_address_id: null,
            sender_role: 'outside',
            origin: 'mx',
            header_id: null,
            in_reply_to: null,
            refs: [],
            subject: 'grand',
            preview: '',
            envelope: '{}',
            structure: '{}',
            attachments: '[]',
            search: '',
            automatic: false,
            size_bytes: big.length,
            sha256: Buffer.alloc(32),
            raw: big,
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        await tx.db
          .insertInto('entry')
          .values({
            school_id: TILLEULS,
            mailbox_id: box.id,
            uid: uid as Uid,
            message_id: id,
            keywords: null,
            modseq: 2,
            size_bytes: big.length,
          })
          .execute();
      }
    });
    let reads = 0;
    const counting: Store = {
      ...town.store,
      read: (school, fn) => {
        reads += 1;
        return town.store.read(school, fn);
      },
    };
    const body = mailArchive(counting, {
      school: TILLEULS,
      account: lina.account,
      language: 'fr',
      mayTake: () => Promise.resolve(true),
    });
    await pause(700);
    // nobody takes it: two or three of its forty messages wait in memory
    expect(reads).toBeLessThan(6);
    body.destroy();
    await pause(100);
    const untilThen = reads;
    await pause(300);
    expect(reads).toBe(untilThen);
    const whole = await buffer((await town.core.people.takeOwnAlong(lina)).body);
    expect(
      pathsIn(whole).filter(
        (path) => path.startsWith('Courrier/Archives/') && path.includes('grand'),
      ),
    ).toHaveLength(40);
  });
});

it('an archive ends with the right to it, however slowly it is taken', async () => {
  // with forty messages that don't fit into any buffer
  const lina = await town.viewer('lina.moreau');
  const { body } = await town.core.people.takeOwnAlong(lina);
  const today =
    (await town.core.people.find(head, TILLEULS, { text: '', role: null }))?.today ?? '';
  expect(
    await town.core.people.leave(head, TILLEULS, { account: lina.account, day: today }),
  ).toEqual({ kind: 'done' });
  await pause(1_100);
  await expect(buffer(body)).rejects.toThrow('no longer theirs');
  const taken = await town.core.people.takeAlong(head, TILLEULS, lina.account);
  expect(
    pathsIn(taken === null ? Buffer.alloc(0) : await buffer(taken.body)).length,
  ).toBeGreaterThan(40);
});

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A message of the head's with a picture. */
async function write(to: string, subject: string): Promise<void> {
  const { ref } = await town.core.writings.save(
    head,
    { to: [`${to}@${DOMAIN}`], subject, text: 'Voici.', answers: 'sender', answerTo: null },
    {
      previous: null,
      add: [{ name: 'dessin.png', mediaType: 'image/png', bytes: PICTURE }],
      drop: [],
    },
  );
  expect(await town.core.writings.send(head, ref)).toMatchObject({ kind: 'accepted' });
}

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/**
 * What the reader of roster archives finds in it, by its own name; how many entries there are is
 * counted apart, for it reads no more than a roster.
 */
function unzipped(bytes: Buffer): { path: string; hash: string }[] {
  const found = unpack('a.zip', bytes, () => true);
  if (!Array.isArray(found)) throw new Error(JSON.stringify(found));
  return (found as readonly { name: string; bytes: Buffer }[]).map(({ name, bytes: content }) => ({
    path: name,
    hash: sha(content),
  }));
}

function pathsIn(bytes: Buffer): string[] {
  const paths: string[] = [];
  unpack('a.zip', bytes, (path) => {
    paths.push(path);
    return false;
  });
  return paths;
}
