import type { WithMailboxes } from '../../../core/mail/mailboxes/contract.ts';
import type { MailboxStop } from '../../../core/mail/mailboxes/contract/stop.ts';
import { formOf, type Filled } from '../../components/form.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { LEVELS, ownFolders, type OwnFolder } from '../../frame/own-folders.ts';
import { icon, token } from '../../frame/parts.ts';
import { doneBanner, fieldTrouble } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, formPage, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { mailboxIdOf } from '../../ids.ts';

type FolderPart = FramePart & WithMailboxes<'create' | 'discard' | 'rename'>;

const SAID = ['made', 'changed', 'removed'] as const;
type Said = (typeof SAID)[number];

const FOLDER = formOf({
  name: { most: 100, isRequired: true, as: { autocomplete: 'off' } },
  parent: {},
});
type FolderFilled = Filled<'name' | 'parent'>;

/** A form that was refused: which one, what stood in it, and why. */
interface Refused {
  readonly form: 'new' | number;
  readonly typed: FolderFilled['typed'];
  readonly why: string;
}

/** GET /folders: one's own folders, to make, rename, nest and delete. */
export async function folders(visit: Visit<FolderPart>, said: unknown): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  return show(visit, { said: SAID.find((one) => one === said) ?? null, refused: null });
}

async function show(
  visit: Visit<FolderPart>,
  { said, refused }: { readonly said: Said | null; readonly refused: Refused | null },
): Promise<Answer> {
  const surroundings = await surroundingsOf(visit);
  const words = visit.texts.folders;
  const own = ownFolders(surroundings.mailboxes);
  const main = html`
    <main id="main" class="body narrow">
      <section class="stack wide" aria-labelledby="t">
        <h1 id="t">${words.title}</h1>
        <p class="soft">${words.lead}</p>
        ${saidBanner(visit, said)} ${newForm(visit, own, refused)}
        ${
          own.length === 0
            ? html`
                <p class="soft">${words.none}</p>
              `
            : html`
                <ul class="sheet folders">
                  ${own.map((one) => folderLine(visit, own, { folder: one, refused }))}
                </ul>
              `
        }
      </section>
    </main>
  `;
  const body = framed(visit, surroundings, {
    title: words.title,
    section: 'messages',
    shelf: null,
    styles: ['folders.css'],
    main,
  });
  return formPage(body, { refused: refused !== null });
}

function saidBanner(visit: Visit, said: Said | null): Html {
  if (said === null) return NOTHING;
  return doneBanner(visit, visit.texts.folders.said[said]);
}

function newForm(visit: Visit, own: readonly OwnFolder[], refused: Refused | null): Html {
  const words = visit.texts.folders;
  return html`
    <form class="sheet pad stack" method="post" action="/folders" aria-labelledby="new" novalidate>
      <h2 id="new">${words.make}</h2>
      ${nameAndPlace(visit, own, { key: 'new', refused, kept: FOLDER.blank().typed })}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'plus')}${words.create}</button>
      </div>
    </form>
  `;
}

interface FolderFields {
  /** Makes the ids of a form its own. */
  readonly key: Refused['form'];
  readonly refused: Refused | null;
  readonly kept: FolderFilled['typed'];
  /** A folder doesn't lie within itself. */
  readonly except?: string;
}

function nameAndPlace(
  visit: Visit,
  own: readonly OwnFolder[],
  { key, refused, kept, except }: FolderFields,
): Html {
  const words = visit.texts.folders;
  const places = own.filter(({ depth, mailbox }) => depth < LEVELS - 1 && mailbox.name !== except);
  const again = refused?.form === key ? refused : null;
  const fields = FOLDER.shown(visit, {
    typed: again?.typed ?? kept,
    wrongBy: { name: again && `why-${key}` },
  });
  return html`
    ${again === null ? NOTHING : fieldTrouble(visit, `why-${key}`, again.why)}
    <div class="name-place">
      ${fields.line('name', { id: `name-${key}`, label: words.name })}
      ${fields.choice('parent', { id: `in-${key}`, label: words.inside }, [
        ['', words.top],
        ...places.map(({ mailbox }) => [mailbox.name, mailbox.name] as const),
      ])}
    </div>
  `;
}

function folderLine(
  visit: Visit,
  own: readonly OwnFolder[],
  { folder, refused }: { readonly folder: OwnFolder; readonly refused: Refused | null },
): Html {
  const words = visit.texts.folders;
  const { mailbox, name, depth } = folder;
  return html`
    <li class="folder in${Math.min(depth, LEVELS)}">
      <a href="/mail/${mailbox.id}">
        ${icon(visit, 'folder')}
        <b class="cut">${name}</b>
        <span class="soft small nb">${words.count(mailbox.total)}</span>
      </a>
      ${changeForm(visit, own, { folder, refused })}
      <details>
        <summary class="btn mini">
          ${icon(visit, 'trash')}${words.remove}
          <span class="vh">${words.removeOf(name)}</span>
        </summary>
        <form class="stack tight" method="post" action="/folders/${mailbox.id}/remove">
          <p>${words.fate(folder.messages, folder.below)}</p>
          ${token(visit)}
          <button class="btn no">${icon(visit, 'trash')}${words.removeNow}</button>
        </form>
      </details>
    </li>
  `;
}

function changeForm(
  visit: Visit,
  own: readonly OwnFolder[],
  { folder, refused }: { readonly folder: OwnFolder; readonly refused: Refused | null },
): Html {
  const words = visit.texts.folders;
  const { mailbox } = folder;
  return html`
    <details ${attributes({ open: refused?.form === mailbox.id })}>
      <summary class="btn mini">
        ${icon(visit, 'write')}${words.change}
        <span class="vh">${words.changeOf(folder.name)}</span>
      </summary>
      <form class="stack tight" method="post" action="/folders/${mailbox.id}/change" novalidate>
        ${nameAndPlace(visit, own, {
          key: mailbox.id,
          refused,
          kept: { name: folder.name, parent: folder.parent },
          except: mailbox.name,
        })}
        ${token(visit)}
        <button class="btn main">${icon(visit, 'check')}${words.save}</button>
      </form>
    </details>
  `;
}

/** POST /folders: a new one. */
export async function makeFolder(visit: Visit<FolderPart>, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const typed = FOLDER.typedIn(form);
  const path = pathIn(typed, LEVELS);
  const made =
    typeof path === 'string' ? await visit.core.mailboxes.create(visit.viewer, path, null) : path;
  if (made.kind === 'done') return { kind: 'go', to: '/folders?said=made' };
  return show(visit, {
    said: null,
    refused: { form: 'new', typed, why: sentence(visit, made) },
  });
}

/** POST /folders/:mailbox/change: another name, another place. */
export async function changeFolder(
  visit: Visit<FolderPart>,
  slug: string,
  form: Form,
): Promise<Answer> {
  const folder = await folderAt(visit, slug);
  if (folder === null) return MISSING;
  const typed = FOLDER.typedIn(form);
  // A folder that a mail program has put further down may keep its place.
  const isMoved = typed.parent !== folder.parent;
  const path = pathIn(typed, isMoved ? LEVELS - (folder.below > 0 ? 1 : 0) : Infinity);
  if (path === folder.mailbox.name) return { kind: 'go', to: '/folders?said=changed' };
  const changed =
    typeof path === 'string'
      ? await visit.core.mailboxes.rename(visit.viewer, folder.mailbox.name, path)
      : path;
  if (changed.kind === 'done') return { kind: 'go', to: '/folders?said=changed' };
  return show(visit, {
    said: null,
    refused: { form: folder.mailbox.id, typed, why: sentence(visit, changed) },
  });
}

/** POST /folders/:mailbox/remove: its messages go to the trash. */
export async function removeFolder(visit: Visit<FolderPart>, slug: string): Promise<Answer> {
  const folder = await folderAt(visit, slug);
  if (folder === null) return MISSING;
  await visit.core.mailboxes.discard(visit.viewer, folder.mailbox.name);
  return { kind: 'go', to: '/folders?said=removed' };
}

async function folderAt(visit: Visit<FolderPart>, slug: string): Promise<OwnFolder | null> {
  const id = mailboxIdOf(slug);
  if (id === null || visit.audience === 'child') return null;
  const own = ownFolders(await visit.core.mail.mailboxes(visit.viewer));
  return own.find(({ mailbox }) => mailbox.id === id) ?? null;
}

/** The path of a folder of that name there: of so many levels at most, each without a slash. */
function pathIn({ name, parent }: FolderFilled['typed'], levels: number): string | MailboxStop {
  if (name.includes('/')) return { kind: 'cannot', why: 'bad-name' };
  const path = parent === '' ? name : `${parent}/${name}`;
  return path.split('/').length > levels ? { kind: 'limit', what: 'depth', limit: levels } : path;
}

/** Why not, in a sentence that says what to do. */
function sentence({ texts }: Visit, stop: MailboxStop): string {
  const { why } = texts.folders;
  switch (stop.kind) {
    case 'already-exists':
      return why['already-exists'];
    case 'cannot':
      return stop.why === 'below-itself' ? why['below-itself'] : why['bad-name'];
    case 'limit':
      if (stop.what === 'depth') return why.depth;
      return stop.what === 'mailboxes' ? why.many(stop.limit) : why.long(stop.limit);
    default:
      return why.gone;
  }
}
