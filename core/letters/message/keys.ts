/**
 * By what a message is searched and sorted (RFC 9051 §6.4.4, RFC 5256), made once, at delivery:
 * without case and accents.
 */
import { decodeWords } from './encoded-words.ts';
import { fieldValue, fieldValues, type Header } from './header.ts';
import { ADDRESSES, NAME_CHARACTERS, VALUE_CHARACTERS } from './limits.ts';
import type { Envelope, Keys } from './message.ts';
import { addressesIn, type WireAddress } from './wire-envelope.ts';

/** Characters of one folded field. */
const KEY_CHARACTERS = VALUE_CHARACTERS;
/** Characters of a subject from which its base is made. */
const SUBJECT_CHARACTERS = 1_000;

/** Keys of a header and its envelope. */
export function readKeys(header: Header, envelope: Envelope): Keys {
  const subject = wholeField(header, 'subject');
  const { base, isReply } = baseSubject(envelope.subject ?? '');
  const [from, to, cc, bcc] = [
    addressesOf(header, 'from'),
    addressesOf(header, 'to'),
    addressesOf(header, 'cc'),
    addressesOf(header, 'bcc'),
  ];
  return {
    subject,
    from: addressField(header, 'from', from),
    to: addressField(header, 'to', to),
    cc: addressField(header, 'cc', cc),
    bcc: addressField(header, 'bcc', bcc),
    baseSubject: fold(base),
    isReply,
    firstFrom: firstMailbox(from),
    firstTo: firstMailbox(to),
    firstCc: firstMailbox(cc),
    shownFrom: shown(from),
    shownTo: shown(to),
    ...readDate(fieldValue(header, 'date') ?? ''),
  };
}

const MARKS = /\p{M}+/gu;
const ASCII = /^[\x00-\x7F]*$/;

/**
 * A text without case and accents: in capitals, as i;unicode-casemap does it (RFC 5051), marks
 * taken off. Search compares this form with this form, sort orders it by its bytes.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toUpperCase();
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toUpperCase()
    .replaceAll('Œ', 'OE')
    .replaceAll('Æ', 'AE')
    .normalize('NFC');
}

function wholeField(header: Header, name: string): string | null {
  const values = fieldValues(header, name);
  return values.length === 0 ? null : foldedField(values.join(', '));
}

/** A field's value as SEARCH looks into it. */
export function foldedField(value: string): string {
  return fold(decodeWords(value).replace(/[\0\s]+/g, ' ')).slice(0, KEY_CHARACTERS);
}

/**
 * The field as it stands, and behind it the addresses that a comment or white space in their midst
 * would hide.
 */
function addressField(
  header: Header,
  name: string,
  addresses: readonly WireAddress[],
): string | null {
  const whole = wholeField(header, name);
  if (whole === null) return null;
  const hidden = addresses
    .map(({ mailbox, host }) => fold(host ? `${mailbox}@${host}` : ''))
    .filter((address) => !whole.includes(address));
  return [whole, ...hidden].join(', ').slice(0, KEY_CHARACTERS);
}

const addressesOf = (header: Header, name: string): WireAddress[] =>
  fieldValues(header, name).flatMap(addressesIn).slice(0, ADDRESSES);

/** The first address as ENVELOPE shows them, so perhaps the name of a group. */
const firstOf = (addresses: readonly WireAddress[]): WireAddress | undefined =>
  addresses.find(({ mailbox }) => mailbox !== null);

const firstMailbox = (addresses: readonly WireAddress[]): string =>
  fold(firstOf(addresses)?.mailbox ?? '').slice(0, NAME_CHARACTERS);

function shown(addresses: readonly WireAddress[]): string {
  const { name, mailbox, host } = firstOf(addresses) ?? {};
  return fold(
    decodeWords(name ?? '').trim() || (host ? `${mailbox}@${host}` : (mailbox ?? '')),
  ).slice(0, NAME_CHARACTERS);
}

const LEADER = /^(?:\[[^[\]]*\]\s*)*(?:re|fwd?)\s*(?:\[[^[\]]*\]\s*)?:\s*/i;
const BLOB = /^\[[^[\]]*\]\s*/;
const TRAILER = /(?:\(fwd\)|\s)$/i;

/** RFC 5256 §2.1, its steps by their numbers. Each turn takes something away, so it ends. */
export function baseSubject(subject: string): { readonly base: string; readonly isReply: boolean } {
  let base = subject.slice(0, SUBJECT_CHARACTERS).replace(/\s+/g, ' ').trim(); // (1)
  let isReply = false;
  const without = (pattern: RegExp): boolean => {
    const rest = base.replace(pattern, '').trimStart();
    if (rest === base) return false;
    base = rest;
    return true;
  };
  for (let wrapped = true; wrapped;) {
    while (TRAILER.test(base)) {
      // (2)
      isReply ||= base.endsWith(')');
      base = base.replace(TRAILER, '');
    }
    for (let again = true; again;) {
      again = false;
      while (without(LEADER)) again = isReply = true; // (3)
      const rest = base.replace(BLOB, '');
      if (rest !== base && rest !== '') {
        base = rest;
        again = true;
      } // (4), (5)
    }
    wrapped = /^\[fwd:.*\]$/is.test(base); // (6)
    if (wrapped) {
      base = base.slice(5, -1).trim();
      isReply = true;
    }
  }
  return { base, isReply };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NO_DATE = { sentAt: null, sentOn: null };

/** RFC 5322 §3.3, with the two-digit years and zone names of §4.3. */
function readDate(value: string): { readonly sentAt: Date | null; readonly sentOn: string | null } {
  const plain = value.slice(0, NAME_CHARACTERS).replace(/\([^()]*\)/g, ' ');
  const [
    ,
    day = '',
    monthName = '',
    yearText = '',
    hour = '',
    minute = '',
    second = '0',
    zone = '',
  ] =
    /(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*[\s-]+(\d{2,4})(?!\d)(?:[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[A-Za-z]{1,5})?)?/.exec(
      plain,
    ) ?? [];
  const month = MONTHS.indexOf(monthName.toLowerCase());
  if (month < 0) return NO_DATE;
  const year = wholeYear(yearText);
  const at = Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second));
  if (year < 1900 || new Date(Date.UTC(year, month, Number(day))).getUTCDate() !== Number(day))
    return NO_DATE;
  const sentOn = `${year}-${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { sentAt: new Date(at - zoneMinutes(zone) * 60_000), sentOn };
}

/** RFC 5322 §4.3. */
function wholeYear(text: string): number {
  const written = Number(text);
  if (text.length >= 4) return written;
  return text.length === 3 || written >= 50 ? 1900 + written : 2000 + written;
}

const ZONES: Readonly<Record<string, number>> = {
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};

/** Minutes east of UTC; an unknown zone is UTC (RFC 5322 §4.3). */
function zoneMinutes(zone: string): number {
  const numeric = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (!numeric) return ZONES[zone.toUpperCase()] ?? 0;
  return (numeric[1] === '-' ? -1 : 1) * (Number(numeric[2]) * 60 + Number(numeric[3]));
}
