import type { AddressId, ClassId } from '../ground/ids.ts';

/** One who is there already; or one to be made, the plan's own list of them says at which index. */
export type Ref<Id> =
  | { readonly kind: 'known'; readonly id: Id }
  | { readonly kind: 'new'; readonly index: number };
/** Somebody by the address of their account, or the account to be made. */
export type PersonRef = Ref<AddressId>;
export type ClassRef = Ref<ClassId>;

export function known<Id>(id: Id): Ref<Id> {
  return { kind: 'known', id };
}

/** Null for one to be made. */
export function knownId<Id>(ref: Ref<Id>): Id | null {
  return ref.kind === 'known' ? ref.id : null;
}

/** The same text for the same one, in one plan. */
export function refKey(ref: Ref<number>): string {
  return ref.kind === 'known' ? `known ${ref.id}` : `new ${ref.index}`;
}

export function isSame(one: Ref<number>, other: Ref<number>): boolean {
  if (one.kind === 'known') return other.kind === 'known' && one.id === other.id;
  return other.kind === 'new' && one.index === other.index;
}
