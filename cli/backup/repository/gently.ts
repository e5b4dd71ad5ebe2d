import { findProgram } from '../../launcher/programs.ts';

/**
 * A command that gives way to everybody else: the processor by nice(1), the disk by ionice(1) as
 * the last of its class. Not its idle class, in which a busy disk lets nobody through. Where one is
 * missing it runs without it.
 */
export function gently(command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  const nice = findProgram('nice');
  const ionice = findProgram('ionice');
  const [program, ...args] = [
    ...(nice === null ? [] : [nice, '-n', '10']),
    ...(ionice === null ? [] : [ionice, '-c', '2', '-n', '7', '-t']),
    ...command,
  ];
  return program === undefined ? command : [program, ...args];
}
