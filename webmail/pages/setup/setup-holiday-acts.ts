import type { WithHolidays } from '../../../core/town/town/holidays/contract.ts';
import { leftOutOf } from '../../components/unsent.ts';
import type { Visit } from '../../frame/visit.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { HOLIDAY_FORM, HOLIDAY_SECTION, type HolidaysSaid } from './setup-holidays.ts';
import { stepPath } from './setup-parts.ts';
import { setupTown, type SetupTownPart } from './setup-town.ts';

type HolidayPart = SetupTownPart & WithHolidays<'add' | 'give' | 'remove'>;

const said = (what: HolidaysSaid): Answer => ({
  kind: 'go',
  to: `${stepPath('town')}?said=${what}${HOLIDAY_SECTION}`,
});

/** POST /setup/town/holidays: takes the official calendar, or says why nothing of it was read. */
export async function giveCalendar(visit: Visit<HolidayPart>, form: Form): Promise<Answer> {
  const { core, viewer, texts } = visit;
  if ((await core.holidays.list(viewer)) === null) return MISSING;
  const [file] = form.files;
  if (file === undefined)
    return setupTown(visit, {
      kind: 'refused',
      sentence: leftOutOf(visit, form)[0] ?? texts.holidays.missing,
    });
  const given = await core.holidays.give(viewer, { name: file.name, bytes: file.bytes });
  if (given.kind === 'missing') return MISSING;
  if (given.kind === 'refused') return setupTown(visit, given);
  return said(given.unended.length === 0 ? 'given' : 'unended');
}

/** POST /setup/town/holidays/add: a period that was typed in. */
export async function addHoliday(visit: Visit<HolidayPart>, form: Form): Promise<Answer> {
  const typed = HOLIDAY_FORM.typedIn(form);
  const added = await visit.core.holidays.add(visit.viewer, typed);
  if (added.kind === 'missing') return MISSING;
  return added.kind === 'done'
    ? said('added')
    : setupTown(visit, { kind: 'trouble', typed, why: added.why });
}

/** POST /setup/town/holidays/:holiday/remove: also where another page has just done so. */
export async function removeHoliday(visit: Visit<HolidayPart>, id: number): Promise<Answer> {
  const { core, viewer } = visit;
  if ((await core.holidays.list(viewer)) === null) return MISSING;
  return said((await core.holidays.remove(viewer, id)) ? 'removed' : 'gone');
}
