import type { MailboxId } from '../../../core/ground/ids.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { ownFolders } from '../../frame/own-folders.ts';
import { icon, namedIcon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';

/** Folders from which on a name is looked for rather than read. */
const MANY = 6;

/** A folder of a new name; first in its form, whose first button Enter presses. */
function newFolder(visit: Visit, form: string | null): Html {
  const words = visit.texts.folders;
  return html`
    <div class="new-folder">
      <input
        class="input"
        name="folder"
        maxlength="100"
        placeholder="${words.make}"
        aria-label="${words.make}"
        autocomplete="off"
        data-new-folder
        ${attributes({ form })}
      />
      <button
        class="btn only"
        name="do"
        value="into-new"
        title="${words.makeInto}"
        ${attributes({ form })}
      >
        ${namedIcon(visit, 'plus', words.makeInto)}
      </button>
    </div>
  `;
}

/**
 * The folders that messages can be put into, as buttons of a form (`do`), one that is made for
 * them, and where folders are changed. A script lets one type the beginning of a name where there
 * are many.
 */
export function folderChoices(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { except, form }: { readonly except: MailboxId; readonly form: string | null },
): Html {
  const words = visit.texts.folders;
  const folders = ownFolders(mailboxes).filter(({ mailbox }) => mailbox.id !== except);
  const filter = html`
    <input
      class="input"
      type="search"
      placeholder="${words.find}"
      aria-label="${words.find}"
      autocomplete="off"
      data-find-folder
      hidden
    />
  `;
  return html`
    ${newFolder(visit, form)} ${folders.length < MANY ? NOTHING : filter}
    ${folders.map(
      ({ mailbox, depth, name }) => html`
        <button
          ${attributes({ form, class: depth === 0 ? null : 'in1' })}
          name="do"
          value="move-${mailbox.id}"
          data-folder="${mailbox.name}"
        >
          ${icon(visit, 'folder')}${name}
        </button>
      `,
    )}
    ${
      folders.length < MANY
        ? NOTHING
        : html`
            <p class="soft small pad-s" data-no-folder hidden>${words.noneFits}</p>
          `
    }
    <hr />
    <a href="/folders">${icon(visit, 'settings')}${words.edit}</a>
  `;
}
