import { expect, it } from 'vitest';
import { de } from './elision.ts';

it.each([
  ['Lina', 'de Lina'],
  ['Adèle', 'd’Adèle'],
  ['Éléonore', 'd’Éléonore'],
  ['Ilyès', 'd’Ilyès'],
  ['Œnone', 'd’Œnone'],
  ['Yves', 'd’Yves'],
  ['Yanis', 'de Yanis'],
  ['Hugo', 'de Hugo'],
  ['', 'de '],
])('%j: %j', (name, then) => expect(de(name)).toBe(then));
