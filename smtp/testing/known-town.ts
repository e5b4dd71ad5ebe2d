/**
 * The small town under a name that the world's DNS would have, with the DNS to it, and a Postfix
 * whose rspamd looks at what comes: all on the loopback, and nothing between them made up.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { seedSmallTown } from '../../cli/demo/seed.ts';
import { makeSelfSigned } from '../../core/certificate/self-signed.ts';
import { loadConfig } from '../../core/config.ts';
import type { Core, SigningKey } from '../../core/core.ts';
import { openLog } from '../../core/log.ts';
import { openCore } from '../../core/open.ts';
import { loadSecret } from '../../core/secret.ts';
import { openSigning } from '../../core/signing/signing.ts';
import { openStore } from '../../core/store/store.ts';
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

export interface KnownTown {
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

/** `zones` are other domains of its world, each the lines below its SOA and NS. */
export async function openKnownTown(
  zones: Readonly<Record<string, readonly string[]>> = {},
): Promise<KnownTown> {
  const database = await freshDatabase();
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
  const keys = await seeded(plain);
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
  const env = { ...plain, PREAU_RESOLVER: dns.address };
  const rspamd = await startRspamd(dns.address);
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
  const config = loadConfig(env);
  const core = await openCore(config, { log: openLog({ level: 'error' }) });
  // Of peers of its own network a town asks nothing: here they are the world.
  const smtp = await startSmtp(core, { isLocalPeer: () => false });
  const world: World = { ...worldOf(config), port: postfix.port, toPrivate: true };
  const relay = openByMx(world);
  const worker = await core.jobs.start(relay);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  return {
    core,
    mxPort,
    dns,
    world,
    pem,
    postfix,
    env,
    admin,
    async letters(subject) {
      const { rows } = await admin.query<{ raw: Buffer }>(
        `select raw from message where subject = $1 order by id`,
        [subject],
      );
      return rows.map(({ raw }) => raw.toString());
    },
    async close() {
      await admin.end();
      await worker.close();
      await smtp.close();
      await core.close();
      await Promise.all([postfix.stop(), rspamd.stop(), dns.stop()]);
      await database.drop();
    },
  };
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
  await store.close();
  return keys;
}
