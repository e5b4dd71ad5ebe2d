/**
 * 400 % of zoom on a screen of 1280 × 1024: pages of 320 × 256, of which all can be read; and what
 * makes a page wider than 320 px: names of one long word, pictures, menus.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { waveOf } from '../core/letters/voice/wave.ts';
import { drawnPicture } from '../core/mail/phrases/drawings.ts';
import { giveTo } from '../core/school/wall/testing/makings.ts';
import { hasChromium } from '../tests/shared/chromium.ts';
import { lowFaults } from '../tests/shared/narrow-faults.ts';
import { wideFaults } from '../tests/shared/page-faults.ts';
import { showInBrowser } from '../tests/shared/plain/shown.ts';
import { SOAKED, sliced } from '../tests/shared/slice.ts';
import type { TownLetter } from '../tests/shared/town.ts';
import { openPages } from './testing/pages.ts';

const LOW = { viewport: { width: 320, height: 256 } };
const SIDE = { viewport: { width: 844, height: 390 } };

/** With what has no place to break: an address of a page. */
const TEXT = `Bonjour.\n\nhttps://ecoles.example/${'papier/'.repeat(12)}`;

/** A word of a child, and what a machine calls a file: neither has a place to break. */
const LONG = `Trop ${'bi'.padEnd(100, 'i')}en`;
const PICTURE = 'compte_rendu_conseil_ecole_12_novembre_2026.png';
const PDF = {
  name: 'feuille-musee.pdf',
  mediaType: 'application/pdf',
  bytes: Buffer.from('%PDF-1.4'),
};
const SOUND = {
  name: 'comptine.wav',
  mediaType: 'audio/wav',
  bytes: waveOf(new Int16Array(800)),
};

const { town, visits } = await openPages();

describe.skipIf(!hasChromium())('a low screen (skipped where chromium is not installed)', () => {
  beforeAll(async () => {
    for (const local of ['lina.moreau', 'claire.lefevre'])
      await town.send('mamadou.diallo', [local], { subject: 'La fête', text: TEXT });
    await town.send('sylvie.caradec', ['tom.moreau'], { subject: 'La mer', text: 'Demain.' });
  });

  // Who is looked at zoomed in, and who on its side, turn about.
  const people = [
    { who: 'lina.moreau', paths: ['/mail/inbox', ':uid', '/write', '/comfort', '/help'] },
    { who: 'claire.lefevre', paths: ['/mail/inbox', ':uid', '/write', '/classes', '/settings'] },
    { who: 'mamadou.diallo', paths: ['/mail/inbox', '/write', '/people', '/school', '/more'] },
    { who: 'tom.moreau', paths: ['/mail/inbox', ':uid', '/write', '/quit'] },
  ];
  it('nothing sticks and all of it scrolls where a child’s mail is read', () =>
    scrolls({ who: 'lina.moreau', paths: ['/mail/inbox', ':uid'], size: LOW }));
  it.each(people.flatMap((one) => [LOW, SIDE].map((size) => ({ ...one, size }))))(
    'nothing sticks and all of it scrolls, for $who at $size.viewport.width px',
    SOAKED,
    scrolls,
  );

  async function scrolls({
    who,
    paths,
    size,
  }: {
    readonly who: string;
    readonly paths: readonly string[];
    readonly size: typeof LOW;
  }): Promise<void> {
    const wrong: string[] = [];
    const page = await visits.enter(who, size);
    for (const path of paths) {
      const uid = (await town.rows(who))[0]?.uid ?? 0;
      await page.goto(visits.base + (path === ':uid' ? `/mail/inbox/${uid}` : path));
      wrong.push(...(await lowFaults(page, `${size.viewport.width} ${path}`)));
    }
    expect(wrong).toEqual([]);
  }

  const NO_WIDER = 'nothing makes $what wider than a screen of 320 px';
  const wide = sliced(3, [
    { what: 'a list of a long name', who: 'lina.moreau', at: listWithLongName },
    {
      what: 'a letter of a long name',
      who: 'lina.moreau',
      at: () => broughtTo('lina.moreau', { subject: LONG }),
    },
    {
      what: 'a wall as its teacher has it',
      who: 'claire.lefevre',
      at: () => hungBy('claire.lefevre', 'lina.moreau'),
    },
    {
      what: 'a letter with a PDF',
      who: 'sofia.marques',
      at: () => broughtTo('sofia.marques', { file: PDF }),
    },
    {
      what: 'a letter with a sound',
      who: 'amine.benali',
      at: () => broughtTo('amine.benali', { file: SOUND }),
    },
    { what: 'a picture in a cupboard', who: 'lina.moreau', at: () => putBy('claire.lefevre') },
    { what: 'a wall', who: 'lina.moreau', at: () => hungBy('claire.lefevre', 'lina.moreau') },
    {
      what: 'a little one’s picture in a cupboard',
      who: 'tom.moreau',
      at: () => putBy('sylvie.caradec'),
    },
  ]);
  it.each(wide.some)(NO_WIDER, isNoWider);
  it.each(wide.rest)(NO_WIDER, SOAKED, isNoWider);

  async function isNoWider({ who, at }: (typeof wide.some)[number]): Promise<void> {
    const path = await at();
    const page = await showInBrowser(await visits.read(who, path), { script: false });
    expect(await wideFaults(page, `${who} ${path}`)).toEqual([]);
  }

  async function listWithLongName(): Promise<string> {
    await broughtTo('lina.moreau', { subject: LONG });
    return '/mail/inbox';
  }

  /** A letter that a teacher brings somebody, and where it stands. */
  async function broughtTo(local: string, letter: Partial<TownLetter>): Promise<string> {
    await town.send('claire.lefevre', [local], letter);
    return `/mail/inbox/${(await town.rows(local))[0]?.uid}`;
  }

  /** The wall of a class on which two drawings of a child hang beside each other. */
  async function hungBy(local: string, author: string): Promise<string> {
    const [teacher, child] = [await town.viewer(local), await town.viewer(author)];
    for (const made of ['house', 'fish'] as const) {
      const item = await giveTo(town.core, teacher, { child, made });
      await town.core.walls.hang(teacher, { school: teacher.school, item });
    }
    return `/walls/${teacher.school}/${teacher.classes[0]?.id}`;
  }

  /** A picture with a long name in the cupboard of a teacher's class. */
  async function putBy(local: string): Promise<string> {
    const teacher = await town.viewer(local);
    const cupboards = await town.core.cupboards.list(teacher);
    const ofClass = cupboards.map(({ ref }) => ref).find((ref) => 'classId' in ref);
    const file = { name: PICTURE, mediaType: 'image/png', bytes: drawnPicture('dessin') };
    const put = ofClass && (await town.core.cupboards.put(teacher, ofClass, file));
    if (put?.kind !== 'put') throw new Error('not put');
    return `/stored/${put.ref.school}/${put.ref.item}`;
  }
});
