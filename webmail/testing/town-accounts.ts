import { randomUUID } from 'node:crypto';
import type {
  Choice,
  Comfort,
  Core,
  Decided,
  DecidedLetter,
  Held,
  HoldName,
  LetGo,
  ReadingHabits,
} from '../../core/core.ts';
import { DOMAIN, FACES, PASSWORD } from './people.ts';
import type { Town, World } from './world.ts';

const USUAL: ReadingHabits = { byConversation: true, shortcuts: true };

/** One password for everybody; sessions are kept in memory. */
export function accountsOf(world: World): Core['accounts'] {
  let count = 0;
  const known = new Map<string, ReadingHabits>();
  const comforts = new Map<string, Comfort>();
  return {
    async signIn(address, password) {
      if (address === `lent@${DOMAIN}`) return { kind: 'wait', seconds: 45 };
      const viewer = world.byAddress.get(address);
      return viewer !== undefined && password === PASSWORD
        ? { kind: 'welcome', viewer, appPassword: null, ownPassword: '' }
        : { kind: 'no-match' };
    },
    async secondStep() {
      return { kind: 'too-old' };
    },
    newDevice: (viewer) => (viewer.role === 'pupil' ? null : `device of ${viewer.account}`),
    async openSession(viewer) {
      count += 1;
      const token = `${viewer.school}.${count}.secret${count}`;
      const known = world.byAddress.get(viewer.address);
      if (known !== undefined) world.sessions.set(token, known);
      return token;
    },
    async session(token) {
      const viewer = world.sessions.get(token);
      return viewer === undefined
        ? null
        : {
            viewer,
            csrf: `csrf of ${token}`,
            mustProtect: false,
            habits: known.get(viewer.address) ?? USUAL,
            comfort: comforts.get(viewer.address) ?? {},
          };
    },
    async glance(token) {
      return this.session(token);
    },
    async sessionLeftMs(token) {
      return world.sessions.has(token) ? 1_800_000 : 0;
    },
    async closeSession(token) {
      world.sessions.delete(token);
    },
    otherSessions: async () => [],
    closeOtherSessions: async () => {},
    async stillSignedIn({ viewer }) {
      return world.byAddress.get(viewer.address) ?? null;
    },
    async acceptCharter() {},
    async setHabits(viewer, habits) {
      known.set(viewer.address, { ...(known.get(viewer.address) ?? USUAL), ...habits });
    },
    async setComfort(viewer, comfort) {
      comforts.set(viewer.address, comfort);
    },
    async setLanguage(viewer, language) {
      const known = world.byAddress.get(viewer.address);
      if (known !== undefined) Object.assign(known, { language });
    },
  };
}

/** What waits is `town.held`; a teacher decides once, and at once. */
export function moderationOf(town: () => Town): Core['moderation'] {
  const past: Decided[] = [];
  const take = (chosen: readonly HoldName[]): readonly Held[] => {
    const taken = town().held.filter((one) => chosen.some(({ hold }) => hold === one.id));
    town().held = town().held.filter((one) => !taken.includes(one));
    return taken;
  };
  return {
    async waiting(viewer) {
      return viewer.role === 'teacher' ? town().held : [];
    },
    async file() {
      return null;
    },
    async waitingCount(viewer) {
      return viewer.role === 'teacher' ? town().held.length : 0;
    },
    async decide(viewer, chosen, choice) {
      const taken = viewer.role === 'teacher' ? take(chosen) : [];
      const missed = chosen.length - taken.length;
      if (taken.length === 0) return { decided: null, missed };
      const came = town().letGo ?? { sent: 1, left: 0, waiting: [], refused: [] };
      town().letGo = null;
      const decided: Decided = {
        id: randomUUID(),
        kind: choice.kind,
        until: town().undoUntil,
        letters: taken.map((one) => ({
          ...decidedLetter(one, choice, came),
          ...(town().undoUntil === null ? {} : { kind: 'pending' as const }),
        })),
      };
      past.unshift(decided);
      return { decided, missed };
    },
    async decided(_viewer, decision) {
      return past.find(({ id }) => id === decision) ?? null;
    },
    async takeBack(_viewer, decision) {
      return past.find(({ id, until }) => id === decision && until !== null)?.letters.length ?? 0;
    },
    async history() {
      return past.flatMap(({ letters }) => letters);
    },
    async stopPupilMail() {
      return false;
    },
  };
}

function decidedLetter(one: Held, choice: Choice, came: LetGo): DecidedLetter {
  const isBack = choice.kind === 'give-back';
  return {
    ...one,
    kind: isBack ? 'given-back' : 'released',
    by: FACES.teacher,
    note: choice.kind === 'give-back' ? choice.note : '',
    came: isBack ? { sent: 0, left: 0, waiting: [], refused: [] } : came,
  };
}
