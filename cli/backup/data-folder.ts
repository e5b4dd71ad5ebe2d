import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import { bodyKeyFile } from '../../core/store/bodies/keys.ts';
import { CLOCK_FILE, clockIn } from '../../core/town/readiness/backup/kept-clock.ts';
import { BACKUP_WRONG } from '../texts/backup.ts';
import { openData, sealData, type DataFile, type KeptData } from './repository/data-file.ts';
import type { BackupKey } from './repository/key.ts';
import type { SideFiles } from './repository/side-files.ts';

/**
 * Of PREAU_DATA left out: what pgBackRest keeps or a start makes anew, what belongs to one run or
 * one machine, the ledger, which comes back as it was last (`ledger-copies.ts`), and the key
 * itself, which is never beside what it opens.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'postgres',
  'postgres.partial',
  'postgresql',
  'backup',
  'backup.key',
  'backup-proof.json',
  'proof',
  'running',
  'services.json',
  'services-in',
  'demo-unfinished',
  'restoring',
  'sent',
  'outside',
  'uploads',
  'ledger',
  'version',
]);
/** A file that is larger is no setting. */
const MAX_FILE_BYTES = 16 * 1_048_576;
const MAX_FILES = 1_000;
/** Longer than any backup is kept: a month, and a week until the next full one. */
const KEPT_MS = 45 * DAY_MS;
const NAME = /^(\d{8}T\d{6})Z\.settings$/;

/** Where the installation on a plain Debian has its settings (docker/systemd/install.sh). */
const MACHINE = '/etc/preau';
const MACHINE_FILES = ['preau.env', 'database-url', 'database-owner-url'];
/** Where what stood outside PREAU_DATA comes back to. */
const NAMED = 'named';

/** Beside what pgBackRest keeps. */
const FOLDER = 'settings';

/** Puts the keys, certificates and settings of today into the repository, encrypted. */
export async function keepData(
  config: Config,
  { key, files: beside }: { readonly key: BackupKey; readonly files: SideFiles },
  { machine = MACHINE }: { readonly machine?: string } = {},
): Promise<void> {
  const now = new Date();
  const files = [...filesOf(config.dataDir), ...elsewhere(config), ...ofMachine(machine)];
  const bytes = sealData({ madeAt: now.toISOString(), files }, key);
  await beside.write(FOLDER, `${stampOf(now)}Z.settings`, bytes);
  for (const { name, madeAt } of stampsIn(await beside.names(FOLDER)))
    if (now.getTime() - madeAt.getTime() > KEPT_MS) await beside.remove(FOLDER, name);
}

/**
 * The settings as they were last kept by a moment, or the first ever where that was later; what
 * tells that a key is wrong, or that there is no backup.
 */
export async function dataAt(
  beside: SideFiles,
  key: BackupKey,
  to: Date | null,
): Promise<KeptData | 'wrong-key' | 'not-ours'> {
  const all = stampsIn(await beside.names(FOLDER));
  const found = all.findLast(({ madeAt }) => to === null || madeAt <= to) ?? all[0];
  return found === undefined ? 'not-ours' : openData(await beside.read(FOLDER, found.name), key);
}

/** By whose clock a minute is meant: the town's of then. */
export function clockKept(settings: KeptData | 'wrong-key' | 'not-ours'): string {
  const files = typeof settings === 'string' ? [] : settings.files;
  const file = files.find(({ path }) => path === CLOCK_FILE);
  return clockIn(Buffer.from(file?.base64 ?? '', 'base64').toString());
}

/** Writes the files back, into a folder that had none of them. */
export function writeData(dataDir: string, { files }: KeptData): void {
  for (const { path, mode, base64 } of files) {
    const to = join(dataDir, path);
    if (!to.startsWith(dataDir + sep)) continue; // none of ours leads out of the folder
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    writeFileSync(to, Buffer.from(base64, 'base64'), { mode });
    chmodSync(to, mode);
  }
}

/**
 * Writes those back that aren't there any more; what is there stays as it is. Gives their paths in
 * the folder.
 */
export function writeMissing(dataDir: string, settings: KeptData): readonly string[] {
  const files = settings.files.filter(({ path }) => !existsSync(join(dataDir, path)));
  writeData(dataDir, { ...settings, files });
  return files.map(({ path }) => path);
}

function filesOf(dataDir: string): DataFile[] {
  const files: DataFile[] = [];
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (folder === dataDir && LEFT_OUT.has(name)) continue;
      const found = lstatSync(path);
      if (found.isDirectory()) walk(path);
      else if (found.isFile()) files.push(read(path, relative(dataDir, path)));
      if (files.length > MAX_FILES)
        throw new Fault('configuration', BACKUP_WRONG.tooLarge(folder), { transient: false });
    }
  };
  walk(dataDir);
  return files;
}

/** What the configuration names outside the data folder, as files that it would have inside. */
function elsewhere({ dataDir, secretFile, tlsCertFile, tlsKeyFile }: Config): DataFile[] {
  const named = [
    { from: secretFile, as: 'secret.key' },
    { from: bodyKeyFile({ secretFile }), as: 'bodies.key' },
    { from: tlsCertFile, as: join(NAMED, 'certificate.pem') },
    { from: tlsKeyFile, as: join(NAMED, 'certificate.key') },
  ];
  return named.flatMap(({ from, as }) =>
    from === null || from.startsWith(dataDir + sep) || !existsSync(from) ? [] : [read(from, as)],
  );
}

/** Of the machine's own settings those that we may read. */
function ofMachine(folder: string): DataFile[] {
  return MACHINE_FILES.filter((name) => isReadable(join(folder, name))).map((name) =>
    read(join(folder, name), join(NAMED, name)),
  );
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Gives the settings that stood outside PREAU_DATA: they come back in a folder of it. */
export function namedIn({ files }: KeptData): readonly string[] {
  return files.flatMap(({ path }) => (dirname(path) === NAMED ? [path] : []));
}

function read(from: string, path: string): DataFile {
  const { size, mode } = lstatSync(from);
  if (size > MAX_FILE_BYTES)
    throw new Fault('configuration', BACKUP_WRONG.tooLarge(from), { transient: false });
  return { path, mode: mode & 0o777, base64: readFileSync(from).toString('base64') };
}

const stampOf = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+Z$/g, '');

/** The oldest first. */
function stampsIn(
  names: readonly string[],
): readonly { readonly name: string; readonly madeAt: Date }[] {
  return names.flatMap((name) => {
    const [, stamp = ''] = NAME.exec(name) ?? [];
    const [, year, month, day, hour, minute, second] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/.exec(stamp) ?? [];
    return year === undefined
      ? []
      : [{ name, madeAt: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) }];
  });
}
