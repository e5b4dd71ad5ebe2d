/** Whether PostgreSQL's log is kept elsewhere as it must be: pure. */
import type { ArchivingState } from '../../../core/store/archiving.ts';
import { CHECK_SAYS } from '../../texts/own-backup.ts';

/** A segment that isn't full may wait so long: what a lost machine costs. */
const MOST_TIMEOUT_S = 60;
/** On its way to the repository, and between two signs of life that Préau writes down. */
const ON_ITS_WAY_S = 60;

/** One thing that was looked at, and how it stands; what to do where it isn't right. */
interface Checked {
  readonly id: 'mode' | 'command' | 'timeout' | 'delivery' | 'age';
  readonly isRight: boolean;
  readonly sentence: string;
}

/** All of it, in the order in which it is to be mended. */
export function judgeArchiving(state: ArchivingState): readonly Checked[] {
  const { mode, command, timeoutS, lastArchivedAt, lastFailedAt, now } = state;
  const isFailing =
    lastFailedAt !== null && (lastArchivedAt === null || lastFailedAt > lastArchivedAt);
  const ageS = lastArchivedAt === null ? null : secondsBetween(lastArchivedAt, now);
  const isTimely = timeoutS > 0 && timeoutS <= MOST_TIMEOUT_S;
  const isOld = ageS === null || ageS > Math.max(timeoutS, MOST_TIMEOUT_S) + ON_ITS_WAY_S;
  return [
    checked({ id: 'mode', isRight: mode !== 'off' }, CHECK_SAYS.mode),
    // without the mode PostgreSQL shows no command but « (disabled) »
    checked({ id: 'command', isRight: !['', '(disabled)'].includes(command) }, CHECK_SAYS.command),
    checked({ id: 'timeout', isRight: isTimely }, CHECK_SAYS.timeout(timeoutS)),
    checked({ id: 'delivery', isRight: !isFailing }, CHECK_SAYS.delivery(lastFailedAt)),
    checked({ id: 'age', isRight: !isOld }, CHECK_SAYS.age(ageS)),
  ];
}

function checked(
  { id, isRight }: Pick<Checked, 'id' | 'isRight'>,
  says: { readonly right: string; readonly wrong: string },
): Checked {
  return { id, isRight, sentence: isRight ? says.right : says.wrong };
}

const secondsBetween = (from: Date, to: Date): number =>
  Math.round((to.getTime() - from.getTime()) / 1_000);
