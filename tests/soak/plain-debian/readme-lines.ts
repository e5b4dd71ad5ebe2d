import { readFileSync } from 'node:fs';

/**
 * The shell lines under a heading of a Markdown file, one an entry: what a person would type after
 * reading it. Comments and prompts are left out; a line that ends in `\` goes on. Throws where the
 * heading has no such lines.
 */
export function shellLinesUnder(heading: string, file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf(`\n${heading}\n`);
  const section =
    start === -1 ? '' : (text.slice(start + heading.length + 2).split(/\n#+ /)[0] ?? '');
  const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const lines = blocks
    .join('')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) throw new Error(`${file} has no lines under « ${heading} »`);
  return lines;
}
