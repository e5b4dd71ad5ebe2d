import type { DemoAccount, DemoTown } from '../e2e/whole.ts';
import type { Random } from './random.ts';

/** One message that the soak sends: its token stands in its subject and in its text. */
export interface SoakLetter {
  readonly token: string;
  /** Null sends at the MX. */
  readonly as: DemoAccount | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/**
 * What a letter's recipients mean: who has it in the inbox, who waits for a teacher, who is
 * outside.
 */
export interface MeantRecipients {
  readonly inboxes: readonly string[];
  readonly holds: readonly string[];
  readonly outside: readonly string[];
}

/** A way of writing; `key` names what is known of its recipients. */
interface Kind {
  readonly as: DemoAccount | null;
  readonly from: string;
  readonly to: readonly string[];
}

/** Sizes of the texts in bytes: mostly small ones, some that are cut in the middle. */
const SMALL_BYTES = 600;
const LARGE_BYTES = 400_000;
const LARGE_ONE_IN = 15;
/** Letters to outside: each has its own address, and the peer is asked about every one. */
const OUTSIDE_ONE_IN = 8;

export interface SoakPost {
  /** The next letter of a sender: at the MX or signed in. */
  next(way: 'mx' | 'submission', random: Random): SoakLetter;
  /**
   * Every list and every held pair, once: what they mean is learnt from these before anything is
   * killed.
   */
  samples(random: Random): readonly SoakLetter[];
}

/**
 * Who writes to whom in the demo town: to one, to several in three schools, to a class, to a held
 * class, to outside.
 */
export function openPost(town: DemoTown, prefix: string): SoakPost {
  const address = (local: string) => `${local}@${town.domain}`;
  const account = (local: string) =>
    one(
      town.accounts.find((each) => each.address === address(local)),
      local,
    );
  const pupilsOf = (list: string) =>
    town.accounts.filter(
      ({ role, classes }) => role === 'pupil' && classes.includes(address(list)),
    );
  const teachers = [
    'claire.lefevre',
    'karim.haddad',
    'helene.bertin',
    'marc.olivier',
    'sylvie.caradec',
    'julie.robin',
    'thomas.verdier',
    'nora.belkacem',
    'pauline.giraud',
    'remi.le-guen',
  ].map(account);
  const adults = [
    ...teachers,
    ...[
      'mamadou.diallo',
      'fabienne.cordier',
      'beatrice.vasseur',
      'philippe.marchand',
      'anne.kermadec',
      'gerard.lopes',
    ].map(account),
  ];
  const heldPairs = pairs(pupilsOf('cm1-cm2.pasteur'));
  const museum = 'camille.arnoux@musee-des-sciences.example';
  let last = 0;

  function stranger(random: Random): Kind {
    const from = random.next() < 0.15 ? museum : `marie${random.between(1, 50)}@example.org`;
    if (from === museum) return { as: null, from, to: [address('ce1-a.tilleuls')] };
    return {
      as: null,
      from,
      to: someOf(adults, random, random.next() < 0.4 ? random.between(2, 6) : 1),
    };
  }

  function signedIn(random: Random): Kind {
    const turn = random.next();
    if (turn < 0.12) return random.pick(heldPairs);
    const as = random.pick(teachers);
    const list = one(as.classes[0], 'a class');
    if (turn < 0.3) return { as, from: as.address, to: [list] };
    const pupils = pupilsOf(list.split('@')[0] ?? '');
    const to = someOf(
      pupils,
      random,
      turn < 0.6 ? 1 : Math.min(random.between(2, 4), pupils.length),
    );
    return {
      as,
      from: as.address,
      to: [
        ...to,
        ...someOf(
          adults.filter((each) => each !== as),
          random,
          random.between(0, 1),
        ),
      ],
    };
  }

  function letter({ as, from, to }: Kind, random: Random): SoakLetter {
    last += 1;
    const token = `${prefix}n${last}`;
    const outside =
      as !== null && as.role !== 'pupil' && last % OUTSIDE_ONE_IN === 0
        ? [`${token}@outside.example`]
        : [];
    const all = [...to, ...outside];
    const lines =
      random.between(1, LARGE_ONE_IN) === 1
        ? LARGE_BYTES / 76
        : random.between(1, SMALL_BYTES / 76);
    const text = Array.from({ length: lines }, () =>
      Math.floor(random.next() * 1e15)
        .toString(36)
        .padEnd(76, '.'),
    ).join('\r\n');
    const raw = Buffer.from(
      `From: ${from}\r\nTo: ${all.join(',\r\n ')}\r\nSubject: soak ${token}\r\n\r\n${token}\r\n${text}\r\n`,
    );
    return { token, as, from, to: all, raw };
  }

  return {
    next: (way, random) => letter(way === 'mx' ? stranger(random) : signedIn(random), random),
    samples: (random) =>
      [
        { as: null, from: museum, to: [address('ce1-a.tilleuls')] },
        ...teachers.map((as) => ({ as, from: as.address, to: [one(as.classes[0], 'a class')] })),
        ...heldPairs,
      ].map((kind) => ({ ...letter(kind, random), to: kind.to })),
  };
}

/** Two of a class that is moderated, in both directions. */
function pairs(pupils: readonly DemoAccount[]): Kind[] {
  return pupils.slice(0, 6).flatMap((as) =>
    pupils
      .slice(0, 6)
      .filter((to) => to !== as)
      .map((to) => ({ as, from: as.address, to: [to.address] })),
  );
}

function someOf(accounts: readonly DemoAccount[], random: Random, count: number): string[] {
  return random
    .shuffled(accounts)
    .slice(0, count)
    .map((each) => each.address);
}

function one<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the demo town has no ${name}`);
  return value;
}
