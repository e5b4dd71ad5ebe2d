import { parse } from '../parse.ts';

/**
 * What the text of one command means, without its tag; a `Refused` comes as `BAD: why` or `NO
 * [CODE]: why`.
 */
export function read(text: string, utf8 = false): unknown {
  const parsed = parse(Buffer.from(`a1 ${text}`, 'utf8').toString('latin1'), { utf8 });
  if (parsed.kind === 'command') return parsed.command;
  if (parsed.kind === 'refused')
    return `${parsed.refused.status}${parsed.refused.code ? ` [${parsed.refused.code}]` : ''}: ${parsed.refused.text}`;
  return parsed;
}

/** A set of numbers as it is parsed. */
export const set = (...ranges: readonly (readonly [number | '*', number | '*'])[]) => ({
  kind: 'ranges',
  ranges: ranges.map(([from, to]) => ({ from, to })),
});

/** Items of a FETCH as they are parsed. */
export const simple = (item: string) => ({ kind: 'simple', item });
export const section = (more: object) => ({
  kind: 'section',
  part: [],
  text: 'all',
  fields: [],
  partial: null,
  peek: false,
  ...more,
});
