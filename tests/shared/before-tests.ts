/** What processes of tests do before their first file: once, since their files share modules. */
import './own-modules.ts';
import './passwords.ts';
