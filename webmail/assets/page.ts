import { offerCopying } from './copy.ts';
import { offerListening } from './listen.ts';
import { hearMail } from './live.ts';
import { closeMenus } from './menus.ts';
import { offerPrinting } from './print.ts';
import { searchAsTyped } from './seek.ts';
import { bringIntoDrafts, wipeAtSignOut } from './unsent.ts';

hearMail();
offerListening();
offerCopying();
offerPrinting();
wipeAtSignOut();
bringIntoDrafts();
closeMenus();
searchAsTyped();
