import { connect } from './migrate.ts';

/** Of all advisory locks of the database, the one of heavy work. */
const LOCK = 0x6e69_6768;

/** The right to do heavy work, of one process of the whole town at a time. */
interface NightTurn {
  /** Aborted when the database is gone, and with it the turn. */
  readonly lost: AbortSignal;
  end(): Promise<void>;
}

/**
 * Takes the turn; null while another process has it. It hangs on a connection of its own: whoever
 * is killed has left it in that moment, and there is nothing to tidy.
 */
export async function takeNightTurn(databaseUrl: string): Promise<NightTurn | null> {
  const client = await connect(databaseUrl, 'PREAU_DATABASE_URL');
  const lost = new AbortController();
  client.once('end', () => lost.abort());
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1) as taken',
      [LOCK],
    );
    if (rows[0]?.taken === true) return { lost: lost.signal, end: () => client.end() };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  await client.end();
  return null;
}
