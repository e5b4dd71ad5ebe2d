import { act } from './act.ts';
import { apartPairs, letTogether } from './apart.ts';
import type { Reports } from './contract.ts';
import { file, formatted, original } from './evidence.ts';
import { contact, nameContact, numbers } from './numbers.ts';
import { callNow, ownReports, putAway } from './own.ts';
import type { ReportParts, PauseSending } from './parts.ts';
import { report, takeBack } from './report.ts';
import { countOpen, listReports, openReport } from './shown.ts';

/** A child who needs help: one tap, and the adults who look after it. Each act asks first whose. */
export function openReports(parts: ReportParts, rest: PauseSending): Reports {
  return {
    report: (viewer, mailbox, uid) => report(parts, viewer, { mailbox, uid }),
    takeBack: (viewer, id) => takeBack(parts, viewer, id),
    callNow: (viewer, id) => callNow(parts, viewer, id),
    own: (viewer) => ownReports(parts, viewer),
    putAway: (viewer, id) => putAway(parts, viewer, id),
    count: (viewer) => countOpen(parts, viewer),
    list: (viewer, which) => listReports(parts, viewer, which),
    open: (viewer, ref) => openReport(parts, viewer, ref),
    formatted: (viewer, ref) => formatted(parts, viewer, ref),
    file: (viewer, ref, path) => file(parts, viewer, { ref, path }),
    original: (viewer, ref) => original(parts, viewer, ref),
    act: (viewer, ref, wish) => act(parts, rest, { viewer, ref, act: wish }),
    apart: (viewer) => apartPairs(parts, viewer),
    letTogether: (viewer, pair) => letTogether(parts, viewer, pair),
    numbers: (viewer) => numbers(parts, viewer),
    contact: () => contact(parts),
    nameContact: (viewer, address) => nameContact(parts, viewer, address),
  };
}
