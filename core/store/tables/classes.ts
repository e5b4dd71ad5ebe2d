import type { Generated } from 'kysely';
import type { AddressId, ClassId, PhraseId, SchoolId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import type { ModerationMode, SecondLook } from '../../rules/facts.ts';
import type { MembershipRole } from '../columns.ts';

/** Classes, and who is in them, until when. */
export interface ClassTables {
  class: {
    school_id: SchoolId;
    id: Generated<ClassId>;
    name: string;
    levels: string[];
    cover: number;
    moderation: Generated<ModerationMode>;
    address_id: AddressId;
    ends_on: Day | null;
    teachers_called: Generated<'name' | 'title'>;
    second_look: Generated<SecondLook>;
    photos_open: Generated<boolean>;
  };
  membership: {
    school_id: SchoolId;
    class_id: ClassId;
    address_id: AddressId;
    role: MembershipRole;
    from_date: Day;
    until_date: Day | null;
  };
  post: {
    school_id: SchoolId;
    address_id: AddressId;
    role: 'teacher' | 'head' | 'staff';
    reachable_by_pupils: Generated<boolean>;
    from_date: Day;
    until_date: Day | null;
  };
  guardianship: {
    school_id: SchoolId;
    child_address_id: AddressId;
    guardian_address_id: AddressId;
    blocked: Generated<boolean>;
    /** What the child calls them. */
    called: string | null;
    /** Whether they agree that the child writes; null: they haven't said. */
    agrees: boolean | null;
    answered_at: Date | null;
  };
  accompaniment: {
    school_id: SchoolId;
    pupil_address_id: AddressId;
    aide_address_id: AddressId;
    from_date: Day;
    until_date: Day | null;
  };
  class_link: {
    school_id: SchoolId;
    class_id: ClassId;
    other_class_address_id: AddressId;
    agreed: Generated<boolean>;
    moderated: Generated<boolean>;
    from_date: Day;
    until_date: Day;
  };
  kept_apart: {
    school_id: SchoolId;
    /** The smaller of the two numbers. */
    one_address_id: AddressId;
    other_address_id: AddressId;
    by_address_id: AddressId;
    at: Date;
  };
  class_phrase: {
    school_id: SchoolId;
    id: Generated<PhraseId>;
    class_id: ClassId;
    words: string;
    /** A drawing of ours; null where the picture is the class's own. */
    drawing: string | null;
    media_type: string | null;
    picture: Buffer | null;
  };
  correspondent: {
    school_id: SchoolId;
    class_id: ClassId;
    address: string;
    approved_by: AddressId;
    until_date: Day;
  };
}
