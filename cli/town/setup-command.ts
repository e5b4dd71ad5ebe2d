import { readFileSync, statSync } from 'node:fs';
import type { Core } from '../../core/core.ts';
import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import { Fault } from '../../core/ground/fault.ts';
import { clockOfTown } from '../../core/ground/time-zones.ts';
import type { FollowOutcome } from '../../core/town/town/contract.ts';
import { say, type CommandInput } from '../command.ts';
import type { Flags } from '../flags.ts';
import { readyFolder } from '../private-file.ts';
import { refused } from '../refused.ts';
import { writeSheets } from '../roster/sheets.ts';
import { SAYS, WRONG } from '../texts/setup.ts';
import { withNewCore } from '../with-core.ts';
import { codeFacts, codeLines, moment } from './code-lines.ts';
import { setupAddress } from './setup-link.ts';

/** Far more than the longest town. */
const MAX_FILE_BYTES = 5_000_000;
const REFUSED = 1;

/** `preau setup --file`: 0 done, previewed, or nothing to change; 1 refused. */
export async function setupCommand({ config, flags, signal }: CommandInput): Promise<number> {
  const { file: path, sheets: folder } = flags;
  if (typeof path !== 'string') throw refused(WRONG.fileMissing);
  const json = readJson(path);
  const how = flags['dry-run'] === true ? 'preview' : 'apply';
  if (typeof folder === 'string' && how === 'apply') readyFolder('sheets', folder);
  return withNewCore(config, signal, async (core) => {
    const followed = await core.setup.follow(json, how);
    if (followed.kind === 'faults') return sayFaults(flags, path, followed.faults);
    const wish = { flags, how, folder: typeof folder === 'string' ? folder : null } as const;
    await sayFollowed(core, followed, wish);
    return 0;
  });
}

/** Throws a `Fault` 'configuration' with a sentence. */
function readJson(path: string): unknown {
  let text: string;
  try {
    if (statSync(path).size > MAX_FILE_BYTES) throw refused(WRONG.tooLong(path));
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (!(error instanceof Fault)) throw refused(WRONG.noSuchFile(path));
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused(WRONG.noJson(path, error instanceof Error ? error.message : ''));
  }
}

function sayFaults(
  flags: Flags,
  path: string,
  faults: Extract<FollowOutcome, { readonly kind: 'faults' }>['faults'],
): number {
  const lines = faults.map((one) => SAYS.fault(one.path, one.why));
  say(
    flags,
    { outcome: 'faults', faults },
    [SAYS.faults(path, faults.length), ...lines].join('\n'),
  );
  return REFUSED;
}

interface Saying {
  readonly flags: Flags;
  readonly how: 'preview' | 'apply';
  readonly folder: string | null;
}

async function sayFollowed(
  { config }: Pick<Core, 'config'>,
  { changes, sheets }: Extract<FollowOutcome, { readonly kind: 'followed' }>,
  { flags, how, folder }: Saying,
): Promise<void> {
  const facts = {
    outcome: how === 'apply' ? 'done' : 'preview',
    changes,
    codes: codeFacts(sheets),
  };
  if (changes.length === 0) return say(flags, facts, SAYS.nothing);
  const lines = [how === 'apply' ? SAYS.done : SAYS.would, ...changes.map(SAYS.change)];
  if (sheets.length > 0) lines.push(codeLines(config, sheets));
  const [first] = sheets;
  if (folder !== null && first !== undefined) {
    await writeSheets([inOne(first, sheets)], {
      folder,
      school: 'ville',
      webAddress: config.publicUrl.replace(/^https?:\/\//, ''),
    });
    lines.push('', SAYS.sheets(folder));
  }
  say(flags, facts, lines.join('\n'));
}

/** All agents' cards on one sheet. */
function inOne(first: CodeSheet, sheets: readonly CodeSheet[]): CodeSheet {
  return { ...first, of: 'adults', cards: sheets.flatMap(({ cards }) => cards) };
}

/** `preau setup link`: 0 made, 1 refused, since an agent can come in. */
export async function linkCommand({ config, flags, signal }: CommandInput): Promise<number> {
  return withNewCore(config, signal, async ({ setup, town }) => {
    const made = await setup.newLink();
    if (made === null) throw refused(WRONG.noLink);
    const address = setupAddress(config.publicUrl, made.code);
    const until = moment(made.expiresAt, clockOfTown(await town.settings()));
    say(flags, { link: address, expiresAt: made.expiresAt }, SAYS.link(address, until));
    return 0;
  });
}
