import type { SchoolId } from '../../ground/ids.ts';
import type { SiteListState } from '../../mail/sites/contract.ts';
import type { MailStop } from '../../roster/mail-stops.ts';
import type { SiteChoice, SiteRelease } from '../../roster/sites.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { SchoolWishes } from '../../store/schools/contract.ts';

export interface SchoolSettings extends SchoolWishes {
  readonly school: SchoolId;
  readonly schoolName: string;
  /** By whom else than the school its pupils' mail is stopped now, the widest first. */
  readonly stopsAbove: readonly MailStop[];
}

/** Where agents have stopped the mail of pupils, now; null: it runs, as far as they say. */
export interface TownMailStops {
  readonly town: MailStop | null;
  /** By name. */
  readonly communes: readonly {
    readonly id: number;
    readonly name: string;
    readonly stop: MailStop | null;
  }[];
}

/** The list of forbidden sites, and what of it a school, or the town (school 0), keeps out. */
export interface ChosenSites {
  readonly school: SchoolId;
  /** Empty for the town. */
  readonly schoolName: string;
  readonly state: SiteListState;
  readonly choice: SiteChoice;
  /** What holds where nothing is chosen, and what passes anyhow. */
  readonly usual: {
    readonly pupils: readonly string[];
    readonly adults: readonly string[];
    readonly allowed: readonly string[];
  };
}

/** What somebody chooses: categories of their own, null for none; sites that pass, as typed. */
export interface SiteWish {
  readonly own: { readonly pupils: readonly string[]; readonly adults: readonly string[] } | null;
  readonly allowed: readonly string[];
  /** Who lets an adult's held letter go; asked of the town alone. */
  readonly release: SiteRelease;
}

export type SitesSaved =
  | { readonly kind: 'saved' | 'missing' }
  /** Lines that name no site, or are more than can be kept. */
  | { readonly kind: 'no-sites'; readonly lines: readonly string[] };

export type SchoolSettingsSaved = 'saved' | 'bad-hours' | 'missing';

export interface SettingsOfSchools {
  /**
   * Null: not there, or not theirs: for the school's head, and for an agent who has opened the
   * school.
   */
  of(viewer: Viewer, school: SchoolId): Promise<SchoolSettings | null>;
  /** For the same, and of school 0 for the town's agents. */
  sites(viewer: Viewer, school: SchoolId): Promise<ChosenSites | null>;
  /** Takes effect with the next message. */
  saveSites(viewer: Viewer, school: SchoolId, wish: SiteWish): Promise<SitesSaved>;
  /** Has the list read within a minute; false for who isn't the town's agent. */
  readSitesAnew(viewer: Viewer): Promise<boolean>;
  /** What agents have stopped (`moderation.stopPupilMail` does it); null for who isn't one. */
  mailStops(viewer: Viewer): Promise<TownMailStops | null>;
  /**
   * Takes effect with the next message; what isn't named stays. `bad-hours`: no day, or an end that
   * isn't after the beginning.
   */
  save(
    viewer: Viewer,
    school: SchoolId,
    wishes: Partial<SchoolWishes>,
  ): Promise<SchoolSettingsSaved>;
}

/** A school: its hours, and who writes outside: this record of core, or `Name` of it alone. */
export interface WithSchoolSettings<
  Name extends keyof SettingsOfSchools = keyof SettingsOfSchools,
> {
  readonly schoolSettings: Pick<SettingsOfSchools, Name>;
}
