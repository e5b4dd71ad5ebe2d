import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { openTestTown } from '../../../tests/shared/town.ts';
import { bodyKeyFile } from '../../store/bodies/keys.ts';
import { s3Server } from '../../store/bodies/testing/s3-server.ts';
import { partsOf, told } from './testing/asking.ts';

const s3 = await s3Server();
const town = await openTestTown();
const key = bodyKeyFile(town.core.config);
afterAll(async () => {
  await town.close();
  s3.close();
});

/** What the list of checks says, in French. */
async function line(bodies: string | null): Promise<string> {
  const config = { ...town.core.config, bodies };
  const parts = { ...partsOf(config), store: town.store, clock: () => town.clock.now };
  const { state, found } = await told(parts, 'mail.bodies');
  return `${state}: ${found}`;
}

it('says where large letters are, and what of them can’t be read', async () => {
  expect(await line(null)).toBe('green: Tout est dans la base.');
  expect(await line(s3.address)).toBe('amber: L’entrepôt n’a pas de clé : rien n’y va.');
  writeFileSync(key, `${'ACDEFHJKMNPQRTU-'.repeat(4)}\n`);
  expect(await line(s3.address)).toBe('green: 0 hors de la base ; l’entrepôt répond.');
  await town.receive('ami@ailleurs.example', ['claire.lefevre']);
  await town.admin.query(`
    insert into away_body
      (school_id, object, message_id, size_bytes, head, wrapped_key, wrapped_by, moved_at)
    select school_id, 'x', id, size_bytes, '', '', '', now()
    from message
    limit 1
  `);
  s3.mood = 'away';
  expect(await line(s3.address)).toMatch(/^red: L’entrepôt ne répond pas : 1 /);
  expect(await line(null)).toMatch(
    /^red: 1 ancien grand message ne s’ouvre pas : rien ne nomme ici/,
  );
  s3.mood = 'well';
  expect(await line(s3.address)).toBe('green: 1 hors de la base ; l’entrepôt répond.');
  rmSync(key);
});
