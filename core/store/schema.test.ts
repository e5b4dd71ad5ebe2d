import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freshDatabase } from '../../tests/shared/fresh-database.ts';
import { schemaText } from '../../tests/shared/schema-text.ts';
import { schemaTypes } from '../../tests/shared/schema-types.ts';
import { registerWith } from '../../tests/shared/what-tables-keep.ts';

const REGISTER = join(import.meta.dirname, '../../docker/legal/registre.md');

it('the migrations make the schema that is written down, its types and its chapters of the register', async () => {
  const database = await freshDatabase();
  try {
    const schema = await schemaText(database.adminUrl);
    await expect(schema).toMatchFileSnapshot('../../migrations/schema.sql');
    await expect(await schemaTypes(database.adminUrl)).toMatchFileSnapshot('tables.ts');
    await expect(registerWith(await readFile(REGISTER, 'utf8'), schema)).toMatchFileSnapshot(
      REGISTER,
    );
  } finally {
    await database.drop();
  }
});
