import { describe, expect, it } from 'vitest';
import { DOMAIN } from '../../entry/accounts/testing/code-town.ts';
import type { AccountId } from '../../ground/ids.ts';
import { own } from '../../store/own.ts';
import { agentsJournal } from '../../town/journals/testing/agents-journal.ts';
import { openPeopleTown, PASTEUR, TILLEULS } from './testing/people-town.ts';

const { town, head, otherHead, agent, accountOf, acts } = await openPeopleTown();
const from = { ip: '192.0.2.1', way: 'web' } as const;
const password = 'trois mots au hasard';

/** A pupil who has never come in. */
async function unused(local: string): Promise<AccountId> {
  const account = await accountOf(local);
  await town.store.write(TILLEULS, async (tx) => {
    await own(tx).updateTable('account', { id: account }).set({ password_hash: null }).execute();
    await own(tx).deleteFrom('session', { account_id: account }).execute();
  });
  return account;
}

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

describe('a guardian', async () => {
  const { people } = town.core;
  const account = await accountOf('lina.moreau');
  const family = async () => (await people.person(head, TILLEULS, account))?.family ?? [];
  const mother = (await family()).find(({ face }) => face.name === 'Karine Moreau')?.guardian;
  if (mother === undefined) throw new Error('no mother');
  const blocked = { account, guardian: mother, blocked: true };
  const isShownBlocked = async () =>
    (await family()).find(({ guardian }) => guardian === mother)?.blocked;
  const reaches = async () =>
    (await town.core.writings.reach(await town.viewer('karine.moreau'))).some(
      ({ address }) => address === `lina.moreau@${DOMAIN}`,
    );

  it('is blocked for one child by the head of the child’s school, never by the guardian', async () => {
    for (const who of [
      otherHead,
      await town.viewer('claire.lefevre'),
      await town.viewer('karine.moreau'),
      agent,
    ])
      expect(await people.blockGuardian(who, TILLEULS, blocked)).toEqual({ kind: 'missing' });
    expect(
      await people.blockGuardian(head, TILLEULS, { ...blocked, guardian: head.addressId }),
    ).toEqual({ kind: 'missing' });
    expect([await reaches(), await isShownBlocked()]).toEqual([true, false]);
  });

  it('is blocked and silenced by no head whose own child it is, not even by one who is blocked', async () => {
    const child = (await town.viewer('lina.moreau')).addressId;
    const tie = { child_address_id: child, guardian_address_id: head.addressId };
    await town.store.write(TILLEULS, (tx) => own(tx).insertInto('guardianship', tie).execute());
    for (const isBlocked of [false, true]) {
      await town.store.write(TILLEULS, (tx) =>
        own(tx).updateTable('guardianship', tie).set({ blocked: isBlocked }).execute(),
      );
      for (const guardian of [mother, head.addressId]) {
        const whose = { account, guardian };
        expect(await people.blockGuardian(head, TILLEULS, { ...whose, blocked: true })).toEqual({
          kind: 'trouble',
          why: 'self',
        });
        expect(await people.silenceGuardian(head, TILLEULS, { ...whose, silent: true })).toEqual({
          kind: 'trouble',
          why: 'self',
        });
      }
    }
    await town.store.write(TILLEULS, (tx) => own(tx).deleteFrom('guardianship', tie).execute());
    expect([await reaches(), await isShownBlocked()]).toEqual([true, false]);
  });

  it('is blocked at once, is shown so, and let back', async () => {
    expect([await reaches(), await isShownBlocked()]).toEqual([true, false]);
    expect(await people.blockGuardian(head, TILLEULS, blocked)).toEqual({ kind: 'done' });
    expect(await people.blockGuardian(head, TILLEULS, blocked)).toEqual({ kind: 'missing' });
    expect([await reaches(), await isShownBlocked()]).toEqual([false, true]);
    expect(await people.blockGuardian(head, TILLEULS, { ...blocked, blocked: false })).toEqual({
      kind: 'done',
    });
    expect(await reaches()).toBe(true);
    expect((await acts(TILLEULS)).slice(-2)).toEqual([
      { act: 'block-guardian', subject: { account, people: [mother] } },
      { act: 'unblock-guardian', subject: { account, people: [mother] } },
    ]);
  });
});

describe('what a child calls a guardian', () => {
  it.each([
    ...['École', 'Mon école', 'Maîtresse', 'ma directrice', 'MAÎTRE', 'Préau', 'Еcole'].map(
      (called) => [called, 'of-the-school'] as const,
    ),
    ...['Mme Lefèvre', 'M Diallo', 'Madame Lefèvre', 'Mrs Lefevre'].map(
      (called) => [called, 'of-the-school'] as const,
    ),
    ...['Claire Lefèvre', 'lefevre claire', 'Lefèvre', 'Claire', 'Tata Claire Lefèvre'].map(
      (called) => [called, 'of-somebody'] as const,
    ),
    ...['Noé', 'Lina', 'Diallo'].map((called) => [called, 'of-somebody'] as const),
    ...['Maman 2', 'x'.repeat(21), '-'].map((called) => [called, 'no-name'] as const),
    ...['Maman', 'Tata Claire', 'Mamie Jo', 'Mémé', 'Karine', ''].map(
      (called) => [called, 'done'] as const,
    ),
  ])('%s: %s', async (called, outcome) => {
    const [mother, lina] = [await town.viewer('karine.moreau'), await town.viewer('lina.moreau')];
    const wish = { school: TILLEULS, child: lina.addressId, called };
    expect(await town.core.people.nameForOwnChild(mother, wish)).toBe(outcome);
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
    const trail = await agentsJournal(town.core, agent);
    expect(trail?.[0]).toMatchObject({
      act: 'make-code',
      reason: 'Directrice sans accès, ticket 12',
    });
  });
});

describe('an address before the first use', () => {
  const { people } = town.core;
  const corrected = (account: AccountId, local: string) =>
    people.correctAddress(head, TILLEULS, { account, local });

  it.each([
    'zoe',
    'zoe.lambert.tilleuls',
    'direction.zoe',
    'Zoé.Lambert',
    'zoe..lambert',
    '12.34',
    'a.b@c',
    `${'x'.repeat(60)}.lambert`,
  ])('is corrected to one that a child can have: not « %s »', async (local) => {
    expect(await corrected(await unused('zoe.lambert'), local)).toEqual({
      kind: 'trouble',
      why: 'shape',
    });
  });

  it('is corrected to one that nobody has: not another child’s, nor its own', async () => {
    const account = await unused('zoe.lambert');
    for (const local of ['lina.moreau', 'zoe.lambert'])
      expect(await corrected(account, local)).toEqual({ kind: 'trouble', why: 'taken' });
  });

  it('is corrected no more once it is used', async () => {
    expect(await corrected(await accountOf('lina.moreau'), 'lina.moraux')).toEqual({
      kind: 'trouble',
      why: 'used',
    });
  });

  it('is corrected under the same identity; the old one stays given and leads nowhere', async () => {
    const account = await unused('noe.garnier');
    expect(await people.person(head, TILLEULS, account)).toMatchObject({
      way: 'none',
      used: false,
    });
    expect(await corrected(account, 'noe.grenier')).toEqual({
      kind: 'done',
      address: `noe.grenier@${DOMAIN}`,
    });
    expect(await people.person(head, TILLEULS, account)).toMatchObject({
      face: { address: `noe.grenier@${DOMAIN}` },
      classes: ['CE1 A'],
    });
    const teacher = await town.viewer('claire.lefevre');
    const reach = await town.core.writings.reach(teacher);
    expect(reach.map(({ address }) => address)).toContain(`noe.grenier@${DOMAIN}`);
    expect(
      await town.core.delivery.checkRecipient(
        { kind: 'account', viewer: teacher },
        `noe.garnier@${DOMAIN}`,
      ),
    ).toMatchObject({ kind: 'denied' });
    expect(await corrected(await unused('zoe.lambert'), 'noe.garnier')).toEqual({
      kind: 'trouble',
      why: 'taken',
    });
    expect((await acts(TILLEULS)).at(-1)).toEqual({
      act: 'correct-address',
      subject: { account, before: 'noe.garnier', after: 'noe.grenier' },
    });
  });
});
