import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { AddressId } from '../../ground/ids.ts';
import { type RosterActor } from './contract.ts';
import { classmates, csv, guardian, pupil, teacher, wishOf } from './testing/school-files.ts';
import { openSchools, previewOf } from './testing/schools.ts';

const HEAD: RosterActor = { kind: 'head', address: 1 as AddressId };
const { store, rosters, freshSchool, dumped, peopleNow } = await openSchools(60);

it('no role rises: a parent stays a parent, a teacher a teacher, a head’s file names no head', async () => {
  const school = freshSchool();
  const [child] = classmates('CP', 'Evrard', 1);
  if (!child) throw new Error('no child');
  await rosters.apply(
    wishOf(school, [
      csv.pupils([child]),
      csv.guardians([guardian('Lise Evrard', [child], 'lise@exemple.fr')]),
      csv.teachers([teacher('Anne Roche', ['CP'])]),
    ]),
  );
  const applied = await rosters.apply(
    wishOf(
      school,
      [
        csv.teachers([
          teacher('Lise Evrard', ['CP'], { email: 'lise@exemple.fr', head: true }),
          teacher('Anne Roche', ['CP'], { head: true }),
          teacher('Paul Neuf', [], { head: true }),
        ]),
      ],
      { by: HEAD },
    ),
  );
  expect(previewOf(applied).refused).toMatchObject([{ reason: 'role-raise' }]);
  expect(previewOf(applied).notRaised.map(({ name }) => name)).toEqual(['Anne Roche', 'Paul Neuf']);
  expect(await peopleNow(school, 'head')).toEqual([]);
  expect((await peopleNow(school, 'teacher')).map(({ name }) => name)).toEqual([
    'Anne Roche',
    'Paul Neuf',
  ]);
});

it('nobody’s name takes the address of a post or a list, of their own school or of one that has none yet', async () => {
  const [school, other] = [freshSchool(), freshSchool()];
  const words = ['Direction', 'Equipe', 'Familles', 'Eleves', 'Ecole', 'CP'];
  const squatters = [school, other].flatMap((one) =>
    words.map((word) => pupil(`${word} Ecole-${one}`, 'CP')),
  );
  const file = [csv.pupils([...classmates('CP', 'Prat'), ...squatters])];
  expect((await rosters.apply(wishOf(school, file))).kind).toBe('applied');
  await rosters.apply(wishOf(other, [csv.pupils(classmates('CP', 'Quere'))]));
  const kinds = await store.town(async (tx) => {
    const rows = await tx.db
      .selectFrom('address')
      .select(['local', 'kind'])
      .where('school_id', 'in', [school, other])
      .execute();
    return new Map(rows.map(({ local, kind }) => [local, kind]));
  });
  const lists = {
    direction: 'headship',
    equipe: 'team',
    familles: 'families',
    eleves: 'pupils',
    ecole: 'office',
    cp: 'class',
  };
  for (const one of [school, other]) {
    for (const [word, kind] of Object.entries(lists)) {
      expect(kinds.get(`${word}.ecole-${one}`), `${word} ${one}`).toBe(kind);
      expect(kinds.get(`${word}.ecole-${one}-2`), `${word} ${one}`).toBe('account');
    }
  }
  expect(await rosters.apply(wishOf(school, file))).toMatchObject({ kind: 'nothing' });
});

it('hostile files import nothing, or what they may as plain text', async () => {
  const school = freshSchool();
  const before = await dumped(school);
  const bytes = (text: string) => [{ name: 'eleves.csv', bytes: Buffer.from(text, 'utf8') }];
  const head = 'Nom élève;Prénom élève;Date naissance;INE;Niveau;Libellé classe\r\n';
  for (const text of [
    '',
    'a;b\r\n1;2\r\n',
    `${head}"Martin;Léa;2018-01-01;;CP;CP\r\n`,
    `${head}${'x;'.repeat(300)}\r\n`,
  ]) {
    expect(['unreadable', 'stopped']).toContain(
      (await rosters.apply(wishOf(school, bytes(text)))).kind,
    );
    expect(await dumped(school)).toEqual(before);
  }
  expect(await rosters.apply(wishOf(999, bytes(head)))).toEqual({ kind: 'no-school' });
  expect(await rosters.apply(wishOf(school, bytes(head), { year: '2031-2032' }))).toMatchObject({
    kind: 'wrong-year',
    running: '2026-2027',
  });
});

const HOSTILE = fileURLToPath(
  new URL('../../../../shared/corpora/rosters-hostile/', import.meta.url),
);

it.skipIf(!existsSync(HOSTILE))(
  'the hostile rosters, their columns named: each line used as plain text or refused with its reason, never half',
  async () => {
    for (const name of readdirSync(HOSTILE).filter((each) => each.endsWith('.csv'))) {
      const school = freshSchool();
      const mapping = {
        of: 'pupils',
        familyName: 'last_name',
        givenName: 'first_name',
        usedName: null,
        birthDate: null,
        ine: 'login',
        level: null,
        className: 'class',
      } as const;
      const applied = await rosters.apply(
        wishOf(school, [{ name, bytes: readFileSync(HOSTILE + name) }], { mapping }),
      );
      expect(['stopped', 'unreadable', 'applied']).toContain(applied.kind);
      const dump = await dumped(school);
      if (applied.kind !== 'applied') expect(Object.values(dump).flat()).toEqual([]);
      else expect(dump['account']).toHaveLength(previewOf(applied).arrives.length);
      if ('preview' in applied)
        for (const { reason, at } of applied.preview.refused)
          expect(`${reason} ${at.line}`).toMatch(/^[a-z-]+ [1-9]/);
    }
  },
);

it(
  'the largest school that there may be is compared at once, and nobody waits for it; a larger one is refused',
  SOAKED,
  async () => {
    const school = freshSchool();
    const letters = (number: number) =>
      [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const fileOf = (people: number) =>
      csv.pupils(
        Array.from({ length: people }, (_, index) =>
          pupil(`Ana${letters(index * 7)} Nom${letters(index)}`, `CP ${index % 236}`),
        ),
      );
    const workedMs: number[] = [];
    const file = fileOf(5_900);
    for (let tries = 0; tries < 3; tries += 1) {
      const since = process.cpuUsage();
      const { kind } = await rosters.preview(wishOf(school, [file]));
      const { user, system } = process.cpuUsage(since);
      expect(kind).toBe('preview');
      workedMs.push((user + system) / 1_000);
    }
    process.stdout.write(`5,900 people: ${Math.min(...workedMs).toFixed(0)} ms of work\n`);
    expect(Math.min(...workedMs)).toBeLessThan(500);
    expect(await rosters.preview(wishOf(school, [fileOf(6_001)]))).toMatchObject({
      kind: 'unreadable',
      reason: 'too-many-people',
    });
  },
);

/** Processor time that the event loop was held at a stretch while something was done, at most. */
async function longestHoldMs(work: () => Promise<unknown>): Promise<number> {
  let [isOver, longestMs, last] = [false, 0, process.threadCpuUsage()];
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(last);
    longestMs = Math.max(longestMs, (user + system) / 1_000);
    last = process.threadCpuUsage();
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isOver = true;
  return longestMs;
}

it(
  'the largest school that there may be is applied, and left by all, and nobody waits for it',
  { tags: 'soak', timeout: 600_000 },
  async () => {
    const school = freshSchool();
    const letters = (number: number) =>
      [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const filesOf = (first: number) => {
      const children = Array.from({ length: 2_000 }, (_, index) =>
        pupil(`Ana${letters(first + index * 7)} Nom${letters(first + index)}`, `CP ${index % 80}`),
      );
      const parents = Array.from({ length: 3_900 }, (_, index) =>
        guardian(
          `Eva${letters(first + index)} Par${letters(index)}`,
          children.slice(index % 2_000, (index % 2_000) + 1),
          `p${first + index}@x.test`,
        ),
      );
      return [csv.pupils(children), csv.guardians(parents)];
    };
    for (const files of [filesOf(0), filesOf(100_000)]) {
      const seen = await rosters.preview(wishOf(school, files));
      const stops = seen.kind === 'preview' ? seen.preview.stops : [];
      const typed = Object.fromEntries(
        stops.flatMap((stop): readonly (readonly [string, number])[] => {
          if (stop.kind === 'many-arrive') return [['arrivals', stop.arriving]];
          return stop.kind === 'many-leave' ? [['retyped', stop.leaving]] : [];
        }),
      );
      const heldMs = await longestHoldMs(async () =>
        expect(await rosters.apply(wishOf(school, files, typed))).toMatchObject({
          kind: 'applied',
        }),
      );
      process.stdout.write(`5,900 people applied: held ${heldMs.toFixed(0)} ms at most\n`);
      expect(heldMs).toBeLessThan(250);
    }
  },
);
