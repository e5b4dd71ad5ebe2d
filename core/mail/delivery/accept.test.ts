import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { rawLetter } from '../../../tests/shared/town.ts';
import { openAcceptTown, said } from './testing/accept-town.ts';

const { town, allHolds, count, change } = await openAcceptTown();

describe('what is stored', () => {
  it('is one body a school and a narrow row for each reader', async () => {
    const [messages, entries] = [await count('message'), await count('entry')];
    expect(
      said(
        await town.send('claire.lefevre', ['ce1-a.tilleuls', 'julie.robin'], { subject: 'Sortie' }),
      ),
    ).toBe('accepted');
    expect((await count('message')) - messages).toBe(2);
    expect((await count('entry')) - entries).toBe(24 + 1);
    expect((await town.rows('lina.moreau'))[0]?.subject).toBe('Sortie');
    expect((await town.rows('julie.robin'))[0]?.subject).toBe('Sortie');
    await allHolds();
  });
  it('keeps a copy in Sent for the pages and none for a mail program', async () => {
    const before = (await town.rows('claire.lefevre', 'sent')).length;
    await town.send('claire.lefevre', ['lina.moreau']);
    expect(await town.rows('claire.lefevre', 'sent')).toHaveLength(before);
    await town.send('claire.lefevre', ['lina.moreau'], { via: 'web' });
    expect(await town.rows('claire.lefevre', 'sent')).toHaveLength(before + 1);
    expect((await town.rows('claire.lefevre', 'sent'))[0]?.seen).toBe(true);
  });
  it('is nothing at home when a mail program writes to another school alone', async () => {
    const before = await count('message where school_id = 1');
    expect(said(await town.send('claire.lefevre', ['julie.robin']))).toBe('accepted');
    expect(await count('message where school_id = 1')).toBe(before);
    expect(
      await count(
        `sending s join account a on a.id = s.account_id where a.display_name = 'Claire Lefèvre'`,
      ),
    ).toBeGreaterThan(0);
    await allHolds();
  });
  it('owes outside one row a recipient, due at once', async () => {
    const before = await count(`due where kind = 'outbox'`);
    expect(
      said(
        await town.send('claire.lefevre', [
          'one@museum.example',
          'two@museum.example',
          'lina.moreau',
        ]),
      ),
    ).toBe('accepted');
    expect(await count(`due where kind = 'outbox'`)).toBe(before + 2);
    await allHolds();
  });
  it('has its words indexed where somebody has it, or will, and not where it only leaves', async () => {
    const indexed = (subject: string) =>
      count(`message where subject = '${subject}' and search <> ''::tsvector`);
    const museum = 'one@museum.example';
    await town.send('claire.lefevre', [museum], { subject: 'Musée' });
    await town.send('claire.lefevre', [museum], { subject: 'Musée et copie', via: 'web' });
    await town.send('claire.lefevre', [museum, 'lina.moreau'], { subject: 'Musée et Lina' });
    expect([
      await indexed('Musée'),
      await indexed('Musée et copie'),
      await indexed('Musée et Lina'),
    ]).toEqual([0, 1, 1]);
  });
  it('gives somebody who is named and on the list one copy', async () => {
    const before = (await town.rows('lina.moreau')).length;
    await town.send('claire.lefevre', ['lina.moreau', 'ce1-a.tilleuls']);
    expect(await town.rows('lina.moreau')).toHaveLength(before + 1);
  });
});

describe('lists', () => {
  it.each([
    { from: 'lina.moreau', list: 'ce1-a.tilleuls', then: 'accepted' },
    { from: 'lina.moreau', list: 'ce1-ce2.tilleuls', then: 'denied not-your-list' },
    { from: 'lina.moreau', list: 'ce1.pasteur', then: 'denied no-such-address' },
    { from: 'lina.moreau', list: 'support', then: 'accepted' },
    { from: 'claire.lefevre', list: 'familles.ce1-a.tilleuls', then: 'accepted' },
    { from: 'claire.lefevre', list: 'equipe.tilleuls', then: 'accepted' },
    { from: 'claire.lefevre', list: 'equipe.pasteur', then: 'denied no-such-address' },
    { from: 'claire.lefevre', list: 'ville', then: 'denied not-your-list' },
    { from: 'mamadou.diallo', list: 'familles.tilleuls', then: 'accepted' },
    { from: 'mamadou.diallo', list: 'eleves.tilleuls', then: 'accepted' },
    { from: 'karine.moreau', list: 'ce1-a.tilleuls', then: 'denied not-your-list' },
    { from: 'nadege.colas', list: 'ce2.pasteur', then: 'accepted' },
    { from: 'hugues.armand', list: 'ville', then: 'accepted' },
    { from: 'lina.moreau', list: 'direction.tilleuls', then: 'accepted' },
    { from: 'lina.moreau', list: 'ecole.tilleuls', then: 'denied not-your-list' },
    { from: 'lina.moreau', list: 'direction.pasteur', then: 'denied no-such-address' },
    { from: 'karine.moreau', list: 'direction.tilleuls', then: 'accepted' },
    { from: 'karine.moreau', list: 'ecole.tilleuls', then: 'denied not-your-list' },
    { from: 'claire.lefevre', list: 'direction.pasteur', then: 'accepted' },
    { from: 'claire.lefevre', list: 'ecole.pasteur', then: 'accepted' },
  ])('$from to $list: $then', async ({ from, list, then }) => {
    expect(said(await town.send(from, [list]))).toBe(then);
  });
  it('of the town reach everybody once, their senders left out', async () => {
    const {
      rows: [before],
    } = await town.admin.query<{ max: string }>('select max(id) from message');
    await town.send('leila.brahimi', ['ville'], { subject: 'À tous' });
    expect(await count(`entry where message_id > ${before?.max ?? 0}`)).toBe(
      (await count(`account where state = 'active'`)) - 1,
    );
    await allHolds();
  });
  it('of all guardians leave out who is blocked', async () => {
    const before = (await town.rows('marc.jourdain')).length;
    await town.send('claire.lefevre', ['familles.ce1-a.tilleuls']);
    expect(await town.rows('marc.jourdain')).toHaveLength(before);
  });
});

describe('from outside', () => {
  const stranger = 'camille@dehors.example';
  it('says of a child, a guardian, a list and nobody exactly the same', async () => {
    const answers = new Set<string>();
    for (const to of [
      'lina.moreau',
      'karine.moreau',
      'ce1-a.tilleuls',
      'familles.tilleuls',
      'equipe.tilleuls',
      'ville',
      'support',
      'personne.dutout',
    ]) {
      const asked = await town.core.delivery.checkRecipient(
        { kind: 'outside', address: stranger },
        town.address(to),
      );
      const given = await town.receive(stranger, [to]);
      for (const outcome of [asked, given]) {
        if (outcome.kind !== 'denied') throw new Error(`${to}: ${outcome.kind}`);
        answers.add(JSON.stringify(outcome.refusals.map(({ rule, words }) => ({ rule, words }))));
      }
    }
    expect([...answers]).toEqual(['[{"rule":"no-such-address","words":{}}]']);
  });
  it('says so to a pupil and a teacher of another school too', async () => {
    for (const from of ['samuel.okafor', 'thomas.verdier']) {
      for (const to of ['yasmine.fares', 'karine.moreau', 'ce1-a.tilleuls', 'personne.dutout']) {
        const outcome = await town.send(from, [to]);
        expect(
          outcome.kind === 'denied' &&
            outcome.refusals.map(({ rule, words: { name, className } }) => ({
              rule,
              name,
              className,
            })),
          `${from} to ${to}`,
        ).toEqual([{ rule: 'no-such-address', name: undefined, className: undefined }]);
      }
    }
  });
  it('no link is forbidden where no list was read', async () => {
    const text =
      'Regarde http://xn--jeux-interdits-9eb.example/ et https://192.0.2.7/casino, ou poker.example.';
    expect(said(await town.send('lina.moreau', ['noe.garnier'], { text }))).toBe('accepted');
    expect(said(await town.send('claire.lefevre', ['karim.haddad'], { text }))).toBe('accepted');
    expect(said(await town.receive(stranger, ['claire.lefevre'], { text }))).toBe('accepted');
  });
  it('takes a bounce for a teacher', async () =>
    expect(said(await town.receive(null, ['claire.lefevre']))).toBe('accepted'));
  it('takes a bounce for no child', async () =>
    expect(said(await town.receive(null, ['lina.moreau']))).toBe('denied no-such-address'));
  it.each(['postmaster', 'abuse'])('takes mail to %s for the agents', async (list) => {
    const before = (await town.rows('hugues.armand')).length;
    expect(said(await town.receive(stranger, [list]))).toBe('accepted');
    expect(await town.rows('hugues.armand')).toHaveLength(before + 1);
  });
  it('reaches whoever holds a post today, by the address of the post', async () => {
    const before = (await town.rows('mamadou.diallo')).length;
    expect(said(await town.receive(stranger, ['direction.tilleuls']))).toBe('accepted');
    expect(await town.rows('mamadou.diallo')).toHaveLength(before + 1);
    expect(said(await town.receive(stranger, ['ecole.tilleuls']))).toBe('accepted');
    expect(await town.rows('mamadou.diallo')).toHaveLength(before + 2);
    expect(
      said(
        await town.receive(stranger, ['direction.tilleuls'], {
          proof: { authentication: 'fail', headers: '', server: [] },
        }),
      ),
    ).toBe('denied unproven-sender');
  });
  it('follows the post from one head to the next', async () => {
    const claire = (await town.rows('claire.lefevre')).length;
    const mamadou = (await town.rows('mamadou.diallo')).length;
    const roles = async (of: Readonly<Record<string, string>>) => {
      for (const [local, role] of Object.entries(of))
        await town.admin.query(
          `
            update post
            set role = '${role}'
            where address_id = (select id from address where local = '${local}')
          `,
        );
      await town.admin.query(`update school set roster_version = roster_version + 1`);
    };
    await roles({ 'claire.lefevre': 'head', 'mamadou.diallo': 'teacher' });
    try {
      expect(said(await town.receive(stranger, ['direction.tilleuls']))).toBe('accepted');
      expect(await town.rows('claire.lefevre')).toHaveLength(claire + 1);
      expect(await town.rows('mamadou.diallo')).toHaveLength(mamadou);
    } finally {
      await roles({ 'claire.lefevre': 'teacher', 'mamadou.diallo': 'head' });
    }
  });
  it('refuses one of two, and stores for none', async () => {
    const before = (await town.rows('claire.lefevre')).length;
    expect(said(await town.receive(stranger, ['claire.lefevre', 'lina.moreau']))).toBe(
      'denied no-such-address',
    );
    expect(await town.rows('claire.lefevre')).toHaveLength(before);
  });
});

it('no letter is answered by itself: not by a receipt that it asks for, not by a word of its own', async () => {
  const before = [await count(`due where kind = 'outbox'`), await count('message')];
  const asks = ['Disposition-Notification-To', 'Return-Receipt-To', 'X-Confirm-Reading-To']
    .map((field) => `${field}: marie@dehors.example\r\n`)
    .join('');
  const raw = Buffer.concat([
    Buffer.from(asks),
    rawLetter('marie@dehors.example', [town.address('claire.lefevre')]),
  ]);
  const stranger = { kind: 'outside', address: 'marie@dehors.example' } as const;
  const recipients = [town.address('claire.lefevre')];
  expect(
    said(
      await town.core.delivery.accept(
        { sender: stranger, recipients, via: 'mx', peer: null, session: 't', trace: '' },
        Readable.from([raw]),
      ),
    ),
  ).toBe('accepted');
  const claire = await town.viewer('claire.lefevre');
  const [row] = await town.rows('claire.lefevre');
  if (!row) throw new Error('no message');
  await town.core.mail.read(claire, row.mailbox, row.uid);
  await town.core.mail.mark(claire, row.mailbox, { uids: [row.uid], marks: { seen: true } });
  await town.core.mail.erase(claire, row.mailbox, [row.uid]);
  expect([await count(`due where kind = 'outbox'`), await count('message')]).toEqual(before);
});

it.each([
  'lina.moreau@ecoles.preau.test.',
  'x@sous.ecoles.preau.test',
  'personne@ecoles.preau.test',
  'a..b@museum.example',
  'x@museum.example.',
  'x y@museum.example',
])('nothing leaves for %s', async (address) =>
  expect(said(await town.send('claire.lefevre', [address]))).toBe('denied no-such-address'),
);

describe('the sender', () => {
  it('may not be somebody else', async () => {
    const viewer = await town.viewer('lina.moreau');
    const outcome = await town.core.delivery.accept(
      {
        sender: { kind: 'account', viewer },
        recipients: [town.address('claire.lefevre')],
        via: 'submission',
        peer: null,
        session: 't',
        trace: '',
      },
      Readable.from([rawLetter(town.address('claire.lefevre'), [])]),
    );
    expect(outcome).toEqual({ kind: 'not-your-address' });
  });
  it('may not write any more once their account is closed, whatever session they hold', async () => {
    const viewer = await town.viewer('yanis.hamdi');
    await change(`update account set state = 'suspended' where display_name = 'Yanis Hamdi'`);
    const outcome = await town.core.delivery.accept(
      {
        sender: { kind: 'account', viewer },
        recipients: [town.address('claire.lefevre')],
        via: 'web',
        peer: null,
        session: 't',
        trace: '',
      },
      Readable.from([rawLetter(viewer.address, [])]),
    );
    expect(said(outcome)).toBe('denied account-suspended');
    expect(said(await town.send('lina.moreau', ['yanis.hamdi']))).toBe('denied recipient-closed');
    expect(said(await town.send('samuel.okafor', ['yanis.hamdi']))).toBe('denied no-such-address');
    expect(said(await town.send('lina.moreau', ['ce1-a.tilleuls']))).toBe('accepted');
    await change(`update account set state = 'active' where display_name = 'Yanis Hamdi'`);
  });
});
