import './page.ts';
import { actInPlace } from './acts.ts';
import { dragIntoFolders } from './drag.ts';
import { findFolders } from './find-folder.ts';
import { hearKeys } from './keys.ts';
import { goOn } from './roll.ts';
import { offerChoosing } from './selection.ts';

goOn();
offerChoosing();
actInPlace();
hearKeys();
findFolders();
dragIntoFolders();
