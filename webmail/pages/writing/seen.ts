import type { LetterId, MessageView, SeenBy } from '../../../core/core.ts';
import { around, documentOf, framed, sheetMain, type FramePart } from '../../frame/frame.ts';
import { chosenMailbox, type Chosen } from '../../frame/mailboxes.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { shownLetter } from '../little/letter.ts';
import { EVERYTHING } from '../mail/list-filter.ts';
import { pupilLetter } from '../mail/message.ts';

/** GET /write/letter/:letter/seen: how the letter that one writes will look to a child. */
export async function seenByChild(
  visit: Visit<FramePart | 'mail' | 'writings'>,
  letter: LetterId,
): Promise<Answer> {
  const { viewer, core } = visit;
  const draft =
    visit.audience === 'child' ? null : await core.writings.draftOfLetter(viewer, letter);
  if (draft === null) return MISSING;
  const [kept, seen, mailboxes] = await Promise.all([
    core.mail.read(viewer, draft.ref.mailbox, draft.ref.uid),
    core.writings.seenBy(viewer, [...draft.to, ...draft.cc]),
    core.mail.mailboxes(viewer),
  ]);
  // As a letter that nobody answers here: who looks at it isn't the child.
  const chosen = chosenMailbox(visit, mailboxes, 'sent');
  if (kept === null || chosen === null) return MISSING;
  const back = `/write/letter/${letter}`;
  if (seen === null) return nobody(visit, back);
  const shown = { ...kept, from: seen.writer };
  return page(asSeen(visit, shown, { seen, back, chosen }));
}

/** Nobody who is written to is a child. */
async function nobody(visit: Visit<FramePart>, back: string): Promise<Answer> {
  const words = visit.texts.little.seenBy;
  const near = await around(visit);
  const main = sheetMain(visit, near, {
    shelf: null,
    content: html`
      <h1 id="t">${words.title}</h1>
      <p>${words.nobody}</p>
      <p><a class="btn main" href="${back}">${icon(visit, 'back')}${words.back}</a></p>
    `,
  });
  return page(framed(visit, near, { title: words.title, section: 'write', shelf: null, main }));
}

const NOTHING_ELSE = {
  filter: EVERYTHING,
  pictures: 'left-out',
  searched: null,
  answers: null,
} as const;

interface Seen {
  readonly seen: SeenBy;
  readonly back: string;
  readonly chosen: Chosen;
}

/** The letter on a page like the child's, below a strip that leads back. */
function asSeen(visit: Visit, letter: MessageView, { seen, back, chosen }: Seen): Html {
  const words = visit.texts.little.seenBy;
  const title = words.to(seen.name);
  const isLittle = seen.reads === 'pictures';
  const at = `/mail/drafts/${letter.uid}`;
  return documentOf({
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
        ${
          isLittle
            ? html`
                <div class="opened alone">${shownLetter(visit, letter, at)}</div>
              `
            : pupilLetter(
                { ...visit, audience: 'child' },
                { ...NOTHING_ELSE, message: letter, at, chosen },
              )
        }
      </main>
    `,
  });
}
