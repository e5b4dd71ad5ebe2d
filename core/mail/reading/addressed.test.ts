import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestTown, proofFor, type TestTown } from '../../../tests/shared/town.ts';
import type { Face } from '../../rules/viewer.ts';
import type { MessageRow, MessageView } from './contract.ts';
import { wordsQuery } from './testing/words-query.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const addressesOf = (faces: readonly Face[]): string[] =>
  faces.map(({ address }) => address.split('@')[0] ?? '');

async function newest(local: string): Promise<{ row: MessageRow; view: MessageView }> {
  const [row] = await town.rows(local);
  const view = row && (await town.core.mail.read(await town.viewer(local), row.mailbox, row.uid));
  if (!row || !view) throw new Error(`${local} has no message`);
  return { row, view };
}

async function answer(local: string, whom: 'writer' | 'everyone'): Promise<string[]> {
  const { row } = await newest(local);
  const begun = await town.core.writings.answer(
    await town.viewer(local),
    { mailbox: row.mailbox, uid: row.uid },
    whom,
  );
  return (begun?.writing.to ?? []).map((address) => address.split('@')[0] ?? '');
}

/** From a pupil of a linked class, let go by the teacher; its header names one more. */
async function sendFromAfar(subject: string): Promise<void> {
  await town.send('samuel.okafor', ['lina.moreau'], {
    subject,
    header: { to: written('lina.moreau', 'julie.robin') },
  });
  const teacher = await town.viewer('claire.lefevre');
  const [held] = await town.core.moderation.waiting(teacher);
  if (held) await town.letGo(teacher, held.school, held.id);
}

/** As the header writes them. */
const written = (...locals: readonly string[]): string => locals.map(town.address).join(', ');

describe('to whom a message went', () => {
  it('is whom it was handed over for, whatever a pupil writes into To and Cc', async () => {
    await town.send('noe.garnier', ['lina.moreau'], {
      subject: 'Tu es nulle',
      header: { to: written('ce1-a.tilleuls'), cc: written('mamadou.diallo', 'claire.lefevre') },
    });
    const { row, view } = await newest('lina.moreau');
    expect([row.to, view.to, view.cc]).toEqual([[], [], []]);
    expect(addressesOf(view.claimed)).toEqual([
      'ce1-a.tilleuls',
      'mamadou.diallo',
      'claire.lefevre',
    ]);
    expect(view.claimed.map(({ kind }) => kind)).toEqual(['list', 'adult', 'adult']);
    expect(await answer('lina.moreau', 'everyone')).toEqual(['noe.garnier']);
    const { rows } = await town.core.mail.search(
      await town.viewer('lina.moreau'),
      wordsQuery('nulle'),
    );
    expect(rows[0]?.to).toEqual([]);
  });
  it('keeps those who did get it, in To and in Cc, and says nothing of hidden ones', async () => {
    await town.send('claire.lefevre', ['karim.haddad', 'mamadou.diallo', 'julie.robin'], {
      subject: 'À trois',
      header: {
        to: written('karim.haddad'),
        cc: `${written('mamadou.diallo')}, absent@dehors.example`,
      },
    });
    for (const local of ['karim.haddad', 'mamadou.diallo', 'julie.robin']) {
      const { view } = await newest(local);
      expect(
        [view.subject, addressesOf(view.to), addressesOf(view.cc), addressesOf(view.claimed)],
        local,
      ).toEqual(['À trois', ['karim.haddad'], ['mamadou.diallo'], ['absent']]);
    }
    expect(await answer('karim.haddad', 'everyone')).toEqual(['claire.lefevre', 'mamadou.diallo']);
  });
  it('is a list where the list was written to', async () => {
    await town.send('claire.lefevre', ['ce1-a.tilleuls'], { subject: 'À la classe', via: 'web' });
    const { row, view } = await newest('lina.moreau');
    expect([addressesOf(row.to), view.claimed]).toEqual([['ce1-a.tilleuls'], []]);
    expect(addressesOf((await town.rows('claire.lefevre', 'sent'))[0]?.to ?? [])).toEqual([
      'ce1-a.tilleuls',
    ]);
    const teacher = await town.viewer('claire.lefevre');
    const classId = teacher.classes.find(
      ({ address }) => address === town.address('ce1-a.tilleuls'),
    )?.id;
    expect(classId && (await town.core.teaching.letter(teacher, classId))).toMatchObject({
      subject: 'À la classe',
    });
    await town.send('claire.lefevre', ['lina.moreau'], {
      subject: 'À Lina seule',
      header: { to: written('ce1-a.tilleuls') },
    });
    expect(classId && (await town.core.teaching.letter(teacher, classId))).toMatchObject({
      subject: 'À la classe',
    });
  });
  it('lies with a message in every school, and with one that was held', async () => {
    await sendFromAfar('De loin');
    const { view } = await newest('lina.moreau');
    expect([view.subject, addressesOf(view.to), addressesOf(view.claimed)]).toEqual([
      'De loin',
      ['lina.moreau'],
      ['julie.robin'],
    ]);
    expect(await town.faults()).toEqual([]);
  });
  it('of mail from before this was kept is what the header says', async () => {
    await sendFromAfar('D’avant');
    await town.admin.query(`update message set recipients = null where subject = 'D’avant'`);
    const { view } = await newest('lina.moreau');
    expect([addressesOf(view.to), view.claimed]).toEqual([['lina.moreau', 'julie.robin'], []]);
  });
});

describe('of a stranger’s message', () => {
  const stranger = 'evil@evil.example';
  const writeToOursAndOthers = () =>
    town.receive(stranger, ['claire.lefevre'], {
      header: {
        to: `${written('claire.lefevre', 'lina.moreau')}, ami@dehors.example`,
        cc: written('personne.dutout'),
      },
    });

  it('our part is checked, that of other domains stays as it is', async () => {
    await writeToOursAndOthers();
    const { view } = await newest('claire.lefevre');
    expect([addressesOf(view.to), view.cc, addressesOf(view.claimed)]).toEqual([
      ['claire.lefevre', 'ami'],
      [],
      ['lina.moreau', 'personne.dutout'],
    ]);
  });
  it('an answer to all reaches no child that it only names', async () => {
    await writeToOursAndOthers();
    expect(await answer('claire.lefevre', 'everyone')).toEqual(['evil', 'ami']);
  });
  it('no answer goes to somebody of ours to whom it asks for one', async () => {
    const raw = `"Le musée" <${stranger}>\r\nReply-To: ${written('lina.moreau')}`;
    await town.receive(stranger, ['claire.lefevre'], { header: { from: raw } });
    expect(await answer('claire.lefevre', 'writer')).toEqual(['evil']);
  });
  it('a domain in letters that look like ours shows as what it is', async () => {
    await town.receive(stranger, ['claire.lefevre'], {
      header: { from: '"La direction" <direction@ecоles.preau.example>' },
    }); // a Cyrillic о
    expect((await newest('claire.lefevre')).row.from.address).toBe(
      'direction@xn--ecles-kye.preau.example',
    );
  });
  it('the name of somebody of the reader’s school is told from them', async () => {
    await town.receive(stranger, ['claire.lefevre'], {
      header: { from: `"Mamadou Diallo, directeur" <${stranger}>` },
      proof: proofFor(stranger),
    });
    expect((await newest('claire.lefevre')).view).toMatchObject({
      from: { kind: 'outside', address: stranger },
      namesake: { address: town.address('mamadou.diallo') },
    });
    await town.receive(stranger, ['claire.lefevre'], {
      header: { from: `"Une inconnue" <${stranger}>` },
    });
    expect((await newest('claire.lefevre')).view.namesake).toBeNull();
    await town.send('mamadou.diallo', ['claire.lefevre']);
    expect((await newest('claire.lefevre')).view.namesake).toBeNull();
  });
});
