import type { Role } from '../rules/facts.ts';

const MB = 1_000_000;

/** Whoever has mail. */
export type QuotaRole = Exclude<Role, 'outside' | 'system'>;

/** What is said otherwise than in the product's table, in bytes. */
export type RoleQuotas = Readonly<Partial<Record<QuotaRole, number>>>;

/** How many bytes of mail each kind of account keeps (the product's table). */
export const QUOTAS_BYTES: Readonly<Record<QuotaRole, number>> = {
  pupil: 200 * MB,
  guardian: 100 * MB,
  teacher: 5_000 * MB,
  head: 5_000 * MB,
  staff: 5_000 * MB,
  agent: 5_000 * MB,
};

/** From here on a person is warned (the product's soft limit). */
export const NEARLY_FULL = 0.8;
