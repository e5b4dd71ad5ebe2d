import type { ClassId, OwnGroupId } from '../../ground/ids.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';

/** Whom a letter to a group goes to: its pupils, their guardians, or all of them. */
export type GroupWhom = 'pupils' | 'families' | 'both';

/**
 * A group of pupils that a teacher has made for themselves, as it is today: who has left their
 * classes isn't in it.
 */
export interface OwnGroup {
  readonly id: OwnGroupId;
  readonly name: string;
  readonly whom: GroupWhom;
  /** What stands for it among the recipients of a draft. */
  readonly address: string;
  readonly pupils: readonly Face[];
  /** How many people a letter to it goes to. */
  readonly count: number;
}

/** A class of one's own, with those who can be put into a group. */
export interface GroupClass {
  readonly id: ClassId;
  readonly name: string;
  readonly cover: number;
  readonly pupils: readonly Face[];
}

export interface GroupWish {
  /** Null: a new one. */
  readonly id: OwnGroupId | null;
  readonly name: string;
  readonly whom: GroupWhom;
  /** Addresses of pupils; those of nobody in the viewer's classes are passed over. */
  readonly pupils: readonly string[];
}

export type GroupSaved =
  | { readonly kind: 'saved'; readonly id: OwnGroupId }
  /** No name, or one that isn't readable on a page. */
  | { readonly kind: 'no-name' }
  | { readonly kind: 'name-taken' }
  /** Nobody was chosen, or more than a group may have. */
  | { readonly kind: 'nobody' | 'too-many-pupils' | 'too-many-groups' }
  | { readonly kind: 'missing' };

/** The other teachers of the viewer's classes, and whether they get copies of class mail. */
export interface Colleagues {
  /** What stands in a draft's Cc for « the other teachers ». */
  readonly address: string;
  readonly copied: boolean;
  readonly classes: readonly { readonly name: string; readonly people: readonly Face[] }[];
}

/** A person's own groups: seen, changed and written to by nobody else. */
export interface OwnGroups {
  list(viewer: Viewer): Promise<readonly OwnGroup[]>;
  /** Empty for who has no class: they make no groups. */
  classes(viewer: Viewer): Promise<readonly GroupClass[]>;
  save(viewer: Viewer, wish: GroupWish): Promise<GroupSaved>;
  /** False: not there, or somebody else's. */
  remove(viewer: Viewer, id: OwnGroupId): Promise<boolean>;
  colleagues(viewer: Viewer): Promise<Colleagues>;
  /** Whether new letters of this person to a class's families or to a group are copied so. */
  setCopied(viewer: Viewer, copied: boolean): Promise<void>;
}

/** A teacher's own groups of pupils: this record of core, or `Name` of it alone. */
export interface WithGroups<Name extends keyof OwnGroups = keyof OwnGroups> {
  readonly groups: Pick<OwnGroups, Name>;
}
