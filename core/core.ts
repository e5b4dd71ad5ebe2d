/**
 * What school mail offers to its fronts (SMTP, the webmail, IMAP): records of functions, one a
 * subject. Each is promised by the `contract.ts` of its room, which fronts import; what asks for a
 * part of core names it by its contract (`WithMail<'list'>`) and can call nothing else.
 */
import type {
  WithAccounts,
  WithAppPasswords,
  WithCodes,
  WithSecondFactor,
} from './entry/accounts/contract.ts';
import type { WithConfig } from './ground/config.ts';
import type { WithLog } from './ground/log.ts';
import type { WithMetrics } from './ground/metrics.ts';
import type { WithVoice } from './letters/voice/contract.ts';
import type { WithCopies } from './mail/copies/contract.ts';
import type { WithDelivery } from './mail/delivery/contract.ts';
import type { WithModeration } from './mail/delivery/holding/contract.ts';
import type { WithGroups } from './mail/groups/contract.ts';
import type { WithMailboxes } from './mail/mailboxes/contract.ts';
import type { WithEvents } from './mail/mailboxes/contract/events.ts';
import type { WithOldMail } from './mail/mailboxes/old-mail/contract.ts';
import type { WithPhrases } from './mail/phrases/contract.ts';
import type { WithPresence } from './mail/presence/contract.ts';
import type { WithQuarantine } from './mail/quarantine/contract.ts';
import type { WithMail } from './mail/reading/contract.ts';
import type { WithReports } from './mail/reports/contract.ts';
import type { WithSent } from './mail/sent/contract.ts';
import type { WithSites } from './mail/sites/contract.ts';
import type { WithTemplates } from './mail/templates/contract.ts';
import type { WithWritings } from './mail/writing/contract.ts';
import type { WithBoards } from './school/boards/contract.ts';
import type { WithClasses, WithTrails } from './school/classes/contract.ts';
import type { WithCupboards } from './school/cupboard/contract.ts';
import type { WithDailyWord } from './school/daily-word/contract.ts';
import type { WithHandIns } from './school/hand-in/contract.ts';
import type { WithRoster } from './school/imports/contract.ts';
import type { WithPendingImports } from './school/imports/pending/contract.ts';
import type { WithPapers } from './school/papers/contract.ts';
import type { WithPeople } from './school/people/contract.ts';
import type { WithSchoolSettings } from './school/school-settings/contract.ts';
import type { WithTeaching } from './school/teaching/contract.ts';
import type { WithWalls } from './school/wall/contract.ts';
import type { WithWeekFeeds, WithWeeks } from './school/week/contract.ts';
import type { WithBodies } from './town/bodies/contract.ts';
import type { WithIsolation } from './town/isolation/contract.ts';
import type { WithJobs, WithDemoOutside } from './town/jobs/contract.ts';
import type { WithJournals } from './town/journals/contract.ts';
import type { WithNights } from './town/nights/contract.ts';
import type { WithQuotas } from './town/quotas/contract.ts';
import type {
  WithHealth,
  WithMachines,
  WithReadiness,
  WithRetention,
} from './town/readiness/contract.ts';
import type { WithSigning } from './town/signing/contract.ts';
import type { WithAgents, WithSetup, WithTown } from './town/town/contract.ts';
import type { WithHolidays } from './town/town/holidays/contract.ts';
import type { WithSchoolImports } from './town/town/school-imports/contract.ts';
import type { WithStandingMail } from './town/town/standing-mail/contract.ts';

/** All of it, as `open.ts` puts it together. */
export interface Core
  extends
    WithConfig,
    WithLog,
    WithMetrics,
    WithAccounts,
    WithAppPasswords,
    WithSecondFactor,
    WithCodes,
    WithDelivery,
    WithMail,
    WithMailboxes,
    WithWritings,
    WithTemplates,
    WithPhrases,
    WithGroups,
    WithSent,
    WithModeration,
    WithReports,
    WithRoster,
    WithClasses,
    WithSchoolSettings,
    WithTrails,
    WithPendingImports,
    WithTeaching,
    WithPapers,
    WithDailyWord,
    WithBoards,
    WithWalls,
    WithCupboards,
    WithWeeks,
    WithHandIns,
    WithWeekFeeds,
    WithPeople,
    WithPresence,
    WithCopies,
    WithTown,
    WithHolidays,
    WithSchoolImports,
    WithAgents,
    WithSetup,
    WithStandingMail,
    WithIsolation,
    WithNights,
    WithBodies,
    WithJournals,
    WithQuotas,
    WithEvents,
    WithHealth,
    WithMachines,
    WithOldMail,
    WithSigning,
    WithJobs,
    WithDemoOutside,
    WithReadiness,
    WithRetention,
    WithVoice,
    WithSites,
    WithQuarantine {
  /** Closes what `open` made: connections, listeners, timers. */
  close(): Promise<void>;
}
