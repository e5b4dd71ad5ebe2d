/** A voice, or a drawing, into the field for files of the page's form. */
import { offerVoiceAndPad } from './speak.ts';

offerVoiceAndPad();
