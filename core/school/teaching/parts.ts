import type { Directory } from '../../directory/directory.ts';
import {
  memberOf,
  membersNow,
  ownClass,
  type Member,
  type OwnClass,
} from '../../directory/own-classes.ts';
import { dayAt } from '../../ground/clock.ts';
import type { AccountId, ClassId } from '../../ground/ids.ts';
import type { Notices } from '../../mail/delivery/telling/notice.ts';
import type { Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import type { Store } from '../../store/store.ts';
import type { Ruling } from './contract.ts';

export interface TeachingParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly notices: Notices;
  readonly mailEvents: MailEvents;
  /** The key of the counters. */
  readonly secret: Buffer;
  readonly domain: string;
  readonly clock: () => Date;
}

export const DONE: Ruling = { kind: 'done' };
export const GONE: Ruling = { kind: 'missing' };

/** A class as its teacher: what opens it to others is their word alone. Null for anybody else. */
export async function taughtClass(
  parts: TeachingParts,
  viewer: Viewer,
  classId: ClassId,
): Promise<OwnClass | null> {
  const own = await ownClass(parts, viewer, classId);
  return own?.teaches ? own : null;
}

export interface OwnClassContext {
  readonly own: OwnClass;
  readonly child: Member;
}

/** One child of a class of the viewer's; null for anybody else. */
export async function findChild(
  parts: TeachingParts,
  viewer: Viewer,
  whose: { readonly class: ClassId; readonly child: AccountId },
): Promise<OwnClassContext | null> {
  const own = await ownClass(parts, viewer, whose.class);
  const child = own && memberOf(await membersNow(parts, own), whose.child);
  return own && child ? { own, child } : null;
}

/** The day it is at a school. */
export function todayAt(parts: Pick<TeachingParts, 'clock'>, roster: Roster): string {
  return dayAt(parts.clock(), roster.school.timeZone);
}

/** Open pages of these people look again. */
export function announceAll({ mailEvents }: TeachingParts, members: readonly Member[]): void {
  for (const [home, some] of Map.groupBy(members, (one) => one.home))
    mailEvents.announce(
      home,
      some.map(({ person }): AccountId => person.account),
    );
}
