/** Where a template or a signature is written: « Mise en forme », as on a letter. */
import { offerFormat } from './offer-format.ts';

const form = document.querySelector<HTMLElement>('[data-format]')?.closest('form') ?? null;
if (form !== null) offerFormat(form);
