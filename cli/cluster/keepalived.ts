import type { Cell, CellMachine } from './cell.ts';
import type { CellPasswords } from './passwords.ts';

/** keepalived reads no more of a password. */
const PASSWORD_LENGTH = 8;
const HIGHEST = 150;

/**
 * keepalived of one machine: the address that the world knows is with the first whose HAProxy runs.
 * Null where the town's network has its own way to do that.
 */
export function keepalivedOf(
  { machines, shared, cell }: Cell,
  machine: CellMachine,
  { keepalived }: CellPasswords,
): string | null {
  if (shared === null) return null;
  const others = machines.filter((one) => one !== machine);
  return `# keepalived ${machine.name}, ${cell}. preau cluster config
global_defs {
  enable_script_security
  script_user root
}
vrrp_script haproxy {
  script "/usr/bin/systemctl is-active --quiet haproxy"
  interval 2
  fall 2
  rise 2
}
vrrp_instance ${cell} {
  state BACKUP
  interface ${shared.interface}
  virtual_router_id 51
  priority ${HIGHEST - machines.indexOf(machine)}
  advert_int 1
  unicast_src_ip ${machine.address}
  unicast_peer {
${others.map(({ address }) => `    ${address}`).join('\n')}
  }
  authentication {
    auth_type PASS
    auth_pass ${keepalived.slice(0, PASSWORD_LENGTH)}
  }
  virtual_ipaddress {
    ${shared.address} dev ${shared.interface}
  }
  track_script {
    haproxy
  }
}
`;
}
