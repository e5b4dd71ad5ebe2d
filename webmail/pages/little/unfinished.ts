import type { Uid } from '../../../core/ground/ids.ts';
import type { Attachment } from '../../../core/letters/message/message.ts';
import type { MessageRow, WithMail } from '../../../core/mail/reading/contract.ts';
import { draftRef } from '../../components/letter-hand.ts';
import { littleFace, picture } from '../../frame/little-parts.ts';
import { calledOf, isPicture, isSound } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import type { LetterKind } from './made.ts';
import type { TowardsPart } from './towards.ts';

/** What was begun last; older ones wait until these have gone. */
const SHOWN = 3;
/** Drafts among which they are looked for: what has no file or nobody to get it isn't shown. */
const LOOKED_THROUGH = 50;

/** What a child has made and not sent, the newest first, but what is about to leave. */
export async function unfinished(visit: Visit<WithMail<'page'>>): Promise<readonly MessageRow[]> {
  const wish = { from: { kind: 'newest' }, limit: LOOKED_THROUGH, by: 'message' } as const;
  const { rows } = await visit.core.mail.page(visit.viewer, { use: 'drafts' }, wish);
  return rows
    .filter(
      ({ state, attachments, to }) => state === 'normal' && attachments.length > 0 && to.length > 0,
    )
    .slice(0, SHOWN);
}

/** At home: each as it is by now, with the face of who is to get it; touched, it goes on. */
export function unfinishedLine(visit: Visit, rows: readonly MessageRow[]): Html {
  if (rows.length === 0) return NOTHING;
  const words = visit.texts.little.unfinished;
  return html`
    <ul class="begun" aria-label="${words.all}">
      ${rows.map((row) => {
        const isDrawn = kindOf(visit, row) === 'draw';
        return html`
          <li>
            <a href="/write/${row.uid}">
              ${shown(visit, row)} ${picture(visit, isDrawn ? 'dessin' : 'avion')}
              ${row.to.map(
                (to) => html`
                  ${littleFace(visit, to)}
                  <span class="vh">${words[isDrawn ? 'draw' : 'send'](calledOf(to))}</span>
                `,
              )}
            </a>
          </li>
        `;
      })}
    </ul>
  `;
}

function shown(visit: Visit, { uid, attachments }: MessageRow): Html {
  const drawn = attachments.find(isPicture);
  if (drawn === undefined) return picture(visit, 'voix');
  return html`
    <img class="art" src="/mail/drafts/${uid}/picture/${drawn.path}" alt="" />
  `;
}

/** What a draft holds: our sheet of paper has a name of its own. */
function kindOf(
  { texts }: Visit,
  { attachments }: { readonly attachments: readonly Attachment[] },
): LetterKind {
  if (attachments.some(isSound)) return 'voice';
  if (attachments.some(({ name }) => name === texts.littleWrite.studio.file)) return 'draw';
  return attachments.some(({ mediaType }) => mediaType === 'image/png') ? 'phrase' : 'photo';
}

/**
 * GET /write/:uid of a little one: a drawing lies on its paper again, anything else is there to be
 * looked at and sent.
 */
export async function littleUnfinished(
  visit: Visit<TowardsPart & WithMail>,
  uid: Uid,
): Promise<Answer> {
  const ref = await draftRef(visit, uid);
  const draft = ref && (await visit.core.writings.draft(visit.viewer, ref));
  if (draft === null) return { kind: 'go', to: '/mail/inbox' };
  const made = kindOf(visit, draft);
  const to =
    made === 'draw' && draft.leavesAt === null
      ? `/write/draw?letter=${draft.letter}`
      : `/write/letter/${draft.letter}?made=${made}`;
  return { kind: 'go', to };
}
