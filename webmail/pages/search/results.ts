import type { MailboxId, Uid } from '../../../core/ground/ids.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { messageRow } from '../../components/message-row.ts';
import { SHELF_ICONS } from '../../frame/mailbox-nav.ts';
import { pathOf } from '../../frame/mailboxes.ts';
import { icon } from '../../frame/parts.ts';
import { scene } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { withOperator } from './grammar.ts';
import { queryOf, searchPath, type SearchView } from './load.ts';

/** The message of a search that is open. */
export interface OpenHit {
  readonly mailbox: MailboxId;
  readonly uid: Uid;
}

/**
 * What was found, newest first, each with the folder that it lies in; they stay while one opens.
 */
export function results(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { searched, open }: { readonly searched: SearchView; readonly open: OpenHit | null },
): Html {
  const { read, found } = searched;
  if (found.rows.length === 0)
    return html`
      ${notUnderstood(visit, searched)} ${nothingFound(visit, { isEmpty: read.isEmpty })}
      ${inTheTrash(visit, searched)}
    `;
  const rows = found.rows.map((row) => {
    const path = pathOf(mailboxes, row.mailbox);
    const isDraft = path === '/mail/drafts';
    return messageRow(visit, row, {
      href: isDraft ? `/write/${row.uid}` : `${path}/${row.uid}${queryOf(read.text)}`,
      current: open?.mailbox === row.mailbox && open.uid === row.uid,
      showTo: path === '/mail/sent' || isDraft,
      board: isDraft ? searched.boards.get(row.uid) : undefined,
      whole: { messages: row.hits, withOwn: false },
      found: {
        sought: found.sought,
        lies: liesIn(
          visit,
          mailboxes.find(({ id }) => id === row.mailbox),
        ),
      },
    });
  });
  return html`
    ${notUnderstood(visit, searched)}
    <ul class="msgs margin ${visit.audience === 'child' ? 'sheet' : 'rows'}">
      ${rows}
    </ul>
    ${inTheTrash(visit, searched)}
  `;
}

/** « 5 messages, 2 conversations, dans tous les dossiers ». */
export function countFound({ texts, audience }: Visit, { read, found }: SearchView): string {
  const { search } = texts;
  if (read.isEmpty) return search.title;
  const count = found.rows.reduce((sum, { hits }) => sum + hits, 0);
  const messages = found.more ? search.newest(count) : search.count(count);
  const said = found.rows.length === count ? messages : search.within(messages, found.rows.length);
  const isEverywhere = read.query.within === null && count > 0;
  return isEverywhere && audience === 'adult' ? `${said}, ${search.everywhere}` : said;
}

/** Nothing is said of the inbox, where one expects it. */
function liesIn(visit: Visit, mailbox: Mailbox | undefined): Html {
  if (mailbox === undefined || mailbox.use === 'inbox') return NOTHING;
  const { use, name } = mailbox;
  const said =
    use === null ? (name.split('/').at(-1) ?? '') : visit.texts.shelf[visit.audience][use];
  return html`
    <span class="lies">
      ${icon(visit, use === null ? 'folder' : SHELF_ICONS[use])}
      <span class="vh">${visit.texts.search.lies('')}</span>
      <span class="cut">${said}</span>
    </span>
  `;
}

function nothingFound(visit: Visit, { isEmpty }: { readonly isEmpty: boolean }): Html {
  const { texts, audience } = visit;
  return html`
    <div class="state${audience === 'child' ? ' sheet' : ''}">
      ${scene('bench')}
      <p>${texts.search[isEmpty ? 'type' : 'nothing'][audience]}</p>
    </div>
  `;
}

function notUnderstood(visit: Visit, { read }: SearchView): Html {
  const { unread } = visit.texts.search;
  return html`
    ${read.unread.map(
      ({ kind, text }) => html`
        <p class="banner wait">
          ${icon(visit, 'warning')}
          <span class="grow">${kind === 'in' ? unread.folder(text) : unread.day(text)}</span>
        </p>
      `,
    )}
  `;
}

function inTheTrash(visit: Visit, { read, found }: SearchView): Html {
  if (found.thrown === 0) return NOTHING;
  const { texts, viewer, audience } = visit;
  const place = (use: 'trash' | 'junk') => ({
    operator: 'in' as const,
    value: texts.shelf[audience][use],
  });
  const text = withOperator(
    withOperator(read.text, viewer.language, place('trash')),
    viewer.language,
    place('junk'),
  );
  return html`
    <p class="thrown soft small">
      ${texts.search.thrown(found.thrown)}.${' '}
      <a href="${searchPath(text)}">${texts.search.seeThrown}</a>
    </p>
  `;
}
