import type { LetterId } from '../../../core/ground/ids.ts';
import type { WithPhrases } from '../../../core/mail/phrases/contract.ts';
import type { MessageView, WithMail } from '../../../core/mail/reading/contract.ts';
import type { SeenBy, WithWritings } from '../../../core/mail/writing/contract.ts';
import {
  surroundingsOf,
  documentOf,
  framed,
  sheetMain,
  type FramePart,
} from '../../frame/frame.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { shownLetter } from '../little/letter.ts';
import { answersShown } from '../little/says.ts';
import { EVERYTHING } from './list-filter.ts';
import { pupilLetter } from './message.ts';

/** GET /write/letter/:letter/seen: how the letter that one writes will look to a child. */
export async function seenByChild(
  visit: Visit<FramePart & WithMail & WithPhrases<'offeredIn'> & WithWritings>,
  letter: LetterId,
): Promise<Answer> {
  const { viewer, core } = visit;
  const draft =
    visit.audience === 'child' ? null : await core.writings.draftOfLetter(viewer, letter);
  if (draft === null) return MISSING;
  const [kept, seen, mailboxes] = await Promise.all([
    core.mail.read(viewer, draft.ref.mailbox, draft.ref.uid),
    core.writings.seenBy(viewer, draft),
    core.mail.mailboxes(viewer),
  ]);
  // As a letter that nobody answers here: who looks at it isn't the child.
  const chosen = chosenMailbox(visit, mailboxes, 'sent');
  if (kept === null || chosen === null) return MISSING;
  const back = `/write/letter/${letter}`;
  if (seen === null) return nobody(visit, back);
  const message = { ...kept, from: seen.writer };
  const at = `/mail/drafts/${kept.uid}`;
  const shown =
    seen.reads === 'pictures'
      ? await littleOpened(visit, seen, { message, at })
      : pupilLetter({ ...visit, audience: 'child' }, { ...NOTHING_ELSE, message, at, chosen });
  return page(asSeen(visit, seen, { back, shown }));
}

/** As it lies open before a child who doesn't read, with what they may answer beside it. */
async function littleOpened(
  visit: Visit<WithPhrases<'offeredIn'>>,
  { writer, answers }: SeenBy,
  { message, at }: { readonly message: MessageView; readonly at: string },
): Promise<Html> {
  const letter = html`
    <div>${shownLetter(visit, message, at)}</div>
  `;
  if (answers === null)
    return html`
      <div class="opened alone">${letter}</div>
    `;
  const phrases = await visit.core.phrases.offeredIn(visit.viewer, answers.classes);
  return html`
    <div class="opened">${letter} ${answersShown(visit, writer, { phrases, ...answers })}</div>
  `;
}

/** Nobody who is written to is a child. */
async function nobody(visit: Visit<FramePart>, back: string): Promise<Answer> {
  const words = visit.texts.little.seenBy;
  const surroundings = await surroundingsOf(visit);
  const main = sheetMain(visit, surroundings, {
    shelf: null,
    content: html`
      <h1 id="t">${words.title}</h1>
      <p>${words.nobody}</p>
      <p><a class="btn main" href="${back}">${icon(visit, 'back')}${words.back}</a></p>
    `,
  });
  return page(
    framed(visit, surroundings, { title: words.title, section: 'write', shelf: null, main }),
  );
}

const NOTHING_ELSE = {
  filter: EVERYTHING,
  pictures: 'left-out',
  searched: null,
  answers: null,
} as const;

/** The letter on a page like the child's, below a strip that leads back. */
function asSeen(
  visit: Visit,
  { name, reads }: SeenBy,
  { back, shown }: { readonly back: string; readonly shown: Html },
): Html {
  const words = visit.texts.little.seenBy;
  const title = words.to(name);
  const isLittle = reads === 'pictures';
  return documentOf({
    foot: 'none',
    lang: visit.viewer.language,
    title: visit.texts.titled(title),
    audience: isLittle ? 'little' : 'pupil',
    skip: visit.texts.skip,
    asset: visit.asset,
    styles: [isLittle ? 'little.css' : 'base.css'].map(visit.asset),
    scripts: [isLittle ? 'little.js' : 'page.js'].map(visit.asset),
    body: html`
      <header class="top back-strip">
        <a class="btn" href="${back}">${icon(visit, 'back')}${words.back}</a>
        <p><b>${title}</b></p>
        ${token(visit)}
      </header>
      <main id="main" class="body">
        <h1 class="vh">${title}</h1>
        ${shown}
      </main>
    `,
  });
}
