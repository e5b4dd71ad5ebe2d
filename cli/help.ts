import type { CliCommand } from './command.ts';
import { COMMANDS } from './commands.ts';
import { refused } from './refused.ts';
import { WRONG } from './texts/command-line.ts';
import { FRAME } from './texts/help.ts';

/** The command of this name. Throws a `Fault` 'configuration' where there is none. */
export function commandNamed(name: string): CliCommand {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw refused(WRONG.noCommand(name));
  return command;
}

/** Whether somebody asks what there is. */
export const asksForHelp = (word: string): boolean =>
  word === 'help' || word === '--help' || word === '-h';

/** What `--help` says of all commands. */
export function help(): string {
  const lines = Object.entries(COMMANDS).map(
    ([each, { says }]) => `  preau ${each.padEnd(17)} ${says}`,
  );
  return [FRAME.title, '', ...lines, '', FRAME.flags].join('\n');
}

/** What it says of one. Throws as `commandNamed` does. */
export function helpOf(name: string): string {
  const command = commandNamed(name);
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
