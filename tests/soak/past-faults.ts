/** A fault that this service once had, put in again, and the tests that must notice. */
export interface PastFault {
  readonly fault: string;
  readonly file: string;
  readonly mended: string;
  readonly broken: string;
  /** A test by its file and a part of its title. */
  readonly noticedBy: { readonly file: string; readonly test: string };
}

/** Each was mended in its day; the lines that mended it, and what stood there before. */
export const PAST_FAULTS: readonly PastFault[] = [
  {
    fault: 'a child reads which head of another school decides about their letter',
    file: 'core/mail/sent/held.ts',
    mended: "const isUnknown = hold.asked === 2 && role === 'pupil' && school !== home;",
    broken: "const isUnknown = hold.asked > 2 && role === 'pupil' && school !== home;",
    noticedBy: {
      file: 'core/mail/delivery/holding/hold.test.ts',
      test: 'is its writer’s to take back, and gone at home',
    },
  },
  {
    fault: 'a draft of nothing stays where the only file of a letter was refused',
    file: 'webmail/pages/writing/keep.ts',
    mended: "if (saved.kind === 'sent' || saved.leftOut.length + form.leftOut.length === 0)",
    broken: "if (saved.kind === 'sent' || saved.leftOut.length + form.leftOut.length >= 0)",
    noticedBy: {
      file: 'webmail/pages/writing/keeping-without-script.test.ts',
      test: 'keeps no empty draft of a file that was refused',
    },
  },
  {
    fault: 'the form is looked at before the right, so that a teacher is told of agents’ pages',
    file: 'webmail/pages/town/restored-acts.ts',
    mended: `Promise<Answer> {
  if (!actsForTown(visit.viewer)) return MISSING;
  const [file] = form.files;`,
    broken: `Promise<Answer> {
  const [file] = form.files;`,
    noticedBy: {
      file: 'webmail/rights.test.ts',
      test: 'gets 404 of one form in some that isn’t theirs',
    },
  },
  {
    fault: 'of many letters at once each is told that there is room, and a mailbox overflows',
    file: 'core/mail/delivery/keeping/keep.ts',
    mended: 'requireRoom(here, ofAll(direct), 0);',
    broken: '',
    noticedBy: {
      file: 'core/mail/delivery/keeping/concurrent.test.ts',
      test: 'seven people at once into a mailbox that has room',
    },
  },
  {
    fault: 'a letter is begun whose lease was used up while it was stored, and leaves twice',
    file: 'core/town/jobs/send.ts',
    mended: 'if (leftMs < sending.schedule.leaseMs / 2) return letGo(sending, begun);',
    broken: '',
    noticedBy: { file: 'smtp/outbox-lease.test.ts', test: 'ms left of its lease' },
  },
  {
    fault: 'who answers a class writes to its members beside it, and each gets two',
    file: 'core/mail/writing/writings.ts',
    mended: "return entry?.kind !== 'account' || !members.has(entry.id);",
    broken: "return entry?.kind !== 'account' || members.size >= 0;",
    noticedBy: {
      file: 'core/mail/writing/writings.test.ts',
      test: 'goes to the sender, to all where asked',
    },
  },
  {
    fault: 'a child who reports a class letter vanishes from « Qui l’a lu »',
    file: 'core/store/mail/all-copies.ts',
    mended: "where r.school_id = ${tx.school} and (copy ->> 'message')::bigint in (${messages})",
    broken: 'where false',
    noticedBy: {
      file: 'core/mail/reports/unseen-by-writer.test.ts',
      test: 'counts for its writer as it stood',
    },
  },
  {
    fault: 'the second look passes over the title of an answer',
    file: 'core/letters/second-look/letter.ts',
    mended: 'const isRepeated = answered !== null && own === theirs;',
    broken: 'const isRepeated = answered !== null;',
    noticedBy: {
      file: 'core/mail/delivery/hidden-words.test.ts',
      test: 'holds the title of an answer',
    },
  },
  {
    fault: 'a photograph within a formatted text passes where photos are closed',
    file: 'core/letters/message/photographs.ts',
    mended: '.some(({ holdsPictures }) => holdsPictures === true)',
    broken: '.some(({ holdsPictures }) => holdsPictures === null)',
    noticedBy: {
      file: 'core/mail/delivery/photos.test.ts',
      test: 'a photo within a formatted text is one',
    },
  },
  {
    fault: 'an open page hears of mail after its session has ended',
    file: 'webmail/http/streams.ts',
    mended: 'if (left === 0) return stream.end();',
    broken: '',
    noticedBy: { file: 'webmail/http/streams.test.ts', test: 'with a sign-out in another tab' },
  },
  {
    fault: 'two headings of the first rank stand beside one another',
    file: 'webmail/assets/scripts/panes.ts',
    mended: `  rankHeadings();
  document.title`,
    broken: '  document.title',
    noticedBy: {
      file: 'webmail/pages/mail/panes.test.ts',
      test: 'opens a message beside its list',
    },
  },
];
