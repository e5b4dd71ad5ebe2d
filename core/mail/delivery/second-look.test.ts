import { beforeEach, expect, it } from 'vitest';
import { openHoldTown, said } from './testing/hold-town.ts';

const { town, only, release, inSchool, setModeration } = await openHoldTown();
const CE1 = 'CE1 A';
const HURTS = { subject: 'Bille', text: 'Rends ma bille. T’es trop nul !' };

const setLook = (look: string): Promise<void> =>
  inSchool(1, `update class set second_look = '${look}' where school_id = 1 and name = '${CE1}'`);
beforeEach(() => setLook('holds'));

it.each(['submission', 'web'] as const)(
  'holds a pupil’s doubtful words for the teacher of the class, who reads them: %s',
  async (via) => {
    expect(said(await town.send('lina.moreau', ['noe.garnier'], { ...HURTS, via }))).toBe(
      'held doubtful-words',
    );
    const teacher = await town.viewer('claire.lefevre');
    expect(await town.core.moderation.waiting(teacher)).toMatchObject([
      { rule: 'doubtful-words', doubtfulWords: ['T’es trop nul'], className: CE1 },
    ]);
    expect(said(await release('claire.lefevre'))).toBe('1 sent');
  },
);

it('holds none for a class that only suggests, or has it off; and nobody’s but a pupil’s', async () => {
  await setLook('suggests');
  expect(said(await town.send('lina.moreau', ['noe.garnier'], HURTS))).toBe('accepted');
  await setLook('off');
  expect(said(await town.send('lina.moreau', ['noe.garnier'], HURTS))).toBe('accepted');
  await setLook('holds');
  expect(said(await town.send('claire.lefevre', ['noe.garnier'], HURTS))).toBe('accepted');
});

it('holds up nobody who tells a grown-up what was said', async () => {
  expect(said(await town.send('lina.moreau', ['claire.lefevre'], HURTS))).toBe('accepted');
});

it('asks for one word: who has let it go as a moderated letter has read it', async () => {
  await setModeration(CE1, 1, 'all');
  expect(said(await town.send('lina.moreau', ['noe.garnier'], HURTS))).toBe('held class-moderated');
  expect((await only('claire.lefevre')).subject).toBe(HURTS.subject);
  expect(said(await release('claire.lefevre'))).toBe('1 sent');
});

it('shows the words to a pupil before they go, by who reads them, unless the class has it off', async () => {
  const lina = await town.viewer('lina.moreau');
  const look = (to: string, text: string) =>
    town.core.writings.secondLook(lina, {
      to: [town.address(to)],
      cc: [],
      subject: '',
      text,
      answers: 'sender',
      answerTo: null,
    });
  expect(await look('noe.garnier', HURTS.text)).toMatchObject({
    text: [{ kind: 'hurts', start: 16, end: 29 }],
    reachesChild: true,
    held: { rule: 'doubtful-words' },
  });
  expect(await look('claire.lefevre', HURTS.text)).toMatchObject({
    reachesChild: false,
    held: null,
  });
  expect(await look('noe.garnier', 'Mon numéro : 06 12 34 56 78')).not.toBeNull();
  expect(await look('claire.lefevre', 'Mon numéro : 06 12 34 56 78')).toBeNull();
  expect(await look('noe.garnier', 'Tu viens jouer ?')).toBeNull();
  await setLook('off');
  expect(await look('noe.garnier', HURTS.text)).toBeNull();
});
