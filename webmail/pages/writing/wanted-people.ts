import type { Writing } from '../../../core/mail/writing/contract.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, type Form } from '../../http/forms.ts';
import type { Into } from './chips.ts';
import { isAddressable } from './letter-form.ts';
import { typedRecipients } from './suggestions.ts';
import { isSending } from './wanted-hour.ts';

/** Who is to be looked for, and for which field; an empty text is everybody. */
export type WantedSearch = { readonly text: string; readonly into: Into } | null;

/** A button of « Vite » says whose it is. */
const TOGGLE = 'toggle ';

/**
 * What stands in the fields of recipients when a button is pressed, where no script has seen to it:
 * addresses join the recipients, a name is looked for, « Vite » picks somebody or lets go of them.
 */
export function wantedOf(
  form: Form,
  written: Writing,
  act: string,
): { readonly writing: Writing; readonly search: WantedSearch } {
  const to = typedIn(form, 'find');
  const cc = typedIn(form, 'find-cc');
  const writing = {
    ...written,
    to: toggled([...new Set([...written.to, ...to.addresses])], act),
    cc: [...new Set([...written.cc, ...cc.addresses])],
  };
  return { writing, search: searchIn(form, act, { to: to.rest, cc: cc.rest }) };
}

function typedIn(form: Form, name: string) {
  const { addresses, rest } = typedRecipients(field(form, name, LONG_FIELD_CHARS));
  return { addresses: addresses.filter(isAddressable), rest };
}

function toggled(to: readonly string[], act: string): readonly string[] {
  if (!act.startsWith(TOGGLE)) return to;
  const address = act.slice(TOGGLE.length).trim();
  if (to.includes(address)) return to.filter((one) => one !== address);
  return isAddressable(address) && address !== '' ? [...to, address] : to;
}

/**
 * A name not yet looked for is, before anything is sent; one whose finds were on the page has had
 * its answer.
 */
function searchIn(form: Form, act: string, names: Readonly<Record<Into, string>>): WantedSearch {
  if (act === 'all') return { text: '', into: 'to' };
  const isAsked = act === 'find' || act === 'enter';
  const sends = isSending(act);
  const found = { to: field(form, 'found').trim(), cc: field(form, 'found-cc').trim() };
  const into = (['to', 'cc'] as const).find(
    (one) => names[one] !== '' && (isAsked || (sends && names[one] !== found[one])),
  );
  return into === undefined ? null : { text: names[into], into };
}
