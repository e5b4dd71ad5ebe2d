import { z } from 'zod';
import { isId, type SchoolId } from './ids.ts';

/** Ids as JSON that isn't ours any more has them: a ledger's, a log's, a queue's, a draft's. */
export const anId = <Id extends number>() => z.custom<Id>(isId);
export const aSchool = z.custom<SchoolId>((value) => value === 0 || isId(value));
