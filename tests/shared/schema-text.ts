import pg from 'pg';

/**
 * Each query gives one column, `line`, in the order in which a reader wants them. pg_dump would do,
 * but its lines differ between versions and runs.
 */
const PARTS: readonly string[] = [
  `
    select format(
      E'create table %I (\\n%s\\n);%s',
      c.relname,
      string_agg(
        format(
          '  %I %s%s%s',
          a.attname,
          format_type(a.atttypid, a.atttypmod),
          case when a.attidentity <> '' then ' generated always as identity'
            when a.attgenerated <> '' then format(' generated always as (%s) stored',
              pg_get_expr(d.adbin, d.adrelid))
            when d.adbin is not null then format(' default %s', pg_get_expr(d.adbin, d.adrelid))
            else ''
          end,
          case when a.attnotnull then ' not null' else ''
          end || case when a.attstorage <> t.typstorage then format(
            ' storage %s',
            case a.attstorage when 'e' then 'external'
              when 'm' then 'main'
              when 'p' then 'plain'
              else 'extended'
            end
          )
            else ''
          end
        ),
        E',\\n'
        order by a.attnum
      ),
      case when c.relrowsecurity then format(E'\\nalter table %I enable row level security;',
          c.relname)
        else ''
      end || case
        when c.relforcerowsecurity then format(E'\\nalter table %I force row level security;',
          c.relname)
        else ''
      end
    ) as line
    from pg_class c
      join pg_attribute a on a.attrelid = c.oid
      and a.attnum > 0
      and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = c.oid
      and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
      and c.relname not like 'kysely%'
    group by c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity
    order by c.relname collate "C"
  `,
  `
    select format('comment on %s is %L;',
        coalesce('column ' || c.relname || '.' || a.attname, 'table ' || c.relname),
        d.description) as line
    from pg_description d
      join pg_class c on d.classoid = 'pg_class'::regclass and c.oid = d.objoid
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and a.attnum > 0
    where c.relnamespace = 'public'::regnamespace
    order by c.relname collate "C", d.objsubid
  `,
  `
    select format('alter table %I add constraint %I %s;', c.relname, k.conname,
        pg_get_constraintdef(k.oid)) as line
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = 'public'::regnamespace
      and c.relname not like 'kysely%'
      and k.contype <> 'n'
    order by c.relname collate "C", k.conname collate "C"
  `,
  `
    select pg_get_indexdef(i.indexrelid) || ';' as line
    from pg_index i
      join pg_class c on c.oid = i.indexrelid
      join pg_class r on r.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace
      and r.relname not like 'kysely%'
      and not exists (
        select
        from pg_constraint k
        where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
      )
    order by pg_get_indexdef(i.indexrelid) collate "C"
  `,
  `
    select format('create policy %I on %I%s using %s%s;', p.polname, c.relname,
        case when p.polcmd = 'r' then ' for select' end || ' to ' || (
          select string_agg(rolname, ', ') from pg_roles where oid = any(p.polroles)
        ),
        pg_get_expr(p.polqual, p.polrelid),
        ' with check ' || pg_get_expr(p.polwithcheck, p.polrelid)) as line
    from pg_policy p join pg_class c on c.oid = p.polrelid
    where c.relnamespace = 'public'::regnamespace
    order by c.relname collate "C", p.polname collate "C"
  `,
  `
    select
      format('create view %I with (%s) as%s', c.relname, array_to_string(c.reloptions, ', '),
        E'\\n' || pg_get_viewdef(c.oid)) as line
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
    order by c.relname collate "C"
  `,
  `
    select trim(pg_get_functiondef(p.oid)) || ';' as line
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.oid::regprocedure::text collate "C"
  `,
  `
    select pg_get_triggerdef(t.oid) || ';' as line
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
    order by pg_get_triggerdef(t.oid) collate "C"
  `,
  `
    select format('create extension %I;', extname) as line
    from pg_extension
    where extname <> 'plpgsql'
    order by extname collate "C"
  `,
];

/**
 * The schema of a database as text that is the same on every machine: `migrations/schema.sql`, for
 * people to read and a test to compare.
 */
export async function schemaText(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const blocks: string[] = [];
    for (const part of PARTS) {
      const { rows } = await client.query<{ line: string }>(part);
      if (rows.length > 0) blocks.push(rows.map((row) => row.line).join('\n'));
    }
    return `-- What the migrations make, read back from the catalogue. Made by a test (npx vitest run core/store/schema.test.ts -u); never edited.\n\n${blocks.join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}
