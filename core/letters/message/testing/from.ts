/**
 * The values of all From fields of a message, unfolded, by the simplest reading there is: for
 * tests, to share no code with ours.
 */
export function parseFrom(message: string): string[] {
  const header = message.split('\r\n\r\n')[0] ?? '';
  return header
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .filter((line) => /^from\s*:/i.test(line))
    .map((line) => line.slice(line.indexOf(':') + 1).trim());
}
