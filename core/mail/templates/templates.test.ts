import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { TemplateWish } from './contract.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const wish = (title: string, more: Partial<TemplateWish> = {}): TemplateWish => ({
  id: null,
  school: null,
  title,
  subject: 'Sortie du …',
  text: 'Bonjour,',
  ...more,
});
const titles = (all: readonly { readonly title: string }[] = []) => all.map(({ title }) => title);

it('are one’s own, seen and changed by nobody else', async () => {
  const { templates } = town.core;
  const claire = await town.viewer('claire.lefevre');
  const saved = await templates.save(claire, wish('Mot de sortie'));
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  const { id } = saved;
  expect(titles((await templates.offered(claire))?.own)).toEqual(['Mot de sortie']);
  for (const local of ['karim.haddad', 'mamadou.diallo', 'julie.robin']) {
    const other = await town.viewer(local);
    expect(titles((await templates.offered(other))?.own)).not.toContain('Mot de sortie');
    expect(await templates.save(other, wish('Pris', { id }))).toEqual({ kind: 'missing' });
    expect(await templates.remove(other, { id, school: null })).toBe(false);
    expect(await templates.remove(other, { id, school: claire.school })).toBe(false);
  }
  expect(await templates.save(claire, wish('Sortie', { id }))).toEqual({ kind: 'saved', id });
  expect(await templates.remove(claire, { id, school: null })).toBe(true);
  expect((await templates.offered(claire))?.own).toEqual([]);
});

it('of the school are made by its head, and offered to all its adults and nobody else', async () => {
  const { templates } = town.core;
  const [head, claire, stranger] = [
    await town.viewer('mamadou.diallo'),
    await town.viewer('claire.lefevre'),
    await town.viewer('beatrice.vasseur'),
  ];
  const { school } = head;
  expect((await templates.save(head, wish('Cantine', { school }))).kind).toBe('saved');
  for (const other of [claire, stranger])
    expect(await templates.save(other, wish('Cantine 2', { school }))).toEqual({ kind: 'missing' });
  expect(await templates.offered(claire)).toMatchObject({
    schools: [{ school, mayChange: false, templates: [{ title: 'Cantine' }] }],
  });
  expect((await templates.offered(head))?.schools[0]?.mayChange).toBe(true);
  expect(titles((await templates.offered(stranger))?.schools[0]?.templates)).toEqual([]);
  for (const local of ['lina.moreau', 'karine.moreau']) {
    const who = await town.viewer(local);
    expect(await templates.offered(who)).toBeNull();
    expect(await templates.save(who, wish('Mien'))).toEqual({ kind: 'missing' });
  }
});

it.each([
  { wrong: 'no title', then: 'no-title', given: { title: ' \t ' } },
  { wrong: 'nothing in it', then: 'empty', given: { subject: ' ', text: '\n' } },
  { wrong: 'a title too long', then: 'too-long', given: { title: 'x'.repeat(61) } },
  { wrong: 'a text too long', then: 'too-long', given: { text: 'x'.repeat(20_001) } },
  { wrong: 'a title that is taken', then: 'title-taken', given: { title: 'ABSENCE' } },
])('says what is wrong: $wrong', async ({ then, given }) => {
  const karim = await town.viewer('karim.haddad');
  await town.core.templates.save(karim, wish('Absence'));
  expect(await town.core.templates.save(karim, wish('Autre', given))).toEqual({ kind: then });
});

it('keep the formatting of an adult’s words, and nothing else of what a page brings', async () => {
  const { templates } = town.core;
  const claire = await town.viewer('claire.lefevre');
  const html = [
    '<div style="color:red">Départ à <b>8 h</b><img src="https://traceur.example/x.png"></div>',
    '<script>alert(1)</script><ul><li onclick="alert(1)">un pique-nique</li></ul>',
    '<div><img src="cid:plan@ecole" alt="le plan"></div><div><br></div><div>Claire Lefèvre</div>',
  ].join('');
  const made = await templates.save(claire, {
    ...wish('Sortie formatée', { html, text: 'autre chose' }),
    signature: '\nClaire Lefèvre',
  });
  if (made.kind !== 'saved') throw new Error(made.kind);
  const kept = (await templates.offered(claire))?.own.find(({ id }) => id === made.id);
  expect(kept?.text).toBe('Départ à 8 h\n- un pique-nique\n\n[le plan]');
  expect(kept?.html?.replaceAll(/\r?\n/g, '')).toBe(
    '<div>Départ à <b>8 h</b></div><ul><li>un pique-nique</li></ul><div>[le plan]</div>',
  );
  const bare = await templates.fill(claire, { subject: '', text: '' }, made.id);
  expect(bare).toMatchObject({ subject: 'Sortie du …', text: kept?.text });
  const written = { subject: 'Le mien', text: 'À demain', html: '<div><i>À demain</i></div>' };
  const both = await templates.fill(claire, written, made.id);
  expect(both?.subject).toBe('Le mien');
  expect(both?.text).toBe(`${kept?.text}\n\nÀ demain`);
  expect(both?.html).toContain('<b>8 h</b>');
  expect(both?.html).toContain('<i>À demain</i>');
  expect(await templates.remove(claire, { id: made.id, school: null })).toBe(true);
  expect(await templates.fill(claire, written, made.id)).toBeNull();
});

it('that are plain fill a formatted letter and lose none of its words', async () => {
  const { templates } = town.core;
  const claire = await town.viewer('claire.lefevre');
  const made = await templates.save(claire, wish('Simple', { text: 'Bonjour,\n\nÀ vous.' }));
  if (made.kind !== 'saved') throw new Error(made.kind);
  const letter = { subject: 'S', text: 'Un mot', html: '<div><b>Un mot</b></div>' };
  const both = await templates.fill(claire, letter, made.id);
  expect(both?.text).toBe('Bonjour,\n\nÀ vous.\n\nUn mot');
  expect(both?.html).toContain('<div>Bonjour,</div>');
  expect(both?.html).toContain('<b>Un mot</b>');
  const plain = await templates.fill(claire, { subject: 'S', text: '\n\nUn mot' }, made.id);
  expect(plain).toEqual({ subject: 'S', text: 'Bonjour,\n\nÀ vous.\n\nUn mot' });
  await templates.remove(claire, { id: made.id, school: null });
});

it('are refused where their formatting is longer than one may be', SOAKED, async () => {
  const { templates } = town.core;
  const claire = await town.viewer('claire.lefevre');
  const html = `<div>${'<b>a</b><i>b</i>'.repeat(9_000)}</div>`;
  expect(await templates.save(claire, wish('Long', { html }))).toEqual({ kind: 'too-long' });
});
