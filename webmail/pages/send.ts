import type { Outcome, Uid, Writing } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { leftOutSentence, unsentAnswer } from '../failures.ts';
import { field, fieldsOf, type Form } from '../forms.ts';
import { uidOf } from '../ids.ts';
import { chosenPlace } from '../places.ts';
import type { Visit } from '../visit.ts';
import { answeredBy, draftRef, show, type Complaint } from './write.ts';

/** Limits of a writing as a form gives it; core has its own for the message. */
const MAX_RECIPIENTS = 1000;
const MAX_ADDRESS = 254;
/** Control characters have no place in a header line (RFC 5322 §2.2); a browser's one-line field can't hold them. */
const CONTROL = /[\u0000-\u001f\u007f]/;
const ANSWERS = ['sender', 'everyone', 'none'] as const;

/** POST /write: whatever was pressed, the text is kept first; then it is sent, left for later, thrown away, or people are looked for. */
export async function send(visit: Visit, form: Form): Promise<Answer> {
  const writing = writingOf(form);
  if (writing === null) return { kind: 'wrong' };
  const uid = field(form, 'draft') === '' ? null : uidOf(field(form, 'draft'));
  const previous = uid === null ? null : await draftRef(visit, uid);
  const known = previous === null ? null : await visit.core.writings.draft(visit.viewer, previous);
  const act = field(form, 'act');
  if (act === 'throw') {
    if (previous !== null && known !== null) await visit.core.mail.erase(visit.viewer, previous.mailbox, [previous.uid]);
    return { kind: 'go', to: known === null ? '/mail/inbox' : '/mail/drafts?said=dropped' };
  }
  const typed = typedRecipient(form, writing);
  const saved = await visit.core.writings.save(visit.viewer, typed.writing, { previous: known === null ? null : previous, add: form.files, drop: fieldsOf(form, 'drop') });
  const complaints: Complaint[] = [
    ...form.leftOut.map(({ name, why }): Complaint => ({ kind: 'left-out', name, sentence: visit.texts.write.leftOut[visit.audience][why] })),
    ...saved.leftOut.map(({ name, outcome }): Complaint => ({ kind: 'left-out', name, sentence: leftOutSentence(visit, outcome) })),
  ];
  // A name not yet looked for is, before anything is sent; one whose finds were on the page has had its answer.
  const isNew = typed.rest !== field(form, 'found').trim();
  if (typed.rest !== '' && (act === 'find' || (act === 'send' && isNew))) return { kind: 'go', to: `/write/${saved.ref.uid}?find=${encodeURIComponent(typed.rest)}` };
  if (act === 'send' && complaints.length === 0 && typed.writing.to.length > 0) return settled(visit, await visit.core.writings.send(visit.viewer, saved.ref), saved.ref.uid);
  if (act === 'send' && typed.writing.to.length === 0) complaints.push({ kind: 'nobody' });
  if (complaints.length > 0) {
    const draft = await visit.core.writings.draft(visit.viewer, saved.ref);
    return show(visit, draft ?? typed.writing, { draft, complaints, search: null });
  }
  return { kind: 'go', to: act === 'save' ? '/mail/drafts' : `/write/${saved.ref.uid}` };
}

/** POST /mail/:place/:uid/reply: the few lines written under a message, to its sender alone. */
export async function quickReply(visit: Visit, slug: string, act: { readonly uid: Uid; readonly text: string }): Promise<Answer> {
  const chosen = chosenPlace(visit, await visit.core.mail.places(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const start = await visit.core.writings.answer(visit.viewer, { mailbox: chosen.place.id, uid: act.uid }, false);
  if (start === null) return MISSING;
  const to = start.writing.to.length > 0 ? start.writing.to : start.refusals.map((one) => one.address);
  const saved = await visit.core.writings.save(visit.viewer, { ...start.writing, to, text: act.text }, { previous: null, add: [], drop: [] });
  return settled(visit, await visit.core.writings.send(visit.viewer, saved.ref), saved.ref.uid);
}

async function settled(visit: Visit, outcome: Outcome, draft: Uid): Promise<Answer> {
  if (outcome.kind === 'accepted' || outcome.kind === 'held') return { kind: 'go', to: '/write/done' };
  return unsentAnswer(visit, outcome, draft);
}

/** The form as a writing; null when it holds what no form of ours sends. */
function writingOf(form: Form): Writing | null {
  const to = [...new Set(fieldsOf(form, 'to').map((address) => address.trim()).filter((address) => address !== ''))];
  const subject = field(form, 'subject').replaceAll('\t', ' '); // pasted out of a table
  const text = field(form, 'text').replace(/\r\n?/g, '\n');
  if (to.length > MAX_RECIPIENTS || to.some((address) => address.length > MAX_ADDRESS || CONTROL.test(address)) || CONTROL.test(subject) || text.includes('\0')) return null;
  const answers = ANSWERS.find((one) => one === field(form, 'answers')) ?? 'sender';
  return { to, subject, text, answers, answerTo: answeredBy(field(form, 'answer-mailbox'), field(form, 'answer-uid')) };
}

/** What stands in « Nom ou adresse » when a button is pressed: an address joins the recipients, a name is looked for. */
function typedRecipient(form: Form, writing: Writing): { readonly writing: Writing; readonly rest: string } {
  const typed = field(form, 'find').trim();
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(typed) || typed.length > MAX_ADDRESS || CONTROL.test(typed)) return { writing, rest: typed };
  const address = typed.toLowerCase();
  return { writing: { ...writing, to: writing.to.includes(address) ? writing.to : [...writing.to, address] }, rest: '' };
}
