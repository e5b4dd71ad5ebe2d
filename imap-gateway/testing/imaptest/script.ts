/**
 * Reads the scripts of imaptest (`tests/` of dovecot/imaptest, MIT): a header of `key: value`
 * lines, an empty line, then commands with the replies they must have. Everything is octets, one
 * character each (latin1).
 */
export interface Script {
  readonly capabilities: readonly string[];
  readonly connections: number;
  /** How far the runner goes before the first command; each does what those before it do. */
  readonly state: 'nonauth' | 'auth' | 'created' | 'appended' | 'selected';
  /** How many of the mbox are appended before; more than it has starts again at its first. */
  readonly messages: number | 'all';
  readonly groups: readonly Group[];
}

/**
 * Commands sent at once on one connection, with all that must, must not and may be told until the
 * last is answered.
 */
export interface Group {
  /** From 0. */
  readonly connection: number;
  readonly commands: readonly ScriptCommand[];
  readonly told: readonly Expected[];
}

interface ScriptCommand {
  readonly line: number;
  readonly text: string;
  /** `ok [read-write]`: what the tagged reply begins with; `""` stands for anything. */
  reply: string | null;
}

interface Expected {
  readonly line: number;
  /** `*` must come, `!` must not, `?` may. */
  readonly how: '*' | '!' | '?';
  readonly text: string;
}

interface Line {
  readonly line: number;
  readonly text: string;
}
interface OpenGroup {
  readonly connection: number;
  readonly commands: (ScriptCommand & { readonly tag: string })[];
  readonly told: Expected[];
}

export function readScript(source: string): Script {
  const lines = logicalLines(source);
  const end = lines.findIndex(({ text }) => text === '');
  const header = new Map(
    lines
      .slice(0, end)
      .map(({ text }) => [
        text.slice(0, text.indexOf(':')).toLowerCase(),
        text.slice(text.indexOf(':') + 1).trim(),
      ]),
  );
  const connections = Number(header.get('connections') ?? 1);
  const messages = header.get('messages') ?? '0';
  return {
    capabilities: (header.get('capabilities') ?? '').split(' ').filter((one) => one !== ''),
    connections,
    state: (header.get('state') ?? 'selected') as Script['state'],
    messages: messages === 'all' ? 'all' : Number(messages),
    groups: groupsOf(
      lines.slice(end + 1).filter(({ text }) => text !== ''),
      connections > 1,
    ),
  };
}

/** Comments left out, and `{{{` … `}}}` turned into literals: `{n}` CRLF and the octets. */
function logicalLines(source: string): Line[] {
  const lines: Line[] = [];
  let open: { readonly line: number; text: string; readonly body: string[] } | null = null;
  for (const [at, raw] of source.split('\n').entries()) {
    const text: string = open ? closing(open, raw) : raw;
    if (open && text === raw) {
      open.body.push(raw);
      continue;
    }
    const line: number = open?.line ?? at + 1;
    open = null;
    if (text.startsWith('#')) continue;
    if (text.endsWith('{{{')) open = { line, text: text.slice(0, -3), body: [] };
    else lines.push({ line, text });
  }
  return lines;
}

/** The whole of an open line once `}}}` has come; the same raw line before. */
function closing(
  open: { readonly text: string; readonly body: readonly string[] },
  raw: string,
): string {
  if (!raw.startsWith('}}}')) return raw;
  const octets = open.body.join(open.text.endsWith('~') ? '\n' : '\r\n');
  return `${open.text}{${octets.length}}\r\n${octets}${raw.slice(3)}`;
}

function groupsOf(lines: readonly Line[], isNumbered: boolean): Group[] {
  const groups: OpenGroup[] = [];
  for (const { line, text } of lines) {
    const group = groups.at(-1);
    const [, how, told] = /^([*!?]) ([^]*)$/.exec(text) ?? [];
    if (group && how !== undefined && told !== undefined) {
      group.told.push({ line, how: how as Expected['how'], text: told });
      continue;
    }
    const [, number, rest = ''] = isNumbered
      ? (/^(\d+) ([^]*)$/.exec(text) ?? [])
      : [null, '1', text];
    const [, tag = '', reply, command = ''] =
      /^(?:(tag\d+) )?(ok\b|no\b|bad\b|"")? ?([^]*)$/i.exec(rest) ?? [];
    const isWaiting = group?.commands.some((one) => one.reply === null) ?? false;
    const asked =
      isWaiting && reply !== undefined
        ? group?.commands.find((one) => one.tag === tag && one.reply === null)
        : undefined;
    if (asked) {
      asked.reply = `${reply} ${command}`.trim();
      continue;
    }
    const next = { tag, line, text: command, reply: reply ?? null };
    if (isWaiting) group?.commands.push(next);
    else groups.push({ connection: Number(number) - 1, commands: [next], told: [] });
  }
  return groups;
}

/**
 * One message of an mbox, with CRLF, and when it came: the date of its `From ` line, UTC where it
 * names no zone.
 */
export interface MboxMessage {
  readonly octets: string;
  readonly date: Date;
}

export function readMbox(source: string): MboxMessage[] {
  const messages: { lines: string[]; readonly date: Date }[] = [];
  for (const line of source.replace(/\n$/, '').split('\n')) {
    const date = /^From \S+ +(.+)$/.exec(line)?.[1];
    if (date !== undefined)
      messages.push({ lines: [], date: new Date(/[+-]\d{4}$/.test(date) ? date : `${date} UTC`) });
    else messages.at(-1)?.lines.push(line);
  }
  return messages.map(({ lines, date }) => ({
    octets: lines.map((line) => `${line.replace(/\r$/, '')}\r\n`).join(''),
    date,
  }));
}
