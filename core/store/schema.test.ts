import { expect, it } from 'vitest';
import { freshDatabase } from '../../tests/shared/fresh-database.ts';
import { schemaText } from '../../tests/shared/schema-text.ts';
import { schemaTypes } from '../../tests/shared/schema-types.ts';

it('the migrations make the schema that is written down, and its types', async () => {
  const database = await freshDatabase();
  try {
    await expect(await schemaText(database.adminUrl)).toMatchFileSnapshot(
      '../../migrations/schema.sql',
    );
    await expect(await schemaTypes(database.adminUrl)).toMatchFileSnapshot('tables.ts');
  } finally {
    await database.drop();
  }
});
