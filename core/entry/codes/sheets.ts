import {
  memberOf,
  ownClass,
  membersNow,
  type Member,
  type OwnClass,
} from '../../directory/own-classes.ts';
import { Fault } from '../../ground/fault.ts';
import type { AccountId, AddressId, ClassId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { Person } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import type { SheetFormat } from '../../store/columns.ts';
import { codesOfOtherClasses, withPassword } from '../../store/people/code-states.ts';
import {
  insertSheet,
  lockClass,
  saveCodes,
  voidCodes,
  type NewCode,
} from '../../store/people/codes.ts';
import { forgetTries } from '../../store/people/tries.ts';
import type { SchoolTx, TownTx } from '../../store/store.ts';
import { throttleKey } from '../guessing/throttle-key.ts';
import { activationHash, newActivationCode } from './activation-code.ts';
import type { CodeParts } from './code-parts.ts';
import type { Card, Code, CodeKind, CodeSheet, SheetOrder, Slip } from './contract.ts';
import { endWaysIn } from './end-ways-in.ts';
import { newPictures } from './new-pictures.ts';
import { pictureHash, type Owner } from './picture-code.ts';

/** From a sheet printed in the last days of August to the second parents' evening. */
export const ACTIVATION_DAYS = 45;

/**
 * New codes for a whole class. Made, kept as hashes and written down in one transaction; what they
 * say leaves with the answer.
 */
export async function printSheet(
  parts: CodeParts,
  viewer: Viewer,
  order: SheetOrder,
): Promise<CodeSheet | null> {
  const own = await ownClass(parts, viewer, order.class);
  if (!own) return null;
  const now = parts.clock();
  const pupils = await membersNow(parts, own);
  const guardians = order.families === 'with' ? guardiansOf(own, pupils) : [];
  return parts.store.town(async (town) => {
    const tx = await town.in(own.school);
    await lockClass(tx, order.class);
    const accounts = guardians.map(({ account }) => account);
    const open = await withPassword(tx, accounts);
    const elsewhere = await onOtherSheets(tx, own, { accounts, now });
    const fresh = guardians
      .filter(({ account }) => !open.has(account) && !elsewhere.has(account))
      .map((person): Member => ({ home: own.school, person }));
    const making = { own, by: viewer.addressId, now, format: order.format };
    const codes = await makeCodes(parts, town, {
      ...making,
      pupils,
      classmates: pupils,
      kind: order.kind,
      guardians: fresh,
    });
    await writeAudit(await town.in(own.school), viewer.addressId, 'print-codes', {
      class: order.class,
      kind: order.kind,
      format: order.format,
      codes: codes.size - fresh.length,
      families: fresh.length,
    });
    return {
      schoolName: own.roster.school.name,
      timeZone: own.roster.school.timeZone,
      of: 'class',
      className: own.schoolClass.name,
      cover: own.schoolClass.cover,
      madeAt: now,
      expiresAt: expiryOf(order.kind, now),
      cards: pupils.map(({ person }) => cardOf(person, codeOf(codes, person))),
      slips:
        order.families === 'with'
          ? pupils.map((child) =>
              slipOf(child.person, { guardians: guardiansOf(own, [child]), codes, elsewhere }),
            )
          : [],
    };
  });
}

/**
 * Guardians whose good code stands on the sheet of another class, for a brother or a sister there:
 * a new one would make that paper void. Gives the name of that class.
 */
async function onOtherSheets(
  tx: SchoolTx,
  { roster, schoolClass }: OwnClass,
  { accounts, now }: { readonly accounts: readonly AccountId[]; readonly now: Date },
): Promise<ReadonlyMap<AccountId, string>> {
  const classes = await codesOfOtherClasses(tx, accounts, { classId: schoolClass.id, now });
  return new Map(
    [...classes].flatMap(([account, id]) => {
      const name = roster.classes.get(id)?.name;
      return name === undefined ? [] : [[account, name] as const];
    }),
  );
}

interface ResetWish {
  readonly class: ClassId;
  readonly child: AccountId;
  readonly kind: CodeKind;
}

/**
 * A new code for one child. What they came in by before ends with the old code: who makes it anew
 * means that nobody else goes on. The wait of whoever tried the old one ends too.
 */
export async function resetCode(
  parts: CodeParts,
  viewer: Viewer,
  reset: ResetWish,
): Promise<Card | null> {
  const own = await ownClass(parts, viewer, reset.class);
  const classmates = own === null ? [] : await membersNow(parts, own);
  const member = memberOf(classmates, reset.child);
  if (!own || !member) return null;
  const { home, person: child } = member;
  const card = await parts.store.town(async (town: TownTx) => {
    await forgetTries(town, throttleKey(parts.secret, 'child', `${home}\0${child.account}`));
    await lockClass(await town.in(own.school), reset.class);
    const codes = await makeCodes(parts, town, {
      own,
      by: viewer.addressId,
      now: parts.clock(),
      format: 'screen',
      pupils: [member],
      classmates,
      kind: reset.kind,
      guardians: [],
    });
    await endWaysIn(await town.in(home), { account: child.account, by: viewer.addressId });
    await writeAudit(await town.in(own.school), viewer.addressId, 'reset-code', {
      class: reset.class,
      account: child.account,
      kind: reset.kind,
    });
    return cardOf(child, codeOf(codes, child));
  });
  parts.announce(home, [child.account]);
  return card;
}

interface Making {
  readonly own: OwnClass;
  readonly by: AddressId;
  readonly now: Date;
  readonly format: SheetFormat;
  readonly pupils: readonly Member[];
  readonly classmates: readonly Member[];
  readonly kind: CodeKind;
  readonly guardians: readonly Member[];
}

/**
 * Codes for pupils and guardians, each kept in the school where the account is; a sheet is written
 * down in each of them.
 */
async function makeCodes(
  parts: CodeParts,
  town: TownTx,
  making: Making,
): Promise<Map<AccountId, Code>> {
  const { own, now, kind, pupils, guardians } = making;
  const getting = new Set(pupils.map(({ person }) => person.account));
  const codes =
    kind === 'pictures'
      ? await newPictures(parts.secret, town, {
          getting: pupils.map(ownerOf),
          keeping: making.classmates.map(ownerOf).filter(({ account }) => !getting.has(account)),
        })
      : new Map(pupils.map(({ person }) => [person.account, newText()] as const));
  for (const { person } of guardians) codes.set(person.account, newText());
  for (const [home, members] of Map.groupBy([...pupils, ...guardians], (member) => member.home)) {
    const tx = await town.in(home);
    const sheet = await insertSheet(tx, {
      classId: home === own.school ? own.schoolClass.id : null,
      by: making.by,
      at: now,
      format: making.format,
      codes: members.length,
    });
    await keepCodes(parts, tx, {
      sheet,
      now,
      codes: members.map(({ person }) => ({
        account: person.account,
        code: codeOf(codes, person),
      })),
      children: getting,
    });
    // The head of a child's own school reads who made codes for them.
    if (home !== own.school)
      await writeAudit(tx, making.by, 'print-codes', { school: own.school, codes: members.length });
  }
  return codes;
}

const newText = (): Code => ({ kind: 'activation', text: newActivationCode() });

/** Codes of a sheet as they are made. */
interface CodesMade {
  readonly sheet: number;
  readonly now: Date;
  readonly codes: readonly { readonly account: AccountId; readonly code: Code }[];
  readonly children: ReadonlySet<AccountId>;
}

/**
 * Keeps hashes of codes, all in one school. A child has one way in from paper: the other kind ends
 * with the new one.
 */
export async function keepCodes(
  { secret }: Pick<CodeParts, 'secret'>,
  tx: SchoolTx,
  { sheet, now, codes, children }: CodesMade,
): Promise<void> {
  const texts: NewCode[] = [];
  const pictures: NewCode[] = [];
  for (const { account, code } of codes) {
    const owner = { school: tx.school, account };
    if (code.kind === 'pictures')
      pictures.push({ account, sheet, hash: pictureHash(secret, owner, code.pictures) });
    else texts.push({ account, sheet, hash: activationHash(secret, owner, code.text) });
  }
  await voidCodes(
    tx,
    'activation_code',
    pictures.map(({ account }) => account),
  );
  await voidCodes(
    tx,
    'picture_code',
    texts.map(({ account }) => account).filter((account) => children.has(account)),
  );
  await saveCodes(tx, 'picture_code', {
    codes: pictures,
    at: now,
    expiresAt: expiryOf('pictures', now),
  });
  await saveCodes(tx, 'activation_code', {
    codes: texts,
    at: now,
    expiresAt: expiryOf('activation', now),
  });
}

export const ownerOf = ({ home, person }: Member): Owner => ({
  school: home,
  account: person.account,
});

function codeOf(codes: ReadonlyMap<AccountId, Code>, person: Person): Code {
  const code = codes.get(person.account);
  if (!code)
    throw new Fault('row-missing', `no code for account ${person.account}`, { transient: false });
  return code;
}

export function cardOf(person: Person, code: Code): Card {
  return {
    kind: person.role === 'pupil' ? 'child' : 'adult',
    givenName: person.givenName,
    displayName: person.displayName,
    face: person.face,
    address: person.address,
    code,
  };
}

/** The guardians of these children who have an account in this school. */
export function guardiansOf(
  { roster }: Pick<OwnClass, 'roster'>,
  pupils: readonly Member[],
): Person[] {
  const ids = new Set(
    pupils.flatMap(({ person }) => roster.guardiansOf.get(person.addressId) ?? []),
  );
  return [...ids]
    .flatMap((id) => roster.people.get(id) ?? [])
    .filter(({ state, role }) => state === 'active' && role === 'guardian');
}

interface OnSlip {
  readonly guardians: readonly Person[];
  readonly codes: ReadonlyMap<AccountId, Code>;
  /** The class on whose sheet the code of a guardian stands. */
  readonly elsewhere?: ReadonlyMap<AccountId, string>;
}

/**
 * A child's slip; guardians without a new code have one on another sheet, or an account that is
 * open.
 */
export function slipOf(child: Person, { guardians, codes, elsewhere = new Map() }: OnSlip): Slip {
  return {
    child: child.displayName,
    animal: child.face,
    guardians: guardians.map(({ account, displayName, address }) => {
      const code = codes.get(account);
      return {
        name: displayName,
        address,
        code: code?.kind === 'activation' ? code.text : null,
        codeOn: elsewhere.get(account) ?? null,
      };
    }),
  };
}

/**
 * Pictures last a school year and its first weeks after, until new sheets are given out; what is
 * used once lasts some weeks.
 */
export function expiryOf(kind: CodeKind, now: Date): Date {
  if (kind === 'activation') return new Date(now.getTime() + ACTIVATION_DAYS * DAY_MS);
  const year = now.getUTCFullYear() + (now.getUTCMonth() >= 6 ? 1 : 0);
  return new Date(Date.UTC(year, 8, 30));
}
