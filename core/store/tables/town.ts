import type { ColumnType, Generated } from 'kysely';
import type { AddressId, SchoolId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import type { HolidayZone } from '../../roster/holiday-zones.ts';
import type { SiteChoice } from '../../roster/sites.ts';
import type { Opening } from '../../roster/snapshot.ts';
import type { ListKind } from '../../rules/facts.ts';
import type { DueKind, IdentityKind, Json } from '../columns.ts';

/** What the whole town has: schools, addresses, what is due, tries that failed. */
export interface TownTables {
  commune: { id: number; slug: string; name: string; code: string | null };
  school: {
    id: SchoolId;
    commune_id: number | null;
    slug: string;
    name: string;
    domain: string | null;
    time_zone: Generated<string>;
    roster_version: Generated<number>;
    pupil_mail_stopped: Generated<boolean>;
    outside_forbidden: Generated<boolean>;
    pupils_reach_all_teachers: Generated<boolean>;
    opening: ColumnType<Opening | null, string | null, string | null>;
    pupil_imap: Generated<boolean>;
    charter: Generated<boolean>;
    family_first: Generated<boolean>;
    uai: string | null;
    closes_on: Day | null;
    sites: ColumnType<Partial<SiteChoice> | null, string | null | undefined, string | null>;
  };
  site_list: {
    id: Generated<number>;
    source: string;
    version: string | null;
    loaded_at: Date;
    entries: Generated<number>;
    categories: Generated<string[]>;
    counts: Generated<number[]>;
    is_current: Generated<boolean>;
  };
  site_block: { list_id: number; bucket: number; records: Buffer };
  site_update: {
    one: Generated<true>;
    begun_at: Date;
    ended_at: Date | null;
    trouble: string | null;
  };
  address: {
    id: Generated<AddressId>;
    domain: string;
    local: string;
    kind: 'account' | ListKind;
    school_id: SchoolId;
    target_id: number | null;
    present_in: Generated<SchoolId[]>;
  };
  throttle: {
    key: Buffer;
    failures: number;
    blocked_until: Date;
    updated_at: Date;
    told_at: Generated<Date | null>;
  };
  known_place: { key: Buffer; seen_at: Date };
  due: { kind: DueKind; school_id: SchoolId; row_id: number; at: Date };
  identity: { kind: IdentityKind; key: Buffer; address_id: AddressId };
  agent_act: {
    id: Generated<number>;
    at: Generated<Date>;
    agent_address_id: AddressId | null;
    act: string;
    school_id: SchoolId | null;
    reason: string;
  };
  town: {
    one: Generated<true>;
    name: string;
    holiday_zone: HolidayZone;
    postmaster: string | null;
    contacts: Json<Readonly<Record<string, string>>>;
    steps_done: string[];
    agents_need_second_factor: Generated<boolean>;
    opened_at: Date | null;
    /** Whom a report of a teacher's or a head's letter goes to; null: the agents. */
    report_contact_address_id: Generated<AddressId | null>;
    ready_at: Generated<Date | null>;
  };
  setup_link: { code_hash: Buffer; made_at: Date; expires_at: Date; used_at: Date | null };
  /** Each time that the database was restored from a backup. */
  restoration: { at: Date; data_until: Date | null };
  secret_mark: { of_town: Generated<boolean>; mark: Buffer };
  signing_key: {
    id: Generated<number>;
    domain: string;
    selector: string;
    algorithm: 'rsa' | 'ed25519';
    public_key: string;
    private_key: Buffer | null;
    made_at: Date;
    used_from: Generated<Date | null>;
    followed_at: Generated<Date | null>;
  };
  unreadable_letter: { sha256: Buffer; at: Date };
  heartbeat: { role: string; at: Date; version: string };
  reported_source: {
    reporter: string;
    report: string;
    line: number;
    begins_at: Date;
    ends_at: Date;
    ip: string;
    from_domain: string;
    messages: number;
    by_dkim: boolean;
    by_spf: boolean;
    disposition: 'none' | 'quarantine' | 'reject';
  };
  reported_tls: {
    reporter: string;
    report: string;
    line: number;
    begins_at: Date;
    ends_at: Date;
    policy: 'sts' | 'tlsa' | 'no-policy-found';
    result: string;
    mx: string | null;
    sessions: number;
  };
  school_holiday: {
    id: Generated<number>;
    zone: HolidayZone;
    name: string;
    from_date: Day;
    until_date: Day;
    by_hand: boolean;
  };
  town_hour: { begins_at: Date; letters: number; handed: number; sign_ins: number };
}
