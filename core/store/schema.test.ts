import { expect, it } from 'vitest';
import { freshDatabase } from '../../tests/shared/fresh-database.ts';
import { schemaText } from '../../tests/shared/schema-text.ts';

it('the migrations make the schema that is written down', async () => {
  const database = await freshDatabase();
  try {
    await expect(await schemaText(database.adminUrl)).toMatchFileSnapshot(
      '../../migrations/schema.sql',
    );
  } finally {
    await database.drop();
  }
});
