/** What a look at every byte of a repository says, and what follows from it: pure. */
import type { BackupRecord } from '../../../core/town/readiness/backup/record.ts';
import type { BackupTrouble } from '../../../core/town/readiness/backup/troubles.ts';
import type { NewestBackup } from '../repository/held.ts';
import {
  gapFrom,
  isLeftBehind,
  isSegmentFrom,
  type BackupSet,
  type Segment,
} from '../repository/sets.ts';

/** Names the parts of a repository that aren't as they were written. */
interface Damage {
  /** The lists of what there is can't be read. */
  readonly isUnreadable: boolean;
  /** Labels of backups. */
  readonly backups: readonly string[];
  /** Names of segments of the log. */
  readonly segments: readonly string[];
}

/**
 * Reads what `pgbackrest verify --verbose` says at its level « info ». It ends with 0 whatever it
 * finds, and calls a backup without its manifest right: each line is looked at.
 */
export function readDamage(said: string): Damage {
  const lines = said.split('\n');
  const logs = [...said.matchAll(/total WAL checked: (\d+), total valid WAL: (\d+)/g)];
  const named = [...new Set(lines.flatMap(damagedSegmentIn))];
  const isUnnamed = named.length === 0 && logs.some(([, all, valid]) => all !== valid);
  return {
    isUnreadable: /No usable \S+ file/.test(said) || logs.length === 0 || isUnnamed,
    backups: lines.flatMap(damagedBackupIn),
    segments: named,
  };
}

/** The backup of which a line says that it isn't valid. */
function damagedBackupIn(line: string): string[] {
  const [, label = '', status = 'valid'] =
    /^\s*backup: (\S+), status: (.+?), total files/.exec(line) ?? [];
  return status === 'valid' ? [] : [label];
}

/** The last segment that a line names behind « invalid » or « missing ». */
function damagedSegmentIn(line: string): string[] {
  const at = line.search(/\b(?:invalid|missing)\b/);
  const named = at < 0 ? [] : [...line.slice(at).matchAll(/\/([0-9A-F]{24})-[0-9a-f]{40}/g)];
  return named.slice(-1).map(([, name]) => name ?? '');
}

type Judged = Pick<BackupRecord, 'reach'> &
  Pick<NonNullable<BackupRecord['verified']>, 'trouble' | 'olderDamaged'>;

/**
 * What one can come back to. A trouble is what keeps us from the latest there is; what is damaged
 * before the newest backup costs some old minutes, and nothing but time takes it away. A restore
 * begins with the last backup before its minute: so all of them must be sound from there on, but
 * for those that a restore has left behind, with which none begins.
 */
export function judge(
  damage: Damage,
  {
    sets,
    newest: { set: newest, segments },
  }: {
    readonly sets: readonly BackupSet[];
    readonly newest: Pick<NewestBackup, 'set' | 'segments'>;
  },
): Judged {
  if (damage.isUnreadable)
    return { trouble: { kind: 'unreadable', detail: '' }, olderDamaged: false, reach: null };
  const kept = sets.filter((set) => set.archive === newest.archive && !isLeftBehind(set, segments));
  const isWrong = (set: BackupSet): boolean => troubleFrom(set, damage, segments) !== null;
  const lastWrong = kept.findLastIndex(isWrong);
  const first = kept[lastWrong + 1];
  const until = segments.at(-1)?.archivedAt ?? newest.madeAt;
  return {
    trouble: troubleFrom(newest, damage, segments),
    olderDamaged: lastWrong >= 0 && first !== undefined,
    reach: first === undefined ? null : { from: first.madeAt, until },
  };
}

/** What keeps one from coming back by a backup and all of the log since. */
function troubleFrom(
  { label, leansOn, firstSegment }: BackupSet,
  damage: Damage,
  segments: readonly Segment[],
): BackupTrouble | null {
  const backup = damage.backups.find((one) => one === label || leansOn.includes(one));
  if (backup !== undefined) return { kind: 'backup-damaged', detail: backup };
  const segment = damage.segments.find((one) => isSegmentFrom(firstSegment, one));
  if (segment !== undefined) return { kind: 'log-damaged', detail: segment };
  const gap = gapFrom(firstSegment, segments);
  return gap === null ? null : { kind: 'log-missing', detail: gap.segment };
}
