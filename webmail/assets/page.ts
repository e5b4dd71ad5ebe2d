import { offerCopying } from './copy.ts';
import { offerListening } from './listen.ts';
import { hearMail } from './live.ts';
import { offerPrinting } from './print.ts';
import { bringIntoDrafts, wipeAtSignOut } from './unsent.ts';

hearMail();
offerListening();
offerCopying();
offerPrinting();
wipeAtSignOut();
bringIntoDrafts();
// On a phone the sections scroll sideways: the one that is open is to be seen.
const here = document.querySelector<HTMLElement>('.top nav [aria-current]');
if (here !== null && here.offsetParent instanceof HTMLElement)
  here.offsetParent.scrollLeft = here.offsetLeft + here.offsetWidth - here.offsetParent.clientWidth;
