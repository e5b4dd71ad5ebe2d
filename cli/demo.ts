import { rm, writeFile } from 'node:fs/promises';
import type { Config, WithConfig } from '../core/ground/config.ts';
import { Fault } from '../core/ground/fault.ts';
import { isLoopback } from '../core/ground/listen.ts';
import { openStore, type Store } from '../core/store/store.ts';
import type { WithHealth } from '../core/town/readiness/contract.ts';
import { writeBulkMail } from './demo/bulk-mail.ts';
import { deliverLetters, type PostPart } from './demo/deliver-letters.ts';
import { joined, readDemoJson, writeDemoJson } from './demo/demo-json.ts';
import { planTown, SMALL_TOWN, type TownSize } from './demo/plan.ts';
import {
  askFamilies,
  DEMO_PASSWORD,
  isEmptyTown,
  moveChild,
  openPhotos,
  seedBench,
  seedTown,
} from './demo/seed.ts';
import { unfinishedDemo } from './launcher/postgres.ts';
import { TEXTS } from './texts/demo.ts';

interface TownWish {
  readonly size: TownSize;
  /** The clock of its schools, an IANA name. */
  readonly timeZone: string;
  /**
   * Messages a mailbox on average, for benches; 0 leaves the boxes empty, the small town has its
   * letters.
   */
  readonly mailPerBox: number;
  /** The cluster is ours alone: what a town cut short leaves in it may be thrown away. */
  readonly embedded: boolean;
  readonly progress: (sentence: string) => void;
}

/**
 * Its passwords are public: it is made by itself only where nobody else can come. Throws a `Fault`
 * 'configuration' elsewhere, unless told so.
 */
export function mayMakeDemo(config: Config, asked: { readonly iKnow: boolean }): void {
  if (asked.iKnow || isPrivate(config)) return;
  throw new Fault('configuration', TEXTS.publicPasswords, { transient: false });
}

/** Embedded database, pages on the loopback. */
export function isPrivate(config: Config): boolean {
  return config.databaseUrl === null && isLoopback(config.host);
}

/**
 * Makes the demo town in an empty database and writes demo.json; gives its path. Throws a `Fault`
 * where there are schools already.
 */
export async function makeTown(
  core: PostPart & WithConfig & WithHealth,
  wish: TownWish,
): Promise<string> {
  const { config } = core;
  const seeding = { domain: config.domain, timeZone: wish.timeZone, now: new Date() };
  return withStore(config, async (store) => {
    await needScanner(core);
    const mark = unfinishedDemo(config.dataDir);
    if (wish.embedded && (await isEmptyTown(store))) await writeFile(mark, '');
    const json = await seedTown(store, wish.size, {
      ...seeding,
      progress: (written, schools) => wish.progress(TEXTS.schoolsWritten(written, schools)),
    });
    const path = await writeDemoJson(
      config.dataDir,
      joined(await readDemoJson(config.dataDir), json),
    );
    await openPhotos(store);
    if (wish.size === SMALL_TOWN)
      await deliverLetters({ core, store, password: DEMO_PASSWORD, ...seeding });
    await moveChild(store, seeding);
    await askFamilies(store, seeding);
    if (wish.mailPerBox > 0) await fillBoxes(store, wish, seeding.now);
    await rm(mark, { force: true });
    return path;
  });
}

/** The letters of the town are scanned like any others. */
async function needScanner(core: WithHealth): Promise<void> {
  if ((await core.health.check()).scanner === 'up') return;
  throw new Fault('configuration', TEXTS.noScanner, { transient: false });
}

async function fillBoxes(store: Store, wish: TownWish, now: Date): Promise<void> {
  const schools = planTown(wish.size)
    .schools.map(({ id }) => id)
    .filter((id) => id !== 0);
  const progress = (messages: number, done: number) =>
    wish.progress(TEXTS.messagesWritten(messages, TEXTS.schoolsWritten(done, schools.length)));
  await writeBulkMail(store, {
    perMailbox: wish.mailPerBox,
    schools,
    seed: wish.size.seed,
    now,
    progress,
  });
}

/** Adds the school of load tools, or sets its password anew; gives the path of demo.json. */
export async function makeBench(
  config: Config,
  bench: { readonly accounts: number; readonly password: string },
): Promise<string> {
  return withStore(config, async (store) => {
    const json = await seedBench(store, { ...bench, domain: config.domain, now: new Date() });
    return writeDemoJson(config.dataDir, joined(await readDemoJson(config.dataDir), json));
  });
}

async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  if (config.databaseUrl === null)
    throw new Fault('configuration', 'no database', { transient: false });
  const store = openStore(config.databaseUrl, { poolSize: 2, onError: () => {} });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
