import { appendFileSync, existsSync, mkdirSync, readdirSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EICAR } from '../../../cli/launcher/clamd.ts';
import type { DebianMachine } from './machine.ts';

/** What the README's lines call the town's mail and its server. */
export const DOMAIN = 'ecoles.ville.fr';
export const HOST = 'courrier.ecoles.ville.fr';
const ZONE = 'ville.fr';
const FRESHCLAM = '/var/lib/clamav';

/**
 * freshclam brings a real machine its signatures, and Debian's clamd waits for them. Those of this
 * machine, where it has any; else EICAR's alone, and no waiting. Gives whether they are real.
 */
export async function giveSignatures(machine: DebianMachine): Promise<boolean> {
  const known = existsSync(FRESHCLAM)
    ? readdirSync(FRESHCLAM).filter((name) => /^(main|daily|bytecode)\.c[vl]d$/.test(name))
    : [];
  for (const name of known)
    cpSync(join(FRESHCLAM, name), join(machine.root, FRESHCLAM.slice(1), name));
  if (known.length > 0) return true;
  writeFileSync(join(machine.root, 'var/lib/clamav/eicar.ndb'), EICAR, { mode: 0o644 });
  for (const unit of ['clamav-daemon.service', 'clamav-daemon.socket']) {
    const folder = join(machine.root, `etc/systemd/system/${unit}.d`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'signatures.conf'), '[Unit]\nConditionPathExistsGlob=\n');
  }
  await machine.must('systemctl daemon-reload');
  return false;
}

/**
 * What a town has around its server: a zone with the lines that `preau dns` gives, a certificate
 * that somebody else has signed, brought as certbot brings it, and a relay to outside.
 */
export async function giveSurroundings(machine: DebianMachine, relay: string): Promise<void> {
  await giveCertificate(machine);
  appendFileSync(
    join(machine.root, 'etc/preau/preau.env'),
    [
      'PREAU_TLS_CERT=/etc/preau/certificates/fullchain.pem',
      'PREAU_TLS_KEY=/etc/preau/certificates/privkey.pem',
      `PREAU_SMARTHOST=${relay}`,
      '',
    ].join('\n'),
  );
  await giveNames(machine);
}

async function giveCertificate(machine: DebianMachine): Promise<void> {
  const names = [HOST, `autoconfig.${DOMAIN}`, `autodiscover.${DOMAIN}`];
  const leaf = [
    'basicConstraints=CA:FALSE',
    `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
    '',
  ];
  const folder = join(machine.root, 'root/lineage');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'leaf.cnf'), leaf.join('\n'));
  await machine.must(
    [
      'cd /root/lineage',
      'openssl req -quiet -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj "/CN=An authority" -keyout ca.key -out ca.pem',
      `openssl req -quiet -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=${HOST}" -keyout privkey.pem -out leaf.csr`,
      'openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -days 90 -extfile leaf.cnf -out leaf.pem',
      'cat leaf.pem ca.pem > fullchain.pem',
      'RENEWED_LINEAGE=/root/lineage sh /opt/preau/docker/certbot-deploy.sh',
      // As the world trusts those whom browsers know.
      'cp ca.pem /usr/local/share/ca-certificates/authority.crt && update-ca-certificates',
    ].join('\n'),
  );
}

async function giveNames(machine: DebianMachine): Promise<void> {
  await machine.must('apt-get install --yes --no-install-recommends knot');
  const zone = [
    `${ZONE}. 60 IN SOA ns.${ZONE}. hostmaster.${ZONE}. 1 60 60 60 60`,
    `${ZONE}. 60 IN NS ns.${ZONE}.`,
    `ns.${ZONE}. 60 IN A 127.0.0.1`,
    `${HOST}. 60 IN A 127.0.0.1`,
    await machine.must('preau dns'),
  ];
  writeFileSync(join(machine.root, `var/lib/knot/${ZONE}.zone`), zone.join('\n'));
  writeFileSync(
    join(machine.root, 'etc/knot/knot.conf'),
    [
      'server:',
      '  rundir: /run/knot',
      '  user: knot:knot',
      '  listen: 127.0.0.1@53',
      'template:',
      '  - id: default',
      '    storage: /var/lib/knot',
      '    file: "%s.zone"',
      '    zonefile-sync: -1',
      'zone:',
      `  - domain: ${ZONE}`,
      '',
    ].join('\n'),
  );
  await machine.must('systemctl restart knot');
  writeFileSync(join(machine.root, 'etc/resolv.conf'), 'nameserver 127.0.0.1\n');
}
