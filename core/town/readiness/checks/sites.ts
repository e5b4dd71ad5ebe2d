import { DAY_MS } from '../../../ground/spans.ts';
import type { SiteTrouble } from '../../../roster/sites.ts';
import { currentSiteList, lastSiteUpdate } from '../../../store/town/site-lists.ts';
import type { Finding, BilingualSentence } from '../contract.ts';
import { amber, counted, green, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

/** The list of the University of Toulouse changes every day. */
const OLD_DAYS = 7;

const LOOK = said(
  'Regardez « Sites interdits », ou lancez preau sites update.',
  'Look at “Forbidden sites”, or run preau sites update.',
);

const WHY: Readonly<Record<SiteTrouble, BilingualSentence>> = {
  unreachable: said('la source ne se lit pas', 'the source can’t be read'),
  'no-list': said('la source n’est pas une liste', 'the source is no list'),
  'cut-short': said('la liste s’arrête avant sa fin', 'the list ends before its end'),
  'too-big': said('la liste est trop grande', 'the list is too large'),
  'much-smaller': said(
    'la liste a perdu plus de la moitié de ses entrées',
    'the list has lost more than half of its entries',
  ),
};

/** Whether there is a list of forbidden sites, and a fresh one. */
export async function siteListFresh(look: Look): Promise<Finding> {
  const [list, last] = await needStore(look).readTown((tx) =>
    Promise.all([currentSiteList(tx), lastSiteUpdate(tx)]),
  );
  if (look.config.sites === null && list === null)
    return amber(
      said(
        'Pas de liste de sites interdits : aucun lien n’est arrêté.',
        'No list of forbidden sites: no link is stopped.',
      ),
      said(
        'Donnez-en une par PREAU_SITES, celle de l’université de Toulouse par exemple (docker/env.example).',
        'Give one by PREAU_SITES, that of the University of Toulouse for instance (docker/env.example).',
      ),
    );
  const trouble = last?.trouble;
  if (list === null)
    return amber(
      trouble
        ? said(`Pas encore de liste : ${WHY[trouble].fr}.`, `No list yet: ${WHY[trouble].en}.`)
        : said('La liste n’est pas encore lue.', 'The list has not been read yet.'),
      LOOK,
    );
  const lookedAt = trouble ? list.loadedAt : (last?.begunAt ?? list.loadedAt);
  const days = Math.floor((look.clock().getTime() - lookedAt.getTime()) / DAY_MS);
  const age = counted(Math.max(0, days), said('jour', 'day'), said('jours', 'days'));
  if (days >= OLD_DAYS)
    return amber(
      said(`La liste a ${age.fr}.`, `The list is ${age.en} old.`),
      trouble
        ? said(`${capital(WHY[trouble].fr)}. ${LOOK.fr}`, `${capital(WHY[trouble].en)}. ${LOOK.en}`)
        : LOOK,
    );
  return green(said(`${list.entries} entrées, à jour.`, `${list.entries} entries, up to date.`));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
