import { describe, expect, it } from 'vitest';
import { proofFor, uidsOf } from '../../../../tests/shared/town.ts';
import type { MailboxId, Uid } from '../../../ground/ids.ts';
import type { SenderProof } from '../contract.ts';
import { openHoldTown, said } from '../testing/hold-town.ts';
import { releaseHold } from './release.ts';

const { town, waitingFor, release, inSchool } = await openHoldTown();

it('an approved stranger waits for the class’s teacher', async () => {
  const stranger = 'camille.arnoux@musee-des-sciences.example';
  expect(
    said(await town.receive(stranger, ['ce1-a.tilleuls', 'lina.moreau'], { subject: 'Le musée' })),
  ).toBe('held approved-correspondent');
  expect(said(await release('claire.lefevre'))).toBe('25 sent');
  expect(
    (await town.rows('lina.moreau')).filter(({ subject }) => subject === 'Le musée'),
  ).toHaveLength(1);
  expect((await town.rows('adele.vidal')).map(({ subject }) => subject)).toContain('Le musée');
  expect(said(await town.receive(stranger, ['agathe.caron']))).toBe('denied no-such-address');
  expect(await town.faults()).toEqual([]);
});

describe('who writes to a class from outside', () => {
  const friend = 'camille.arnoux@musee-des-sciences.example';
  const nothing: SenderProof = { authentication: 'none', headers: '', server: [] };
  const last = async () =>
    (await town.core.moderation.waiting(await town.viewer('claire.lefevre'))).at(-1);

  it.each<{ when: string; from: string; proof: SenderProof }>([
    { when: 'with another address', from: '"Camille" <evil@evil.example>', proof: nothing },
    {
      when: 'with another address that is proved',
      from: '"Camille" <evil@evil.example>',
      proof: proofFor('evil@evil.example'),
    },
    {
      when: 'with its own address that its domain disowns',
      from: friend,
      proof: { authentication: 'fail', headers: '', server: [] },
    },
  ])(
    'behind an approved envelope $when reaches no child, and hears what nobody hears',
    async ({ from, proof }) => {
      const before = (await waitingFor('claire.lefevre')).length;
      const refusals = async (to: string) => {
        const outcome = await town.receive(friend, [to], { header: { from }, proof });
        return outcome.kind === 'denied'
          ? outcome.refusals.map(({ rule, words }) => ({ rule, words }))
          : outcome.kind;
      };
      for (const to of ['lina.moreau', 'ce1-a.tilleuls', 'karine.moreau', 'personne.dutout'])
        expect(await refusals(to), to).toEqual([{ rule: 'no-such-address', words: {} }]);
      expect(await waitingFor('claire.lefevre')).toHaveLength(before);
    },
  );
  it.each<{ when: string; proof: SenderProof }>([
    { when: 'nothing proves', proof: nothing },
    { when: 'another domain than From’s stands behind', proof: proofFor('x@evil.example') },
  ])(
    'under an approved address that $when is held as unproven, and goes by a person’s word alone',
    async ({ proof }) => {
      expect(
        said(await town.receive(friend, ['lina.moreau'], { subject: 'Sans preuve', proof })),
      ).toBe('held unproven-correspondent');
      const held = await last();
      expect(held).toMatchObject({
        rule: 'unproven-correspondent',
        until: null,
        from: { kind: 'outside', address: friend },
        stranger: { provedBy: null, namesake: null },
      });
      expect((await town.rows('lina.moreau')).map(({ subject }) => subject)).not.toContain(
        'Sans preuve',
      );
      expect(
        said(
          held
            ? await releaseHold(town.parts, {
                school: held.school,
                id: held.id,
                releaser: { by: null },
              })
            : null,
        ),
      ).toBe('held unproven-correspondent');
      expect(said(await release('claire.lefevre'))).toBe('1 sent');
      await town.core.mail.erase(await town.viewer('lina.moreau'), ...(await all('lina.moreau')));
    },
  );
  it('is asked about by the same From and the same proof when the letter is let go', async () => {
    expect(
      said(
        await town.receive('bounces@lettres.example', ['lina.moreau'], {
          header: { from: `Le musée <${friend}>` },
          proof: proofFor(friend),
          subject: 'Prouvé',
        }),
      ),
    ).toBe('held approved-correspondent');
    expect(await last()).toMatchObject({
      from: { address: friend },
      stranger: { provedBy: 'dmarc', namesake: null },
    });
    expect(said(await release('claire.lefevre'))).toBe('1 sent');
    expect((await town.rows('lina.moreau'))[0]).toMatchObject({
      subject: 'Prouvé',
      from: { kind: 'outside', address: friend },
    });
    await town.receive(friend, ['lina.moreau'], { subject: 'Trop tard' });
    await inSchool(1, `update correspondent set until_date = '2026-11-23' where school_id = 1`);
    expect(said(await release('claire.lefevre'))).toBe('denied no-such-address');
    await inSchool(1, `update correspondent set until_date = '2027-07-01' where school_id = 1`);
  });
  it('waits for the class that approved them, be it not the child’s first', async () => {
    const author = 'choeur@opera.example';
    await inSchool(
      1,
      `
        insert into membership (school_id, class_id, address_id, role, from_date)
        select 1, c.id, a.id, 'pupil', '2026-09-01'
        from class c, address a
        where c.school_id = 1 and c.name = 'CP' and a.local = 'lina.moreau'
      `,
    );
    await inSchool(
      1,
      `
        insert into correspondent (school_id, class_id, address, approved_by, until_date)
        select 1, c.id, '${author}', a.id, '2027-07-01'
        from class c, address a
        where c.school_id = 1 and c.name = 'CP' and a.local = 'helene.bertin'
      `,
    );
    expect(said(await town.receive(author, ['lina.moreau'], { subject: 'La chorale' }))).toBe(
      'held approved-correspondent',
    );
    expect((await waitingFor('claire.lefevre')).map(({ subject }) => subject)).not.toContain(
      'La chorale',
    );
    expect(said(await release('helene.bertin'))).toBe('1 sent');
    await inSchool(
      1,
      `
        delete from membership m using class c,
        address a
        where m.school_id = 1
          and c.school_id = 1
          and c.id = m.class_id
          and a.id = m.address_id
          and c.name = 'CP'
          and a.local = 'lina.moreau'
      `,
    );
  });
  it('under the name of somebody of the school, or of another correspondent, is told from them', async () => {
    const [theatre, other] = ['theatre@scene.example', 'auteur@livres.example'];
    await inSchool(
      1,
      `
        insert into correspondent (school_id, class_id, address, approved_by, until_date)
        select school_id, class_id, unnest(array['${theatre}', '${other}']), approved_by, until_date
        from correspondent
        where school_id = 1 and address = '${friend}'
      `,
    );
    await town.receive(theatre, ['lina.moreau'], {
      header: { from: `Le théâtre <${theatre}>` },
    });
    await release('claire.lefevre');
    const named = async (name: string) => {
      await town.receive(other, ['lina.moreau'], { header: { from: `${name} <${other}>` } });
      const { namesake } = (await last())?.stranger ?? {};
      await release('claire.lefevre');
      return namesake;
    };
    expect(await named('"LEFEVRE Claire, maitresse"')).toEqual({
      name: 'Claire Lefèvre',
      address: town.address('claire.lefevre'),
    });
    expect(await named('Le Theatre')).toEqual({ name: 'Le théâtre', address: theatre });
    expect(await named('Une autrice')).toBeNull();
    expect(await town.faults()).toEqual([]);
  });
});

/** A mailbox and all that is in it. */
async function all(local: string): Promise<[MailboxId, readonly Uid[]]> {
  return [await town.mailbox(await town.viewer(local), 'inbox'), uidsOf(await town.rows(local))];
}

it('letters of a class wait as many as they are, however many children each is for', async () => {
  const friend = 'camille.arnoux@musee-des-sciences.example';
  const teacher = await town.viewer('claire.lefevre');
  const before = (await waitingFor('claire.lefevre')).length;
  const subjects = ['un', 'deux', 'trois', 'quatre', 'cinq'].map((nth) => `Visite ${nth}`);
  for (const subject of subjects)
    expect(said(await town.receive(friend, ['ce1-a.tilleuls'], { subject }))).toBe(
      'held approved-correspondent',
    );
  const waiting = await town.core.moderation.waiting(teacher);
  expect(waiting.slice(before).map(({ subject }) => subject)).toEqual(subjects);
  expect(waiting.slice(before).map(({ to }) => to.length)).toEqual(subjects.map(() => 1));
  expect(await town.core.moderation.waitingCount(teacher)).toBe(before + subjects.length);
});
