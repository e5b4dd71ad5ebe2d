import { idIn, type OwnGroupId } from '../../ground/ids.ts';

/**
 * In a draft a group stands as an address like any other recipient, so that pages, drafts and mail
 * programs need no second kind. Nothing can be sent there: `.invalid` is nobody's (RFC 2606 §2),
 * and whatever leaves has the people in its place.
 */
const DOMAIN = 'group.invalid';

const GROUP = /^([1-9]\d{0,14})@group\.invalid$/;

/** The address of a group, in its owner's drafts. */
export const groupAddress = (id: OwnGroupId): string => `${id}@${DOMAIN}`;

/** The group that an address names; null for any other address. */
export function groupIn(address: string): OwnGroupId | null {
  return idIn(GROUP.exec(address.toLowerCase())?.[1]);
}

/** « Copie aux autres enseignants », in Cc: the other teachers of the classes written to. */
export const COLLEAGUES = `colleagues@${DOMAIN}`;

/** Whether an address means something to its writer alone. */
export function isOwnAddress(address: string): boolean {
  return address.toLowerCase().endsWith(`@${DOMAIN}`);
}
