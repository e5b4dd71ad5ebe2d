import { alertBanner } from '../frame/said.ts';
import type { Visit } from '../frame/visit.ts';
import { NOTHING, type Html } from '../html.ts';
import { isRefused, type Filled } from './form.ts';

/** On top of a long form: something below wasn't taken, and says why beside its field. */
export const mendBelow = (visit: Visit, wrong: Filled<string>['wrong'] & object): Html =>
  isRefused({ typed: {}, wrong })
    ? alertBanner(visit, 'wait', visit.texts.mendBelow[visit.audience])
    : NOTHING;
