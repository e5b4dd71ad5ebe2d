import { afterAll, beforeEach, expect } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { Outcome } from '../../../rules/outcome.ts';

export const MORNING = new Date('2026-11-24T09:00:00Z');

/** « accepted », « held first-contact », « denied too-many-messages ». */
export function said(outcome: Outcome): string {
  if (outcome.kind === 'denied')
    return `denied ${[...new Set(outcome.refusals.map(({ rule }) => rule))].join(', ')}`;
  return outcome.kind === 'held'
    ? `held ${[...new Set(outcome.held.map(({ rule }) => rule))].join(', ')}`
    : outcome.kind;
}

/** A town at the same morning for each test; put away after the tests of the file. */
export async function openAcceptTown() {
  const town = await openTestTown();
  beforeEach(() => {
    town.clock.now = MORNING;
  });
  afterAll(() => town.close());
  return { town, allHolds, count, change };

  /** Every test leaves a store in which all holds. */
  async function allHolds(): Promise<void> {
    expect(await town.faults()).toEqual([]);
  }

  async function count(query: string): Promise<number> {
    const {
      rows: [row],
    } = await town.admin.query<{ count: string }>(`select count(*) from ${query}`);
    return Number(row?.count);
  }

  async function change(statement: string): Promise<void> {
    // The owner's statement bumps the roster as one of the application's would: the trigger goes by
    // the school that is set.
    for (const school of [1, 2, 3]) {
      await town.admin.query(
        `begin; set local preau.school = '${school}'; ${statement.includes(' where ') ? statement.replace(' where ', ` where school_id = ${school} and `) : statement}; commit`,
      );
    }
  }
}
