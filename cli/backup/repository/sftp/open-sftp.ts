import { existsSync } from 'node:fs';
import { Fault } from '../../../../core/ground/fault.ts';
import { aptInstall, findProgram } from '../../../launcher/programs.ts';
import { SFTP_WRONG } from '../../../texts/sftp.ts';

/**
 * OpenSSH's sftp(1); installed where it is missing and we are root on Debian. Throws a `Fault`
 * 'configuration'.
 */
export async function openSftp(signal: AbortSignal): Promise<string> {
  const there = findProgram('sftp');
  if (there !== null) return there;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    await aptInstall(['openssh-client'], signal);
  const program = findProgram('sftp');
  if (program !== null) return program;
  throw new Fault('configuration', SFTP_WRONG.noProgram, { transient: false });
}
