import { describe, expect, it } from 'vitest';
import { fieldsFrom } from '../http/fields.ts';
import { boxesOf, formOf, isRefused, sentencesOf } from './form.ts';

const FORM = formOf({
  name: { most: 5, isRequired: true, as: { autocomplete: 'off' } },
  reason: { most: 5, isCut: true },
  words: { isText: true, as: { rows: 3 } },
});
const sent = (values: Readonly<Record<string, string>>) => ({
  fields: fieldsFrom(new Map(Object.entries(values).map(([name, value]) => [name, [value]]))),
});
const visit = { asset: (name: string) => `/a/${name}` };

describe('what was typed into a form', () => {
  it.each([
    { when: 'spaces are at its ends', typed: { name: ' Léa ' }, then: { name: 'Léa' } },
    { when: 'it is too long', typed: { name: 'Léopoldine' }, then: { name: 'Léopoldine' } },
    { when: 'nobody says so', typed: { reason: 'Pour rien' }, then: { reason: 'Pour' } },
    { when: 'it has lines', typed: { words: ' a\r\nb\r' }, then: { words: ' a\nb\n' } },
    { when: 'it isn’t ours', typed: { other: 'x' }, then: {} },
  ])('is read by its fields alone; $when', ({ typed, then }) => {
    const given = FORM.typedIn(sent(typed));
    expect({ ...given, reason: given.reason.trim() }).toEqual({ ...FORM.blank().typed, ...then });
  });

  it('is given back with what is wrong below its field, which says so', async () => {
    const typed = FORM.typedIn(sent({ name: 'Léopoldine' }));
    const fields = FORM.shown(visit, {
      typed,
      wrong: sentencesOf(['name'], { name: 'Trop long.' }),
    });
    const shown = String(fields.line('name', { label: 'Nom', hint: 'Court' }));
    expect(shown).toContain('value="Léopoldine"');
    expect(shown).toContain('maxlength="5" required autocomplete="off" autofocus');
    expect(shown).toContain('aria-invalid="true" aria-describedby="name-trouble"');
    expect(shown).toMatch(/id="name-trouble" role="alert">.*Trop long\./);
    expect(shown).not.toContain('Court');
  });

  it('has the focus where the first is wrong, and there alone', async () => {
    const wrong = { name: 'Trop long.', words: 'Trop court.' };
    const fields = FORM.shown(visit, { ...FORM.blank(), wrong });
    expect(String(fields.line('name', { label: 'Nom' }))).toContain('autofocus');
    expect(String(fields.text('words', { label: 'Message' }))).not.toContain('autofocus');
    const elsewhere = FORM.shown(visit, { ...FORM.blank(), wrong: { words: 'Trop court.' } });
    const own = { label: 'Nom', as: { autofocus: true } };
    expect(String(elsewhere.line('name', own))).not.toContain('autofocus');
    const again = { label: 'Message', as: { autofocus: false } };
    expect(String(elsewhere.text('words', again))).toContain('autofocus');
    const blank = FORM.shown(visit, FORM.blank());
    expect(String(blank.line('name', own))).toContain('autofocus');
    expect(String(blank.line('name', { label: 'Nom' }))).not.toContain('autofocus');
  });

  it('may be spoken of by a line elsewhere, beside its hint', async () => {
    const fields = FORM.shown(visit, { ...FORM.blank(), wrongBy: { words: 'above' } });
    const shown = String(fields.text('words', { label: 'Message', hint: 'Court' }));
    expect(shown).toContain('aria-invalid="true" aria-describedby="words-hint above"');
    expect(String(fields.line('name', { label: 'Nom' }))).not.toContain('aria-invalid');
  });
});

it('fills a field whose label stands elsewhere, and says which line speaks of it', () => {
  const form = formOf({ until: { as: { type: 'date' } } });
  const typed = { until: '2020-01-01' };
  const shown = String(
    form.shown(visit, { typed, wrongBy: { until: 'why' } }).bare('until', { id: 'u7' }),
  );
  expect(shown).toContain('id="u7"');
  expect(shown).toContain('value="2020-01-01"');
  expect(shown).toContain('aria-invalid="true"');
  expect(shown).toContain('aria-describedby="why"');
  expect(shown).not.toContain('<label');
});

it('keeps a password as it was typed, and gives none back', async () => {
  const form = formOf({ password: { isSecret: true } });
  const typed = form.typedIn(sent({ password: ' deux mots ' }));
  expect(typed.password).toBe(' deux mots ');
  const shown = String(form.shown(visit, { typed }).line('password', { label: 'Secret' }));
  expect(shown).not.toContain('value=');
  expect(shown).not.toContain('deux mots');
});

it('reads of boxes what there is to tick, and shows it ticked again', async () => {
  const boxes = boxesOf('checkbox', 'level', ['CP', 'CE1', 'CE2'] as const);
  const level = ['CE2', 'CM9', 'CP'];
  const ticked = boxes.tickedIn({ fields: fieldsFrom(new Map([['level', level]])) });
  expect(ticked).toEqual(['CP', 'CE2']);
  const shown = boxes.shown(ticked, (one) => `le ${one}`).map(String);
  expect(shown.map((one) => / checked/.test(one))).toEqual([true, false, true]);
});

it.each([
  { filled: FORM.blank(), is: false },
  { filled: { ...FORM.blank(), wrong: {}, wrongBy: { name: null } }, is: false },
  { filled: { ...FORM.blank(), wrong: { name: 'Trop long.' } }, is: true },
  { filled: { ...FORM.blank(), wrongBy: { name: 'above' } }, is: true },
])('a form is refused where something of it is wrong: $is', ({ filled, is }) => {
  expect(isRefused(filled)).toBe(is);
});
