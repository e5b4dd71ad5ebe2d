import { describe, expect, it } from 'vitest';
import type { SchoolId } from '../../ground/ids.ts';
import { insertMailboxes } from '../../store/mail/mailbox-names.ts';
import { MAX_MAILBOXES } from './limits.ts';
import { ALL, bring, mailboxAt, must, rowsOf } from './testing/letters.ts';
import { openMailboxTown } from './testing/mailbox-town.ts';

const { town, mailboxes, claire, karim, lina, fresh } = await openMailboxTown();

describe('names', () => {
  it('are the six of every account, with their uses, subscribed', async () => {
    const own = (await mailboxes.list(karim)).flatMap((one) =>
      one.kind === 'mailbox' ? [`${one.path} ${one.use} ${one.subscribed} ${one.rights}`] : [],
    );
    expect(own).toEqual([
      'INBOX inbox true lrswiktea',
      'Brouillons drafts true lrswiktea',
      'Envoyés sent true lrswiktea',
      'Corbeille trash true lrswiktea',
      'Indésirables junk true lrswiktea',
      'Archives archive true lrswiktea',
    ]);
    expect(await mailboxes.find(karim, 'inbox')).toMatchObject({ path: 'INBOX', isOwn: true });
  });
  it('are made with what is missing above them, renamed with what is below, and removed from below', async () => {
    expect(must(await mailboxes.create(claire, `${fresh.path}/2026/Sorties/`, null))).toMatchObject(
      {
        path: `${fresh.path}/2026/Sorties`,
        hasChildren: false,
        subscribed: false,
      },
    );
    expect(await mailboxAt(town, claire, `${fresh.path}/2026`)).toMatchObject({
      hasChildren: true,
    });
    expect(await mailboxes.create(claire, `${fresh.path}/2026`, null)).toEqual({
      kind: 'already-exists',
    });
    expect(await mailboxes.remove(claire, fresh.path)).toEqual({ kind: 'has-children' });
    expect(await mailboxes.rename(claire, fresh.path, `${fresh.path}/2026/x`)).toEqual({
      kind: 'cannot',
      why: 'below-itself',
    });
    must(await mailboxes.rename(claire, fresh.path, `Vieux/${fresh.path}`));
    expect(await mailboxes.find(claire, `Vieux/${fresh.path}/2026/Sorties`)).toMatchObject({
      id: expect.any(Number) as number,
    });
    expect((await mailboxAt(town, claire, `Vieux/${fresh.path}`)).id).toBe(fresh.id);
    for (const path of ['/2026/Sorties', '/2026', ''])
      must(await mailboxes.remove(claire, `Vieux/${fresh.path}${path}`));
    expect(await mailboxes.find(claire, `Vieux/${fresh.path}`)).toBeNull();
  });
  it('taken away on a page give their messages to the trash, those below too; nobody else’s, no system’s', async () => {
    const [top, below] = [
      must(await mailboxes.create(claire, `${fresh.path}/Jeter`, null)),
      must(await mailboxes.create(claire, `${fresh.path}/Jeter/Dessous`, null)),
    ];
    for (const { id } of [top, below]) await bring(town, claire, id);
    const trash = await mailboxAt(town, claire, 'Corbeille');
    const before = (await rowsOf(town, claire, trash.id, {})).uids.length;
    expect(await mailboxes.discard(karim, top.path)).toEqual({ kind: 'nonexistent' });
    expect(must(await mailboxes.discard(claire, top.path))).toBe(2);
    expect(await mailboxes.find(claire, below.path)).toBeNull();
    expect((await rowsOf(town, claire, trash.id, {})).uids.length).toBe(before + 2);
    expect(await mailboxes.discard(claire, 'Archives')).toEqual({
      kind: 'cannot',
      why: 'system-mailbox',
    });
    expect(await mailboxes.discard(claire, 'Partagés')).toEqual({ kind: 'nonexistent' });
    expect(await town.faults()).toEqual([]);
  });
  it.each([
    '',
    '/',
    'a//b',
    'a/%',
    '*',
    'a\nb',
    ' ',
    'a/ /b',
    '.',
    '..',
    '../a',
    'a/../b',
    '\u202Eb',
    '\uD800',
  ])('can’t be %j', async (path) =>
    expect(await mailboxes.create(claire, path, null)).toEqual({ kind: 'cannot', why: 'bad-name' }),
  );
  it('are bounded in length and depth', async () => {
    expect(await mailboxes.create(claire, 'x'.repeat(101), null)).toMatchObject({
      kind: 'limit',
      what: 'name',
    });
    expect(
      await mailboxes.create(claire, Array.from({ length: 11 }, () => 'x').join('/'), null),
    ).toMatchObject({ kind: 'limit', what: 'depth' });
    expect(await mailboxes.create(claire, 'Partagés/x', null)).toEqual({
      kind: 'cannot',
      why: 'shared-tree',
    });
  });
  it('are so many of an account at most; another name for one is none more', async () => {
    const marc = await town.viewer('marc.olivier');
    const there = (await mailboxes.list(marc)).filter(({ kind }) => kind === 'mailbox').length;
    const names = Array.from({ length: MAX_MAILBOXES - there - 1 }, (_, at) => `Plein ${at}`);
    await town.store.write(marc.school, (tx) =>
      insertMailboxes(tx, marc.account, { names, use: null, rightsOf: null }),
    );
    must(await mailboxes.create(marc, 'Plein', null));
    const full = { kind: 'limit', what: 'mailboxes', limit: MAX_MAILBOXES };
    expect(await mailboxes.create(marc, 'Un de plus', null)).toEqual(full);
    expect(await mailboxes.rename(marc, 'Plein', 'Au-dessus/Plein')).toEqual(full);
    expect(await mailboxes.rename(marc, 'INBOX', 'Tout')).toEqual(full);
    must(await mailboxes.rename(marc, 'Plein', 'Comble'));
    must(await mailboxes.remove(marc, 'Comble'));
    must(await mailboxes.rename(marc, 'Plein 0', 'Au-dessus/Plein'));
    must(await mailboxes.remove(marc, 'Au-dessus/Plein'));
    must(await mailboxes.rename(marc, 'INBOX', 'Tout'));
  });
  it('of the system stay; INBOX gives its messages to the new name', async () => {
    for (const path of ['Envoyés', 'Corbeille']) {
      expect(await mailboxes.remove(claire, path)).toEqual({
        kind: 'cannot',
        why: 'system-mailbox',
      });
      expect(await mailboxes.rename(claire, path, 'Autre')).toEqual({
        kind: 'cannot',
        why: 'system-mailbox',
      });
    }
    expect(await mailboxes.remove(claire, 'INBOX')).toEqual({
      kind: 'cannot',
      why: 'system-mailbox',
    });
    await town.send('karim.haddad', ['claire.lefevre']);
    const { total } = await mailboxAt(town, claire, 'INBOX');
    must(await mailboxes.rename(claire, 'INBOX', `${fresh.path}/Avant`));
    expect([
      (await mailboxAt(town, claire, 'INBOX')).total,
      (await mailboxAt(town, claire, `${fresh.path}/Avant`)).total,
    ]).toEqual([0, total]);
  });
  it('that come again have another UIDVALIDITY, and stay subscribed', async () => {
    must(await mailboxes.subscribe(claire, fresh.path, 'on'));
    const { uidValidity } = await mailboxAt(town, claire, fresh.path);
    must(await mailboxes.remove(claire, fresh.path));
    expect((await mailboxes.list(claire)).find(({ path }) => path === fresh.path)).toEqual({
      kind: 'gone',
      path: fresh.path,
    });
    expect(must(await mailboxes.create(claire, fresh.path, 'archive'))).toMatchObject({
      subscribed: true,
      use: 'archive',
    });
    expect((await mailboxAt(town, claire, fresh.path)).uidValidity).toBeGreaterThan(uidValidity);
    must(await mailboxes.subscribe(claire, fresh.path, 'off'));
    must(await mailboxes.remove(claire, fresh.path));
    // a mail program says it of the old name once a folder is renamed
    must(await mailboxes.subscribe(claire, fresh.path, 'off'));
    expect(await mailboxes.subscribe(claire, fresh.path, 'on')).toEqual({ kind: 'nonexistent' });
  });
  it('of another account or school are not there', async () => {
    const stranger = { ...claire, school: 2 as SchoolId };
    for (const who of [karim, lina, stranger]) {
      expect(await mailboxes.open(who, fresh.id)).toBeNull();
      expect(await mailboxes.since(who, fresh.id, 1)).toBeNull();
      expect(await mailboxes.search(who, fresh.id, { what: { kind: 'all' } })).toBeNull();
      expect(await mailboxes.expunge(who, fresh.id, null)).toEqual({ kind: 'nonexistent' });
      expect(await mailboxes.quota(who, fresh.id)).toBeNull();
      expect(await mailboxes.rights(who, fresh.id)).toEqual({ kind: 'nonexistent' });
      expect((await rowsOf(town, who, fresh.id, { envelope: true })).uids).toEqual([]);
      const own = (await mailboxes.list(who)).find((one) => one.kind === 'mailbox');
      if (own?.kind === 'mailbox') {
        expect(await mailboxes.copy(who, own.id, { uids: ALL, to: fresh.id })).toEqual({
          kind: 'nonexistent',
        });
        expect(await mailboxes.move(who, fresh.id, { uids: ALL, to: own.id })).toEqual({
          kind: 'nonexistent',
        });
      }
    }
  });
});
