/** What only a cell has: machines that serve side by side, and copies of its database. */
import { z } from 'zod';
import { DAY_MS, MINUTE_MS } from '../../../ground/spans.ts';
import { machineBeats, type MachineBeat } from '../../../store/service-state.ts';
import type { BilingualSentence, Finding } from '../contract.ts';
import { amber, counted, green, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

/** A machine writes down four times a minute that it serves. */
const SILENT_MS = 2 * MINUTE_MS;
/** One that was taken away for good is looked for no longer. */
const GONE_MS = 7 * DAY_MS;
const ANSWER_MS = 3_000;
/** A copy that is further behind than this is none to take over. */
const MOST_LAG_BYTES = 16_777_216;

/** Whether every machine of the cell serves with all that it is there for. */
export async function machinesServe(look: Look): Promise<Finding> {
  const now = look.clock().getTime();
  const beats = (await needStore(look).readTown(machineBeats)).filter(
    ({ at }) => now - at.getTime() < GONE_MS,
  );
  const isSilent = ({ at }: MachineBeat): boolean => now - at.getTime() >= SILENT_MS;
  const serving = beats.filter((beat) => !isSilent(beat));
  const machines = namesOf(serving);
  const silent = beats.filter(isSilent);
  const lines = machines.map(
    (name) => `${name} (${rolesOn(serving, name)}${rolesOn(silent, name, ' ; -')})`,
  );
  const dead = namesOf(silent).filter((name) => !machines.includes(name));
  const list = lines.join(', ');
  if (machines.length < look.config.machines) {
    const count = counted(
      machines.length,
      said('machine sert', 'machine serves'),
      said('machines servent', 'machines serve'),
    );
    const others = said(
      dead.length === 0 ? 'Les autres n’ont pas été vues.' : `Silencieuses : ${dead.join(', ')}.`,
      dead.length === 0 ? 'The others were not seen.' : `Silent: ${dead.join(', ')}.`,
    );
    return amber(
      said(
        `${count.fr}, sur ${look.config.machines} : ${list}. ${others.fr}`,
        `${count.en}, of ${look.config.machines}: ${list}. ${others.en}`,
      ),
      said(
        'Le courrier va par les autres. Remettez la machine en route, ou faites-en une neuve de ses fichiers (preau cluster config) ; elle reprend d’elle-même.',
        'Mail goes by the others. Start the machine again, or make a new one from its files (preau cluster config); it goes on by itself.',
      ),
    );
  }
  const served = said(`Machines qui servent : ${list}.`, `Machines that serve: ${list}.`);
  // One that another has taken the place of has no role here any more.
  if (silent.every(({ machine }) => !machines.includes(machine))) return green(served);
  return amber(
    served,
    said(
      'Un rôle précédé d’un tiret s’est tu : sur sa machine, systemctl status preau@RÔLE.',
      'A role behind a dash is silent: on its machine, systemctl status preau@ROLE.',
    ),
  );
}

const namesOf = (beats: readonly MachineBeat[]): string[] => [
  ...new Set(beats.map(({ machine }) => machine)),
];

function rolesOn(beats: readonly MachineBeat[], name: string, before = ''): string {
  const roles = beats.filter(({ machine }) => machine === name).map(({ role }) => role);
  return roles.length === 0 ? '' : `${before}${roles.join(', ')}`;
}

const CLUSTER = z.object({
  members: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      state: z.string(),
      lag: z.union([z.number(), z.string()]).default(0),
      timeline: z.number().default(0),
    }),
  ),
});
type Member = z.infer<typeof CLUSTER>['members'][number];
/** Timeline, place in the log, why, when, who: the newest last. */
const HISTORY = z.array(z.array(z.union([z.string(), z.number()])));

const TWO_GONE = said(
  'Remettez une autre machine en route : rien n’est perdu, et tout reprend de soi-même. Écrire sur une seule machine en attendant est un choix : LISEZMOI.md de preau cluster config en donne les lignes.',
  'Start another machine: nothing is lost, and all goes on by itself. To write on one machine alone meanwhile is a choice: LISEZMOI.md of preau cluster config gives its lines.',
);

/** Who has the database, who follows and how far behind, when that last changed. */
export async function copiesFollow({ config, signal }: Look): Promise<Finding> {
  const seen = (await askPatroni(config.patroni, '/cluster', signal)).flatMap(
    (answer) => CLUSTER.safeParse(answer).data ?? [],
  );
  const [newest] = seen.toSorted((one, other) => timelineOf(other) - timelineOf(one));
  if (newest === undefined)
    return red(
      said(
        'Patroni ne répond sur aucune machine : personne ne dit qui a la base de données.',
        'Patroni answers on no machine: nobody says who has the database.',
      ),
      said(
        'Sur chaque machine : systemctl status patroni etcd ; vérifiez PREAU_PATRONI.',
        'On each machine: systemctl status patroni etcd; look at PREAU_PATRONI.',
      ),
    );
  const { members } = newest;
  const machines = config.patroni.split(',').length;
  if (seen.length * 2 <= machines) return cutOff(seen.length, machines);
  const leader = members.find(({ role, state }) => role === 'leader' && state === 'running');
  const copies = members.filter((one) => one !== leader);
  const following = copies.filter(isFollowing);
  if (leader === undefined || following.length === 0)
    return red(
      said(
        `Rien ne s’écrit : ${leader === undefined ? 'aucune machine n’a la base' : `${leader.name} a la base, et aucune copie ne la suit`}. Le courrier des autres serveurs attend chez eux.`,
        `Nothing is written: ${leader === undefined ? 'no machine has the database' : `${leader.name} has the database, and no copy follows`}. Others keep their mail and try again.`,
      ),
      TWO_GONE,
    );
  const lead = await lastLead(config.patroni, signal);
  const found = said(
    `${leader.name} a la base${lead.fr} ; ${copies.map((one) => copyOf(one).fr).join(', ')}.`,
    `${leader.name} has the database${lead.en}; ${copies.map((one) => copyOf(one).en).join(', ')}.`,
  );
  if (following.length === copies.length && members.length >= config.machines) return green(found);
  return amber(
    found,
    said(
      'Une copie suffit, et il n’en reste pas d’autre : sur la machine qui manque, systemctl status patroni.',
      'One copy is enough, and there is no other left: on the machine that lacks, systemctl status patroni.',
    ),
  );
}

/** What a machine that hears no other says of them is old. */
function cutOff(answering: number, machines: number): Finding {
  return red(
    said(
      `D’ici, Patroni ne répond que sur ${answering} machine de ${machines} : qui a la base ne se voit pas d’ici.`,
      `From here Patroni answers on ${answering} machine of ${machines} alone: who has the database can’t be seen from here.`,
    ),
    said(
      `Si les autres marchent, le réseau de cette machine est coupé : regardez-le, et demandez preau doctor sur une autre. Sinon : ${TWO_GONE.fr}`,
      `If the others run, this machine’s network is cut: look at it, and ask preau doctor on another one. Else: ${TWO_GONE.en}`,
    ),
  );
}

/** It rises with each machine that takes over: of two views, that of the lower one is old. */
const timelineOf = ({ members }: { readonly members: readonly Member[] }): number =>
  Math.max(0, ...members.map(({ timeline }) => timeline));

const isFollowing = ({ state, lag }: Member): boolean =>
  state === 'streaming' && typeof lag === 'number' && lag < MOST_LAG_BYTES;

function copyOf({ name, state, lag }: Member): BilingualSentence {
  if (state !== 'streaming') return said(`${name} ne suit pas`, `${name} doesn’t follow`);
  const kilobytes = typeof lag === 'number' ? Math.ceil(lag / 1_000) : '?';
  return said(`${name} suit, à ${kilobytes} ko`, `${name} follows, ${kilobytes} kB behind`);
}

/** Since when that machine has it, where it took over from another one. */
async function lastLead(patroni: string, signal: AbortSignal): Promise<BilingualSentence> {
  const histories = (await askPatroni(patroni, '/history', signal)).flatMap((answer) => {
    const { data } = HISTORY.safeParse(answer);
    return data === undefined ? [] : [data];
  });
  const [longest] = histories.toSorted((one, other) => other.length - one.length);
  const at = new Date(String(longest?.at(-1)?.[3] ?? ''));
  if (Number.isNaN(at.getTime())) return said('', '');
  const moment = at.toISOString().slice(0, 16).replace('T', ' ');
  return said(` depuis le ${moment} (UTC)`, ` since ${moment} (UTC)`);
}

/** What those machines answer that do. One that was cut off answers what it knew before. */
async function askPatroni(
  patroni: string,
  path: '/cluster' | '/history',
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  const asked = patroni.split(',').map(async (base): Promise<unknown> => {
    const answer = await fetch(new URL(path, base), { signal: within });
    return answer.json();
  });
  const answers = await Promise.allSettled(asked);
  return answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
