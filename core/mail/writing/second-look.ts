import type { Doubt, LookedAt } from '../../letters/second-look/doubt.ts';
import { isDoubtful, lookAgain } from '../../letters/second-look/letter.ts';
import { EMPTY, lookingClass } from '../../roster/relate.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { answeredBy } from '../delivery/judging/doubtful.ts';
import { outcomeOf } from '../delivery/judging/judge.ts';
import type { SecondLooked, Writing } from './contract.ts';
import { judgedNow } from './judged.ts';
import type { ReachParts } from './parts.ts';

/**
 * Of a pupil's letter what may make one look twice, without what it repeats of the letter that it
 * answers; of anybody else's nothing.
 */
async function lookedAt(
  { store }: ReachParts,
  viewer: Viewer,
  writing: Writing,
): Promise<LookedAt | null> {
  if (viewer.role !== 'pupil') return null;
  const looked = lookAgain(writing, null);
  const { answerTo: letter } = writing;
  if (!isDoubtful(looked)) return null;
  if (letter === null) return looked;
  const recipients = [...writing.to, ...writing.cc];
  const own = lookAgain(writing, await answeredBy(store, viewer, { letter, recipients }));
  return isDoubtful(own) ? own : null;
}

/**
 * What a pupil is shown of a letter before it goes: its doubtful words, where a class of theirs has
 * that. A grown-up may be told everything that one keeps from other children, and what was said.
 */
export async function secondLook(
  parts: ReachParts,
  viewer: Viewer,
  writing: Writing,
): Promise<SecondLooked | null> {
  const looked = await lookedAt(parts, viewer, writing);
  if (looked === null) return null;
  const judgement = await judgedNow(parts, viewer, {
    recipients: [...writing.to, ...writing.cc],
    content: { ...EMPTY, doubtfulWords: true },
  });
  const readers = judgement.judged.flatMap(({ to }) => (to === null ? [] : [to]));
  const isLooked = readers.some(
    (to) => (lookingClass(judgement.from, to)?.secondLook ?? 'off') !== 'off',
  );
  const reachesChild = readers.some(
    (to) => to.kind === 'person' && to.standing.person.role === 'pupil',
  );
  const shown = reachesChild ? looked : toldToAdults(looked);
  if (!isLooked || !isDoubtful(shown)) return null;
  const outcome = outcomeOf(judgement);
  const held = outcome?.kind === 'held' ? outcome.held : [];
  return {
    ...shown,
    reachesChild,
    held: held.find(({ rule }) => rule === 'doubtful-words') ?? null,
  };
}

function toldToAdults({ subject, text }: LookedAt): LookedAt {
  const hurts = ({ kind }: Doubt): boolean => kind === 'hurts' || kind === 'threatens';
  return { subject: subject.filter(hurts), text: text.filter(hurts) };
}
