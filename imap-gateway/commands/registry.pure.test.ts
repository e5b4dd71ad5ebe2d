import { expectTypeOf, it } from 'vitest';
import { expunge } from './expunge.ts';
import { fetch } from './fetch.ts';
import type { Handlers } from './handler.ts';
import { select } from './select.ts';
import { store } from './store.ts';

it('a name takes the handler of its own command and of no other', () => {
  expectTypeOf(store).toExtend<Handlers['STORE']>();
  expectTypeOf(select).toExtend<Handlers['SELECT' | 'EXAMINE']>();
  expectTypeOf(fetch).not.toExtend<Handlers['STORE']>();
  expectTypeOf(store).not.toExtend<Handlers['FETCH']>();
  expectTypeOf(select).not.toExtend<Handlers['EXPUNGE']>();
  expectTypeOf(expunge).not.toExtend<Handlers['SEARCH']>();
});
