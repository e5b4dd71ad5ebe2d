import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRoles } from '../cli/start/role-names.ts';
import { BACKUP_DAYS } from '../core/ground/backup-days.ts';
import { VARIABLES } from '../core/ground/config-variables.ts';

const FOLDER = fileURLToPath(new URL('systemd', import.meta.url));
const text = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

it('the target starts every role there is, each by its unit', () => {
  const started = [...text('preau.target').matchAll(/preau@(\w+)\.service/g)].map(
    ([, role]) => role,
  );
  expect(started.sort()).toEqual([...readRoles(undefined)].sort());
});

it('what preau.env and the units set are variables that exist', () => {
  const set = [
    'preau.env',
    'preau@.service',
    'preau-migrate.service',
    'preau-nights.service',
    'preau-backup.service',
  ].flatMap((name) =>
    [...text(name).matchAll(/\b(PREAU_\w+?)(?:_FILE)?=/g)].map((match) => match[1] ?? ''),
  );
  expect(set.length).toBeGreaterThan(15);
  expect(set.filter((name) => !VARIABLES.includes(name))).toEqual([]);
});

it('every role is unprivileged, sees nothing to write but its folder, and has a bound of memory', () => {
  const unit = text('preau@.service');
  for (const line of [
    'User=preau',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'ProtectHome=yes',
    'StateDirectory=preau',
    'CapabilityBoundingSet=CAP_NET_BIND_SERVICE',
  ])
    expect(unit).toContain(`\n${line}\n`);
  expect(unit).toMatch(/^MemoryMax=\d+M$/m);
});

it('the owner of the database is known to the step that migrates, to the work of the night, and to no role', () => {
  for (const unit of ['preau-migrate.service', 'preau-nights.service']) {
    expect(text(unit)).toContain('PREAU_DATABASE_ADMIN_URL_FILE');
    expect(text(unit)).toContain('\nLoadCredential=database-owner-url:');
  }
  expect(text('preau.target')).toContain('preau-nights.service');
  expect(text('install.sh')).toContain('preau-nights.service');
  expect(text('preau@.service') + text('preau.env')).not.toContain('ADMIN_URL');
});

it('the stanza of a PostgreSQL of one’s own keeps for as long as the embedded one’s, and loses no more', () => {
  const stanza = text('pgbackrest.conf');
  expect(stanza).toContain(`repo1-retention-full=${BACKUP_DAYS}\n`);
  expect(stanza).toContain('repo1-cipher-type=aes-256-cbc\n');
  expect(text('postgresql-backup.conf')).toMatch(/^archive_timeout = 60$/m);
  expect(text('preau-backup.timer')).toContain('\nPersistent=true\n');
  expect(text('preau-backup.service')).toContain('\nNice=10\n');
  expect(text('preau-backup.service')).toContain(
    '\nExecStart=/opt/preau/cli/preau nights backup /opt/preau/docker/systemd/backup.sh\n',
  );
});
