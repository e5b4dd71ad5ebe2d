/**
 * Forms without a browser: what fields hold, what a person may do to them, and what is sent. The
 * state of a field is kept in the markup itself.
 */
import { isTag, Text, type AnyNode, type Document, type Element } from 'domhandler';
import { closest, isShown, textOf } from './markup.ts';

/** A file as it is given to a field. */
export interface PlainFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A form as it is sent. */
export interface Submission {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body?: FormData | URLSearchParams;
}

/** What a person can’t do; says why. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo';
}

const files = new WeakMap<Element, readonly PlainFile[]>();

const CONTROLS: ReadonlySet<string> = new Set(['button', 'input', 'select', 'textarea']);
/** Kinds of input that aren’t filled in by keys. */
const NOT_TYPED: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'file',
  'hidden',
  'image',
  'radio',
  'reset',
  'submit',
]);
const SHAPES: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  time: /^\d{2}:\d{2}$/,
  number: /^-?\d+(\.\d+)?$/,
};
/** The address of type=email (HTML standard, 4.10.5.1.5). */
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

const attribute = (one: Element, name: string): string | null => one.attribs[name] ?? null;
const has = (one: Element, name: string): boolean => name in one.attribs;

/** What kind of control it is: the type of an input or a button, else its name. */
export function kindOf(one: Element): string {
  const type = (attribute(one, 'type') ?? '').toLowerCase();
  if (one.name === 'button') return type === '' ? 'submit' : type;
  if (one.name === 'input') return type === '' ? 'text' : type;
  return one.name;
}

/** Whether it is an `input` that takes keys. */
const isTypedInto = (one: Element): boolean => one.name === 'input' && !NOT_TYPED.has(kindOf(one));

const isTicked = (one: Element): boolean =>
  one.name === 'input' && ['checkbox', 'radio'].includes(kindOf(one));

/** Shown as the first words of it, in a sentence about it. */
export function named({ name, attribs }: Element): string {
  const said = Object.entries(attribs).map(([key, value]) => ` ${key}="${value}"`);
  return `<${name}${said.join('')}>`;
}

/** All elements in a node, in the order of the page. */
function all(node: AnyNode | Document): readonly Element[] {
  const inner = 'children' in node ? node.children.flatMap(all) : [];
  return isTag(node) ? [node, ...inner] : inner;
}

function pageOf(one: Element): Document {
  let at: AnyNode | null = one;
  while (at.parent !== null) at = at.parent;
  return at as Document;
}

/** Whether it is switched off, by itself or by the `fieldset` around it (4.10.18.5). */
function isDisabled(one: Element): boolean {
  if (has(one, 'disabled')) return true;
  const off = closest(one, (at) => {
    const around = at.parent;
    if (around === null || !isTag(around) || around.name !== 'fieldset') return false;
    const legend = around.children.find((child) => isTag(child) && child.name === 'legend');
    return has(around, 'disabled') && at !== legend;
  });
  return off !== null;
}

/** The form of a control (4.10.17.3), or null. */
export function formOf(control: Element): Element | null {
  const id = attribute(control, 'form');
  const isForm = ({ name }: Element): boolean => name === 'form';
  if (id === null) return closest(control, isForm);
  return all(pageOf(control)).find((one) => isForm(one) && attribute(one, 'id') === id) ?? null;
}

const controlsOf = (form: Element): readonly Element[] =>
  all(pageOf(form)).filter((one) => CONTROLS.has(one.name) && formOf(one) === form);

/** What a label is for (4.10.4), or null. */
export function labelled(label: Element): Element | null {
  const id = attribute(label, 'for');
  if (id === null) return all(label).find(({ name }) => CONTROLS.has(name)) ?? null;
  return all(pageOf(label)).find((one) => attribute(one, 'id') === id) ?? null;
}

/** What a field holds. */
export function valueOf(field: Element): string {
  if (field.name === 'select') return valuesOf(field)[0] ?? '';
  // The line break after the opening tag isn’t part of its text.
  if (field.name === 'textarea') return textOf(field).replace(/^\n/, '');
  return attribute(field, 'value') ?? (isTicked(field) ? 'on' : '');
}

const optionsOf = (select: Element): readonly Element[] =>
  all(select).filter(({ name }) => name === 'option');
const optionValue = (option: Element): string => attribute(option, 'value') ?? spaced(option);
const spaced = (one: Element): string => textOf(one).trim().replace(/\s+/g, ' ');

/** What is chosen in a list: without a choice the first, where only one can be. */
function valuesOf(select: Element): readonly string[] {
  const options = optionsOf(select).filter((one) => !has(one, 'disabled'));
  const chosen = options.filter((one) => has(one, 'selected'));
  if (has(select, 'multiple')) return chosen.map(optionValue);
  const one = chosen.at(-1) ?? options[0];
  return one === undefined ? [] : [optionValue(one)];
}

/** Refuses what nobody can press or fill in. */
export function mustBeUsable(one: Element): void {
  if (!isShown(one)) throw new CannotDo(`${named(one)} is hidden`);
  if (isDisabled(one)) throw new CannotDo(`${named(one)} is disabled`);
}

/** Writes over what a field holds. */
export function fill(field: Element, value: string): void {
  mustBeUsable(field);
  const kind = kindOf(field);
  if (field.name !== 'textarea' && !isTypedInto(field))
    throw new CannotDo(`${named(field)} can’t be filled in`);
  if (has(field, 'readonly')) throw new CannotDo(`${named(field)} can only be read`);
  if (value !== '' && SHAPES[kind]?.test(value) === false)
    throw new CannotDo(`« ${value} » can’t be written into ${named(field)}`);
  if (value.length > Number(attribute(field, 'maxlength') ?? Infinity))
    throw new CannotDo(`« ${value} » is longer than ${named(field)} takes`);
  if (field.name === 'input') field.attribs['value'] = value;
  else field.children = [new Text(`\n${value}`)];
}

/** Ticks a box or unticks it; a choice of several takes the tick from the others. */
export function tick(box: Element, isOn: boolean): void {
  mustBeUsable(box);
  if (!isTicked(box)) throw new CannotDo(`${named(box)} can’t be ticked`);
  if (kindOf(box) === 'radio') {
    if (!isOn) throw new CannotDo(`${named(box)} can’t be unticked`);
    for (const one of groupOf(box)) delete one.attribs['checked'];
  }
  if (isOn) box.attribs['checked'] = '';
  else delete box.attribs['checked'];
}

/** The radio buttons of which one alone is on, itself among them (4.10.5.1.16). */
function groupOf(radio: Element): readonly Element[] {
  const form = formOf(radio);
  return all(pageOf(radio)).filter(
    (one) =>
      one.name === 'input' &&
      kindOf(one) === 'radio' &&
      attribute(one, 'name') === attribute(radio, 'name') &&
      formOf(one) === form,
  );
}

/** Chooses from a list, by value or by what stands there. */
export function choose(select: Element, wanted: string | { readonly label: string }): void {
  mustBeUsable(select);
  if (select.name !== 'select') throw new CannotDo(`${named(select)} is no list to choose from`);
  const options = optionsOf(select);
  const one = options.find((option) =>
    typeof wanted === 'string'
      ? [optionValue(option), spaced(option)].includes(wanted)
      : spaced(option) === wanted.label,
  );
  if (one === undefined || has(one, 'disabled'))
    throw new CannotDo(`${named(select)} doesn’t offer ${JSON.stringify(wanted)}`);
  if (!has(select, 'multiple')) for (const other of options) delete other.attribs['selected'];
  one.attribs['selected'] = '';
}

/** Gives files to a field; it may be out of sight, its label is pressed then. */
export function giveFiles(field: Element, given: readonly PlainFile[]): void {
  if (kindOf(field) !== 'file') throw new CannotDo(`${named(field)} takes no files`);
  if (isDisabled(field)) throw new CannotDo(`${named(field)} is disabled`);
  if (given.length > 1 && !has(field, 'multiple'))
    throw new CannotDo(`${named(field)} takes one file`);
  files.set(field, given);
}

/**
 * The button that Enter in a field presses: the first of its form (4.10.21.2). One without a button
 * is sent all the same, where it has one field alone; null then.
 */
export function buttonOfEnter(form: Element): Element | null {
  const controls = controlsOf(form);
  const button = controls.find((one) => kindOf(one) === 'submit') ?? null;
  if (button !== null && isDisabled(button)) throw new CannotDo(`${named(button)} is disabled`);
  if (button === null && controls.filter(isTypedInto).length > 1)
    throw new CannotDo(`${named(form)} has no button`);
  return button;
}

/**
 * What is sent when a form is submitted by a button of it, or without one. Throws where a browser
 * would show what is missing instead.
 */
export function submission(form: Element, button: Element | null, page: URL): Submission {
  const ofButton = (name: string): string | null => button && attribute(button, `form${name}`);
  const isChecked = !has(form, 'novalidate') && !(button !== null && has(button, 'formnovalidate'));
  if (isChecked) for (const one of controlsOf(form)) mustBeValid(one);
  const url = new URL(ofButton('action') ?? attribute(form, 'action') ?? '', page);
  const entries = entriesOf(form, button);
  const method = (ofButton('method') ?? attribute(form, 'method') ?? 'get').toLowerCase();
  if (method === 'get') {
    url.search = inWords(entries).toString();
    return { method: 'GET', url };
  }
  const encoding = ofButton('enctype') ?? attribute(form, 'enctype');
  const isMultipart = encoding === 'multipart/form-data';
  return { method: 'POST', url, body: isMultipart ? inParts(entries) : inWords(entries) };
}

type Entry = readonly [name: string, value: string | PlainFile];
const NO_FILE: PlainFile = {
  name: '',
  mimeType: 'application/octet-stream',
  buffer: Buffer.alloc(0),
};

/** The successful controls of a form (4.10.21.4). */
function entriesOf(form: Element, button: Element | null): readonly Entry[] {
  return controlsOf(form).flatMap((one): readonly Entry[] => {
    const name = attribute(one, 'name') ?? '';
    const isLeftOut =
      name === '' ||
      isDisabled(one) ||
      ((one.name === 'button' || ['submit', 'button', 'reset', 'image'].includes(kindOf(one))) &&
        one !== button) ||
      (isTicked(one) && !has(one, 'checked'));
    if (isLeftOut) return [];
    if (one.name === 'select') return valuesOf(one).map((value) => [name, value] as const);
    if (kindOf(one) === 'file') return (files.get(one) ?? [NO_FILE]).map((file) => [name, file]);
    return [[name, valueOf(one)]];
  });
}

const withCrlf = (text: string): string => text.replace(/\r?\n|\r/g, '\r\n');

function inWords(entries: readonly Entry[]): URLSearchParams {
  return new URLSearchParams(
    entries.map(([name, value]) => [
      name,
      withCrlf(typeof value === 'string' ? value : value.name),
    ]),
  );
}

function inParts(entries: readonly Entry[]): FormData {
  const parts = new FormData();
  for (const [name, value] of entries)
    if (typeof value === 'string') parts.append(name, withCrlf(value));
    else
      parts.append(
        name,
        new Blob([new Uint8Array(value.buffer)], { type: value.mimeType }),
        value.name,
      );
  return parts;
}

/** Constraint validation (4.10.20), as far as pages of ours ask for it. */
function mustBeValid(field: Element): void {
  if (isDisabled(field) || has(field, 'readonly') || field.name === 'button') return;
  const kind = kindOf(field);
  if (['hidden', 'submit', 'reset', 'button'].includes(kind)) return;
  if (has(field, 'required') && isMissing(field))
    throw new CannotDo(`${named(field)} must be filled in`);
  const value = valueOf(field);
  if (field.name !== 'input' || isTicked(field) || value === '') return;
  const pattern = attribute(field, 'pattern');
  if (pattern !== null && !new RegExp(`^(?:${pattern})$`, 'v').test(value))
    throw new CannotDo(`« ${value} » isn’t as ${named(field)} asks`);
  if (kind === 'email' && !EMAIL.test(value.trim()))
    throw new CannotDo(`« ${value} » is no address for ${named(field)}`);
  if (isOutOfRange(field, kind, value))
    throw new CannotDo(`« ${value} » is out of the range of ${named(field)}`);
}

function isMissing(field: Element): boolean {
  switch (kindOf(field)) {
    case 'checkbox':
      return !has(field, 'checked');
    case 'radio':
      return !groupOf(field).some((one) => has(one, 'checked'));
    case 'file':
      return (files.get(field) ?? []).length === 0;
    default:
      return valueOf(field) === '';
  }
}

function isOutOfRange(field: Element, kind: string, value: string): boolean {
  if (SHAPES[kind] === undefined) return false;
  // Days and hours are as long as one another, and so in the order of their letters.
  const order = (text: string): string | number => (kind === 'number' ? Number(text) : text);
  const [min, max] = [attribute(field, 'min'), attribute(field, 'max')];
  return (
    (min !== null && min !== '' && order(value) < order(min)) ||
    (max !== null && max !== '' && order(value) > order(max))
  );
}
