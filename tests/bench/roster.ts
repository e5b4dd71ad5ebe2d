/**
 * A whole town from its files to mailboxes with codes: 128 schools as ONDE writes them, previewed,
 * applied with a code for everybody, and imported a second time without a change; then the sheets
 * of one school's classes drawn as PDF. One JSON line a figure.
 *
 *   node tests/bench/roster.ts                  the whole town
 *   node tests/bench/roster.ts --schools 16     an eighth of it
 */

import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countCodes } from '../../cli/roster/sheets.ts';
import { startServices } from '../../cli/services/services.ts';
import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import { loadConfig } from '../../core/ground/config.ts';
import { type SchoolId, TOWN } from '../../core/ground/ids.ts';
import { openLog } from '../../core/ground/log.ts';
import { loadSecret } from '../../core/ground/secret.ts';
import type { RosterFile } from '../../core/roster/reading/contract.ts';
import { openRosterFiles } from '../../core/roster/roster-files.ts';
import type { Rosters, RosterWish } from '../../core/school/imports/contract.ts';
import { openRosters } from '../../core/school/imports/rosters.ts';
import { WHOLE_TOWN, writeTown } from '../../core/school/imports/testing/onde.ts';
import { wishOf } from '../../core/school/imports/testing/school-files.ts';
import { migrate } from '../../core/store/migrate.ts';
import { own } from '../../core/store/own.ts';
import { openStore, type Store } from '../../core/store/store.ts';
import { drawSheet } from '../../webmail/sheets/draw-sheet.ts';
import { print, rounded } from './figures.ts';

const NOW = new Date('2026-09-01T05:00:00Z');
/** What the whole town may take. */
const AIMS = { applySeconds: 20, againSeconds: 5, memoryMiB: 400, sheetsSeconds: 3 } as const;

const { values: flags } = parseArgs({
  options: { schools: { type: 'string', default: String(WHOLE_TOWN.schools) } },
});

interface Town {
  readonly rosters: Rosters;
  readonly folder: string;
  /** Slugs, which are the folders' names, and ids. */
  readonly schools: readonly { readonly id: SchoolId; readonly slug: string }[];
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-bench-'));
  chmodSync(folder, 0o755);
  const config = loadConfig({ PREAU_DATA: join(folder, 'data'), PREAU_CLAMD: 'unix:/dev/null' });
  const services = await startServices(config, {
    log: openLog({ level: 'warn' }),
    signal: new AbortController().signal,
  });
  const { databaseUrl, databaseAdminUrl } = services.config;
  try {
    await migrate({ adminUrl: databaseAdminUrl ?? '', appUrl: databaseUrl ?? '' });
    const store = openStore(databaseUrl ?? '', { poolSize: 2, onError: () => {} });
    try {
      await measure(store, { folder: join(folder, 'town'), secretFile: config.secretFile });
    } finally {
      await store.close();
    }
  } finally {
    await services.stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(services.folder, { recursive: true, force: true });
  }
}

async function measure(
  store: Store,
  { folder, secretFile }: { folder: string; secretFile: string },
): Promise<void> {
  const share = Number(flags.schools) / WHOLE_TOWN.schools;
  const size = {
    ...WHOLE_TOWN,
    schools: Number(flags.schools),
    pupils: Math.round(WHOLE_TOWN.pupils * share),
    teachers: Math.round(WHOLE_TOWN.teachers * share),
    guardians: Math.round(WHOLE_TOWN.guardians * share),
  };
  writeTown(folder, size);
  const slugs = readdirSync(folder)
    .sort()
    .map((name) => ({ name, slug: name.toLowerCase() }));
  await store.town((tx) =>
    tx.db
      .insertInto('school')
      .values(
        [
          { id: TOWN, slug: 'ville' },
          ...slugs.map(({ slug }, index) => ({ id: (index + 1) as SchoolId, slug })),
        ].map((school) => ({
          ...school,
          name: school.slug,
          commune_id: null,
          domain: null,
          opening: null,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  const log = openLog({ level: 'silent' });
  const rosters = openRosters({
    store,
    secret: loadSecret(secretFile),
    clock: () => NOW,
    log,
    domain: 'ecoles.preau.test',
    settle: async () => {},
    files: openRosterFiles({ log }),
  });
  const town: Town = {
    rosters,
    folder,
    schools: slugs.map(({ slug }, index) => ({ id: (index + 1) as SchoolId, slug })),
  };
  const memory = watchMemory();
  const rows = size.pupils + size.teachers + size.guardians;
  await timed('roster preview', rows, () => each(town, slugs, (wish) => rosters.preview(wish)));
  let codes = 0;
  let first: readonly CodeSheet[] = [];
  const apply = await timed('roster apply', rows, () =>
    each(town, slugs, async (wish) => {
      const applied = await rosters.apply(wish, 'with-codes');
      const sheets = 'sheets' in applied ? applied.sheets : [];
      codes += countCodes(sheets);
      if (sheets.length > first.length) first = sheets;
      return applied;
    }),
  );
  const again = await timed('roster again', rows, () =>
    each(town, slugs, (wish) => rosters.apply(wish, 'with-codes')),
  );
  const peakMiB = memory.stop();
  print({ figure: 'roster memory', peak_mib: peakMiB });
  const sheets = await drawSix(first);
  const accounts = await countAccounts(store, town);
  print({ figure: 'roster accounts', accounts, codes });
  if (size.schools === WHOLE_TOWN.schools) {
    print({
      figure: 'roster aims',
      apply_ok: apply < AIMS.applySeconds,
      again_ok: again < AIMS.againSeconds,
      memory_ok: peakMiB < AIMS.memoryMiB,
      sheets_ok: sheets < AIMS.sheetsSeconds,
      all_have_codes: codes === accounts,
    });
  }
}

async function each(
  town: Town,
  folders: readonly { readonly name: string }[],
  act: (wish: RosterWish) => Promise<{ readonly kind: string }>,
): Promise<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const [index, { id }] of town.schools.entries()) {
    const folder = join(town.folder, folders[index]?.name ?? '');
    const files: RosterFile[] = readdirSync(folder).map((name) => ({
      name,
      bytes: readFileSync(join(folder, name)),
    }));
    const { kind } = await act(wishOf(id, files));
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}

/** Six classes with a slip for each family, as a head prints them. */
async function drawSix(sheets: readonly CodeSheet[]): Promise<number> {
  const six = sheets.filter(({ of }) => of === 'class').slice(0, 6);
  const begun = performance.now();
  for (const sheet of six)
    await drawSheet({
      sheet,
      language: 'fr',
      webAddress: 'courrier.exemple.fr',
      madeOn: '1 septembre 2026',
      until: '30 septembre 2027',
    });
  const seconds = (performance.now() - begun) / 1_000;
  print({
    figure: 'roster sheets',
    seconds: rounded(seconds),
    classes: six.length,
    cards: six.reduce((sum, { cards }) => sum + cards.length, 0),
    slips: six.reduce((sum, { slips }) => sum + slips.length, 0),
  });
  return seconds;
}

async function timed(
  figure: string,
  rows: number,
  act: () => Promise<Record<string, number>>,
): Promise<number> {
  const begun = performance.now();
  const used = process.cpuUsage();
  const kinds = await act();
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(used);
  // Its own processor time beside the clock's: on a busy machine the clock says little.
  print({
    figure,
    seconds: rounded(seconds),
    own_cpu_seconds: rounded((user + system) / 1e6),
    rows,
    rows_a_second: Math.round(rows / seconds),
    ...kinds,
  });
  return seconds;
}

async function countAccounts(store: Store, { schools }: Town): Promise<number> {
  let accounts = 0;
  for (const { id } of schools) {
    accounts += Number(
      (
        await store.read(id, (tx) =>
          own(tx)
            .selectFrom('account')
            .select((eb) => eb.fn.countAll().as('n'))
            .executeTakeFirstOrThrow(),
        )
      ).n,
    );
  }
  return accounts;
}

/** Resident memory of this process, looked at ten times a second. */
function watchMemory(): { stop(): number } {
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 100);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return Math.round(most / 2 ** 20);
    },
  };
}

await main();
