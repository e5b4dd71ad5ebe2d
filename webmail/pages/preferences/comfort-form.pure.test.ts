import { expect, it } from 'vitest';
import { fieldsFrom } from '../../http/fields.ts';
import { comfortOf } from './comfort-form.ts';

const formOf = (fields: Readonly<Record<string, string>>) => ({
  fields: fieldsFrom(new Map(Object.entries(fields).map(([name, value]) => [name, [value]]))),
});

it('takes from a form what there is to choose, and nothing else', () => {
  expect(
    comfortOf(
      formOf({ size: 'large', spacing: 'normal', font: '"><b>', paper: 'white', motion: 'none' }),
    ),
  ).toEqual({ size: 'large', paper: 'white', motion: 'none' });
  expect(comfortOf(formOf({}))).toEqual({});
});
