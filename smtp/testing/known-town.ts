/**
 * The small town under a name that the world's DNS would have, with the DNS to it, and a Postfix
 * whose rspamd looks at what comes: all on the loopback, and nothing between them made up.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { seedSmallTown } from '../../cli/demo/seed.ts';
import type { Core } from '../../core/core.ts';
import { loadConfig, type Config } from '../../core/ground/config.ts';
import { openLog } from '../../core/ground/log.ts';
import { loadSecret } from '../../core/ground/secret.ts';
import { openCore } from '../../core/open.ts';
import { openStore, type Store } from '../../core/store/store.ts';
import { makeSelfSigned } from '../../core/town/certificate/self-signed.ts';
import type { SigningKey } from '../../core/town/signing/contract.ts';
import { openSigning } from '../../core/town/signing/signing.ts';
import { freePort } from '../../tests/shared/free-port.ts';
import { freshDatabase, testClamd } from '../../tests/shared/fresh-database.ts';
import { startPostfix, type Postfix } from '../../tests/shared/postfix.ts';
import { startRspamd } from '../../tests/shared/rspamd.ts';
import { startSignedZone, type SignedZone } from '../../tests/shared/signed-zone.ts';
import { openByMx, type World } from '../outside/by-mx.ts';
import { worldOf } from '../outside/world.ts';
import { startSmtp } from '../server.ts';

const HOST = '127.0.0.1';
/** The town's domain, and the museum's, who writes to it. */
const TOWN = 'ecoles.villeneuve.fr';
const MUSEUM = 'musee-villeneuve.fr';
const ONLY_HERE = '"v=spf1 ip4:127.0.0.1 -all"';
const STRICT = '"v=DMARC1; p=reject; adkim=s; aspf=s"';

export interface KnownSmtpTown {
  readonly core: Core;
  /** Where its MX listens. */
  readonly mxPort: number;
  readonly dns: SignedZone;
  /** The world as its worker reaches it. */
  readonly world: World;
  /** A certificate and its key, of the museum's server. */
  readonly pem: string;
  /**
   * Takes mail of `musee-villeneuve.fr`, and brings mail to the town; that of `moved@` goes on to
   * somebody of the town.
   */
  readonly postfix: Postfix;
  /** What `preau` needs to be this town's. */
  readonly env: Readonly<Record<string, string>>;
  /** The owner's connection. */
  readonly admin: pg.Client;
  /** The letters of a subject that the town keeps, whole. */
  letters(subject: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** As a zone holds a text: in strings of 255 octets (RFC 1035 §3.3). */
const quoted = (text: string): string => `"${(text.match(/.{1,255}/g) ?? []).join('" "')}"`;

/** What was started, to be stopped in the opposite order. */
type Stops = (() => Promise<void>)[];

/**
 * `zones` are other domains of its world, each the lines below its SOA and NS. When a part can't
 * start, those before it are stopped again.
 */
export async function openKnownTown(
  zones: Readonly<Record<string, readonly string[]>> = {},
): Promise<KnownSmtpTown> {
  const stops: Stops = [];
  try {
    return await startTown(zones, stops);
  } catch (error) {
    await stopAll(stops).catch(() => {}); // what failed first says more
    throw error;
  }
}

async function stopAll(stops: Stops): Promise<void> {
  const faults: unknown[] = [];
  for (const stop of stops.splice(0).reverse())
    await stop().catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw new AggregateError(faults, 'some parts did not stop');
}

async function startTown(
  zones: Readonly<Record<string, readonly string[]>>,
  stops: Stops,
): Promise<KnownSmtpTown> {
  const database = await freshDatabase();
  stops.push(database.drop);
  const mxPort = await freePort();
  const plain = {
    PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-known-')),
    PREAU_DATABASE_URL: database.databaseUrl,
    PREAU_CLAMD: testClamd(),
    PREAU_DOMAIN: TOWN,
    PREAU_MX_PORT: String(mxPort),
    PREAU_SUBMISSION_PORT: '0',
    PREAU_SUBMISSIONS_PORT: '0',
  };
  const around = await startAround(stops, { keys: await seeded(plain), mxPort, zones });
  const env = { ...plain, PREAU_RESOLVER: around.dns.address };
  const config = loadConfig(env);
  const core = await openCore(config, { log: openLog({ level: 'error' }) });
  stops.push(() => core.close());
  // Of peers of its own network a town asks nothing: here they are the world.
  const smtp = await startSmtp(core, { isLocalPeer: () => false });
  stops.push(() => smtp.close());
  const world: World = { ...worldOf(config), port: around.postfix.port, toPrivate: true };
  const worker = await core.jobs.start(openByMx(world));
  stops.push(() => worker.close());
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  stops.push(() => admin.end());
  return {
    ...around,
    core,
    mxPort,
    world,
    env,
    admin,
    async letters(subject) {
      const { rows } = await admin.query<{ raw: Buffer }>(
        `select raw from message where subject = $1 order by id`,
        [subject],
      );
      return rows.map(({ raw }) => raw.toString());
    },
    close: () => stopAll(stops),
  };
}

/** The DNS, and the museum's server. */
async function startAround(
  stops: Stops,
  {
    keys,
    mxPort,
    zones,
  }: {
    readonly keys: readonly SigningKey[];
    readonly mxPort: number;
    readonly zones: Readonly<Record<string, readonly string[]>>;
  },
): Promise<Pick<KnownSmtpTown, 'dns' | 'pem' | 'postfix'>> {
  const dns = await startSignedZone({
    signed: { 'signed.test.': [] },
    plain: {
      [`${TOWN}.`]: zoneOf([
        ...keys.map(({ name, text }) => `${name}. IN TXT ${quoted(text)}`),
        `@ IN MX 10 mx1`,
      ]),
      [`${MUSEUM}.`]: zoneOf([`@ IN MX 10 mx1`]),
      ...zones,
    },
  });
  stops.push(dns.stop);
  const rspamd = await startRspamd(dns.address);
  stops.push(rspamd.stop);
  const name = `mx1.${MUSEUM}`;
  const { key, cert } = makeSelfSigned(name, { from: new Date(0), until: new Date('2095-01-01') });
  const pem = `${key}${cert}`;
  const postfix = await startPostfix(HOST, {
    domain: MUSEUM,
    name,
    pem,
    milter: rspamd.milterPort,
    routes: { [TOWN]: mxPort },
    forwards: { moved: `karim.haddad@${TOWN}` },
  });
  stops.push(postfix.stop);
  return { dns, pem, postfix };
}

const zoneOf = (lines: readonly string[]): readonly string[] => [
  ...lines,
  `@ IN TXT ${ONLY_HERE}`,
  `mx1 IN A ${HOST}`,
  `mx1 IN TXT ${ONLY_HERE}`,
  `_dmarc IN TXT ${STRICT}`,
];

/** The people of the town, and the keys that sign for it, which it takes for published. */
async function seeded(env: Readonly<Record<string, string>>): Promise<readonly SigningKey[]> {
  const { databaseUrl, secretFile, domain } = loadConfig(env);
  if (databaseUrl === null) throw new Error('no database');
  const store = openStore(databaseUrl, { onError: () => {} });
  try {
    return await seededIn(store, { domain, secretFile });
  } finally {
    await store.close();
  }
}

async function seededIn(
  store: Store,
  { domain, secretFile }: Pick<Config, 'domain' | 'secretFile'>,
): Promise<readonly SigningKey[]> {
  await seedSmallTown(store, { domain });
  const texts = new Map<string, string>();
  const signing = openSigning({
    store,
    names: {
      texts: (name) => Promise.resolve({ kind: 'found', records: [texts.get(name) ?? ''] }),
    },
    secret: loadSecret(secretFile),
    clock: () => new Date(),
    log: openLog({ level: 'silent' }),
    domain,
  });
  const keys = await signing.keys();
  for (const { name, text } of keys) texts.set(name, text);
  await signing.tend();
  return keys;
}
