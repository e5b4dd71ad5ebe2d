import type { Core } from '../../core/core.ts';
import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import { canonicalLocal } from '../../core/ground/address.ts';
import type { Agent } from '../../core/town/town/contract.ts';
import { say, type CommandInput } from '../command.ts';
import { refused } from '../refused.ts';
import { SAYS, WRONG } from '../texts/setup.ts';
import { withCore } from '../with-core.ts';
import { codeFacts, codeLines } from './code-lines.ts';

/** `preau agent list`. */
export async function listAgents({ config, flags, signal }: CommandInput): Promise<number> {
  return withCore(config, signal, async ({ agents }) => {
    const all = (await agents.list('machine')) ?? [];
    const lines = all.map(
      ({ name, address, way, hasSecondFactor }) =>
        `${name}, ${address} : ${SAYS.way[way]}${way === 'password' && !hasSecondFactor ? `, ${SAYS.unprotected}` : ''}`,
    );
    say(flags, { agents: all.map(facts) }, all.length === 0 ? SAYS.noAgent : lines.join('\n'));
    return 0;
  });
}

function facts({ name, address, way, hasSecondFactor }: Agent) {
  return { name, address, way, hasSecondFactor };
}

/** `preau agent add ADDRESS --given … --family …`. */
export async function addAgent({ config, flags, signal, path }: CommandInput): Promise<number> {
  const { given, family } = flags;
  if (typeof given !== 'string' || typeof family !== 'string') throw refused(WRONG.nameMissing);
  const address = canonicalLocal(path.includes('@') ? path : `${path}@${config.domain}`);
  if (address?.domain !== config.domain) throw refused(WRONG.notOurs(path, config.domain));
  return withCore(config, signal, async (core) => {
    const added = await core.agents.add('machine', {
      givenName: given,
      familyName: family,
      local: address.local,
    });
    if (added.kind !== 'done')
      throw refused(WRONG.agent(added.kind === 'trouble' ? added.why : []));
    return sayCode(core, flags, added.sheet);
  });
}

/** `preau agent reset ADDRESS`: a new code; password, second factor and sessions have ended. */
export async function resetAgent({ config, flags, signal, path }: CommandInput): Promise<number> {
  const wanted = path.trim().toLowerCase();
  const address = wanted.includes('@') ? wanted : `${wanted}@${config.domain}`;
  return withCore(config, signal, async (core) => {
    const all = (await core.agents.list('machine')) ?? [];
    const agent = all.find((one) => one.address === address);
    const sheet = agent ? await core.agents.reset('machine', agent.account) : null;
    if (sheet === null) throw refused(WRONG.noSuchAgent(path));
    return sayCode(core, flags, sheet);
  });
}

function sayCode(
  { config }: Pick<Core, 'config'>,
  flags: CommandInput['flags'],
  sheet: CodeSheet,
): number {
  say(flags, { codes: codeFacts([sheet]) }, codeLines(config, [sheet]));
  return 0;
}
