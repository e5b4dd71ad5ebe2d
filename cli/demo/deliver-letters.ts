import { Readable } from 'node:stream';
import type { WithAccounts } from '../../core/entry/accounts/contract.ts';
import { domainOf } from '../../core/ground/address.ts';
import { dayAt, momentOf } from '../../core/ground/clock.ts';
import { Fault } from '../../core/ground/fault.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import type { WithVoice } from '../../core/letters/voice/contract.ts';
import type { SenderProof, WithDelivery } from '../../core/mail/delivery/contract.ts';
import type { WithPhrases } from '../../core/mail/phrases/contract.ts';
import type { MessageRow, WithMail } from '../../core/mail/reading/contract.ts';
import type { Upload } from '../../core/mail/writing/contract.ts';
import type { Outcome } from '../../core/rules/outcome.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { WithBoards } from '../../core/school/boards/contract.ts';
import type { WithCupboards } from '../../core/school/cupboard/contract.ts';
import type { WithHandIns } from '../../core/school/hand-in/contract.ts';
import type { WithWalls } from '../../core/school/wall/contract.ts';
import type { WithWeeks } from '../../core/school/week/contract.ts';
import type { DraftRef, Mailbox, SpecialUse } from '../../core/store/mail/contract.ts';
import { redate } from '../../core/store/mail/town-mail.ts';
import type { Store } from '../../core/store/store.ts';
import { composeLetter } from './bulk-letter.ts';
import { fillCupboards } from './class-cupboards.ts';
import { hangNotices } from './class-notices.ts';
import { fillWalls } from './class-walls.ts';
import { makeWeeks } from './class-weeks.ts';
import { CLASS_PHRASE, DRAFT, LETTERS, UNREAD, type DemoLetter } from './letters.ts';
import { askAboutOuting, type PaperPart } from './outing-paper.ts';

/** What the people of the small town do by themselves. */
export type PostPart = WithAccounts<'signIn'> &
  WithDelivery<'accept'> &
  WithMail &
  WithPhrases &
  WithVoice<'speak'> &
  PaperPart &
  WithBoards &
  WithWalls &
  WithCupboards &
  WithWeeks &
  WithHandIns;

interface Post {
  readonly core: PostPart;
  readonly store: Store;
  readonly domain: string;
  readonly password: string;
  /** The clock by which its letters have their hours. */
  readonly timeZone: string;
  readonly now: Date;
}

const PAGE = 100;
/** A letter of today whose hour is still to come was written a few minutes ago instead. */
const MINUTES_MS = 60_000;

/**
 * Writes the letters of the small town the way its people would: through the page's own functions
 * and the MX's, so that the rules hold what they hold. Then gives each the day it says. Throws a
 * `Fault` where one did not arrive: the demo is wrong then.
 */
export async function deliverLetters(post: Post): Promise<void> {
  const viewers = new Map<string, Viewer>();
  await makePhrase(post, await viewerOf(post, viewers, CLASS_PHRASE.teacher));
  for (const [index, written] of LETTERS.entries()) {
    const letter = await withMade(post, viewers, written);
    if (letter === null) continue;
    const sent = new Date();
    const outcome =
      typeof letter.from === 'string'
        ? await sendAs(post, await viewerOf(post, viewers, letter.from), letter)
        : await sendFromOutside(post, letter, letter.from);
    if (outcome.kind !== 'accepted' && outcome.kind !== 'held')
      throw new Fault('row-missing', `demo letter ${index}: ${JSON.stringify(outcome)}`, {
        transient: false,
      });
    await redate(post.store, { since: sent, at: dateOf(letter, post, LETTERS.length - index) });
  }
  await keepDraft(post, await viewerOf(post, viewers, String(DRAFT.from)), DRAFT);
  for (const [local, unread] of Object.entries(UNREAD))
    await markRead(post.core, await viewerOf(post, viewers, local), unread);
  const inTown = { ...post, viewerOf: (local: string) => viewerOf(post, viewers, local) };
  await askAboutOuting(inTown);
  await hangNotices(inTown);
  await fillWalls(inTown);
  await fillCupboards(inTown);
  await makeWeeks(inTown);
}

async function makePhrase({ core }: Post, teacher: Viewer): Promise<void> {
  const { words, picture } = CLASS_PHRASE;
  const [own] = teacher.classes;
  const made = own && (await core.phrases.make(teacher, { class: own.id, words, picture }));
  if (made?.kind !== 'made')
    throw new Fault('row-missing', `demo phrase: ${made?.kind}`, { transient: false });
}

/** With the file of what its child made; null where nothing speaks. */
async function withMade(
  post: Post,
  viewers: Map<string, Viewer>,
  letter: DemoLetter,
): Promise<DemoLetter | null> {
  if (letter.made === null || typeof letter.from !== 'string') return letter;
  const viewer = await viewerOf(post, viewers, letter.from);
  const file =
    letter.made.kind === 'phrase'
      ? await phrasePicture(post, viewer)
      : await spoken(post, viewer, letter.made.says);
  return file === null ? null : { ...letter, files: [file] };
}

async function phrasePicture({ core }: Post, viewer: Viewer): Promise<Upload> {
  const offered = await core.phrases.offered(viewer);
  const own = offered.find(({ words }) => words === CLASS_PHRASE.words);
  const phrase = own && (await core.phrases.letter(viewer, own.key));
  if (!phrase) throw new Fault('row-missing', 'demo phrase not offered', { transient: false });
  return phrase.picture;
}

async function spoken({ core }: Post, viewer: Viewer, says: string): Promise<Upload | null> {
  const said = await core.voice.speak(viewer, says, 'fr');
  return said.kind === 'speech'
    ? { name: 'voix.wav', mediaType: 'audio/wav', bytes: said.audio }
    : null;
}

async function viewerOf(
  { core, domain, password }: Post,
  viewers: Map<string, Viewer>,
  local: string,
): Promise<Viewer> {
  const known = viewers.get(local);
  if (known) return known;
  const answer = await core.accounts.signIn(`${local}@${domain}`, password, {
    ip: '127.0.0.1',
    way: 'web',
  });
  if (answer.kind !== 'welcome')
    throw new Fault('row-missing', `demo account ${local}: ${answer.kind}`, { transient: false });
  viewers.set(local, answer.viewer);
  return answer.viewer;
}

async function sendAs(post: Post, viewer: Viewer, letter: DemoLetter): Promise<Outcome> {
  return post.core.writings.send(viewer, await keepDraft(post, viewer, letter));
}

async function keepDraft(
  { core, domain }: Post,
  viewer: Viewer,
  letter: DemoLetter,
): Promise<DraftRef> {
  const answered =
    letter.answers === null ? null : await findBySubject(core, viewer, letter.answers);
  const { ref, leftOut } = await core.writings.save(
    viewer,
    {
      to: letter.to.map((local) => `${local}@${domain}`),
      cc: [],
      subject: letter.subject,
      text: letter.text,
      answers: 'sender',
      answerTo: answered === null ? null : { mailbox: answered.mailbox, uid: answered.uid },
    },
    { previous: null, add: letter.files, drop: [] },
  );
  if (leftOut.length > 0)
    throw new Fault('row-missing', `demo file: ${JSON.stringify(leftOut)}`, { transient: false });
  if (answered !== null)
    await core.mail.mark(viewer, answered.mailbox, {
      uids: [answered.uid],
      marks: { answered: true, seen: true },
    });
  return ref;
}

function sendFromOutside(
  { core, domain, ...post }: Post,
  letter: DemoLetter,
  from: { address: string; name: string },
): Promise<Outcome> {
  const recipients = letter.to.map((local) => `${local}@${domain}`);
  const raw = composeLetter({
    from,
    to: recipients.map((address) => ({ address, name: '' })),
    subject: letter.subject,
    text: letter.text,
    files: letter.files,
    messageId: `<demo-${letter.daysAgo}-${letter.time.replace(':', '')}@${from.address.slice(from.address.indexOf('@') + 1)}>`,
    date: dateOf(letter, post, 1),
  });
  const prove = (): Promise<SenderProof> =>
    Promise.resolve({
      authentication: 'pass',
      by: 'dmarc',
      domain: domainOf(from.address),
      headers: '',
      server: [],
    });
  return core.delivery.accept(
    {
      sender: { kind: 'outside', address: from.address },
      recipients,
      via: 'mx',
      peer: null,
      session: 'demo',
      trace: '',
    },
    Readable.from([raw]),
    prove,
  );
}

/** Never in the future, and never out of order: `left` is how many letters are still to come. */
function dateOf(
  { daysAgo, time }: DemoLetter,
  { now, timeZone }: Pick<Post, 'now' | 'timeZone'>,
  left: number,
): Date {
  const day = dayAt(new Date(now.getTime() - daysAgo * DAY_MS), timeZone);
  const at = momentOf(day, time, timeZone);
  return new Date(Math.min(at.getTime(), now.getTime() - left * MINUTES_MS));
}

async function mailboxFor(core: WithMail, viewer: Viewer, use: SpecialUse): Promise<Mailbox> {
  const mailbox = (await core.mail.mailboxes(viewer)).find((one) => one.use === use);
  if (!mailbox) throw new Fault('row-missing', `no mailbox for ${use}`, { transient: false });
  return mailbox;
}

async function findBySubject(core: WithMail, viewer: Viewer, subject: string): Promise<MessageRow> {
  const inbox = await mailboxFor(core, viewer, 'inbox');
  const row = (await core.mail.list(viewer, inbox.id, { before: null, limit: PAGE })).find(
    (one) => one.subject === subject,
  );
  if (!row) throw new Fault('row-missing', `no letter to answer: ${subject}`, { transient: false });
  return row;
}

async function markRead(core: WithMail, viewer: Viewer, unread: readonly string[]): Promise<void> {
  const inbox = await mailboxFor(core, viewer, 'inbox');
  const rows = await core.mail.list(viewer, inbox.id, { before: null, limit: PAGE });
  const newest = new Set<string>();
  // Of two letters with one subject, the newer one is the unread one.
  const seen = rows.filter(({ subject }) => {
    const stays = unread.includes(subject) && !newest.has(subject);
    newest.add(subject);
    return !stays;
  });
  if (seen.length > 0)
    await core.mail.mark(viewer, inbox.id, {
      uids: seen.map(({ uid }) => uid),
      marks: { seen: true },
    });
}
