import type { Directory } from '../../directory/directory.ts';
import type { AccountId, SchoolId } from '../../ground/ids.ts';
import { standingOf } from '../../roster/standing.ts';
import type { Viewer } from '../../rules/viewer.ts';
import {
  deleteTemplate,
  insertTemplate,
  templatesOf,
  updateTemplate,
  type TemplateRow,
} from '../../store/people/letter-templates.ts';
import type { SchoolTx, Store } from '../../store/store.ts';
import type {
  OfferedTemplates,
  Template,
  Templates,
  TemplateSaved,
  TemplateWish,
} from './contract.ts';
import { filled } from './filled.ts';
import { wordsOf, type TemplateWords } from './words.ts';

interface TemplateParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly clock: () => Date;
}

/** Templates of one person, and of one school. */
const MOST = 60;
const MOST_OF_TITLE = 60;
const MOST_OF_SUBJECT = 255;
const MOST_OF_TEXT = 20_000;
const MOST_OF_HTML = 100_000;

/** Letters to begin with: one's own, and those of the schools where one works. */
export function openTemplates(parts: TemplateParts): Templates {
  return {
    offered: (viewer) => offered(parts, viewer),
    save: (viewer, wish) => save(parts, viewer, wish),
    async fill(viewer, letter, id) {
      const all = await offered(parts, viewer);
      const every = [...(all?.own ?? []), ...(all?.schools ?? []).flatMap((one) => one.templates)];
      const template = every.find((one) => one.id === id);
      return template === undefined ? null : filled(letter, template);
    },
    async remove(viewer, { id, school }) {
      const place = await placeOf(parts, viewer, school);
      return (
        place !== null &&
        parts.store.write(place.school, (tx) => deleteTemplate(tx, place.owner, id))
      );
    },
  };
}

async function offered(parts: TemplateParts, viewer: Viewer): Promise<OfferedTemplates | null> {
  if (!hasTemplates(viewer)) return null;
  const schools = await schoolsOf(parts, viewer);
  const of = (school: SchoolId, owner: AccountId | null) =>
    parts.store.read(school, async (tx) => (await templatesOf(tx, owner, MOST)).map(asTemplate));
  const [own, ...rest] = await Promise.all([
    of(viewer.school, viewer.account),
    ...schools.map(({ id }) => of(id, null)),
  ]);
  return {
    own,
    schools: schools.map(({ id, name, heads }, at) => ({
      school: id,
      name,
      mayChange: heads,
      templates: rest[at] ?? [],
    })),
  };
}

const asTemplate = ({ html, ...plain }: TemplateRow): Template =>
  html === null ? plain : { ...plain, html };

const hasTemplates = ({ role }: Viewer): boolean => role !== 'pupil' && role !== 'guardian';

interface WorkSchool {
  readonly id: SchoolId;
  readonly name: string;
  readonly heads: boolean;
}

/** The schools where somebody works today, their own first. */
async function schoolsOf(
  { directory, clock }: TemplateParts,
  viewer: Viewer,
): Promise<readonly WorkSchool[]> {
  if (!hasTemplates(viewer) || viewer.role === 'agent') return [];
  const own = (await directory.byId([viewer.addressId], { maxAgeMs: 0 })).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], {
    maxAgeMs: 0,
  });
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  if (!person) return [];
  const standing = standingOf({ person, home: viewer.school }, [...rosters.values()], clock());
  if (standing.state !== 'active') return [];
  return [...rosters.values()]
    .filter(({ school: { id } }) => standing.schools.has(id))
    .map(({ school: { id, name } }) => ({ id, name, heads: standing.posts.get(id) === 'head' }))
    .sort((one, other) => Number(other.id === viewer.school) - Number(one.id === viewer.school));
}

/** Where a template lies that somebody may change; null where it isn't theirs to. */
async function placeOf(
  parts: TemplateParts,
  viewer: Viewer,
  school: SchoolId | null,
): Promise<{ readonly school: SchoolId; readonly owner: AccountId | null } | null> {
  if (!hasTemplates(viewer)) return null;
  if (school === null) return { school: viewer.school, owner: viewer.account };
  const headed = (await schoolsOf(parts, viewer)).some(({ id, heads }) => heads && id === school);
  return headed ? { school, owner: null } : null;
}

async function save(
  parts: TemplateParts,
  viewer: Viewer,
  wish: TemplateWish,
): Promise<TemplateSaved> {
  const place = await placeOf(parts, viewer, wish.school);
  if (place === null) return { kind: 'missing' };
  const words = await wordsOf(wish);
  const { id, title, subject } = wish;
  return parts.store.write(place.school, (tx) =>
    saveIn(tx, place.owner, { id, title, subject, ...words }),
  );
}

async function saveIn(
  tx: SchoolTx,
  owner: AccountId | null,
  {
    id,
    title: given,
    subject,
    text,
    html,
  }: Pick<TemplateWish, 'id' | 'title' | 'subject'> & TemplateWords,
): Promise<TemplateSaved> {
  const there = await templatesOf(tx, owner, MOST);
  if (id !== null && !there.some((one) => one.id === id)) return { kind: 'missing' };
  const title = given.normalize('NFC').trim().replace(/\s+/gu, ' ');
  if (title === '' || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(title)) return { kind: 'no-title' };
  if (`${subject}${text}`.trim() === '') return { kind: 'empty' };
  const isLong =
    title.length > MOST_OF_TITLE ||
    subject.length > MOST_OF_SUBJECT ||
    text.length > MOST_OF_TEXT ||
    (html ?? '').length > MOST_OF_HTML;
  if (isLong) return { kind: 'too-long' };
  const low = title.toLowerCase();
  if (there.some((one) => one.id !== id && one.title.toLowerCase() === low))
    return { kind: 'title-taken' };
  const template = { title, subject: subject.trim(), text, html: html ?? null };
  if (id !== null) {
    await updateTemplate(tx, owner, { id, ...template });
    return { kind: 'saved', id };
  }
  if (there.length >= MOST) return { kind: 'too-many' };
  return { kind: 'saved', id: await insertTemplate(tx, owner, template) };
}
