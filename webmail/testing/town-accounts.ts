import type { Comfort, Core, HoldId, ReadingHabits } from '../../core/core.ts';
import { DOMAIN, PASSWORD } from './people.ts';
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
    async stillSignedIn({ viewer }) {
      return world.byAddress.get(viewer.address) ?? null;
    },
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

/** What waits is `town.held`; a teacher decides once. */
export function moderationOf(town: () => Town): Core['moderation'] {
  const take = (hold: HoldId): boolean => {
    const before = town().held.length;
    town().held = town().held.filter((one) => one.id !== hold);
    return town().held.length < before;
  };
  return {
    async waiting(viewer) {
      return viewer.role === 'teacher' ? town().held : [];
    },
    async waitingCount(viewer) {
      return viewer.role === 'teacher' ? town().held.length : 0;
    },
    async release(viewer, _school, hold) {
      if (viewer.role !== 'teacher' || !take(hold)) return null;
      const { letGo } = town();
      town().letGo = null;
      return letGo ?? { sent: 1, left: 0, waiting: [], refused: [] };
    },
    async giveBack(viewer, _school, hold) {
      return viewer.role === 'teacher' && take(hold);
    },
    async stopPupilMail() {
      return false;
    },
  };
}
