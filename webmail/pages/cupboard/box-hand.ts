import type { AddressId } from '../../../core/ground/ids.ts';
import type { BroughtFile, GivenFile, NotPut } from '../../../core/school/cupboard/contract.ts';
import type { BoxRef, GaveBack, Handed } from '../../../core/school/hand-in/contract.ts';
import { leftOutOf } from '../../components/unsent.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { addressIdOf } from '../../ids.ts';
import { boxPath, type BoxPart } from './box-parts.ts';
import { showBox, STAMPS } from './box.ts';
import { allKeptToTry, broughtIn, notDealt, type Waiting } from './coming.ts';
import { ownPutPath, waitInOwn, whyNotPut } from './put.ts';

/** POST …/hand: a pupil hands in. */
export async function handIn(visit: Visit<BoxPart>, ref: BoxRef, form: Form): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const words = texts.boxes;
  const here = { action: `${boxPath(ref)}/hand`, act: words.hand };
  const tried = await allOrNothing(visit, form, {
    deal: (files) => core.handIns.hand(viewer, ref, files),
    mayBeNone: false,
  });
  const again = (troubles: readonly string[], where = here): Promise<Answer> =>
    stays(visit, ref, { looked: null, troubles, again: { ...where, files: tried.files } });
  if (tried.kind === 'left') return again(tried.troubles);
  if (tried.kind === 'none') return again([words.troubles.nothing]);
  const { became } = tried;
  switch (became.kind) {
    case 'handed':
      return { kind: 'go', to: `${boxPath(ref)}?said=${became.isLate ? 'late' : 'handed'}` };
    case 'not-kept':
      return again(whyNotPut(visit, became.name, became.why));
    case 'too-many':
      return again([words.troubles['too-many']], intoOwn(visit));
    case 'missing':
      return again([words.troubles.gone], intoOwn(visit));
  }
}

/** POST …/back: a teacher gives it back, with a stamp and a word. */
export async function giveBack(visit: Visit<BoxPart>, ref: BoxRef, form: Form): Promise<Answer> {
  const { core, viewer, texts } = visit;
  const box = await core.handIns.box(viewer, ref, null);
  if (box === null || box.own !== null) return MISSING;
  const pupil = addressIdOf(field(form, 'pupil'));
  const stamp = STAMPS.find((one) => one === field(form, 'stamp'));
  if (pupil === null || stamp === undefined) return { kind: 'wrong' };
  const word = field(form, 'word', 2_000);
  const here = { action: `${boxPath(ref)}/back`, act: '' };
  const tried = await allOrNothing(visit, form, {
    deal: (files) => core.handIns.giveBack(viewer, ref, { pupil, stamp, word, files }),
    mayBeNone: true,
  });
  const again = (troubles: readonly string[], where = here): Promise<Answer> =>
    stays(visit, ref, {
      looked: pupil,
      troubles,
      again: { ...where, files: tried.files },
      typed: { stamp, word },
    });
  if (tried.kind === 'left') return again(tried.troubles);
  const became = tried.kind === 'none' ? null : tried.became;
  if (became?.kind === 'given')
    return { kind: 'go', to: `${boxPath(ref)}?said=back&pupil=${pupil}` };
  if (became?.kind === 'not-kept') return again(whyNotPut(visit, became.name, became.why));
  return again([texts.boxes.troubles.notThere], intoOwn(visit));
}

/** Where it goes that has no place in the box any more. */
const intoOwn = (visit: Visit): Omit<Waiting, 'files'> => ({
  action: ownPutPath(visit),
  act: visit.texts.cupboards.store,
});

interface Staying {
  readonly looked: AddressId | null;
  readonly troubles: readonly string[];
  readonly again: Waiting;
  readonly typed?: { readonly stamp: (typeof STAMPS)[number]; readonly word: string };
}

/** The box once more, with what has come; among one's own things where the box is no more. */
async function stays(visit: Visit<BoxPart>, ref: BoxRef, staying: Staying): Promise<Answer> {
  const answer = await showBox(visit, ref, { ...staying, said: null });
  return answer === MISSING && staying.again.files.length > 0
    ? waitInOwn(visit, staying.troubles, staying.again.files)
    : answer;
}

/** What became of all files of a form, and which of them wait for another try. */
type Tried<T> = { readonly files: readonly BroughtFile[] } & (
  | { readonly kind: 'done'; readonly became: T }
  | { readonly kind: 'left'; readonly troubles: readonly string[] }
  | { readonly kind: 'none' }
);

const isDone = ({ kind }: Handed | GaveBack): boolean => kind === 'handed' || kind === 'given';

interface Dealing<T> {
  readonly deal: (files: readonly GivenFile[]) => Promise<T>;
  /** A word to a child may go without any file. */
  readonly mayBeNone: boolean;
}

/**
 * Does something with all files of a form or with none. Where it can't be done they all stay for
 * another try but the one that has no place here: what a scanner finds lies nowhere.
 */
async function allOrNothing<T extends Handed | GaveBack>(
  visit: Visit<BoxPart>,
  form: Form,
  { deal, mayBeNone }: Dealing<T>,
): Promise<Tried<T>> {
  const { core, viewer } = visit;
  const come = broughtIn(form);
  const left = leftOutOf(visit, form);
  const keptWith = async (out: string | null): Promise<readonly BroughtFile[]> => {
    const bad = come.find(({ name }) => name === out);
    // What is dealt with, in whatever way, is kept no longer.
    if (bad !== undefined) await core.cupboards.withBrought(viewer, [bad], async () => null);
    const lying = form.lying.filter(({ name }) => bad !== undefined || name !== out);
    return [...come.filter((one) => one !== bad), ...(await allKeptToTry(visit, lying))];
  };
  if (left.length > 0) return { kind: 'left', troubles: left, files: await keptWith(null) };
  if (come.length + form.lying.length === 0 && !mayBeNone) return { kind: 'none', files: [] };
  const dealt =
    come.length === 0
      ? ({ kind: 'dealt', value: await deal(form.lying) } as const)
      : await core.cupboards.withBrought(
          viewer,
          come,
          (files) => deal([...form.lying, ...files]),
          (became) => !isDone(became),
        );
  if (dealt.kind !== 'dealt') {
    const files = await allKeptToTry(visit, form.lying);
    return { kind: 'left', troubles: [notDealt(visit, dealt)], files };
  }
  const became = dealt.value;
  const files = isDone(became) ? [] : await keptWith(outOf(became));
  return { kind: 'done', became, files };
}

/** The name of what has no place here, however often it is tried. */
function outOf(became: Handed | GaveBack): string | null {
  return became.kind === 'not-kept' && !isForLater(became.why) ? became.name : null;
}

const isForLater = (why: NotPut): boolean =>
  why.kind === 'refused' && why.outcome.kind === 'scanner-silent';
