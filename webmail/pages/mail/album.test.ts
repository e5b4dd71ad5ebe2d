/** A child's own album: a stamp for each person they have written to, and nobody else's to see. */
import { beforeEach, expect, it } from 'vitest';
import { openTownPages } from '../../testing/served.ts';

const { town, enter } = await openTownPages();
const [LINA, TOM] = ['lina.moreau', 'tom.moreau'];
beforeEach(() => town.admin.query('delete from contact'));

/** The names on the stamps, in their order. */
async function stampsOf(local: string): Promise<string[]> {
  const { body } = await (await enter(local)).get('/album');
  return [...body.matchAll(/class="says-name postage" data-name="([^"]+)"/g)].map(
    ([, name = '']) => name,
  );
}

it('has a stamp for a classmate, a teacher, a pen friend and a family, once each, as they came', async () => {
  expect(await stampsOf(LINA)).toEqual([]);
  await town.admin.query(
    `begin; set local preau.school = '1';
     update class_link set moderated = false where school_id = 1; commit`,
  );
  for (const to of ['noe.garnier', 'claire.lefevre', 'ondine.le-bihan', 'karine.moreau'])
    for (const subject of ['Une', 'Deux']) await town.send(LINA, [to], { subject });
  await town.send(LINA, ['ce1-a.tilleuls']); // a list is nobody
  await town.send('adele.vidal', [LINA]); // who writes to a child is no stamp of theirs
  expect(await stampsOf(LINA)).toEqual(['Noé', 'Madame Lefèvre', 'Ondine', 'Maman']);
  const { body } = await (await enter(LINA)).get('/album');
  const main = body.slice(body.indexOf('<h1 id="t">'), body.indexOf('</section>'));
  expect(main.replace(/<svg.*?<\/svg>/gs, '').replace(/<[^>]+>/g, ' ')).not.toMatch(/\d/);
});

it('stays when the letter is thrown away, and is there with it for the first time', async () => {
  await town.send(LINA, ['noe.garnier'], { subject: 'Jetée', via: 'web' });
  const viewer = await town.viewer(LINA);
  const mailbox = await town.mailbox(viewer, 'sent');
  const uids = (await town.rows(LINA, 'sent')).map(({ uid }) => uid);
  await town.core.mail.erase(viewer, mailbox, uids);
  expect(await stampsOf(LINA)).toEqual(['Noé']);
});

it('has none of a letter that waits, and none of whom an adult keeps apart', async () => {
  await town.send('eliott.marchal', ['lucie.moreau']);
  const waiting = await town.send('nahel.roche', ['clemence.fabre']);
  expect(waiting.kind).toBe('held');
  expect(await stampsOf('nahel.roche')).toEqual([]);
  await town.send(LINA, ['noe.garnier']);
  expect(await stampsOf(LINA)).toEqual(['Noé']);
  const id = async (local: string) => (await town.viewer(local)).addressId;
  const [one, other, by] = [await id(LINA), await id('noe.garnier'), await id('claire.lefevre')];
  await town.admin.query(
    `insert into kept_apart (school_id, one_address_id, other_address_id, by_address_id, at)
     values (1, $1, $2, $3, now())`,
    [Math.min(one, other), Math.max(one, other), by],
  );
  await town.admin.query('update school set roster_version = roster_version + 1');
  town.clock.now = new Date(town.clock.now.getTime() + 2_000);
  await expect.poll(() => stampsOf(LINA), { timeout: 5_000 }).toEqual([]);
  await town.admin.query('delete from kept_apart');
  await town.admin.query('update school set roster_version = roster_version + 1');
});

it('has none of a guardian once they are blocked', async () => {
  await town.send(LINA, ['karine.moreau']);
  expect(await stampsOf(LINA)).toEqual(['Maman']);
  const block = async (isBlocked: boolean): Promise<void> => {
    await town.admin.query(`update guardianship set blocked = $1 where guardian_address_id = $2`, [
      isBlocked,
      (await town.viewer('karine.moreau')).addressId,
    ]);
    await town.admin.query('update school set roster_version = roster_version + 1');
  };
  await block(true);
  await expect.poll(() => stampsOf(LINA), { timeout: 5_000 }).toEqual([]);
  await block(false);
});

it.each(['claire.lefevre', 'mamadou.diallo', 'karine.moreau', 'hugues.armand'])(
  'is nobody’s but a child’s own: %s',
  async (local) => {
    expect((await (await enter(local)).get('/album')).statusCode).toBe(404);
    expect((await (await enter(local)).get('/album?account=1')).statusCode).toBe(404);
  },
);

it('is heard by those who don’t read yet, who find it at home and after a letter', async () => {
  const tom = await enter(TOM);
  expect((await tom.get('/mail/inbox')).body).toContain('href="/album"');
  const bare = (await tom.get('/album')).body;
  expect(bare).toContain('/says/albumBare');
  expect(bare).toContain('href="/write?make=draw"');
  await town.send(TOM, ['lila.ziani']);
  const { body } = await tom.get('/album');
  expect(body).toContain('/says/album"');
  expect(await stampsOf(TOM)).toEqual(['Lila']);
});

it('is led to from what a child has sent', async () => {
  expect((await (await enter(LINA)).get('/mail/sent')).body).toContain('href="/album"');
  expect((await (await enter('claire.lefevre')).get('/mail/sent')).body).not.toContain('/album');
});
