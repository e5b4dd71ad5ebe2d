import type { GiftRef } from '../../../core/school/wall/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { wallItemIdOf } from '../../ids.ts';
import { wallPath, wallRefOf, type WallDeskPart, type WallNames } from './parts.ts';
import { WORD_FORM } from './queue.ts';
import { showWall } from './wall.ts';

/** POST /walls/:school/:class/tap: a teacher hangs something up, or not, or takes it off. */
export async function tap(
  visit: Visit<WallDeskPart>,
  names: WallNames,
  form: Form,
): Promise<Answer> {
  const item = wallItemIdOf(field(form, 'gift'));
  if (item === null) return MISSING;
  const ref = { school: names.school, item };
  const gift = await visit.core.walls.gift(visit.viewer, ref);
  if (gift !== null && gift.wall.classId !== names.class) return MISSING;
  const became = await tapped(visit, ref, form);
  if (became === 'hung' || became === 'refused')
    return { kind: 'go', to: `${wallPath(wallRefOf(names))}?said=${became}` };
  const view = await visit.core.walls.wall(visit.viewer, wallRefOf(names), null);
  if (view?.stand !== 'teacher') return MISSING;
  const left = became === 'full' ? null : await visit.core.walls.gift(visit.viewer, ref);
  const trouble = visit.texts.walls.troubles[became === 'full' ? 'full' : (left?.state ?? 'gone')];
  return showWall(visit, names, { query: {}, trouble });
}

async function tapped(
  { core, viewer }: Visit<WallDeskPart>,
  ref: GiftRef,
  form: Form,
): Promise<'hung' | 'refused' | 'full' | 'missing'> {
  if (field(form, 'act') === 'hang') return core.walls.hang(viewer, ref);
  return (await core.walls.refuse(viewer, ref, WORD_FORM.typedIn(form).word))
    ? 'refused'
    : 'missing';
}
