import { hash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { DOMAIN } from '../../entry/accounts/testing/code-town.ts';
import { dayAt } from '../../ground/clock.ts';
import type { Uid } from '../../ground/ids.ts';
import { noise } from '../../letters/message/testing/noise.ts';
import { dayAfter } from '../../roster/days.ts';
import { unpack } from '../../roster/reading/archive.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { own } from '../../store/own.ts';
import type { Store } from '../../store/store.ts';
import { NO_LETTER } from '../../store/testing/bare-message.ts';
import { mailArchive } from './archive.ts';
import { openPeopleTown, TILLEULS } from './testing/people-town.ts';

const { town, head, agent, acts } = await openPeopleTown();
const from = { ip: '192.0.2.1', way: 'web' } as const;
/** A few are in memory at once; so many are never. */
const SOME_LETTERS = 14;
const MANY_LETTERS = 40;

/** The bytes of all letters that an account has. */
function lettersOf({ school, account }: Viewer) {
  return town.store.read(school, (tx) =>
    tx.db
      .selectFrom('entry as e')
      .innerJoin('mailbox as b', (join) =>
        join.onRef('b.school_id', '=', 'e.school_id').onRef('b.id', '=', 'e.mailbox_id'),
      )
      .innerJoin('message as m', (join) =>
        join.onRef('m.school_id', '=', 'e.school_id').onRef('m.id', '=', 'e.message_id'),
      )
      .select((one) => ['m.attachments', one.ref('m.raw').$notNull().as('raw')])
      .where('e.school_id', '=', school)
      .where('b.account_id', '=', account)
      .execute(),
  );
}

describe('who leaves', () => {
  it('today: sign-in, sessions and app passwords end at once; the family may take the mail along, as it was', async () => {
    await write('lina.moreau', 'Mon dessin: le/jardin');
    const lina = await town.viewer('lina.moreau');
    const session = await town.enter(lina);
    const today =
      (await town.core.people.find(head, TILLEULS, { text: '', role: null }))?.today ?? '';
    expect(await town.core.people.takeAlong(head, TILLEULS, lina.account)).toBeNull();
    for (const day of ['', '2020-01-01', '2099-01-01', '2027-02-29', '2027-02-31x'])
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
      takingAlong: 'now',
    });
    const archive = await town.core.people.takeAlong(head, TILLEULS, lina.account);
    if (archive === null) throw new Error('no archive');
    expect(archive.name).toBe('lina.moreau.zip');
    const listed = unzipped(await buffer(archive.body));
    const raws = await lettersOf(lina);
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

  it('later: until then a child’s mail is for nobody but an agent who has said why', async () => {
    const { people, classes } = town.core;
    const { account } = await town.viewer('noe.garnier');
    const day = dayAfter(dayAt(new Date(), 'Europe/Paris'), 30);
    expect(await people.leave(head, TILLEULS, { account, day })).toEqual({ kind: 'done' });
    expect(await people.person(head, TILLEULS, account)).toMatchObject({
      state: 'leaving',
      takingAlong: 'once-gone',
    });
    expect(await people.takeAlong(head, TILLEULS, account)).toBeNull();
    await classes.open(agent, TILLEULS, 'Demande écrite de la famille');
    expect((await people.takeAlong(agent, TILLEULS, account))?.name).toBe('noe.garnier.zip');
    expect(await people.stay(head, TILLEULS, account)).toEqual({ kind: 'done' });
    expect(await people.person(head, TILLEULS, account)).toMatchObject({ takingAlong: 'stays' });
    expect(await people.takeAlong(agent, TILLEULS, account)).toBeNull();
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

  it(
    'an archive is read no faster than it is taken, and ends with who takes it',
    SOAKED,
    async () => {
      const child = await town.viewer('theo.jourdain');
      await fillArchive(child, SOME_LETTERS);
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
        account: child.account,
        language: 'fr',
        timeZone: 'Europe/Paris',
        mayTake: () => Promise.resolve(true),
      });
      await pause(700);
      // nobody takes it: two or three of its messages wait in memory
      expect(reads).toBeLessThan(6);
      body.destroy();
      await pause(100);
      const untilThen = reads;
      await pause(300);
      expect(reads).toBe(untilThen);
      const whole = await buffer((await town.core.people.takeOwnAlong(child)).body);
      expect(
        pathsIn(whole).filter(
          (path) => path.startsWith('Courrier/Archives/') && path.includes('grand'),
        ),
      ).toHaveLength(SOME_LETTERS);
    },
  );
});

it('an archive ends with the right to it, however slowly it is taken', SOAKED, async () => {
  const child = await town.viewer('zoe.lambert');
  await fillArchive(child, MANY_LETTERS);
  const { body } = await town.core.people.takeOwnAlong(child);
  const today =
    (await town.core.people.find(head, TILLEULS, { text: '', role: null }))?.today ?? '';
  expect(
    await town.core.people.leave(head, TILLEULS, { account: child.account, day: today }),
  ).toEqual({ kind: 'done' });
  await pause(1_100);
  await expect(buffer(body)).rejects.toThrow('no longer theirs');
  const taken = await town.core.people.takeAlong(head, TILLEULS, child.account);
  expect(
    pathsIn(taken === null ? Buffer.alloc(0) : await buffer(taken.body)).length,
  ).toBeGreaterThan(MANY_LETTERS);
});

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Letters in somebody's archive that don't fit into any buffer. */
async function fillArchive(owner: Viewer, letters: number): Promise<void> {
  const big = Buffer.concat([Buffer.from('From: x@y\r\nSubject: grand\r\n\r\n'), noise(300_000)]);
  await town.store.write(TILLEULS, async (tx) => {
    const box = await own(tx)
      .selectFrom('mailbox', { account_id: owner.account, use: 'archive' })
      .select('id')
      .executeTakeFirstOrThrow();
    for (let uid = 1; uid <= letters; uid += 1) {
      const { id } = await own(tx)
        .insertInto('message', {
          sender_address_id: null,
          sender_role: 'outside',
          origin: 'mx',
          ...NO_LETTER,
          subject: 'grand',
          size_bytes: big.length,
          sha256: Buffer.alloc(32),
          raw: big,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await own(tx)
        .insertInto('entry', {
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
}

/** A message of the head's with a picture. */
async function write(to: string, subject: string): Promise<void> {
  const { ref } = await town.core.writings.save(
    head,
    { to: [`${to}@${DOMAIN}`], cc: [], subject, text: 'Voici.', answers: 'sender', answerTo: null },
    {
      previous: null,
      add: [{ name: 'dessin.png', mediaType: 'image/png', bytes: PICTURE }],
      drop: [],
    },
  );
  expect(await town.core.writings.send(head, ref)).toMatchObject({ kind: 'accepted' });
}

const sha = (bytes: Buffer) => hash('sha256', bytes);

/**
 * What the reader of roster archives finds in it, by its own name; how many entries there are is
 * counted apart, for it reads no more than a roster.
 */
function unzipped(bytes: Buffer): { path: string; hash: string }[] {
  const found = unpack({ name: 'a.zip', bytes }, () => true);
  if (!Array.isArray(found)) throw new Error(JSON.stringify(found));
  return (found as readonly { name: string; bytes: Buffer }[]).map(({ name, bytes: content }) => ({
    path: name,
    hash: sha(content),
  }));
}

function pathsIn(bytes: Buffer): string[] {
  const paths: string[] = [];
  unpack({ name: 'a.zip', bytes }, (path) => {
    paths.push(path);
    return false;
  });
  return paths;
}
