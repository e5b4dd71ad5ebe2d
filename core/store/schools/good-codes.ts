import { sql, type RawBuilder } from 'kysely';

/** Joins to account `a` its sheets of pictures `p` and its codes `c` that are good at `now`. */
export const joinGoodCodes = (now: Date): RawBuilder<unknown> => sql`
  left join picture_code p on p.school_id = a.school_id
  and p.account_id = a.id
  and p.expires_at > ${now}
  left join activation_code c on c.school_id = a.school_id
  and c.account_id = a.id
  and c.expires_at > ${now}
  and c.used_at is null
`;
