import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from './core.ts';
import { openDirectory } from './directory/directory.ts';
import { byHome, peopleOf } from './directory/people-of.ts';
import { openAccounts } from './entry/accounts/accounts.ts';
import { openAppPasswords } from './entry/accounts/app-passwords.ts';
import { openCodes } from './entry/accounts/codes.ts';
import { openSecondFactor } from './entry/accounts/second-factor.ts';
import { settlePictures } from './entry/accounts/settle-pictures.ts';
import { tellAgentsOfGuessing } from './entry/accounts/tell-agents.ts';
import { tellOfPassword, tellOfRecovery } from './entry/accounts/tell-owner.ts';
import type { CodeParts } from './entry/codes/code-parts.ts';
import { openGuessing } from './entry/guessing/guessing.ts';
import type { Config } from './ground/config.ts';
import type { AccountId, AddressId, SchoolId } from './ground/ids.ts';
import { watchLoop } from './ground/loop-watch.ts';
import { readNetworks } from './ground/networks.ts';
import { loadSecret } from './ground/secret.ts';
import { openInfrastructure, type CoreOptions, type Infrastructure } from './infrastructure.ts';
import { openRspamd } from './letters/junk/rspamd.ts';
import { openCopies, type CopyParts } from './mail/copies/copies.ts';
import { sendCopy } from './mail/copies/send-copy.ts';
import { openDelivery } from './mail/delivery/accept.ts';
import { copyEndAt, noteCopyReturned } from './mail/delivery/copy-returns.ts';
import { openModeration } from './mail/delivery/holding/moderate.ts';
import { moderationDue } from './mail/delivery/holding/moderation-due.ts';
import { reassignHolds } from './mail/delivery/holding/reassign.ts';
import { releaseDue } from './mail/delivery/holding/release-due.ts';
import { releaseOwn } from './mail/delivery/holding/release-own.ts';
import { recentActivityOf } from './mail/delivery/judging/recent-activity.ts';
import type { DeliveryParts, ReleaseParts } from './mail/delivery/parts.ts';
import { lookForFlood } from './mail/delivery/telling/flood.ts';
import { openNotices } from './mail/delivery/telling/notice.ts';
import { openGroups } from './mail/groups/groups.ts';
import { openMailboxes } from './mail/mailboxes/mailboxes.ts';
import { openOldMail } from './mail/mailboxes/old-mail/old-mail.ts';
import { openPhrases } from './mail/phrases/phrases.ts';
import { openPresence } from './mail/presence/presence.ts';
import { tellAbsence } from './mail/presence/tell-absence.ts';
import { tellDaily } from './mail/quarantine/digest.ts';
import { openQuarantine } from './mail/quarantine/quarantine.ts';
import { comingBack } from './mail/reading/coming-back.ts';
import { openMail } from './mail/reading/mail.ts';
import { reportDue } from './mail/reports/due.ts';
import { openReports } from './mail/reports/reports.ts';
import { openSent } from './mail/sent/sent.ts';
import { openSites } from './mail/sites/sites.ts';
import { openTemplates } from './mail/templates/templates.ts';
import type { WritingParts } from './mail/writing/parts.ts';
import { sendWaitingDraft } from './mail/writing/waiting-drafts.ts';
import { openWritings } from './mail/writing/writings.ts';
import { openRosterFiles } from './roster/roster-files.ts';
import { openBoards } from './school/boards/boards.ts';
import { noticeDue } from './school/boards/notice-due.ts';
import { openClasses } from './school/classes/classes.ts';
import { openTrails } from './school/classes/trail.ts';
import { openCupboards } from './school/cupboard/cupboards.ts';
import { dailyWordDue, openDailyWord } from './school/daily-word/daily-word.ts';
import { openHandIns } from './school/hand-in/hand-ins.ts';
import type { RosterParts } from './school/imports/parts.ts';
import { openPendingImports } from './school/imports/pending/pending-imports.ts';
import { lapseQuestions } from './school/imports/questions/end.ts';
import { rollOver } from './school/imports/roll-over.ts';
import { openRosters } from './school/imports/rosters.ts';
import { openSettle } from './school/imports/settle.ts';
import { openErasures } from './school/leavers/erasures.ts';
import { leaverDue, type LeaverParts } from './school/leavers/leaver-due.ts';
import { schoolClosing } from './school/leavers/school-closing.ts';
import { paperDue } from './school/papers/paper-due.ts';
import { openPapers } from './school/papers/papers.ts';
import { openPeople } from './school/people/people.ts';
import { openSchoolSettings } from './school/school-settings/settings.ts';
import { openTeaching } from './school/teaching/teaching.ts';
import { openWalls } from './school/wall/walls.ts';
import { openWeekFeeds } from './school/week/feed/feeds.ts';
import { openWeeks } from './school/week/weeks.ts';
import { eraseDraft } from './store/schools/roster-drafts.ts';
import { openBodies } from './town/bodies/bodies.ts';
import { openDemoOutside } from './town/demo-outside.ts';
import { openIsolation } from './town/isolation/isolation.ts';
import { SCHEDULE } from './town/jobs/schedule.ts';
import { countOutbound } from './town/jobs/send.ts';
import { openJobs, type Work } from './town/jobs/worker.ts';
import { openJournals } from './town/journals/search.ts';
import { openNights } from './town/nights/nights.ts';
import { openQuotas } from './town/quotas/quotas.ts';
import { warnNearlyFull } from './town/quotas/warn.ts';
import { showBackups } from './town/readiness/backup/figures.ts';
import { checkHealth } from './town/readiness/health.ts';
import { watchHearing } from './town/readiness/hearing.ts';
import { openMachines } from './town/readiness/machines.ts';
import { openReadiness } from './town/readiness/readiness.ts';
import { showStanding } from './town/readiness/standing.ts';
import type { LetterParts } from './town/readiness/surroundings.ts';
import { tellAgentsOfTrouble } from './town/readiness/trouble-notices.ts';
import { RETENTION } from './town/retention.ts';
import type { Signing } from './town/signing/contract.ts';
import { openSigning } from './town/signing/signing.ts';
import { openAgents } from './town/town/agents.ts';
import { keepHours } from './town/town/day-figures.ts';
import { openHolidays } from './town/town/holidays/holidays.ts';
import { openSchoolImports } from './town/town/school-imports/school-imports.ts';
import { openSetup } from './town/town/setup.ts';
import { openStandingMail } from './town/town/standing-mail/standing-mail.ts';
import { openTown } from './town/town/town.ts';

/**
 * The composition root: configuration in, `Core` out. The only place that makes infrastructure.
 * Nothing here waits for clamd or the queue: what is away is told by `health` and by each act that
 * needs it. Throws a `Fault` where the database has no address.
 */
export async function openCore(config: Config, options: CoreOptions = {}): Promise<Core> {
  const infrastructure = await openInfrastructure(config, options);
  try {
    return coreOf(infrastructure);
  } catch (error) {
    await infrastructure.closers.closeAll();
    throw error;
  }
}

function coreOf(infrastructure: Infrastructure): Core {
  const { config, log, metrics, store, mailEvents, queue, scanner, closers } = infrastructure;
  showBackups(metrics, config);
  closers.with(keepHours({ ...infrastructure, tally: metrics.tally }));
  closers.with(watchLoop(infrastructure));
  closers.with(watchHearing(infrastructure));
  const parts = partsOf(infrastructure);
  closers.with(parts.codes.guessing);
  const bodies = openBodies({ ...infrastructure, random: Math.random });
  const mailing = { ...openMailing(parts, config), bodies };
  const health = { check: () => checkHealth({ store, scanner, queue, mailEvents }) };
  showStanding({ ...infrastructure, health });
  const leaving = leavingOf(parts, config);
  const quarantine = openQuarantine({ ...parts.delivery, clamd: config.clamd });
  const roster = openRosters(parts.roster);
  const pendingImports = closers.with(
    openPendingImports({ ...parts.roster, directory: parts.delivery.directory }, roster),
  );
  return {
    config,
    log,
    metrics,
    ...mailing,
    ...openSignIn(parts, config),
    ...openSchools(parts, config),
    ...openTownAffairs(parts, config),
    roster,
    pendingImports,
    copies: openCopies(copyPartsOf(parts, config)),
    signing: parts.signing,
    isolation: openIsolation(infrastructure),
    jobs: openJobs(workOf(parts, infrastructure, mailing)),
    events: { subscribe: (viewer, announce) => mailEvents.listen(viewer, announce) },
    outside: openDemoOutside(config.dataDir),
    retention: RETENTION,
    voice: infrastructure.voice,
    sites: parts.sites,
    quarantine,
    nights: openNights({ ...infrastructure, ...parts, quarantine, leaving, ...mailing }),
    readiness: openReadiness(readinessPartsOf(parts, infrastructure)),
    health,
    machines: openMachines(infrastructure),
    close: () => closers.closeAll(),
  };
}

/** What the parts of core are made of. */
interface Parts {
  readonly sites: Core['sites'];
  readonly delivery: ReleaseParts;
  readonly codes: CodeParts;
  readonly roster: RosterParts;
  readonly signing: Signing;
}

function partsOf(infrastructure: Infrastructure): Parts {
  const { config, log, clock, metrics, store, mailEvents, freshRows, scanner } = infrastructure;
  const { names } = infrastructure.beyond;
  const directory = openDirectory(store);
  const secret = loadSecret(config.secretFile);
  const sites = openSites({ store, clock, log, source: config.sites });
  const base: DeliveryParts = {
    store,
    directory,
    scanner,
    sites,
    rspamd: openRspamd(config.rspamd, log),
    mailEvents,
    metrics,
    log,
    clock,
    secret,
    domain: config.domain,
    maxMessageBytes: config.maxMessageBytes,
    freshRows,
  };
  const notices = openNotices(base);
  const delivery: ReleaseParts = { ...base, notices };
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
  const announce = (school: SchoolId, accounts: readonly AccountId[]): void =>
    mailEvents.announce(school, accounts);
  return {
    sites,
    delivery,
    codes: { store, directory, notices, secret, clock, guessing, announce },
    signing: openSigning({ store, names, secret, clock, log, domain: config.domain }),
    roster: {
      store,
      secret,
      clock,
      log,
      domain: config.domain,
      settle: openSettle({
        announce: (people) => announceTo(delivery, people),
        reassign: (school, classes) => reassignHolds(delivery, school, classes),
      }),
      files: openRosterFiles({ log }),
    },
  };
}

type Mailing =
  | 'mail'
  | 'groups'
  | 'templates'
  | 'phrases'
  | 'writings'
  | 'walls'
  | 'cupboards'
  | 'weeks'
  | 'handIns'
  | 'weekFeeds'
  | 'sent'
  | 'delivery'
  | 'mailboxes'
  | 'oldMail'
  | 'moderation'
  | 'papers'
  | 'boards'
  | 'dailyWord';

function openMailing(
  { delivery: parts }: Parts,
  { undoSeconds, publicUrl, dataDir }: Pick<Config, 'undoSeconds' | 'publicUrl' | 'dataDir'>,
): Pick<Core, Mailing> & Pick<WritingParts, 'delivery'> {
  const delivery = openDelivery(parts);
  const mail = openMail(parts);
  const writing: WritingParts = {
    ...parts,
    delivery,
    mail,
    recentActivity: (viewer, about) => recentActivityOf(parts.store, viewer, about),
    undoMs: undoSeconds * 1000,
  };
  const boards = openBoards({ ...parts, writing, publicUrl });
  const papers = openPapers({ ...parts, writing, publicUrl });
  return {
    mail,
    delivery,
    writings: openWritings(writing),
    papers,
    boards,
    dailyWord: openDailyWord({ ...parts, boards, publicUrl }),
    walls: openWalls(parts),
    cupboards: openCupboards({ ...parts, dataDir }),
    weeks: openWeeks(parts),
    handIns: openHandIns({ ...parts, dataDir }),
    weekFeeds: openWeekFeeds({ ...parts, papers }),
    groups: openGroups(parts),
    templates: openTemplates(parts),
    phrases: openPhrases(parts),
    sent: openSent({
      ...parts,
      delivery,
      releaseOwn: (viewer, message, reason) => releaseOwn(parts, viewer, { message, reason }),
    }),
    mailboxes: openMailboxes(parts),
    oldMail: openOldMail(parts),
    moderation: openModeration({ ...parts, undoMs: undoSeconds * 1000 }),
  };
}

type SignIn = 'accounts' | 'appPasswords' | 'secondFactor' | 'codes';

function openSignIn(
  { codes, delivery: { log, metrics } }: Parts,
  { processes, machines }: Config,
): Pick<Core, SignIn> {
  const { store, directory, secret, clock, guessing, announce } = codes;
  return {
    accounts: openAccounts({
      store,
      directory,
      secret,
      clock,
      guessing,
      announce,
      processes,
      machines,
      tally: metrics.tally,
      tellOfRecovery: (viewer, left) =>
        tellOfRecovery(codes, viewer, left).catch((error: unknown) =>
          log.warn({ err: error }, 'nobody could be told of a recovery code'),
        ),
      tellOfPassword: (viewer) =>
        tellOfPassword(codes, viewer).catch((error: unknown) =>
          log.warn({ err: error }, 'nobody could be told of a new password'),
        ),
    }),
    appPasswords: openAppPasswords({ store, directory, secret, clock, announce }),
    secondFactor: openSecondFactor({ store, secret, clock, guessing, announce }),
    codes: openCodes(codes),
  };
}

type Schools =
  | 'schoolSettings'
  | 'classes'
  | 'trails'
  | 'people'
  | 'presence'
  | 'teaching'
  | 'reports';

function openSchools(
  { delivery, sites, codes: { secret } }: Parts,
  { publicUrl }: Config,
): Pick<Core, Schools> {
  const { store, directory, notices, mailEvents, clock, domain } = delivery;
  const teaching = openTeaching({ store, directory, notices, mailEvents, secret, clock, domain });
  return {
    schoolSettings: openSchoolSettings({ store, directory, sites, mailEvents, clock }),
    classes: openClasses({
      store,
      directory,
      mailEvents,
      clock,
      domain,
      reassign: (school, classes) => reassignHolds(delivery, school, classes),
    }),
    trails: openTrails({ store, directory, clock }),
    presence: openPresence({ store, directory, mailEvents, clock }),
    people: openPeople({ store, directory, notices, mailEvents, secret, clock }),
    teaching,
    reports: openReports({ ...delivery, publicUrl }, teaching.rest),
  };
}

type TownAffairs =
  | 'town'
  | 'journals'
  | 'quotas'
  | 'agents'
  | 'holidays'
  | 'setup'
  | 'schoolImports'
  | 'standingMail';

function openTownAffairs(
  { codes, roster: { domain, files } }: Parts,
  { dataDir }: Config,
): Pick<Core, TownAffairs> {
  const parts = { ...codes, domain, files };
  return {
    town: openTown(parts),
    journals: openJournals(parts),
    quotas: openQuotas(parts),
    holidays: openHolidays(parts),
    schoolImports: openSchoolImports(parts),
    agents: openAgents(parts),
    setup: openSetup(parts),
    standingMail: openStandingMail({ ...parts, dataDir }),
  };
}

function readinessPartsOf(
  { delivery, signing }: Parts,
  infrastructure: Infrastructure,
): LetterParts {
  return {
    ...infrastructure,
    directory: delivery.directory,
    signing,
    queueAnswers: infrastructure.queue.answers,
  };
}

function workOf(
  parts: Parts,
  infrastructure: Infrastructure,
  mailing: Pick<Core, 'papers' | 'boards' | 'bodies'> & Pick<WritingParts, 'delivery'>,
): Work {
  const { delivery, codes, roster } = parts;
  const { papers, boards, bodies } = mailing;
  const { config, log, clock, metrics, store, queue, freshRows } = infrastructure;
  const { notices } = delivery;
  const readiness = { ...readinessPartsOf(parts, infrastructure), notices };
  const leaving = leavingOf(parts, config);
  const withPages = { ...delivery, publicUrl: config.publicUrl };
  return {
    store,
    log,
    queue,
    freshRows,
    dataDir: config.dataDir,
    machine: config.machine,
    domain: config.domain,
    schedule: SCHEDULE,
    count: countOutbound(metrics),
    now: clock,
    random: Math.random,
    deliverNotice: notices.deliver,
    copyReturned: async (address) => {
      const name = copyEndAt(address, config.domain);
      if (name !== null && name !== 'answer') await noteCopyReturned(delivery, name);
    },
    sign: parts.signing.sign,
    refused: (school, account) => lookForFlood(delivery, school, account),
    tendKeys: parts.signing.tend,
    moveBodies: bodies.isOn ? bodies.move : null,
    tellOfTrouble: () => tellAgentsOfTrouble(readiness),
    async tellDaily() {
      await tellDaily(delivery);
      await warnNearlyFull(delivery);
    },
    looks: {
      hold: (school, row) => releaseDue(delivery, school, row),
      moderation: (school, row) => moderationDue(delivery, school, row),
      draft: (school, row) =>
        sendWaitingDraft({ ...delivery, writings: { send: papers.leave } }, school, row),
      rollover: (school, row) => rollOver(roster, school, row),
      leaver: (school, row) => leaverDue(leaving, school, row),
      pictures: (school, row) => settlePictures(codes, school, row),
      'roster-draft': (school, row) => store.write(school, (tx) => eraseDraft(tx, row)),
      closing: (school) => schoolClosing({ ...leaving, directory: delivery.directory }, school),
      'roster-questions': (school) => lapseQuestions(roster, school),
      absence: (school, row) =>
        tellAbsence({ ...delivery, delivery: mailing.delivery }, school, row),
      report: (school, row) => reportDue(withPages, school, row),
      copy: (school, row) => sendCopy(copyPartsOf(parts, config), school, row),
      paper: (school, row) => paperDue(withPages, school, row),
      'daily-word': (school, row) => dailyWordDue({ ...withPages, boards }, school, row),
      notice: (school, row) => noticeDue(withPages, school, row),
      ...comingBack(delivery),
    },
  };
}

function leavingOf({ delivery, codes }: Parts, config: Config): LeaverParts {
  const { store, clock, log } = delivery;
  return { store, clock, log, announce: codes.announce, erasures: openErasures(config) };
}

function copyPartsOf({ delivery, codes: { secret } }: Parts, { publicUrl }: Config): CopyParts {
  return { ...delivery, secret, publicUrl };
}

/** Whoever has a page or a mail program open looks again. */
async function announceTo(
  { directory, mailEvents }: Pick<ReleaseParts, 'directory' | 'mailEvents'>,
  people: readonly AddressId[],
): Promise<void> {
  const concerned = await peopleOf(directory, people);
  for (const [home, accounts] of byHome(concerned.values())) mailEvents.announce(home, accounts);
}
