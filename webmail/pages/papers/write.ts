import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type {
  Draft,
  LetterId,
  Reachable,
  WithWritings,
} from '../../../core/mail/writing/contract.ts';
import type {
  Asked,
  PaperRef,
  PaperState,
  PaperWish,
} from '../../../core/school/papers/contract.ts';
import { leftOutSentence } from '../../components/left-out.ts';
import { handOf, newLetter } from '../../components/letter-hand.ts';
import { leftOutOf } from '../../components/unsent.ts';
import { around } from '../../frame/frame.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { letterOf } from '../../ids.ts';
import { asksFamilies, paperPath, type PapersPart } from './parts.ts';
import { unaskedSentence } from './unasked.ts';
import { beginWish, isReady, wishIn, wishOf } from './wish-form.ts';
import { writingView, type PaperTarget, type PaperWriting } from './write-form.ts';

type PaperWritePart = PapersPart & WithMail & WithWritings;

/** GET /papers/new: a letter to families that asks for an answer; from a draft, or a ready one. */
export async function newPaper(
  visit: Visit<PaperWritePart>,
  query: { readonly to: unknown; readonly letter: unknown; readonly ready: unknown },
): Promise<Answer> {
  const targets = await targetsOf(visit);
  if (targets === null) return MISSING;
  const ready = isReady(query.ready) ? query.ready : null;
  const letter = letterOf(query.letter);
  const draft =
    letter === null ? null : await visit.core.writings.draftOfLetter(visit.viewer, letter);
  const words = ready === null ? null : visit.texts.papers.readies[ready];
  return show(visit, {
    targets,
    ref: null,
    to: draft?.to[0] ?? (typeof query.to === 'string' ? query.to : (targets[0]?.address ?? '')),
    subject: draft?.subject ?? words?.subject ?? '',
    body: draft?.text ?? `${words?.body ?? ''}${await visit.core.writings.signature(visit.viewer)}`,
    letter: draft?.letter ?? newLetter(),
    draft,
    wish: beginWish(visit, ready),
    troubles: [],
    faults: [],
  });
}

/** GET /papers/:school/:paper/change: other words in place of those that are asked. */
export async function changePaper(visit: Visit<PaperWritePart>, ref: PaperRef): Promise<Answer> {
  const state = await changeable(visit, ref);
  if (state === null) return MISSING;
  return show(visit, {
    targets: await targetOf(visit, state),
    ref,
    to: state.recipient,
    subject: state.subject,
    body: state.text.body,
    letter: newLetter(),
    draft: null,
    wish: wishOf(state),
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
  if (visit.audience === 'child') return null;
  const state = await visit.core.papers.state(visit.viewer, ref);
  return state !== null && state.mayAct && state.phase !== 'withdrawn' ? state : null;
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

/** POST /papers/new and …/change: the letter is kept first, then it leaves with its paper. */
export async function sendPaper(
  visit: Visit<PaperWritePart>,
  ref: PaperRef | null,
  form: Form,
): Promise<Answer> {
  const state = ref && (await changeable(visit, ref));
  const targets = state === null ? await targetsOf(visit) : await targetOf(visit, state);
  if (targets === null || (ref !== null && state === null)) return MISSING;
  const to = field(form, 'to');
  const subject = field(form, 'subject').replace(/\s+/g, ' ').trim();
  const body = field(form, 'text', LONG_FIELD_CHARS).replace(/\r\n?/g, '\n');
  if (body.includes('\0') || !targets.some(({ address }) => address === to))
    return { kind: 'wrong' };
  const { writings } = visit.core;
  const hand = await handOf(visit, form);
  const kept = await writings.keep(
    visit.viewer,
    { to: [to], cc: [], subject, text: body, answers: 'sender', answerTo: null },
    { hand, add: form.files, drop: fieldsOf(form, 'drop') },
  );
  const wish = wishIn(form);
  const asking = {
    draft: kept.kind === 'sent' ? (hand.previous ?? NO_DRAFT) : kept.ref,
    letter: kept.kind === 'sent' ? hand.letter : kept.letter,
    wish,
  };
  const troubles = [
    ...leftOutOf(visit, form),
    ...(kept.kind === 'sent'
      ? []
      : kept.leftOut.map(
          ({ name, outcome }) => `${name}\u00a0: ${leftOutSentence(visit, outcome)}`,
        )),
  ];
  const asked: Asked | null = troubles.length > 0 ? null : await askOrChange(visit, ref, asking);
  if (asked?.kind === 'asked') return { kind: 'go', to: `${paperPath(asked.ref)}?said=asked` };
  if (asked?.kind === 'missing') return MISSING;
  const draft = await writings.draftOfLetter(visit.viewer, asking.letter);
  return show(visit, {
    targets,
    ref,
    to,
    subject,
    body,
    letter: draft?.letter ?? asking.letter,
    draft,
    wish,
    troubles: [...troubles, ...(asked === null ? [] : unaskedSentence(visit, asked))],
    faults: asked?.kind === 'faulty' ? asked.faults : [],
  });
}

/** Of a letter that has gone with an earlier press of the button. */
const NO_DRAFT = { mailbox: 0, uid: 0 } as NonNullable<
  Awaited<ReturnType<typeof handOf>>['previous']
>;

function askOrChange(
  { core, viewer }: Visit<PaperWritePart>,
  ref: PaperRef | null,
  asking: { draft: typeof NO_DRAFT; letter: LetterId; wish: PaperWish },
): Promise<Asked> {
  return ref === null ? core.papers.ask(viewer, asking) : core.papers.change(viewer, ref, asking);
}

async function show(
  visit: Visit<PaperWritePart>,
  shown: Omit<PaperWriting, 'near'> & { readonly draft: Draft | null },
): Promise<Answer> {
  const near = await around(visit);
  const isWrong = shown.troubles.length + shown.faults.length > 0;
  return {
    kind: 'page',
    status: isWrong ? 422 : 200,
    body: writingView(atSchool(visit, visit.viewer), { ...shown, near }),
  };
}
