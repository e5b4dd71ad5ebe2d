import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { PhraseWish } from './contract.ts';
import { drawnPicture, DRAWINGS, EVERYBODYS } from './drawings.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const classOf = ({ classes }: Viewer) => {
  const [own] = classes;
  if (own === undefined) throw new Error('of no class');
  return own.id;
};

it('are offered to each pupil, as letters with a picture that every mail program shows', async () => {
  const lina = await town.viewer('lina.moreau');
  const offered = await town.core.phrases.offered(lina);
  expect(offered.map(({ key }) => key)).toEqual(EVERYBODYS);
  const letter = await town.core.phrases.letter(lina, 'merci');
  expect(letter).toMatchObject({ words: 'Merci\u00a0!', picture: { name: 'merci.png' } });
  expect(await town.core.phrases.letter(lina, 'nothing')).toBeNull();
  expect(await town.core.phrases.offered(await town.viewer('claire.lefevre'))).toEqual([]);
  for (const drawing of DRAWINGS)
    expect(drawnPicture(drawing).toString('latin1', 1, 4), drawing).toBe('PNG');
});

it('of a class are made by who teaches it, and said by its children alone', async () => {
  const { phrases } = town.core;
  const claire = await town.viewer('claire.lefevre');
  const wish = { class: classOf(claire), words: ' J’ai  mangé ', picture: 'maison' };
  for (const local of ['mamadou.diallo', 'beatrice.vasseur', 'lina.moreau'])
    expect(await phrases.make(await town.viewer(local), wish)).toEqual({ kind: 'missing' });
  expect(await phrases.make(claire, wish)).toEqual({ kind: 'made' });
  const lina = await town.viewer('lina.moreau');
  const own = (await phrases.offered(lina)).at(-1);
  expect(own).toMatchObject({ words: 'J’ai mangé', drawing: 'maison' });
  const key = own?.key ?? '';
  expect(await phrases.letter(lina, key)).toMatchObject({ words: 'J’ai mangé' });
  // An adult who writes to the child sees what it is offered; of a class only who teaches it.
  const seen = async (local: string) => {
    const shown = await phrases.offeredIn(await town.viewer(local), [wish.class]);
    return shown.map(({ key: one, class: of }) => ({ one, of }));
  };
  const everybodys = EVERYBODYS.map((one) => ({ one, of: null }));
  expect(await seen('claire.lefevre')).toEqual([...everybodys, { one: key, of: wish.class }]);
  expect(await seen('mamadou.diallo')).toEqual(everybodys);
  // A child of another class neither sees nor says it.
  const rosa = await town.viewer('rosa.fernandes');
  expect((await phrases.offered(rosa)).map((one) => one.key)).not.toContain(key);
  expect(await phrases.letter(rosa, key)).toBeNull();
  const id = Number(key) as never;
  expect(await phrases.remove(lina, { class: wish.class, id })).toBe(false);
  expect(await phrases.remove(claire, { class: wish.class, id })).toBe(true);
  expect(await phrases.letter(lina, key)).toBeNull();
});

it.each<{ wrong: string; then: string; given: Partial<PhraseWish> }>([
  { wrong: 'nothing said', then: 'no-words', given: { words: ' \t' } },
  { wrong: 'too much said', then: 'too-long', given: { words: 'x'.repeat(61) } },
  { wrong: 'no picture', then: 'no-picture', given: { picture: '' } },
  {
    wrong: 'a script called a picture',
    then: 'not-a-picture',
    given: { picture: { bytes: Buffer.from('<svg onload="x()">') } },
  },
  { wrong: 'heavy', then: 'too-big', given: { picture: { bytes: Buffer.alloc(200_001) } } },
])('say what is wrong: $wrong', async ({ then, given }) => {
  const claire = await town.viewer('claire.lefevre');
  const wish = { class: classOf(claire), words: 'Oui', picture: 'bravo', ...given };
  expect(await town.core.phrases.make(claire, wish)).toEqual({ kind: then });
});

it('of a class may have its own picture, and are twelve at most', async () => {
  const { phrases } = town.core;
  const karim = await town.viewer('karim.haddad');
  const picture = { bytes: drawnPicture('coucou') };
  const wish = { class: classOf(karim), words: 'On joue ?', picture };
  await town.admin.query(
    `insert into class_phrase (school_id, class_id, words, drawing)
     select $1, $2, 'Oui', 'bravo' from generate_series(1, 10)`,
    [karim.school, wish.class],
  );
  const made = await Promise.all([1, 2, 3, 4].map(() => phrases.make(karim, wish)));
  expect(made.map(({ kind }) => kind).sort()).toEqual(['made', 'made', 'too-many', 'too-many']);
  const own = (await phrases.ofClass(karim, wish.class))?.own.at(-1);
  const shown = await phrases.picture(karim, { class: wish.class, id: Number(own?.key) as never });
  expect(shown?.bytes.equals(picture.bytes)).toBe(true);
});
