import { run } from './run.ts';

/** What only a finger does comes where there is one: a school's PC loads none of it. */
export function bringForFingers(): void {
  const src = document.getElementById('pick')?.dataset['fingers'];
  if (src !== undefined && window.matchMedia('(any-pointer: coarse)').matches) run(src);
}
