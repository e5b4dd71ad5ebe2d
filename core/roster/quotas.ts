import type { Role } from '../rules/facts.ts';

const MB = 1_000_000;

/** How many bytes of mail each kind of account keeps (the product's table). */
export const QUOTAS_BYTES: Readonly<Record<Exclude<Role, 'outside' | 'system'>, number>> = {
  pupil: 200 * MB,
  guardian: 100 * MB,
  teacher: 5_000 * MB,
  head: 5_000 * MB,
  staff: 5_000 * MB,
  agent: 5_000 * MB,
};
