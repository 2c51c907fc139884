// Asks the browser's build of the core for each request of a list, with the script of the settings page.

import { readFile } from 'node:fs/promises';
import { runInThisContext } from 'node:vm';

const [ , , script, module, requests ] = process.argv;
globalThis.window = globalThis;
runInThisContext( await readFile( script, 'utf8' ) );
const { instantiate, ask } = globalThis.logtoSignInCore;
const core = await instantiate( await readFile( module ) );
const outcomes = JSON.parse( await readFile( requests, 'utf8' ) ).map( ( request ) => ask( core, request ) );
process.stdout.write( JSON.stringify( outcomes ) );
