/**
 * Cupboards under load: a hundred files brought at once beside letters, hostile files, and as many
 * files as a town has. Figures are printed; what is held is wide enough for a busy machine.
 */
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { smallPdf } from '../../../cli/demo/files.ts';
import { grainyPng } from '../../letters/message/testing/documents.ts';
import type { Upload } from '../../mail/writing/contract.ts';
import { openCupboardTown } from './testing/cupboard-town.ts';

const { town, cupboards, claire, ce1, put } = await openCupboardTown();
const LOCALS = ['lina.moreau', 'noe.garnier', 'claire.lefevre', 'mamadou.diallo'] as const;
const UPLOADS = 100;
const HOSTILE = 300;
const TOWN_FILES = 2_000_000;
const MEGABYTE = 1_000_000;
/** A letter beside a hundred uploads takes no longer than this. */
const MOST_LETTER_MS = 10_000;
/** Files wait in their turns, whole: some hundred of one megabyte, and what reads them. */
const MOST_GROWTH_MB = 700;
const MOST_PAGE_MS = 60;

const print = (figure: string, values: Readonly<Record<string, number>>): void => {
  process.stdout.write(`${JSON.stringify({ figure, ...values })}\n`);
};
const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await act();
  return Math.round(performance.now() - begun);
};
afterEach(() => town.admin.query('delete from cupboard; delete from stored_body'));

/** Words that compress badly, so many bytes. */
function words(name: string, bytes: number): Upload {
  const filled = Buffer.alloc(bytes, `${name} Le chat dort sur le mur, ${name}. `);
  return { name: `${name}.txt`, mediaType: 'text/plain', bytes: filled };
}

async function letters(count: number): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < count; at += 1)
    times.push(
      await timed(() => town.send('claire.lefevre', ['lina.moreau'], { subject: `Lettre ${at}` })),
    );
  return Math.max(...times);
}

it('a hundred files come at once, and letters go beside them', async () => {
  const viewers = await Promise.all(LOCALS.map((local) => town.viewer(local)));
  const alone = await letters(10);
  const before = process.memoryUsage.rss();
  const begun = performance.now();
  const coming = Array.from({ length: UPLOADS }, async (_, at) => {
    const viewer = viewers[at % viewers.length] ?? claire;
    const own = { school: viewer.school, place: 'own' } as const;
    return cupboards.put(viewer, own, words(`f${at}`, MEGABYTE));
  });
  const beside = await letters(10);
  const became = await Promise.all(coming);
  const growth = Math.round((process.memoryUsage.rss() - before) / MEGABYTE);
  print('hundred_uploads', {
    ms: Math.round(performance.now() - begun),
    letterAloneMs: alone,
    letterBesideMs: beside,
    growthMb: growth,
  });
  expect(became.map((one) => one?.kind)).toEqual(Array.from({ length: UPLOADS }, () => 'put'));
  expect(beside).toBeLessThan(MOST_LETTER_MS);
  expect(growth).toBeLessThan(MOST_GROWTH_MB);
});

it('hostile files each become something that is said, and end nothing', async () => {
  const seeds = [
    grainyPng(40, 40),
    smallPdf('a.pdf', ['Le chat']).bytes,
    Buffer.from('PK\u0003\u0004'),
  ];
  const file = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 30 }),
      fc.nat({ max: 4_000 }),
      fc.constantFrom('x.png', '../x.jpg', 'CON', 'x.svg', '\u202Egnp.exe', 'é'.repeat(255), ''),
      fc.constantFrom('image/png', 'image/jpeg', 'application/pdf', 'text/html', 'x'),
    )
    .map(([seed, changes, length, name, mediaType]): Upload => {
      const bytes = Buffer.from(seed.subarray(0, Math.max(1, length)));
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return { name, mediaType, bytes };
    });
  const counts: Record<string, number> = {};
  const ms = await timed(async () => {
    for (const one of fc.sample(file, HOSTILE)) {
      const became = await cupboards.put(claire, ce1, one);
      const kind = became?.kind ?? 'missing';
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
  });
  print('hostile_files', { ms, ...counts });
  expect(Object.keys(counts).filter((kind) => !['put', 'refused', 'empty'].includes(kind))).toEqual(
    [],
  );
  await put({ ...words('Après', 10), name: 'Après.txt' });
});

it('a folder opens at once in a town of two million files', async () => {
  const ref = await put(words('Feuille', 20));
  await town.admin.query(
    `insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
        author_address_id, made_at, changed_at, sha256, media_type, size_bytes)
      select i.school_id, i.cupboard_id, i.kind, i.path, n || i.name, n || i.name_key,
        n || i.folded, i.sees, i.author_address_id, i.made_at, i.changed_at, i.sha256,
        i.media_type, i.size_bytes
      from cupboard_item i, generate_series(1, 20000) n where i.id = ${ref.item};
    with others as (
      insert into cupboard (school_id, place, account_id)
      select a.school_id, 'own', a.id from account a where a.school_id = ${ref.school}
      limit 100
      returning school_id, id
    )
    insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
        made_at, changed_at, sha256, media_type, size_bytes)
      select o.school_id, o.id, 'file', '{}', n::text, n::text, n::text, 'author', now(), now(),
        i.sha256, i.media_type, i.size_bytes
      from others o, cupboard_item i,
        generate_series(1, ${TOWN_FILES} / (select count(*)::integer from others)) n
      where i.id = ${ref.item};
    analyze cupboard_item`,
  );
  const lina = await town.viewer('lina.moreau');
  const best = async (act: () => Promise<unknown>): Promise<number> =>
    Math.min(await timed(act), await timed(act), await timed(act), await timed(act));
  const { rows } = await town.admin.query<{ files: number; bytes: number }>(
    `select count(*)::int as files,
      pg_total_relation_size('cupboard_item')::bigint::float8 as bytes from cupboard_item`,
  );
  const figures = {
    files: rows[0]?.files ?? 0,
    megabytes: Math.round((rows[0]?.bytes ?? 0) / MEGABYTE),
    teacherMs: await best(() => cupboards.folder(claire, ce1, null)),
    childMs: await best(() => cupboards.folder(lina, ce1, null)),
    searchMs: await best(() => cupboards.search(lina, ce1, '19999')),
  };
  print('town_of_files', figures);
  expect(figures.files).toBeGreaterThan(TOWN_FILES);
  expect(Math.max(figures.teacherMs, figures.childMs)).toBeLessThan(MOST_PAGE_MS);
});
