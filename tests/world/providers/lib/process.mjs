// The life of a stand-in as a child process: configuration in, one `ready <url>` line out, gone with its parent.

import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';

/** Says something to whoever reads the log; stdout belongs to the `ready` line. */
export function log(message) {
  process.stderr.write(`${message}\n`);
}

/**
 * Reads the configuration named on the command line, listens, and hands requests to what `start` returns.
 *
 * `start(config, url)` is called once the port is known, because an issuer is part of what a provider is.
 */
export async function serve(start) {
  const [, program, file] = process.argv;
  if (!file) {
    log(`usage: node ${program} <config.json>`);
    process.exitCode = 2;
    return;
  }
  endWithParent();
  const config = JSON.parse(await readFile(file, 'utf8'));
  const server = await createServer(config.tls);
  const port = await listen(server, config.port ?? 0, config.host ?? '127.0.0.1');
  const url = `${config.tls ? 'https' : 'http'}://${config.host ?? '127.0.0.1'}:${port}`;
  server.on('request', await start(config, url));
  process.stdout.write(`ready ${url}\n`);
}

/** A parent that dies closes our stdin, however it died. */
function endWithParent() {
  process.once('SIGTERM', () => process.exit(0));
  process.stdin.once('end', () => process.exit(0));
  process.stdin.once('error', () => process.exit(0));
  process.stdin.resume();
}

async function createServer(tls) {
  if (!tls) {
    return http.createServer();
  }
  const [cert, key] = await Promise.all([readFile(tls.cert), readFile(tls.key)]);
  return https.createServer({ cert, key });
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address().port);
    });
  });
}
