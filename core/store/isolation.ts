import type pg from 'pg';
import { Fault } from '../ground/fault.ts';
import { connect } from './migrate.ts';

/**
 * Tables of the town that hold no content, and Kysely's own. Every other table is a
 * school's.
 */
export const PLATFORM_TABLES: readonly string[] = [
  'commune',
  'school',
  'address',
  'throttle',
  'known_place',
  'due',
  'identity',
  'agent_act',
  'town',
  'setup_link',
  'heartbeat',
  'town_hour',
  'school_holiday',
  'reported_source',
  'reported_tls',
  'unreadable_letter',
  'site_list',
  'site_block',
  'site_update',
  'restoration',
  'secret_mark',
  'report_mark',
  'signing_key',
  'isolation_proof',
  'night_job',
  'gone_body',
  'kysely_migration',
  'kysely_migration_lock',
];

/**
 * Each query gives one column, `fault`: a sentence per thing that would let one school see another
 * (decision 28). $1 is the platform list. Here: what the application's role is, what it may
 * become, and what it owns.
 */
const OF_ROLES: readonly string[] = [
  `
    select format('role %s is superuser or has BYPASSRLS', rolname) as fault
    from pg_roles
    where (rolsuper or rolbypassrls)
      and pg_has_role(current_user, oid, 'member')
      and $1::text[] is not null
  `,
  `
    select format('%s.%s is owned by the application''s role', n.nspname, c.relname) as fault
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'bullmq')
      and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and pg_has_role(current_user, c.relowner, 'member')
      and $1::text[] is not null
  `,
  `
    select format('the application''s role may TRUNCATE %s', c.relname) as fault
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'bullmq')
      and c.relkind in ('r', 'p')
      and has_table_privilege(current_user, c.oid, 'TRUNCATE')
      and $1::text[] is not null
  `,
  `
    select format('the application''s role may become %s', rolname) as fault
    from pg_roles
    where rolname = 'preau_isolation'
      and pg_has_role(current_user, oid, 'member')
      and $1::text[] is not null
  `,
  `
    select 'the application''s role may create in schema public' as fault
    where has_schema_privilege(current_user, 'public', 'CREATE') and $1::text[] is not null
  `,
];

const OF_TABLES: readonly string[] = [
  // Tables: on the short list, or a school's with row-level security and a whole policy.
  `
    select
      format('table %s is neither a school''s nor on the platform list', c.relname) as fault
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and c.relname <> all ($1)
      and not exists (
        select
        from pg_attribute a
        where a.attrelid = c.oid
          and a.attname = 'school_id'
          and a.attnotnull
          and not a.attisdropped
      )
  `,
  `
    select format('table %s lacks ENABLE and FORCE ROW LEVEL SECURITY', c.relname) as fault
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and c.relname <> all ($1)
      and not (c.relrowsecurity and c.relforcerowsecurity)
  `,
  `
    select format('table %s has no policy for all commands that reads preau.school', c.relname)
        as fault
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and c.relname <> all ($1)
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*')
  `,
  `
    select format('policy %s of table %s lacks USING or WITH CHECK on school_id', p.polname,
        c.relname) as fault
    from pg_policy p join pg_class c on c.oid = p.polrelid
    where c.relnamespace = 'public'::regnamespace
      and c.relname <> all ($1)
      and not (p.polcmd = 'r' and p.polroles = array(
        select oid from pg_roles where rolname = 'preau_isolation'
      ))
      and (
        coalesce(pg_get_expr(p.polqual, p.polrelid), '') not like '(school_id = %preau.school%'
        or coalesce(pg_get_expr(p.polwithcheck, p.polrelid),
          '') not like '(school_id = %preau.school%'
      )
  `,
  // Indexes and not only constraints: each of them says of a row of another school that it is
  // there.
  `
    select format('the key %s of table %s does not begin with school_id', i.relname, c.relname)
        as fault
    from pg_index k
      join pg_class i on i.oid = k.indexrelid
      join pg_class c on c.oid = k.indrelid
      left join pg_attribute a on a.attrelid = c.oid
      and a.attnum = k.indkey[0]
    where c.relnamespace = 'public'::regnamespace
      and c.relname <> all ($1)
      and k.indisunique
      and a.attname is distinct from 'school_id'
  `,
  `
    select format('the foreign key %s of table %s does not begin with school_id', k.conname,
        c.relname) as fault
    from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = c.oid
      and a.attnum = k.conkey[1]
      join pg_class f on f.oid = k.confrelid
    where c.relnamespace = 'public'::regnamespace
      and c.relname <> all ($1)
      and f.relname <> all ($1)
      and k.contype = 'f'
      and a.attname <> 'school_id'
  `,
  // What would give the exemption back.
  `
    select format('view %s lacks security_invoker', c.relname) as fault
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('v', 'm')
      and $1::text[] is not null
      and not (
        c.relkind = 'v'
        and coalesce(
          c.reloptions @> array['security_invoker=true']
          or c.reloptions @> array['security_invoker=on'],
          false
        )
      )
  `,
  `select format('function %s is SECURITY DEFINER', p.oid::regprocedure) as fault
   from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where p.prosecdef and n.nspname in ('public', 'bullmq') and $1::text[] is not null`,
];

const NO_SCHEMA = 'there is no schema yet: preau migrate';
/** So many are named when it doesn't start: of a role that owns all there would be hundreds. */
const NAMED = 4;

/** What a database is asked: what its roles may, what its tables let pass. */
const QUESTIONS = { roles: OF_ROLES, tables: OF_TABLES } as const;
type Subject = keyof typeof QUESTIONS;

/**
 * Everything in a database that would let one school see another; empty is good. Asked as the
 * application's role.
 */
export async function isolationFaults(
  databaseUrl: string,
  about: readonly Subject[] = ['roles', 'tables'],
): Promise<readonly string[]> {
  const client = await connect(databaseUrl, 'PREAU_DATABASE_URL');
  try {
    return await ask(
      client,
      about.flatMap((subject) => QUESTIONS[subject]),
    );
  } finally {
    await client.end();
  }
}

async function ask(client: pg.Client, questions: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const question of questions) {
    const { rows } = await client.query<{ fault: string }>(question, [PLATFORM_TABLES]);
    faults.push(...rows.map((row) => row.fault));
  }
  const { rowCount } = await client.query(
    `select from pg_class where relnamespace = 'public'::regnamespace and relname = 'school'`,
  );
  if (rowCount === 0) faults.push(NO_SCHEMA);
  return faults;
}

/**
 * Start-up refuses to run on a database that doesn't keep schools apart. Throws a `Fault`
 * 'configuration' that names the first of what is wrong.
 */
export async function requireIsolation(databaseUrl: string): Promise<void> {
  const faults = await isolationFaults(databaseUrl);
  if (faults.length === 0) return;
  if (faults.includes(NO_SCHEMA))
    throw new Fault(
      'configuration',
      'La base de données est encore vide : lancez d’abord preau migrate. / The database is still empty: run preau migrate first.',
      { transient: false },
    );
  const more = faults.length > NAMED ? `; +${faults.length - NAMED}` : '';
  throw new Fault(
    'configuration',
    `La base de données ne sépare pas les écoles, Préau ne démarre pas : / The database doesn’t keep the schools apart, Préau doesn’t start: ${faults.slice(0, NAMED).join('; ')}${more}.`,
    { transient: false },
  );
}
