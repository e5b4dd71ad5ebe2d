/**
 * THREAD's two algorithms (RFC 5256 §3), pure. Nothing recurses: a thread may be as deep as a
 * mailbox is long.
 */
import type { ThreadSource } from '../core/store/mail/contract.ts';

/** One node of a thread; without `source` it stands for a message that isn't among those found. */
interface Node {
  readonly source: ThreadSource | null;
  parent: Node | null;
  children: Node[];
}

/**
 * The threads as THREAD says them, `(1)(2 3 (4)(5))`; `number` gives what each message is called.
 */
export function threadText(
  algorithm: 'REFERENCES' | 'ORDEREDSUBJECT',
  sources: readonly ThreadSource[],
  number: (source: ThreadSource) => number,
): string {
  return textOf(algorithm === 'REFERENCES' ? byReferences(sources) : bySubject(sources), number);
}

const node = (source: ThreadSource | null): Node => ({ source, parent: null, children: [] });

/** §3, ORDEREDSUBJECT: the first message of a subject has all others as its children. */
function bySubject(sources: readonly ThreadSource[]): Node[] {
  const threads = new Map<string, Node>();
  for (const source of [...sources].sort(bySentDate)) {
    const first = threads.get(source.baseSubject);
    if (first) adopt(first, node(source));
    else threads.set(source.baseSubject, node(source));
  }
  return [...threads.values()];
}

/** §3, REFERENCES, steps 1 to 6. */
function byReferences(sources: readonly ThreadSource[]): Node[] {
  const nodes = link(sources);
  const roots = prune(nodes.filter(({ parent }) => parent === null));
  return sorted(mergeSubjects(inOrder(roots)));
}

/**
 * Step 1: each message below the last of its references, those below one another, where that makes
 * no loop.
 */
function link(sources: readonly ThreadSource[]): Node[] {
  const byId = new Map<string, Node>();
  const own = new Set<string>();
  const nodes: Node[] = [];
  const named = (id: string): Node => {
    const known = byId.get(id);
    if (known) return known;
    const made = node(null);
    byId.set(id, made);
    nodes.push(made);
    return made;
  };
  for (const source of sources) {
    // a Message-ID that two messages bear is the first one's
    const made = node(source);
    nodes.push(made);
    if (source.messageId === null || own.has(source.messageId)) continue;
    own.add(source.messageId);
    byId.set(source.messageId, made);
  }
  for (const child of nodes.slice(0, sources.length)) {
    let above: Node | null = null;
    for (const id of child.source?.references ?? []) {
      const reference = named(id);
      if (above && !reference.parent && !isWithin(above, reference)) adopt(above, reference);
      above = reference;
    }
    leave(child); // its own References say more of it than those of others
    if (above && !isWithin(above, child)) adopt(above, child);
  }
  return nodes;
}

function adopt(parent: Node, child: Node): void {
  child.parent = parent;
  parent.children.push(child);
}

function leave(child: Node): void {
  const { parent } = child;
  if (!parent) return;
  parent.children = parent.children.filter((other) => other !== child);
  child.parent = null;
}

/** Whether `inner` is `outer` or below it. */
function isWithin(inner: Node, outer: Node): boolean {
  if (outer.children.length === 0) return inner === outer; // most are asked before their answers
  for (let at: Node | null = inner; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** Every node of these trees, children before their parents. */
function bottomUp(roots: readonly Node[]): Node[] {
  const order = [...roots];
  // As long as there are more. Not all at once: a mailbox has more than a call takes arguments.
  for (const one of order) for (const child of one.children) order.push(child);
  return order.reverse();
}

/**
 * Step 3: a placeholder goes, its children take its place; only at the root one stays that holds
 * several together.
 */
function prune(roots: readonly Node[]): Node[] {
  for (const at of bottomUp(roots))
    at.children = at.children.flatMap((child) => (child.source ? [child] : child.children));
  return roots.flatMap((root) =>
    root.source || root.children.length > 1 ? [root] : root.children,
  );
}

/** Step 4: the roots by date, a placeholder by its first child's. */
function inOrder(roots: readonly Node[]): Node[] {
  for (const root of roots) if (!root.source) root.children.sort(byDate);
  return [...roots].sort(byDate);
}

/** Step 5: threads of one base subject become one. */
function mergeSubjects(roots: readonly Node[]): Node[] {
  const first = new Map<string, Node>();
  for (const root of roots) {
    const { baseSubject } = told(root);
    const known = first.get(baseSubject);
    if (
      baseSubject !== '' &&
      (!known ||
        (known.source && !root.source) ||
        (known.source?.isReply && root.source && !root.source.isReply))
    )
      first.set(baseSubject, root);
  }
  const merged: Node[] = [];
  const indexOf = new Map<Node, number>();
  const keep = (root: Node): void => {
    indexOf.set(root, merged.push(root) - 1);
  };
  for (const root of roots) {
    const known = first.get(told(root).baseSubject);
    if (!known || known === root) keep(root);
    else if (!known.source && !root.source) known.children = known.children.concat(root.children);
    else if (!known.source || (root.source?.isReply && !known.source.isReply))
      known.children.push(root);
    else first.set(told(root).baseSubject, together(known, root, { merged, indexOf }));
  }
  return merged;
}

/**
 * Two that are both the beginning, or both answers: side by side below a placeholder, in the first
 * one's place.
 */
function together(
  known: Node,
  root: Node,
  { merged, indexOf }: { readonly merged: Node[]; readonly indexOf: Map<Node, number> },
): Node {
  const both = node(null);
  both.children = [known, root];
  // it stands there already: what comes later is an answer or a placeholder
  const at = indexOf.get(known) ?? merged.length;
  merged[at] = both;
  indexOf.set(both, at);
  return both;
}

/** Step 6: all siblings by date. */
function sorted(roots: readonly Node[]): Node[] {
  for (const at of bottomUp(roots)) at.children.sort(byDate);
  return [...roots].sort(byDate);
}

/** The message of a node, for a placeholder its first child's. */
function told(at: Node): ThreadSource {
  let inner = at;
  while (!inner.source && inner.children[0]) inner = inner.children[0];
  return (
    inner.source ?? {
      uid: 0,
      messageId: null,
      references: [],
      baseSubject: '',
      isReply: false,
      sentAt: 0,
    }
  );
}

const byDate = (a: Node, b: Node): number => bySentDate(told(a), told(b));
const bySentDate = (a: ThreadSource, b: ThreadSource): number =>
  a.sentAt - b.sentAt || a.uid - b.uid;

/** §4 `thread-list`: an only child follows after a space, several are in parentheses each. */
function textOf(roots: readonly Node[], number: (source: ThreadSource) => number): string {
  const pieces: string[] = [];
  const stack: (Node | ')')[] = [...roots].reverse();
  let follows = false; // an only child continues its parent's list
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === ')') {
      pieces.push(')');
      continue;
    }
    if (!follows) {
      pieces.push('(');
      stack.push(')');
    }
    if (at.source) pieces.push(follows ? ' ' : '', String(number(at.source)));
    follows = at.children.length === 1 && at.source !== null;
    if (!follows && at.children.length > 0 && at.source) pieces.push(' ');
    for (const child of [...at.children].reverse()) stack.push(child);
  }
  return pieces.join('');
}
