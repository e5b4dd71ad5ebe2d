import type { AccountId, AddressId, ClassId, SchoolId } from '../../core/ground/ids.ts';
import { CLOCK_OF } from '../../core/ground/time-zones.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { Visit } from '../frame/visit.ts';
import { visitOf } from '../http/visit-of.ts';

/** Ten to eleven in Paris, on a Tuesday in November 2026. */
export const NOW = new Date('2026-11-24T10:50:00+01:00');

const NOE: Viewer = {
  school: 1 as SchoolId,
  schoolName: 'École des Tilleuls',
  timeZone: CLOCK_OF.mainland,
  account: 1 as AccountId,
  addressId: 1 as AddressId,
  address: 'noe@ecoles.preau.test',
  role: 'pupil',
  displayName: 'Noé',
  givenName: 'Noé',
  face: 'poisson',
  language: 'fr',
  reads: 'words',
  dictates: false,
  classes: [{ id: 12 as ClassId, name: 'CE1 A', address: 'ce1-a@ecoles.preau.test', cover: 2 }],
  photos: true,
  communes: null,
  writesAfter: null,
  restsUntil: null,
  away: null,
  mailPrograms: false,
  heads: false,
};

/** Noé of CE1 A on a page, with these parts of core and no others: for views, without a server. */
export function childVisit<Part extends object = object>(core: Part): Visit<Part> {
  const session = {
    viewer: NOE,
    csrf: 'x',
    mustProtect: false,
    habits: { byConversation: true, shortcuts: true },
    comfort: {},
  };
  return visitOf<Part>(core, session, {
    now: NOW,
    csrf: 'x',
    sessionToken: 'x',
    here: '/mail/inbox',
    ownComputer: false,
    sent: null,
    cameFrom: '/mail/inbox',
    hasVoice: true,
    asset: (name) => `/a/${name}`,
  });
}
