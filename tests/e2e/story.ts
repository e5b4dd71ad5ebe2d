import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openTurnedClock } from '../day.ts';
import { hasChromium } from '../shared/chromium.ts';
import type { AnyPage, PlainPage } from '../shared/plain/page.ts';
import { openYard, readAs, type Visitor, type BrowserYard } from './browser.ts';
import { must, startWhole, type Whole } from './whole.ts';

/** A town with a clock of its own, whose whole begins at a time of its day (`HH:MM`). */
interface Elsewhere {
  readonly timeZone: string;
  readonly beginsAt: string;
}

export interface Story {
  /** There once the first test runs. */
  readonly whole: Whole;
  /** The town has another clock than Paris's. */
  readonly isElsewhere: boolean;
  /** Signs somebody in through the page, without a browser. */
  read(local: string): Promise<PlainPage>;
  /** The same in a browser; what it opens is closed after the test. */
  enter(local: string): Promise<Page>;
  /** Chooses somebody; a child may stand behind « Voir les autres ». */
  tick(page: AnyPage, local: string): Promise<void>;
  /** Turns the clock of the whole on; only elsewhere. It is there within some seconds. */
  readonly turnTo: (at: Date) => void;
  /** How many messages of this subject are stored. */
  stored(subject: string): Promise<number>;
}

/**
 * A running whole and a browser before it, where there is one, for the tests of the `describe` that
 * calls this; `elsewhere`: in a town with another clock, from that time of day on. After each of
 * them no page may have complained, nor asked anybody but us.
 */
export function openStory(elsewhere: Elsewhere | null = null): Story {
  const clock = elsewhere === null ? null : openTurnedClock();
  let whole: Whole;
  let yard: BrowserYard | null = null;
  const visitors: Visitor[] = [];
  beforeAll(async () => {
    if (elsewhere === null || clock === null) whole = await startWhole();
    else {
      clock.turnTo(nextMoment(elsewhere));
      whole = await startWhole({ timeZone: elsewhere.timeZone, more: clock.variables });
    }
    if (hasChromium()) yard = await openYard(whole.base);
  });
  afterAll(async () => {
    await yard?.close();
    await whole?.stop();
    clock?.close();
  });
  afterEach(async () => {
    for (const visitor of visitors.splice(0)) await visitor.leave();
    expect(yard?.complaints() ?? []).toEqual([]);
    expect(yard?.strangers() ?? []).toEqual([]);
  });
  return {
    get whole() {
      return whole;
    },
    read: (local) => readAs(whole.base, whole.account(local)),
    async enter(local) {
      const visitor = await must(yard, 'a browser').enter(whole.account(local));
      visitors.push(visitor);
      return visitor.page;
    },
    isElsewhere: elsewhere !== null,
    turnTo: (at) => clock?.turnTo(at),
    tick: (page, local) => page.click(`label[for="to-${whole.address(local)}"]`),
    stored: (subject) =>
      whole.count('select count(*) as n from message where subject = $1', [subject]),
  };
}

/** Opens a message of a list: a page of its own for a child, a pane for an adult. */
export async function open(page: AnyPage, subject: string): Promise<void> {
  await page.click(`.msg:has-text("${subject}") >> nth=0`);
  await page.waitForSelector(OPENED);
}
export const OPENED = '#letter, .paper, .letter-desk, .desk-write';

/** Marks a page that is to stay, never loaded again. */
export const marked = (page: Page) =>
  page.evaluate(() => document.documentElement.setAttribute('data-kept', 'yes'));

export const isKept = (page: Page) =>
  page.evaluate(() => document.documentElement.getAttribute('data-kept') === 'yes');

/** The next moment at which a clock there shows this time. */
function nextMoment({ timeZone, beginsAt }: Elsewhere): Date {
  const minute = new Date(Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS);
  const shows = (at: Date): string =>
    at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  while (shows(minute) !== beginsAt) minute.setTime(minute.getTime() + MINUTE_MS);
  return minute;
}
const MINUTE_MS = 60_000;
