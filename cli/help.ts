import { COMMANDS } from './commands.ts';
import { FRAME } from './texts/help.ts';

/** What `--help` says: of one command, or of all. */
export function help(name: string | undefined): string {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (command === undefined) {
    const lines = Object.entries(COMMANDS).map(
      ([each, { says }]) => `  preau ${each.padEnd(17)} ${says}`,
    );
    return [FRAME.title, '', ...lines, '', FRAME.flags].join('\n');
  }
  const lines = Object.entries(command.flags).map(
    ([flag, { value, says }]) =>
      `  ${`--${flag}${value === undefined ? '' : ` ${value}`}`.padEnd(30)} ${says}`,
  );
  const usage = command.path === null ? [] : [`  preau ${name} ${command.path} --…`, ''];
  return [
    `preau ${name} : ${command.says}`,
    '',
    ...usage,
    ...lines,
    ...(command.more === '' ? [] : ['', command.more]),
  ].join('\n');
}

/** First words of commands of two: `roster import`, `import imap`. */
const PAIRS: ReadonlySet<string> = new Set(
  Object.keys(COMMANDS)
    .filter((name) => name.includes(' '))
    .map((name) => name.split(' ')[0] ?? ''),
);

/** The arguments with the words of a command's name as one. */
export function wordsOf(args: readonly string[]): readonly string[] {
  const [first = '', second, ...rest] = args;
  if (first === 'help' && second !== undefined && PAIRS.has(second))
    return [first, wordsOf([second, ...rest])[0] ?? ''];
  if (!PAIRS.has(first)) return args;
  const pair = `${first} ${second}`;
  if (Object.hasOwn(COMMANDS, pair)) return [pair, ...rest];
  // `mailtest ADDRESS` beside `mailtest last`
  if (Object.hasOwn(COMMANDS, first)) return args;
  return second === undefined || second.startsWith('-') ? ['help'] : [pair, ...rest];
}
