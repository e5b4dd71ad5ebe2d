import { sql } from 'kysely';
import type { SchoolTx } from '../store.ts';

/**
 * What must hold of a school's files at every commit: all bytes of each are there, or a row says
 * where they lie; everything that names them knows their size, and what lies in a folder lies in
 * the folder's own cupboard, below the folders that it says.
 */
export const fileFaults = ({ school }: SchoolTx) => sql`
  select format('file %s: %s bytes lie there, of %s', left(b.sha256, 12), p.bytes, b.size_bytes)
    as fault
  from stored_body b
    left join away_body a on a.school_id = b.school_id and a.sha256 = b.sha256
    cross join lateral (
      select coalesce(a.size_bytes, sum(octet_length(bytes)), 0) as bytes
      from stored_body_piece
      where school_id = b.school_id and sha256 = b.sha256
    ) p
  where b.school_id = ${school} and p.bytes <> b.size_bytes
  union all
  select format('%s says %s bytes of a file of %s', n.what, n.size_bytes, b.size_bytes)
  from (
      select school_id, sha256, size_bytes, format('cupboard item %s', id) as what
      from cupboard_item
      union all
      select school_id, sha256, size_bytes, format('an earlier version of cupboard item %s', item_id)
      from cupboard_version
      union all
      select school_id, sha256, size_bytes, format('handed-in file %s', id) from hand_in_file
      union all
      select school_id, sha256, size_bytes, format('notebook page %s', id) from notebook_page
    ) n
    join stored_body b on b.school_id = n.school_id and b.sha256 = n.sha256
  where n.school_id = ${school} and n.size_bytes <> b.size_bytes
  union all
  select format('cupboard item %s lies in another cupboard, or elsewhere, than its folder', i.id)
  from cupboard_item i
    join cupboard_item f on f.school_id = i.school_id and f.id = i.parent_id
  where i.school_id = ${school}
    and (
      f.cupboard_id <> i.cupboard_id
      or f.kind <> 'folder'
      or i.path <> f.path || f.id
      or (f.thrown_at is not null and i.thrown_at is null)
    )
`;
