import type { Outcome } from '../../../core/rules/outcome.ts';
import type { BroughtFile, FolderAt, NotPut, Put } from '../../../core/school/cupboard/contract.ts';
import { leftOutOf } from '../../components/unsent.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize } from '../../frame/when.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { type BoxPart } from './box-parts.ts';
import { allKeptToTry, broughtIn, keptToTry, notDealt } from './coming.ts';
import { NEW_FOLDER, showFolder } from './folder.ts';
import { folderPath } from './parts.ts';

/** POST …/put: files into a folder, each by itself: what can't be there says why. */
export async function putFiles(visit: Visit<BoxPart>, at: FolderAt, form: Form): Promise<Answer> {
  const { core, viewer } = visit;
  const view = await core.cupboards.folder(viewer, at, null);
  if (view === null || !view.mayPut) return putNowhere(visit, form);
  const troubles = [...leftOutOf(visit, form)];
  const put: Extract<Put, { kind: 'put' }>[] = [];
  const taken = (name: string, became: Put | null): void => {
    if (became?.kind === 'put') put.push(became);
    else troubles.push(...whyNotPut(visit, name, became ?? { kind: 'gone' }));
  };
  const again: BroughtFile[] = [];
  for (const file of form.lying) {
    const became = await core.cupboards.put(viewer, at, file);
    taken(file.name, became);
    const kept = isForAnotherTry(became) ? await keptToTry(visit, file) : null;
    if (kept !== null) again.push(kept);
  }
  for (const one of broughtIn(form)) {
    const became = await core.cupboards.withBrought(
      viewer,
      [one],
      async ([file]) => (file === undefined ? null : core.cupboards.put(viewer, at, file)),
      isForAnotherTry,
    );
    if (became.kind === 'dealt') taken(one.name, became.value);
    else troubles.push(notDealt(visit, became));
    if (became.kind === 'dealt' && isForAnotherTry(became.value)) again.push(one);
  }
  if (put.length + troubles.length === 0) troubles.push(troubleWords(visit).nothing);
  const said = put.some(({ replaced }) => replaced) && put.length === 1 ? 'replaced' : 'put';
  if (troubles.length === 0)
    return { kind: 'go', to: `${folderPath(at)}?said=${said}&n=${put.length}` };
  const done = put.length === 0 ? {} : { said, count: String(put.length) };
  const answer = await showFolder(visit, at, { troubles, again, ...done });
  // The folder was thrown away while they came.
  return answer === MISSING ? showFolder(visit, ownOf(visit), { troubles, again }) : answer;
}

/** Among one's own things, with what has come and has no other place. */
export const waitInOwn = (
  visit: Visit<BoxPart>,
  troubles: readonly string[],
  again: readonly BroughtFile[],
): Promise<Answer> => showFolder(visit, ownOf(visit), { troubles, again });

export const ownPutPath = (visit: Visit): string => `${folderPath(ownOf(visit))}/put`;

/** Where anybody who has a cupboard may put what they have brought. */
const ownOf = ({ viewer: { school } }: Visit) => ({ school, place: 'own' }) as const;

/**
 * Nobody could look at it just now, there is no room yet, or its folder was thrown away meanwhile:
 * what has come of it stays for another try.
 */
const isForAnotherTry = (became: Put | null): boolean =>
  became === null ||
  became.kind === 'full' ||
  became.kind === 'gone' ||
  (became.kind === 'refused' && became.outcome.kind === 'scanner-silent');

/**
 * Where they were to go is no place of theirs, or none any more: what has come, before its form or
 * with it, stays for another try among one's own things.
 */
async function putNowhere(visit: Visit<BoxPart>, form: Form): Promise<Answer> {
  const { core, viewer } = visit;
  const come = broughtIn(form);
  const names = [...come, ...form.lying].map(({ name }) => name);
  const own = await core.cupboards.folder(viewer, ownOf(visit), null);
  if (names.length === 0 || own === null) return MISSING;
  const kept = await allKeptToTry(visit, form.lying);
  const troubles = names.flatMap((name) => whyNotPut(visit, name, { kind: 'gone' }));
  return showFolder(visit, ownOf(visit), { troubles, again: [...come, ...kept] });
}

/** What can be wrong with a file, as its bringer reads it. */
function troubleWords({ texts, audience }: Visit): Visit['texts']['cupboards']['troubles'] {
  const { troubles, childTroubles } = texts.cupboards;
  return audience === 'child' ? { ...troubles, ...childTroubles } : troubles;
}

/** Why a file couldn't be put away, in a sentence for its bringer. */
export function whyNotPut(visit: Visit, name: string, became: NotPut): readonly string[] {
  const words = troubleWords(visit);
  const about = (sentence: string): string => `${name}${visit.texts.colon}${sentence}`;
  switch (became.kind) {
    case 'refused':
      return [about(words[refusalOf(became.outcome)])];
    case 'too-big':
      return [about(words['too-big'](fileSize(visit.viewer.language, became.mostBytes)))];
    default:
      return [about(words[became.kind])];
  }
}

const BY_RULE: Readonly<Partial<Record<string, 'photo' | 'locked'>>> = {
  'photo-closed': 'photo',
  'locked-archive': 'locked',
};

/** What scanner and rules say of a file: not in the words of a letter, which this is none. */
function refusalOf(outcome: Outcome): 'kind' | 'photo' | 'locked' | 'virus' | 'silent' {
  switch (outcome.kind) {
    case 'infected':
      return 'virus';
    case 'scanner-silent':
      return 'silent';
    case 'denied':
      return BY_RULE[outcome.refusals[0]?.rule ?? ''] ?? 'kind';
    default:
      return 'kind';
  }
}

/** POST …/folder: a folder in this one. */
export async function makeFolder(visit: Visit<BoxPart>, at: FolderAt, form: Form): Promise<Answer> {
  const became = await visit.core.cupboards.makeFolder(visit.viewer, at, field(form, 'name'));
  if (became.kind === 'missing') return MISSING;
  if (became.kind === 'done') return { kind: 'go', to: `${folderPath(became.ref)}?said=made` };
  const wrong = { name: visit.texts.cupboards.faults[became.fault] };
  return showFolder(visit, at, { newFolder: { typed: NEW_FOLDER.typedIn(form), wrong } });
}
