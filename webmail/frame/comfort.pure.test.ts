import { expect, it } from 'vitest';
import type { Comfort } from '../../core/rules/viewer.ts';
import { dressOf } from './comfort.ts';

it.each<{ comfort: Comfort; marks: string; styles: readonly string[]; loads: string | null }>([
  { comfort: {}, marks: '', styles: [], loads: null },
  {
    comfort: { paper: 'white' },
    marks: ' data-theme="light" data-paper="white"',
    styles: [],
    loads: null,
  },
  {
    comfort: { paper: 'strong' },
    marks: ' data-theme="dark" data-paper="strong"',
    styles: ['comfort.css'],
    loads: null,
  },
  { comfort: { font: 'book' }, marks: ' data-font="book"', styles: ['comfort.css'], loads: null },
  {
    comfort: { size: 'larger', font: 'andika' },
    marks: ' data-size="larger" data-font="andika"',
    styles: ['andika.css', 'comfort.css'],
    loads: 'andika-400.woff2',
  },
])('a page for who chose $comfort', ({ comfort, marks, styles, loads }) => {
  const dress = dressOf({ comfort, asset: (name) => name });
  expect(String(dress.marks)).toBe(marks);
  expect(dress.styles).toEqual(styles);
  expect(/href="([^"]+)"/.exec(String(dress.fonts))?.[1] ?? null).toBe(loads);
});
