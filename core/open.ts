import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openAccounts } from './accounts/accounts.ts';
import { openAppPasswords } from './accounts/app-passwords.ts';
import { openCodes } from './accounts/codes.ts';
import { openSecondFactor } from './accounts/second-factor.ts';
import { settlePictures } from './accounts/settle-pictures.ts';
import { tellAgentsOfGuessing } from './accounts/tell-agents.ts';
import { openClasses } from './classes/classes.ts';
import { openTrails } from './classes/trail.ts';
import type { CodeParts } from './codes/code-parts.ts';
import type { Config } from './config.ts';
import type { Answering, Core } from './core.ts';
import { openDelivery } from './delivery/accept.ts';
import { openModeration } from './delivery/moderate.ts';
import { openNotices } from './delivery/notice.ts';
import type { DeliveryParts, ReleaseParts } from './delivery/parts.ts';
import { reassignHolds } from './delivery/reassign.ts';
import { recentActivityOf } from './delivery/recent-activity.ts';
import { releaseHold } from './delivery/release.ts';
import { openDirectory } from './directory/directory.ts';
import { byHome, peopleOf } from './directory/people-of.ts';
import { Fault } from './fault.ts';
import { openGuessing } from './guessing/guessing.ts';
import type { AccountId, HoldId, SchoolId } from './ids.ts';
import { openPendingImports } from './imports/pending/pending-imports.ts';
import { rollOver } from './imports/roll-over.ts';
import { openRosters, type RosterParts } from './imports/rosters.ts';
import type { Touched } from './imports/settle.ts';
import { hurryOutbox } from './jobs/hurry.ts';
import { openQueue, type Queue } from './jobs/queue.ts';
import { SCHEDULE } from './jobs/schedule.ts';
import { countOutbound } from './jobs/send.ts';
import { openJobs } from './jobs/worker.ts';
import { leaverDue } from './leavers/leaver-due.ts';
import { openLog } from './log.ts';
import { openMailboxes } from './mailboxes/mailboxes.ts';
import { openOldMail } from './mailboxes/old-mail/old-mail.ts';
import { openMetrics } from './metrics.ts';
import { readNetworks } from './networks.ts';
import { openOutside } from './outside.ts';
import { openPeople } from './people/people.ts';
import { openMail } from './reading/mail.ts';
import { openScanner, type Scanner } from './scan/clamd.ts';
import { SCAN_TIMEOUT_MS } from './scan/limits.ts';
import { openSettings } from './school-settings/settings.ts';
import { loadSecret } from './secret.ts';
import { openMailEvents } from './store/mail-events.ts';
import { dropDueHold } from './store/mail/holds.ts';
import { eraseDraft } from './store/schools/roster-drafts.ts';
import { openStore, type Store } from './store/store.ts';
import { openTeaching } from './teaching/teaching.ts';
import { sendWaitingDraft } from './writing/waiting-drafts.ts';
import { openWritings } from './writing/writings.ts';

/** A part that answers later is down. */
const HEALTH_MS = 2_000;

/**
 * The composition root: configuration in, `Core` out. The only place that makes infrastructure.
 * Nothing here waits for clamd or the queue: what is away is told by `health` and by each act that
 * needs it. Throws a `Fault` where the database has no address.
 */
export async function openCore(
  config: Config,
  options: { readonly log?: Core['log']; readonly clock?: () => Date } = {},
): Promise<Core> {
  const { databaseUrl, clamd } = config;
  if (databaseUrl === null || clamd === null)
    throw new Fault('configuration', 'database or clamd without an address', { transient: false });
  const log = options.log ?? openLog();
  const clock = options.clock ?? (() => new Date());
  const onError = (error: Error): void =>
    log.warn({ err: error }, 'a connection was lost and is made again');
  const metrics = openMetrics();
  const store = openStore(databaseUrl, { onError });
  const mailEvents = openMailEvents(databaseUrl, { onError });
  const queue = openQueue({ databaseUrl, redisUrl: config.redisUrl }, onError);
  // Decoded parts of a message are scanned by themselves and may be as long as the message.
  const scanner = await openScanner({
    address: clamd,
    timeoutMs: SCAN_TIMEOUT_MS,
    maxBytes: config.maxMessageBytes,
  });
  const directory = openDirectory(store);
  const parts: DeliveryParts = {
    store,
    directory,
    scanner,
    mailEvents,
    metrics,
    log,
    clock,
    domain: config.domain,
    maxMessageBytes: config.maxMessageBytes,
    hurry: hurryOutbox(queue, log),
  };
  const notices = openNotices(parts);
  const secret = loadSecret(config.secretFile);
  const guessing = openGuessing({
    store,
    secret,
    clock,
    pause,
    log,
    metrics,
    schoolNetworks: readNetworks(config.schoolNetworks),
    tellAgents: () => tellAgentsOfGuessing({ directory, notices }),
  });
  const releasing: ReleaseParts = { ...parts, notices };
  const rosterParts: RosterParts = {
    store,
    secret,
    clock,
    log,
    domain: config.domain,
    settle: (touched) => settleRoster(releasing, touched),
  };
  const delivery = openDelivery(parts);
  const mail = openMail(parts);
  const announce = (school: SchoolId, accounts: readonly AccountId[]): void =>
    mailEvents.announce(school, accounts);
  const codeParts: CodeParts = { store, directory, notices, secret, clock, guessing, announce };
  const writings = openWritings({
    ...parts,
    delivery,
    mail,
    recentActivity: (viewer, about) => recentActivityOf(store, viewer, about),
  });
  const jobs = openJobs({
    store,
    log,
    queue,
    dataDir: config.dataDir,
    domain: config.domain,
    schedule: SCHEDULE,
    count: countOutbound(metrics),
    now: clock,
    random: Math.random,
    deliverNotice: notices.deliver,
    releaseDue: (school, row) => releaseDue(releasing, school, row as HoldId),
    rollOver: async (school, row) => {
      await rollOver(rosterParts, school, row);
    },
    leaverDue: async (school, row) => {
      await leaverDue({ store, clock, log, announce }, school, row);
    },
    settlePictures: async (school, row) => {
      await settlePictures(codeParts, school, row);
    },
    eraseRosterDraft: (school, row) => store.write(school, (tx) => eraseDraft(tx, row)),
    sendWaitingDraft: (school, row) =>
      sendWaitingDraft({ ...parts, writings, notices }, school, row),
  });
  const roster = openRosters(rosterParts);
  const imports = openPendingImports({ ...rosterParts, directory }, roster);
  return {
    config,
    log,
    metrics,
    mail,
    writings,
    jobs,
    delivery,
    accounts: openAccounts({ store, directory, secret, clock, guessing, announce }),
    appPasswords: openAppPasswords({ store, directory, secret, clock, announce }),
    secondFactor: openSecondFactor({ store, secret, clock, guessing, announce }),
    codes: openCodes(codeParts),
    mailboxes: openMailboxes(parts),
    oldMail: openOldMail(parts),
    moderation: openModeration(releasing),
    settings: openSettings({ store, directory, mailEvents, clock }),
    classes: openClasses({
      store,
      directory,
      mailEvents,
      clock,
      domain: config.domain,
      reassign: (school, classes) => reassignHolds(releasing, school, classes),
    }),
    trails: openTrails({ store, directory, clock }),
    roster,
    pendingImports: imports,
    people: openPeople({ store, directory, notices, mailEvents, secret, clock }),
    teaching: openTeaching({
      store,
      directory,
      notices,
      mailEvents,
      secret,
      clock,
      domain: config.domain,
    }),
    events: { subscribe: (viewer, announce) => mailEvents.listen(viewer, announce) },
    outside: openOutside(config.dataDir),
    health: { check: () => check(store, scanner, queue) },
    async close() {
      await imports.close();
      await guessing.close();
      scanner.close();
      await queue.close();
      await mailEvents.close();
      await store.close();
    },
  };
}

/**
 * A file has changed classes: what is held for them is asked about anew, and whoever has a page or
 * a mail program open looks again.
 */
async function settleRoster(parts: ReleaseParts, touched: readonly Touched[]): Promise<void> {
  for (const { school, classes } of touched)
    if (classes.length > 0) await reassignHolds(parts, school, classes);
  const concerned = await peopleOf(
    parts.directory,
    touched.flatMap(({ people }) => people),
  );
  for (const [home, accounts] of byHome(concerned.values()))
    parts.mailEvents.announce(home, accounts);
}

/** The clock's word: the school has opened. What no longer waits leaves the list of what is due. */
async function releaseDue(parts: ReleaseParts, school: SchoolId, hold: HoldId): Promise<void> {
  const done = await releaseHold(parts, school, hold, { by: null });
  if (done === null) await parts.store.write(school, (tx) => dropDueHold(tx, hold));
  else {
    const { sent, left, waiting, refused } = done;
    parts.log.info(
      {
        session: randomUUID(),
        via: 'clock',
        school,
        hold,
        sent,
        left,
        waiting: waiting.length,
        refused: refused.length,
      },
      'released',
    );
  }
}

async function check(
  store: Store,
  scanner: Scanner,
  queue: Queue,
): Promise<{ database: Answering; scanner: Answering; queue: Answering }> {
  const [database, scans, queues] = await Promise.all([
    store.ping(HEALTH_MS),
    scanner.ping(),
    queue.answers(HEALTH_MS),
  ]);
  const said = (up: boolean): Answering => (up ? 'up' : 'down');
  return { database: said(database), scanner: said(scans), queue: said(queues) };
}
