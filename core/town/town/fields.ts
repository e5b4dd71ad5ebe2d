/** What people write into the fields of a town: taken as meant, or not at all. */
import { canonicalOutside } from '../../ground/address.ts';
import { keysOf, recordOf } from '../../ground/keys.ts';
import { readHolidayZone } from '../../roster/holiday-zones.ts';
import { isShortName } from '../../roster/school-directory/short-names.ts';
import { readUai } from '../../roster/uai.ts';
import { NO_CONTACTS } from '../../store/town/contract.ts';
import type {
  CommuneTrouble,
  CommuneWish,
  SchoolTrouble,
  TownDescription,
  TownTrouble,
  TownWish,
} from './contract.ts';

const MOST_SIGNS = 100;
const MOST_CONTACT_SIGNS = 1_000;
const CODE = /^(?:\d{2}|2[AB])\d{3}$/;

/** A text on one line, without what nobody sees. */
export function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
}

/** A name that somebody can be called by; null for none, or for far too long a one. */
export function readName(typed: string): string | null {
  const name = oneLine(typed);
  return name !== '' && name.length <= MOST_SIGNS && /\p{L}/u.test(name) ? name : null;
}

function isDomain(text: string): boolean {
  return canonicalOutside(`postmaster@${text}`)?.domain === text;
}

/** INSEE's code of a commune; null for what is none. */
export function readCommuneCode(typed: string): string | null {
  const code = typed.replaceAll(/\s/g, '').toUpperCase();
  return CODE.test(code) ? code : null;
}

/** The wish in order, or the fields that can't be so. */
export function readTownWish(
  wish: TownWish,
  domain: string,
): { readonly kind: 'read'; readonly wish: TownDescription } | Troubles<TownTrouble> {
  const name = readName(wish.name);
  const postmaster = wish.postmaster === null ? null : oneLine(wish.postmaster).toLowerCase();
  const contacts = recordOf(keysOf(NO_CONTACTS), (field) => lines(wish.contacts[field]));
  const holidayZone = readHolidayZone(wish.holidayZone);
  const why: TownTrouble[] = [];
  if (name === null) why.push('name');
  if (!isTimeZone(wish.timeZone)) why.push('time-zone');
  if (holidayZone === null) why.push('holiday-zone');
  if (postmaster !== null && !isOutside(postmaster, domain)) why.push('postmaster');
  if (Object.values(contacts).some((text) => text.length > MOST_CONTACT_SIGNS))
    why.push('contacts');
  return name === null || holidayZone === null || why.length > 0
    ? { kind: 'trouble', why }
    : { kind: 'read', wish: { ...wish, name, holidayZone, postmaster, contacts } };
}

interface Troubles<Trouble> {
  readonly kind: 'trouble';
  readonly why: readonly Trouble[];
}

/** The lines of a postal address stay. */
function lines(text: string): string {
  return text
    .split(/\r?\n/)
    .map(oneLine)
    .filter((line) => line !== '')
    .join('\n');
}

/** Where the town's own mail is broken, an address of its own is of no use. */
function isOutside(address: string, domain: string): boolean {
  const host = canonicalOutside(address)?.domain;
  return host !== undefined && host !== domain && !host.endsWith(`.${domain}`);
}

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name);
}

/** What is wrong with a commune by itself; whether it is there already only the store knows. */
export function communeTroubles({ name, code }: CommuneWish): CommuneTrouble[] {
  return [
    ...(readName(name) === null ? (['name'] as const) : []),
    ...(code !== null && readCommuneCode(code) === null ? (['code'] as const) : []),
  ];
}

interface SchoolFields {
  readonly name?: string;
  readonly slug?: string | null;
  readonly uai?: string | null;
  readonly domain?: string | null;
}

/** The same of a school; what isn't named is right. */
export function schoolTroubles(wish: SchoolFields, townDomain: string): SchoolTrouble[] {
  const { name, slug, uai, domain } = wish;
  return [
    ...(name !== undefined && readName(name) === null ? (['name'] as const) : []),
    ...(typeof slug === 'string' && !isShortName(slug) ? (['slug'] as const) : []),
    ...(typeof uai === 'string' && readUai(uai) === null ? (['uai'] as const) : []),
    ...(typeof domain === 'string' && (!isDomain(domain) || domain === townDomain)
      ? (['domain'] as const)
      : []),
  ];
}
