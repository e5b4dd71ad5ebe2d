import type {
  LettersDecision,
  DecidedLetter,
  LetGo,
} from '../../../core/mail/delivery/holding/contract.ts';
import type { Refusal } from '../../../core/rules/outcome.ts';
import type { ReasonName } from '../../../core/rules/reasons.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';

/** What a decision came to, in words. */
export interface DecisionText {
  readonly ok: boolean;
  readonly words: string;
}

/** Names that are written out; more are a number. */
const NAMED = 6;

/** Of a decision that has taken effect, letter by letter. */
export function toldOf(visit: Visit, { kind, letters }: LettersDecision): readonly DecisionText[] {
  const { held } = visit.texts;
  const taken = letters.filter((one) => one.kind === 'withdrawn');
  const told = taken.map((): DecisionText => ({ ok: false, words: held.takenByWriter }));
  const rest = letters.filter((one) => one.kind !== 'withdrawn');
  if (rest.length === 0) return told;
  if (kind === 'give-back') return [...told, { ok: true, words: givenBackWords(visit, rest) }];
  return [
    ...told,
    ...rest.map((one) => toldOfOne(visit, one, { isOneOfMany: letters.length > 1 })),
  ];
}

function givenBackWords({ texts }: Visit, letters: readonly DecidedLetter[]): string {
  const isStrangers = letters.every(({ from }) => from.kind === 'outside');
  return isStrangers ? texts.held.keptOut : texts.held.givenBack(letters.length);
}

/** To how many it went, who waits on, who doesn’t get it and why. */
function toldOfOne(
  visit: Visit,
  letter: DecidedLetter,
  { isOneOfMany }: { readonly isOneOfMany: boolean },
): DecisionText {
  const { held } = visit.texts;
  const { sent, waiting } = letter.came;
  const later = waiting.filter(({ rule }) => rule === 'school-closed').length;
  const travelling = waiting.filter(({ rule }) => rule === 'on-the-road').length;
  const words: string[] = [];
  if (sent > 0)
    words.push(isOneOfMany ? held.sentOf(subjectOf(visit, letter), sent) : held.sent(sent));
  if (later > 0) words.push(held.leavesLater);
  if (travelling > 0) words.push(held.takesRoad);
  if (waiting.length > later + travelling) words.push(held.waitsOn);
  words.push(...missedWords(visit, letter.came));
  return { ok: sent + later + travelling > 0, words: words.join(' ') };
}

/** Who could not have it, and why; where nobody could, that it goes to nobody. */
export function missedWords({ texts }: Visit, { sent, left, waiting, refused }: LetGo): string[] {
  const { held } = texts;
  const words: string[] = left > 0 ? [held.left(left)] : [];
  const byWhy = Map.groupBy(refused, ({ rule }) => held.why[whyOf(rule)]);
  for (const [why, those] of byWhy)
    words.push(
      sent + waiting.length === 0 && byWhy.size === 1 && those.length === 1
        ? `${held.changed}${why}.`
        : missedFor(held, those, why),
    );
  return words;
}

function missedFor(
  { refusedFor, refusedUnnamed }: Visit['texts']['held'],
  those: readonly Refusal[],
  why: string,
): string {
  const names = those.flatMap(({ words }) => words['name'] ?? []);
  return names.length < those.length || names.length > NAMED
    ? refusedUnnamed(those.length, why)
    : refusedFor(names.join(', '), why);
}

/** What a rule that refuses at the end means to who had agreed. */
function whyOf(rule: ReasonName): keyof Visit['texts']['held']['why'] {
  return WHY[rule] ?? 'relation';
}

const WHY: Readonly<Partial<Record<ReasonName, keyof Visit['texts']['held']['why']>>> = {
  'no-such-address': 'gone',
  'recipient-closed': 'closed',
  'account-suspended': 'sender',
  'account-archived': 'sender',
  'pupil-mail-stopped': 'sender',
  'charter-first': 'sender',
  'family-first': 'sender',
  'sending-paused': 'sender',
  'file-kind': 'other',
  'forbidden-link': 'other',
  malware: 'other',
};
