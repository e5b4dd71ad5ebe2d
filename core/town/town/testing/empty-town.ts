/** A migrated database in which nobody has done anything, with all of core on it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freshDatabase, testClamd } from '../../../../tests/shared/fresh-database.ts';
import { NO_RESOLVER } from '../../../../tests/shared/town.ts';
import type { Core } from '../../../core.ts';
import { openDirectory } from '../../../directory/directory.ts';
import { viewerOf } from '../../../directory/viewer-of.ts';
import { loadConfig } from '../../../ground/config.ts';
import { openLog } from '../../../ground/log.ts';
import { CLOCK_OF } from '../../../ground/time-zones.ts';
import { openCore } from '../../../open.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { openStore } from '../../../store/store.ts';
import type { TownWish } from '../contract.ts';

export const DOMAIN = 'ecoles.saint-aubin.example';
export const PASSWORD = 'tilleul cascade lanterne';
export const HERE = { ip: '192.0.2.9' };

export const SAINT_AUBIN: TownWish = {
  name: 'Saint-Aubin',
  timeZone: CLOCK_OF.mainland,
  holidayZone: 'A',
  postmaster: 'courrier@mairie.example',
  contacts: {
    organisation: 'Ville de Saint-Aubin',
    representative: 'La maire de Saint-Aubin',
    postalAddress: '1 place de la Mairie\n69000 Saint-Aubin',
    phone: '04 00 00 00 00',
    mail: 'mairie@mairie.example',
    dataOfficer: 'dpo@mairie.example',
    host: 'Ville de Saint-Aubin',
  },
};

export interface EmptyTown {
  readonly core: Core;
  /** The owner's connection: sees and changes everything. */
  readonly admin: pg.Client;
  readonly databaseUrl: string;
  readonly clock: { now: Date };
  /** An agent with a password, made as the first one is, or by hand beside it. */
  agent(local: string): Promise<Viewer>;
  viewer(address: string): Promise<Viewer | null>;
  /** What the agents' journal says, oldest first: `act: what`. */
  journal(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openEmptyTown(): Promise<EmptyTown> {
  const database = await freshDatabase();
  const clock = { now: new Date('2026-11-24T09:00:00Z') };
  const config = loadConfig({
    PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-town-')),
    PREAU_DATABASE_URL: database.databaseUrl,
    PREAU_CLAMD: testClamd(),
    PREAU_DOMAIN: DOMAIN,
    PREAU_RESOLVER: NO_RESOLVER,
  });
  const store = openStore(database.databaseUrl, { poolSize: 16, onError: () => {} });
  const core = await openCore(config, {
    log: openLog({ level: 'silent' }),
    clock: () => clock.now,
    store,
  });
  const directory = openDirectory(store);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  admin.on('error', () => undefined);
  await admin.connect();

  async function viewer(address: string): Promise<Viewer | null> {
    const entry = (await directory.resolve([address], { maxAgeMs: 0 })).get(address);
    return entry
      ? viewerOf(directory, { home: entry.school, addressId: entry.id }, clock.now)
      : null;
  }

  return {
    core,
    admin,
    databaseUrl: database.databaseUrl,
    clock,
    viewer,
    async agent(local) {
      const added = await core.agents.add('machine', {
        givenName: 'Agent',
        familyName: local.toUpperCase(),
        local,
      });
      if (added.kind !== 'done') throw new Error(JSON.stringify(added));
      const [card] = added.sheet.cards;
      if (card?.code.kind !== 'activation') throw new Error('no code');
      const { address, code } = card;
      const opened = await core.codes.activate(
        { address, code: code.text, password: PASSWORD },
        HERE,
      );
      if (opened.kind !== 'welcome') throw new Error(opened.kind);
      return opened.viewer;
    },
    async journal() {
      const { rows } = await admin.query<{ said: string }>(
        "select act || ': ' || reason as said from agent_act order by id",
      );
      return rows.map(({ said }) => said);
    },
    async close() {
      await admin.end();
      await core.close(); // and the store with it
      await database.drop();
    },
  };
}
