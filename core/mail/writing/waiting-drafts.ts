import type { Directory } from '../../directory/directory.ts';
import { viewerOf } from '../../directory/viewer-of.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { Outcome } from '../../rules/outcome.ts';
import { explain } from '../../rules/reasons.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import { draftState } from '../../store/mail/drafts.ts';
import { beginLeaving, endWaiting } from '../../store/mail/leaving-drafts.ts';
import type { Store } from '../../store/store.ts';
import type { Notices, ServiceWords } from '../delivery/telling/notice.ts';
import { SERVICE_LETTERS } from '../delivery/telling/service-letters.ts';
import type { Left } from './contract.ts';

interface WaitingParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly writings: { send(viewer: Viewer, ref: DraftRef): Promise<Left> };
  readonly notices: Notices;
  readonly clock: () => Date;
}

/**
 * Sends a draft that waited for the scanner or for its hour, asking the rules again. The scanner is
 * silent, or it is leaving already: it waits on (the worker puts it off). Refused by now: it stays
 * a draft, and its writer is told why.
 */
export async function sendWaitingDraft(
  parts: WaitingParts,
  school: SchoolId,
  row: number,
): Promise<void> {
  const { store, directory, clock } = parts;
  const waiting = await store.write(school, (tx) => beginLeaving(tx, row, clock()));
  const viewer =
    waiting && (await viewerOf(directory, { home: school, addressId: waiting.addressId }, clock()));
  if (!waiting || !viewer) return store.write(school, (tx) => endWaiting(tx, row));
  const outcome = await parts.writings.send(viewer, waiting.ref);
  if (outcome.kind === 'scanner-silent' || outcome.kind === 'underway') return;
  const left = await store.write(school, async (tx) => {
    await endWaiting(tx, row);
    return draftState(tx, waiting.account, waiting.ref);
  });
  // Gone, thrown away or written again meanwhile: there is nothing to be told.
  if (outcome.kind === 'accepted' || outcome.kind === 'held' || left === null) return;
  await parts.notices.tell(
    viewer,
    outcome.kind === 'unasked' ? outcome.said : whyNot(outcome, viewer, clock()),
  );
}

/** Why a letter has not left. */
function whyNot(
  outcome: Exclude<Outcome, { readonly kind: 'accepted' | 'held' }>,
  viewer: Viewer,
  now: Date,
): ServiceWords {
  const isChild = viewer.role === 'pupil';
  const rule = outcome.kind === 'denied' ? (outcome.refusals[0]?.rule ?? 'fault') : outcome.kind;
  const words = outcome.kind === 'denied' ? (outcome.refusals[0]?.words ?? {}) : {};
  const { sentence, next } = explain(rule, words, {
    language: viewer.language,
    timeZone: viewer.timeZone,
    audience: isChild ? 'child' : 'adult',
    now,
  });
  const subject = SERVICE_LETTERS[viewer.language].notLeft[isChild ? 'child' : 'adult'];
  return { subject, text: `${sentence}\n\n${next}` };
}
