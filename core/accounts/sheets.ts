import type { AccountId, AddressId, ClassId, Viewer } from '../core.ts';
import { Fault } from '../fault.ts';
import type { Person } from '../roster/snapshot.ts';
import { writeAudit } from '../store/audit.ts';
import { endSessions, insertSheet, lockClass, pictureHashes, saveCodes, voidCodes, withPassword, type NewCode } from '../store/codes.ts';
import type { SheetFormat } from '../store/database.ts';
import { forgetTries } from '../store/tries.ts';
import type { SchoolTx, TownTx } from '../store/store.ts';
import { activationHash, newActivationCode } from './activation-code.ts';
import { membersNow, ownClass, personOf, type OwnClass } from './code-rights.ts';
import type { CodeParts } from './code-parts.ts';
import { throttleKey } from './code-parts.ts';
import type { Card, Code, CodeKind, Sheet, SheetOrder, Slip } from './material.ts';
import { newPictureCode, pictureHash } from './picture-code.ts';

const DAY_MS = 86_400_000;
/** From a sheet printed in the last days of August to the second parents' evening. */
const ACTIVATION_DAYS = 45;

/** New codes for a whole class. Made, kept as hashes and written down in one transaction; what they say leaves with the answer. */
export async function printSheet(parts: CodeParts, viewer: Viewer, order: SheetOrder): Promise<Sheet | null> {
  const own = await ownClass(parts, viewer, order.class);
  if (!own) return null;
  const now = parts.clock();
  const pupils = membersNow(own.roster, order.class, { role: 'pupil', now });
  const guardians = order.families === 'with' ? guardiansOf(own, pupils) : [];
  return parts.store.write(own.school, async (tx) => {
    await lockClass(tx, order.class);
    const open = await withPassword(tx, guardians.map(({ account }) => account));
    const fresh = guardians.filter(({ account }) => !open.has(account));
    const making = { own, by: viewer.addressId, now, format: order.format };
    const made = await makeCodes(parts, tx, { ...making, pupils, kind: order.kind, guardians: fresh });
    await writeAudit(tx, viewer.addressId, 'print-codes', { class: order.class, kind: order.kind, format: order.format, codes: made.codes.size, families: fresh.length });
    return {
      schoolName: own.roster.school.name, className: own.schoolClass.name, cover: own.schoolClass.cover, madeAt: now, expiresAt: expiryOf(order.kind, now),
      cards: pupils.map((person) => cardOf(person, codeOf(made.codes, person))),
      slips: order.families === 'with' ? pupils.map((child) => slipOf(own, child, made.guardianCodes)) : [],
    };
  });
}

/** A new code for one child; the wait of whoever tried the old one ends too. */
export async function resetCode(parts: CodeParts, viewer: Viewer, reset: { readonly class: ClassId; readonly child: AccountId; readonly kind: CodeKind }): Promise<Card | null> {
  const own = await ownClass(parts, viewer, reset.class);
  const now = parts.clock();
  const child = own && personOf(membersNow(own.roster, reset.class, { role: 'pupil', now }), reset.child);
  if (!own || !child) return null;
  return parts.store.town(async (town: TownTx) => {
    await forgetTries(town, throttleKey(parts.secret, 'child', `${own.school}\0${child.account}`));
    await forgetTries(town, throttleKey(parts.secret, 'activation', child.address));
    const tx = await town.in(own.school);
    await lockClass(tx, reset.class);
    const made = await makeCodes(parts, tx, { own, by: viewer.addressId, now, format: 'screen', pupils: [child], kind: reset.kind, guardians: [] });
    await endSessions(tx, child.account);
    await writeAudit(tx, viewer.addressId, 'reset-code', { class: reset.class, account: child.account, kind: reset.kind });
    return cardOf(child, codeOf(made.codes, child));
  });
}

interface Making {
  readonly own: OwnClass;
  readonly by: AddressId;
  readonly now: Date;
  readonly format: SheetFormat;
  readonly pupils: readonly Person[];
  readonly kind: CodeKind;
  readonly guardians: readonly Person[];
}

async function makeCodes(parts: CodeParts, tx: SchoolTx, making: Making): Promise<{ codes: Map<AccountId, Code>; guardianCodes: Map<AccountId, string> }> {
  const { own, now, kind, pupils, guardians } = making;
  const codes = kind === 'pictures' ? await newPictures(parts, tx, making) : new Map(pupils.map(({ account }) => [account, newText()] as const));
  const guardianCodes = new Map(guardians.map(({ account }) => [account, newActivationCode()] as const));
  const sheet = await insertSheet(tx, { classId: own.schoolClass.id, by: making.by, at: now, format: making.format, codes: codes.size + guardianCodes.size });
  const texts: NewCode[] = [...guardianCodes].map(([account, text]) => ({ account, hash: activationHash(parts.secret, { school: own.school, account }, text) }));
  const pictures: NewCode[] = [];
  for (const [account, code] of codes) {
    const owner = { school: own.school, account };
    if (code.kind === 'pictures') pictures.push({ account, hash: pictureHash(parts.secret, owner, code.pictures) });
    else texts.push({ account, hash: activationHash(parts.secret, owner, code.text) });
  }
  // A child has one way in from paper: the other kind ends with this sheet.
  await voidCodes(tx, kind === 'pictures' ? 'activation_code' : 'picture_code', pupils.map(({ account }) => account));
  await saveCodes(tx, 'picture_code', pictures, { sheet, at: now, expiresAt: expiryOf('pictures', now) });
  await saveCodes(tx, 'activation_code', texts, { sheet, at: now, expiresAt: expiryOf('activation', now) });
  return { codes, guardianCodes };
}

const newText = (): Code => ({ kind: 'activation', text: newActivationCode() });

/** No two of a class alike: neither among the new codes, nor with the codes of classmates who keep theirs. */
async function newPictures({ secret }: CodeParts, tx: SchoolTx, { own, now, pupils }: Making): Promise<Map<AccountId, Code>> {
  const getting = new Set(pupils.map(({ account }) => account));
  const others = membersNow(own.roster, own.schoolClass.id, { role: 'pupil', now }).map(({ account }) => account).filter((account) => !getting.has(account));
  const kept = await pictureHashes(tx, [...others, ...getting]);
  const taken = new Set<string>();
  const codes = new Map<AccountId, Code>();
  for (const account of getting) {
    // Another than the child's own old one too: it must be void.
    const against = [...others, account];
    const pictures = newPictureCode((tried) => taken.has(tried.join()) || against.some((one) => kept.get(one)?.equals(pictureHash(secret, { school: own.school, account: one }, tried)) === true));
    if (pictures === null) throw new Fault('row-missing', `class ${own.schoolClass.id} has more pupils than there are codes`, { transient: false });
    taken.add(pictures.join());
    codes.set(account, { kind: 'pictures', pictures });
  }
  return codes;
}

function codeOf(codes: ReadonlyMap<AccountId, Code>, person: Person): Code {
  const code = codes.get(person.account);
  if (!code) throw new Fault('row-missing', `no code for account ${person.account}`, { transient: false });
  return code;
}

function cardOf(person: Person, code: Code): Card {
  return { givenName: person.givenName, displayName: person.displayName, animal: person.face, address: person.address, code };
}

function guardiansOf({ roster }: OwnClass, pupils: readonly Person[]): Person[] {
  const ids = new Set(pupils.flatMap(({ addressId }) => roster.guardiansOf.get(addressId) ?? []));
  return [...ids].flatMap((id) => roster.people.get(id) ?? []).filter(({ state, role }) => state === 'active' && role === 'guardian');
}

function slipOf(own: OwnClass, child: Person, codes: ReadonlyMap<AccountId, string>): Slip {
  return {
    child: child.displayName, animal: child.face,
    guardians: guardiansOf(own, [child]).map(({ account, displayName, address }) => ({ name: displayName, address, code: codes.get(account) ?? null })),
  };
}

/** Pictures last a school year and its first weeks after, until new sheets are given out; what is used once lasts some weeks. */
export function expiryOf(kind: CodeKind, now: Date): Date {
  if (kind === 'activation') return new Date(now.getTime() + ACTIVATION_DAYS * DAY_MS);
  const year = now.getUTCFullYear() + (now.getUTCMonth() >= 6 ? 1 : 0);
  return new Date(Date.UTC(year, 8, 30));
}
