import { newLetterId } from '../../../core/ground/ids.ts';
import type { WithPresence } from '../../../core/mail/presence/contract.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type {
  Draft,
  DraftOutcome,
  Reachable,
  WithWritings,
} from '../../../core/mail/writing/contract.ts';
import type { HandedPaper, PaperDraft, PaperState } from '../../../core/school/papers/contract.ts';
import type { PaperRef } from '../../../core/school/papers/contract/slips.ts';
import { leftOutSentence } from '../../components/left-out.ts';
import { leftOutOf } from '../../components/unsent.ts';
import { surroundingsOf } from '../../frame/frame.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { letterOf } from '../../ids.ts';
import { morningOf, waitsUntil } from '../writing/evening.ts';
import { withSent } from '../writing/sent-path.ts';
import { keepBoth, letterIn } from './keep.ts';
import { asksFamilies, paperPath, type PapersPart } from './parts.ts';
import { unaskedSentence } from './unasked.ts';
import { beginWish, isReady, PAPER_FORM, typedOf, wishOf } from './wish-form.ts';
import { writingView, type PaperTarget, type PaperWriting } from './write-form.ts';

type PaperWritePart = PapersPart & WithMail & WithPresence<'nextHours'> & WithWritings;

interface NewPaperQuery {
  readonly to: unknown;
  readonly letter: unknown;
  readonly ready: unknown;
}

/** GET /papers/new: a letter to families that asks for an answer; from a draft, or a ready one. */
export async function newPaper(
  visit: Visit<PaperWritePart>,
  query: NewPaperQuery,
): Promise<Answer> {
  const targets = await targetsOf(visit);
  if (targets === null) return MISSING;
  const ready = isReady(query.ready) ? query.ready : null;
  const { draft, drafted } = await draftOf(visit, query.letter);
  if (draft !== null && drafted?.changes && (await changeable(visit, drafted.changes)) !== null)
    return { kind: 'go', to: `${paperPath(drafted.changes)}/change?letter=${draft.letter}` };
  const words = ready === null ? null : visit.texts.papers.readies[ready];
  return show(visit, {
    targets,
    ref: null,
    typed: typedOf(
      {
        to: draft?.to[0] ?? (typeof query.to === 'string' ? query.to : (targets[0]?.address ?? '')),
        subject: draft?.subject ?? words?.subject ?? '',
        text:
          draft?.text ??
          (await visit.core.writings.signature(visit.viewer, { above: words?.body ?? '' })).text,
      },
      drafted?.wish ?? beginWish(visit, ready),
    ),
    letter: draft?.letter ?? newLetterId(),
    draft,
    troubles: [],
    faults: [],
  });
}

/** The draft of a letter that the query names, with its slip. */
async function draftOf(
  { core, viewer }: Visit<PaperWritePart>,
  named: unknown,
): Promise<{ readonly draft: Draft | null; readonly drafted: PaperDraft | null }> {
  const letter = letterOf(named);
  const draft = letter === null ? null : await core.writings.draftOfLetter(viewer, letter);
  return { draft, drafted: draft && core.papers.draftedIn(draft) };
}

/** GET /papers/:school/:paper/change: other words in place of those that are asked. */
export async function changePaper(
  visit: Visit<PaperWritePart>,
  ref: PaperRef,
  named: unknown,
): Promise<Answer> {
  const state = await ownPaper(visit, ref);
  if (state === null) return MISSING;
  if (state.phase === 'withdrawn') return { kind: 'go', to: `${paperPath(ref)}?said=meanwhile` };
  const { draft, drafted } = await draftOf(visit, named);
  return show(visit, {
    targets: await targetOf(visit, state),
    ref,
    typed: typedOf(
      {
        to: state.recipient,
        subject: draft?.subject ?? state.subject,
        text: draft?.text ?? state.text.body,
      },
      drafted?.wish ?? wishOf(state),
    ),
    letter: draft?.letter ?? newLetterId(),
    draft,
    troubles: [],
    faults: [],
  });
}

/** A paper goes again to whom it went. */
async function targetOf(
  { core, viewer }: Visit<PaperWritePart>,
  { recipient }: PaperState,
): Promise<readonly PaperTarget[]> {
  const circle = await core.papers.circle(viewer, [recipient]);
  return circle === null ? [] : [{ address: recipient, circle }];
}

async function changeable(visit: Visit<PaperWritePart>, ref: PaperRef): Promise<PaperState | null> {
  const state = await ownPaper(visit, ref);
  return state?.phase === 'withdrawn' ? null : state;
}

/** A paper that the viewer acts on, withdrawn or not. */
async function ownPaper(visit: Visit<PaperWritePart>, ref: PaperRef): Promise<PaperState | null> {
  if (visit.audience === 'child') return null;
  const state = await visit.core.papers.state(visit.viewer, ref);
  return state?.mayAct === true ? state : null;
}

/** Whom what was typed goes to, in place of which paper. */
type Aim = Pick<PaperWriting, 'ref' | 'targets' | 'troubles'>;

/**
 * What was typed for a paper that was withdrawn meanwhile becomes a new one, and says so; null: it
 * is nobody's here.
 */
async function aimOf(visit: Visit<PaperWritePart>, ref: PaperRef | null): Promise<Aim | null> {
  const state = ref && (await ownPaper(visit, ref));
  if (ref !== null && state === null) return null;
  if (state !== null && state.phase !== 'withdrawn')
    return { ref, targets: await targetOf(visit, state), troubles: [] };
  const targets = await targetsOf(visit);
  const troubles = state === null ? [] : [visit.texts.papers.write.withdrawn];
  return targets && { ref: null, targets, troubles };
}

/** Null for who asks nobody. */
async function targetsOf(visit: Visit<PaperWritePart>): Promise<readonly PaperTarget[] | null> {
  const { viewer, core } = visit;
  if (!asksFamilies(visit)) return null;
  const lists = (await core.writings.lists(viewer)).filter(
    ({ listKind }) => listKind === 'class-families' || listKind === 'own-group',
  );
  const found = await Promise.all(
    lists.map(async ({ address }: Reachable): Promise<PaperTarget | null> => {
      const circle = await core.papers.circle(viewer, [address]);
      return circle && { address, circle };
    }),
  );
  return found.filter((one) => one !== null);
}

/**
 * POST /papers/new and …/change: whatever was pressed, the letter and its slip are kept first; then
 * they leave together, stay for later, or are thrown away.
 */
export async function sendPaper(
  visit: Visit<PaperWritePart>,
  named: PaperRef | null,
  form: Form,
): Promise<Answer> {
  const aim = await aimOf(visit, named);
  if (aim === null) return MISSING;
  const { ref, targets } = aim;
  const typed = PAPER_FORM.typedIn(form);
  const writing = letterIn(typed);
  const { hand, kept } = await keepBoth(visit, form, { typed, writing, changes: ref });
  const act = field(form, 'act');
  if (act === 'throw') return thrown(visit, kept);
  const draft = {
    draft: kept.kind === 'sent' ? hand.previous : kept.ref,
    letter: kept.kind === 'sent' ? hand.letter : kept.letter,
  };
  const troubles = [...aim.troubles, ...leftOutOf(visit, form), ...leftOutOfDraft(visit, kept)];
  const back = ref === null ? '/papers/new' : `${paperPath(ref)}/change`;
  if (act === 'keep' && troubles.length === 0)
    return { kind: 'go', to: `${back}?letter=${draft.letter}` };
  const handed =
    act === 'keep' || troubles.length > 0
      ? null
      : await visit.core.papers.handIn(visit.viewer, draft, await waitsUntil(visit, form, writing));
  const onward = handed === null ? null : onwardOf(handed);
  if (onward !== null) return onward;
  const found = await visit.core.writings.draftOfLetter(visit.viewer, draft.letter);
  return show(visit, {
    targets,
    ref,
    typed,
    letter: found?.letter ?? draft.letter,
    draft: found,
    troubles: [...troubles, ...(handed === null ? [] : unaskedSentence(visit, handed))],
    faults: handed?.kind === 'faulty' ? handed.faults : [],
  });
}

/** Where one goes once a paper is on its way; null: something is wrong with it. */
function onwardOf(handed: HandedPaper): Answer | null {
  switch (handed.kind) {
    case 'asked':
      return { kind: 'go', to: `${paperPath(handed.ref)}?said=asked` };
    case 'leaves':
      return { kind: 'go', to: withSent('/papers', handed.letter) };
    case 'too-many-scheduled':
      return { kind: 'go', to: '/write/later' };
    case 'missing':
      return MISSING;
    default:
      return null;
  }
}

async function thrown(
  { core, viewer }: Visit<PaperWritePart>,
  kept: DraftOutcome,
): Promise<Answer> {
  if (kept.kind === 'sent') return { kind: 'go', to: '/papers' };
  const acted = await core.mail.act(
    viewer,
    { which: { kind: 'these', messages: [kept.ref] }, by: 'message' },
    { kind: 'move', to: 'trash' },
  );
  return { kind: 'go', to: `/papers?act=${acted?.id ?? ''}` };
}

/** Files that the draft did not take. */
const leftOutOfDraft = (visit: Visit<PaperWritePart>, kept: DraftOutcome): readonly string[] =>
  kept.kind === 'sent'
    ? []
    : kept.leftOut.map(
        ({ name, outcome }) => `${name}${visit.texts.colon}${leftOutSentence(visit, outcome)}`,
      );

async function show(
  visit: Visit<PaperWritePart>,
  shown: Omit<PaperWriting, 'surroundings' | 'evening'> & { readonly draft: Draft | null },
): Promise<Answer> {
  const [surroundings, evening] = await Promise.all([surroundingsOf(visit), morningOf(visit)]);
  const isWrong = shown.troubles.length + shown.faults.length > 0;
  return {
    kind: 'page',
    status: isWrong ? 422 : 200,
    body: writingView(atSchool(visit, visit.viewer), { ...shown, surroundings, evening }),
  };
}
