import { describe, expect, it } from 'vitest';
import { DOMAIN } from '../accounts/testing/code-town.ts';
import type { AccountId } from '../ids.ts';
import { openPeopleTown, PASTEUR, TILLEULS } from './testing/people-town.ts';

const { town, head, otherHead, agent, accountOf, acts } = await openPeopleTown();
const from = { ip: '192.0.2.1', way: 'web' } as const;
const password = 'trois mots au hasard';

/** A pupil who has never come in. */
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
