import { expect, expectTypeOf, it } from 'vitest';
import type { HelpCall, WithTeaching } from '../../core/school/teaching/contract.ts';
import type { search } from '../pages/search/search.ts';
import { callForHelp, type helpPage } from '../pages/writing/help.ts';
import { childVisit } from '../testing/child-visit.ts';
import type { FramePart } from './frame.ts';
import type { Visit } from './visit.ts';

const frame: Visit<FramePart>['core'] = {
  mail: { mailboxes: async () => [] },
  moderation: { waitingCount: async () => 0 },
  papers: { waitingCount: async () => 0 },
  reports: { count: async () => 0 },
  people: { ownLeaveDay: async () => null },
  readiness: { isGreen: async () => true },
  town: { settings: async () => null },
  pendingImports: { countQuestions: async () => 0 },
  standingMail: { count: async () => 0 },
  writings: { among: async () => [], leaving: async () => null },
};

function helpWith(called: HelpCall | null) {
  return childVisit<FramePart & WithTeaching<'callForHelp'>>({
    ...frame,
    teaching: { callForHelp: async () => called },
  });
}

it('gives a page the parts of core that it names, and compiles with no others', async () => {
  expect(await callForHelp(helpWith(null))).toEqual({ kind: 'missing' });
  expect(await callForHelp(helpWith('told'))).toMatchObject({ kind: 'page', status: 200 });
  // A search asks all of one's mail, of which this visit has the counts alone.
  expectTypeOf(helpWith).returns.not.toExtend<Parameters<typeof search>[0]>();
  expectTypeOf(helpWith).returns.toExtend<Parameters<typeof helpPage>[0]>();
});
