/**
 * A school in memory behind the pages, for tests of what pages do with what core says: one class,
 * its teacher, a pupil of another school. Rules and store are core's and tested there; here only
 * the two questions count that a page asks of them.
 */
import { pino } from 'pino';
import { loadConfig } from '../../core/config.ts';
import type { Core, OutsideMail } from '../../core/core.ts';
import { openMetrics } from '../../core/metrics.ts';
import { RETENTION } from '../../core/retention.ts';
import { FACES, NOW, person } from './people.ts';
import { accountsOf, moderationOf } from './town-accounts.ts';
import { mailOf } from './town-mail.ts';
import { writingsOf } from './town-writings.ts';
import { announce, keptOf, type Town, type TownCore, type World } from './world.ts';

/** No computer of the town is open to a class. */
const NO_CLASS_COMPUTERS: TownCore['codes'] = {
  openBrowser: async () => null,
  browser: async () => null,
  signInByPictures: async () => ({ kind: 'not-here' }),
  checkCode: async () => ({ kind: 'no-match' }),
  activate: async () => ({ kind: 'no-match' }),
};

/** Nothing becomes of what is sent here, and nobody asks whether it is read. */
const NOTHING_SENT: TownCore['sent'] = {
  fate: async () => null,
  readLately: async () => [],
  waiting: async () => [],
  withdrawLetter: async () => 0,
  releaseLetter: async () => false,
  recall: async () => ({ kind: 'missing' }),
  withdraw: async () => null,
  release: async () => null,
  remind: async () => ({ kind: 'missing' }),
  acknowledged: async () => null,
  acknowledge: async () => false,
};

/** Nobody has made a group, and each class has one teacher. */
const NO_GROUPS: TownCore['groups'] = {
  list: async () => [],
  classes: async () => [],
  save: async () => ({ kind: 'missing' }),
  remove: async () => false,
  colleagues: async () => ({ address: '', copied: false, classes: [] }),
  setCopied: async () => {},
};

/** No child is written to who answers by pictures. */
const NO_PHRASES: TownCore['phrases'] = { offeredIn: async () => [] };

/** Nobody says anything of themselves. */
const NO_PRESENCE: TownCore['presence'] = {
  of: async ({ role }) =>
    role === 'pupil'
      ? null
      : { portrait: null, signature: '', hours: null, absence: null, calledByPupils: null },
  savePortrait: async () => 'saved',
  saveSignature: async () => 'saved',
  saveHours: async () => 'saved',
  saveAbsence: async () => 'saved',
  endAbsence: async () => {},
  mayBeTold: async () => true,
  nextGathering: async () => ({ at: NOW, since: NOW }),
  nextHours: async () => null,
  shownHours: async () => new Map(),
};

/** Nobody has made a template. */
const NO_TEMPLATES: TownCore['templates'] = {
  offered: async ({ role }) => (role === 'pupil' ? null : { own: [], schools: [] }),
  save: async () => ({ kind: 'missing' }),
  remove: async () => false,
};

/** The town is in service: no link opens anything. */
const NO_LINK: TownCore['setup'] = {
  openLink: async () => ({ kind: 'no-match' }),
  makeFirstAgent: async () => ({ kind: 'no-match' }),
};

const LEFT_FOR_OUTSIDE: OutsideMail = {
  id: '1',
  at: NOW,
  sender: FACES.teacher.address,
  recipients: ['musee@exemple.fr'],
  raw: Buffer.from('Subject: Visite de jeudi\r\n\r\nBonjour, nous serons 24.\r\n'),
};

/** Opens the town. `next` decides what the next sending comes to; `down` makes the store throw. */
export async function openTown(env: Readonly<Record<string, string>> = {}): Promise<Town> {
  const world = populated();
  const town: Town = {
    core: coreOf(world, env, () => town),
    people: world.byAddress,
    now: NOW,
    next: null,
    letGo: null,
    held: [],
    undoUntil: null,
    down: null,
    deliver(to, letter) {
      const viewer = world.byAddress.get(to);
      if (viewer === undefined) throw new Error(`nobody at ${to}`);
      const kept = keptOf(world, viewer, { ...letter, use: 'inbox' });
      viewer.boxes.get('inbox')?.push(kept);
      announce(world, viewer);
      return kept.uid;
    },
  };
  return town;
}

function populated(): World {
  const people = [
    person('Lina', { role: 'pupil', face: 'lapin' }),
    person('Noé', { role: 'pupil', face: 'poisson' }),
    person('Claire Lefèvre', { role: 'teacher', face: 'CL' }),
    person('Rosa', { role: 'pupil', face: 'hibou', school: 2 }),
  ];
  return {
    byAddress: new Map(people.map((one) => [one.address, one])),
    sessions: new Map(),
    listeners: new Map(),
    uid: 100,
  };
}

function coreOf(world: World, env: Readonly<Record<string, string>>, town: () => Town): TownCore {
  return {
    config: loadConfig({ PREAU_WEB_PORT: '0', ...env }),
    log: pino({ level: 'silent' }),
    metrics: openMetrics(),
    accounts: accountsOf(world),
    appPasswords: { list: async () => [], revokeAll: async () => {} },
    mail: mailOf(world, () => {
      const { down } = town();
      if (down !== null) throw down;
    }),
    mailboxes: {
      create: async () => ({ kind: 'nonexistent' }),
      rename: async () => ({ kind: 'nonexistent' }),
      discard: async () => ({ kind: 'nonexistent' }),
    },
    writings: writingsOf(world, town),
    groups: NO_GROUPS,
    templates: NO_TEMPLATES,
    sent: NOTHING_SENT,
    quarantine: { refused: async () => [] },
    phrases: NO_PHRASES,
    presence: NO_PRESENCE,
    moderation: moderationOf(town),
    reports: { count: async () => 0, own: async () => [] },
    codes: NO_CLASS_COMPUTERS,
    people: { ownLeaveDay: async () => null, ownChildren: async () => [] },
    teaching: { letter: async () => null, callForHelp: async () => null },
    pendingImports: { batch: async () => null, countQuestions: async () => 0 },
    events: eventsOf(world),
    health: {
      check: async () => ({
        database: town().down === null ? 'up' : 'down',
        scanner: 'up',
        queue: 'up',
        events: 'up',
      }),
    },
    outside: { list: async () => [LEFT_FOR_OUTSIDE] },
    standingMail: { count: async () => 0 },
    readiness: { isGreen: async () => true },
    town: { settings: async () => null },
    setup: NO_LINK,
    retention: RETENTION,
  };
}

function eventsOf(world: World): Core['events'] {
  return {
    subscribe(viewer, heard) {
      const listeners = world.listeners.get(viewer.account) ?? new Set();
      const listener = () => heard(null);
      world.listeners.set(viewer.account, listeners.add(listener));
      return () => listeners.delete(listener);
    },
  };
}
