/**
 * The path of a letter through our own sources: the functions that a reader must visit to follow
 * one from RCPT and DATA to its row, and the ways there are out of it.
 *
 * Visited are the functions of smtp/ and core/mail/delivery/ that lie on the path: calls lead to
 * them from where it begins, and from them to a function of the store that writes the row, which is
 * the last. And those of the two folders that these call and wait for (async, or giving a promise):
 * a letter stands at such a door until it is answered. What is behind a door is that function's own
 * matter; what gives its value at once is a value, and no room. Ways out are all `return`s in them,
 * and in callbacks within them, before the last statement of their function.
 *
 * Calls are followed by the names of functions, wherever these stand, be it as an argument; a call
 * by an interface where `DOORS` says which function is behind it.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync, type ArrowFunctionExpression, type Function, type Node } from 'oxc-parser';
import { listSources, walk } from '../shared/sources.ts';

const FOLLOWED = /^(smtp|core\/mail\/delivery)\/|^core\/store\/mail\/messages\.ts$/;
const NOT_FOLLOWED = /\.test\.ts$|\/testing\//;

/** Where the path begins. */
const BEGINNINGS = ['smtp/handlers.ts recipient', 'smtp/message.ts message'];
/** What writes the row. */
const ROWS = ['core/store/mail/messages.ts deliverTogether', 'core/store/mail/messages.ts place'];
/**
 * What is behind calls that name no function: the last two names of each. Of what only passes a
 * call on in one expression, it is what that calls.
 */
const DOORS: Readonly<Record<string, string>> = {
  'delivery.accept': 'core/mail/delivery/accept.ts accept',
  'delivery.checkRecipient': 'core/mail/delivery/judging/check-recipient.ts checkRecipient',
  'storing.keep': 'core/mail/delivery/keeping/storing.ts .keep',
};

/** A function of ours, by its file and name; with a dot before it, one that an object holds. */
interface Room {
  readonly name: string;
  readonly calls: ReadonlySet<string>;
  readonly waysOut: number;
  readonly isWaitedFor: boolean;
}

/** A function that is visited, and whether the path goes through it or only asks there. */
interface Visited extends Pick<Room, 'name' | 'waysOut'> {
  readonly isOnPath: boolean;
}

/** All that is visited, the path first. Throws where a name above is no function any more. */
export function visitedIn(root: string): readonly Visited[] {
  const rooms = new Map(
    listSources(root)
      .map((path) => relative(root, path))
      .filter((file) => FOLLOWED.test(file) && !NOT_FOLLOWED.test(file))
      .flatMap((file) => roomsIn(file, readFileSync(join(root, file), 'utf8')))
      .map((room) => [room.name, room]),
  );
  const roomOf = (name: string): Room => {
    const room = rooms.get(name);
    if (!room) throw new Error(`${name} is gone`);
    return room;
  };
  const callsOf = (name: string): readonly string[] =>
    ROWS.includes(name) ? [] : [...roomOf(name).calls].filter((call) => rooms.has(call));
  const reached = closure(BEGINNINGS, callsOf);
  const callersOf = (name: string): readonly string[] =>
    [...reached].filter((caller) => callsOf(caller).includes(name));
  const path = new Set([...BEGINNINGS, ...closure(ROWS, callersOf)]);
  const doors = [...path].flatMap(callsOf).filter((name) => roomOf(name).isWaitedFor);
  return [...path, ...new Set(doors.filter((name) => !path.has(name)))].map((name) => ({
    name,
    waysOut: roomOf(name).waysOut,
    isOnPath: path.has(name),
  }));
}

/** These, and all that `next` leads to from them. */
function closure(
  names: readonly string[],
  next: (name: string) => readonly string[],
): ReadonlySet<string> {
  const found = new Set(names); // a set may grow while it is gone through
  for (const name of found) for (const one of next(name)) found.add(one);
  return found;
}

type FunctionNode = Function | ArrowFunctionExpression;

const isFunction = (node: Node): node is FunctionNode =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression';

/** The functions of a file that have a name. */
function roomsIn(file: string, text: string): readonly Room[] {
  const { program, module } = parseSync(file, text);
  const known = new Map(
    module.staticImports.flatMap(({ moduleRequest, entries }) =>
      entries.map(({ localName, importName }) => [
        localName.value,
        `${join(dirname(file), moduleRequest.value)} ${importName.name}`,
      ]),
    ),
  );
  const named = new Map<Node, string>();
  walk(program, (node, parent) => {
    const name = isFunction(node) ? nameOf(node, parent) : null;
    if (name !== null) named.set(node, name);
  });
  const rooms = [...named].map(([node, name]) => ({ name: `${file} ${name}`, node }));
  return rooms.map(({ name, node }) => {
    const calls = new Set<string>();
    let waysOut = 0;
    const own = node as FunctionNode;
    const ends = new Set<Node | undefined>();
    within(own, named, (one) => {
      if (isFunction(one) && one.body?.type === 'BlockStatement') ends.add(one.body.body.at(-1));
      if (one.type === 'ReturnStatement' && !ends.has(one)) waysOut += 1;
      if (one.type === 'Identifier') calls.add(known.get(one.name) ?? `${file} ${one.name}`);
      if (one.type !== 'MemberExpression' || one.property.type !== 'Identifier') return;
      const door = DOORS[`${lastNameOf(one.object)}.${one.property.name}`];
      if (door !== undefined) calls.add(door);
    });
    calls.delete(name);
    const type = own.returnType ? text.slice(own.returnType.start, own.returnType.end) : '';
    return { name, calls, waysOut, isWaitedFor: own.async || /^:\s*Promise</.test(type) };
  });
}

/** By its own name, or by that of what holds it; null for a callback. */
function nameOf(node: FunctionNode, parent: Node | null): string | null {
  if (node.type === 'FunctionDeclaration') return node.id?.name ?? null;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier')
    return parent.id.name;
  const isHeld = parent?.type === 'Property' || parent?.type === 'MethodDefinition';
  return isHeld && parent.key.type === 'Identifier' ? `.${parent.key.name}` : null;
}

const lastNameOf = (node: Node): string => {
  if (node.type === 'Identifier') return node.name;
  const isNamed = node.type === 'MemberExpression' && node.property.type === 'Identifier';
  return isNamed ? lastNameOf(node.property) : '';
};

/** Sees all that is in a function, but not what is in those in it that have a name. */
function within(room: FunctionNode, named: ReadonlyMap<Node, string>, see: (node: Node) => void) {
  const left = new Set<Node>();
  walk(room, (node, parent) => {
    const isOthers = node !== room && named.has(node);
    if (isOthers || (parent !== null && left.has(parent))) left.add(node);
    else see(node);
  });
}
