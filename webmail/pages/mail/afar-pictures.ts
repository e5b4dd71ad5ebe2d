import type { Uid } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { onlyField } from './deeds.ts';
import { filtered, filterIn } from './list-filter.ts';
import type { OpenMessage } from './open-message.ts';

/** Whether the pictures from elsewhere stand in the open letter: asked for now, or always. */
export function showsAfar({ pictures, message: { afar } }: OpenMessage): boolean {
  return afar.pictures > 0 && (pictures === 'shown' || afar.wanted === 'at-once');
}

/**
 * Above a letter that names pictures from elsewhere: that they aren't shown, what showing them
 * tells its writer, and the tap that does. A child has no such letter.
 */
export function afarStrip(visit: Visit, open: OpenMessage): Html {
  const { afar } = open.message;
  if (afar.pictures === 0) return NOTHING;
  const words = visit.texts.message.afar;
  if (showsAfar(open))
    return afar.wanted === 'at-once'
      ? strip(visit, words.always, wantForm(visit, open, 'when-asked'))
      : strip(visit, words.shown, always(visit, open));
  const show = html`
    <a class="btn mini" href="${shownAt(open)}" rel="nofollow">${words.show}</a>
    ${always(visit, open)}
  `;
  return strip(visit, `${words.left(afar.pictures)} ${words.tells}`, show);
}

function strip(visit: Visit, words: string, acts: Html): Html {
  return html`
    <div class="afar">
      ${icon(visit, 'picture')}
      <p class="small">${words}</p>
      <div class="row">${acts}</div>
    </div>
  `;
}

/** The same page, with the pictures: nothing is kept of it. */
function shownAt({ at, filter, searched }: OpenMessage): string {
  const found = searched === null ? '' : `q=${encodeURIComponent(searched.read.text)}&`;
  return filtered(at, filter, `${found}pictures=1`);
}

/** Where nothing proves who wrote it, anybody could take the name of somebody who is trusted. */
const always = (visit: Visit, open: OpenMessage): Html =>
  open.message.afar.isProven ? wantForm(visit, open, 'at-once') : NOTHING;

function wantForm(
  visit: Visit,
  { at, filter }: OpenMessage,
  wanted: OpenMessage['message']['afar']['wanted'],
): Html {
  return html`
    <form method="post" action="${at}/pictures">
      ${token(visit)}${onlyField(filter)}
      <button class="btn mini quiet" name="want" value="${wanted}">
        ${visit.texts.message.afar.want[wanted]}
      </button>
    </form>
  `;
}

/** POST /mail/:mailbox/:uid/pictures: always show those of this writer, or ask again. */
export async function wantPictures(
  visit: Visit<WithMail>,
  slug: string,
  { uid, form }: { readonly uid: Uid; readonly form: Form },
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const wanted = field(form, 'want') === 'at-once' ? 'at-once' : 'when-asked';
  const done = await visit.core.mail.wantPictures(visit.viewer, {
    mailbox: chosen.mailbox.id,
    uid,
    wanted,
  });
  return done
    ? { kind: 'go', to: filtered(`${chosen.path}/${uid}`, filterIn(visit, field(form, 'only'))) }
    : MISSING;
}
