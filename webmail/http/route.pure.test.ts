import { expect, it } from 'vitest';
import { MISSING } from './answer.ts';
import { pagesWith } from './route.ts';

const PATH = '/papers/:school/:paper/files/:version/:place';
const { [PATH]: load } = pagesWith<object>().loads({
  [PATH]: async (_visit, { version, place }) => ({ kind: 'go', to: `${version} ${place}` }),
});

it.each<{ version: string; place: string; then: string | null }>([
  { version: '1', place: '2147483647', then: '1 2147483647' },
  { version: '1', place: '2147483648', then: null },
  { version: '999999999999999', place: '1', then: null },
  { version: '0', place: '1', then: null },
  { version: '1', place: '-1', then: null },
  { version: '1', place: '', then: null },
])('of what no column holds there is nothing: $version, $place', async (names) => {
  const { then, ...rest } = names;
  expect(await load?.({} as never, { school: '1', paper: '7', ...rest }, {})).toEqual(
    then === null ? MISSING : { kind: 'go', to: then },
  );
});
