import type { Cell, CellMachine } from './cell.ts';

/** A port that the world sees, and where the role behind it listens. */
interface PortOfCell {
  readonly name: string;
  readonly seen: number;
  readonly own: number;
  readonly variable: string;
}

/** HAProxy has the ports of the world; each role listens on one above 1024. */
export const PORTS: readonly PortOfCell[] = [
  { name: 'mx', seen: 25, own: 2525, variable: 'PREAU_MX_PORT' },
  { name: 'submission', seen: 587, own: 2587, variable: 'PREAU_SUBMISSION_PORT' },
  { name: 'submissions', seen: 465, own: 2465, variable: 'PREAU_SUBMISSIONS_PORT' },
  { name: 'imap', seen: 143, own: 2143, variable: 'PREAU_IMAP_PORT' },
  { name: 'imaps', seen: 993, own: 2993, variable: 'PREAU_IMAPS_PORT' },
  { name: 'pages', seen: 443, own: 8443, variable: 'PREAU_HTTPS_PORT' },
];
/** Plain HTTP leads to the pages, and shows an issuer of certificates that the name is ours. */
export const PLAIN = { seen: 80, own: 8080, variable: 'PREAU_WEB_PORT' } as const;
/** Where each machine finds the primary, wherever that is. */
export const DATABASE_PORT = 5500;
export const PATRONI_PORT = 8008;

/**
 * HAProxy of one machine. Before PostgreSQL it leads to whoever says to be the primary, and cuts
 * what still hangs on one that is no more; before the roles it says whom it brings (PROXY protocol)
 * and passes TLS on as it is.
 */
export function haproxyOf(cell: Cell, machine: CellMachine): string {
  return `# HAProxy ${machine.name}, ${cell.cell}. preau cluster config
global
  maxconn 40000

defaults
  mode tcp
  source ${machine.address}
  timeout connect 3s
  timeout check 2s
  # A mail program that waits says nothing for 29 minutes.
  timeout client 35m
  timeout server 35m
  option clitcpka
  option srvtcpka
  option redispatch
  retries 3
  balance leastconn
  default-server inter 2s fall 2 rise 1 on-marked-down shutdown-sessions

listen database
  bind 127.0.0.1:${DATABASE_PORT}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
${serversOf(cell, (one) => `${one.address}:5432 check port ${PATRONI_PORT}`)}

${PORTS.map((port) => listenOf(cell, port)).join('\n\n')}

frontend plain
  mode http
  bind :::${PLAIN.seen} v4v6
  timeout http-request 10s
  use_backend certificates if { path_beg /.well-known/acme-challenge/ }
  default_backend plain

# The issuer of a certificate is answered where certbot runs.
backend certificates
  mode http
${serversOf({ machines: cell.machines.slice(0, 1) }, behind(PLAIN.own))}

backend plain
  mode http
${serversOf(cell, behind(PLAIN.own))}
`;
}

function listenOf(cell: Cell, { name, seen, own }: PortOfCell): string {
  return `listen ${name}\n  bind :::${seen} v4v6\n${serversOf(cell, behind(own))}`;
}

const behind =
  (port: number) =>
  ({ address }: CellMachine): string =>
    `${address}:${port} send-proxy-v2 check check-send-proxy`;

const serversOf = (
  { machines }: Pick<Cell, 'machines'>,
  says: (machine: CellMachine) => string,
): string => machines.map((one) => `  server ${one.name} ${says(one)}`).join('\n');
