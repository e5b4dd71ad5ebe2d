import { offerCopying } from './copy.ts';
import { offerListening } from './listen.ts';
import { hearMail } from './live.ts';
import { closeMenus } from './menus.ts';
import { offerPrinting } from './print.ts';
import { searchAsTyped } from './seek.ts';
import { letToastGo } from './toast.ts';
import { bringIntoDrafts, wipeAtSignOut } from './unsent.ts';

hearMail();
offerListening();
offerCopying();
offerPrinting();
letToastGo();
wipeAtSignOut();
bringIntoDrafts();
closeMenus();
searchAsTyped();
