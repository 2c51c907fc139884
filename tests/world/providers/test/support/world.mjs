// Both stand-ins as the child processes that they are everywhere else.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Starts `<program>.mjs`; `closed` resolves to the exit code. */
export async function launch(program, config) {
  const folder = await mkdtemp(join(tmpdir(), 'providers-'));
  const file = join(folder, 'config.json');
  await writeFile(file, JSON.stringify(config));
  const path = fileURLToPath(new URL(`../../${program}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [path, file], { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const closed = new Promise((resolve) => {
    child.once('close', async (code) => {
      await rm(folder, { recursive: true });
      resolve(code);
    });
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: line = '' } = await lines.next();
  if (!line.startsWith('ready ')) {
    throw new Error(`${program} did not start: ${line} ${errors}`);
  }
  return {
    child,
    closed,
    url: line.slice('ready '.length),
    stop() {
      child.stdin.end();
      return closed;
    },
    /** A control; its answer. */
    async control(control, body) {
      const response = await post(`${this.url}/test/${control}`, body);
      if (!response.ok) {
        throw new Error(`${control}: ${response.status}`);
      }
      return response.json();
    },
  };
}

export function post(url, body, headers = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

export const SITE = 'http://127.0.0.1:9/wp-login.php';
export const CALLBACK = `${SITE}?action=logto_callback`;
export const SIGNED_OUT = `${SITE}?action=logto_signed_out`;

export const DINGTALK = { client_id: 'dingapp', client_secret: 'ding secret' };
export const VISITORS = [
  { unionId: 'union-2', openId: 'open-2', nick: '李四', mobile: '13800000002', stateCode: '86', avatarUrl: null,
    email: null, corpId: 'dingcorp1' },
  { unionId: 'union-3', openId: 'open-3', nick: 'Ada', mobile: null, stateCode: null, avatarUrl: null, email: 'ada@example.org' },
];

/** Both, registered with each other; the tenant asks new social visitors for no username, unless `more` says so. */
export async function launchBoth(more = {}) {
  const dingtalk = await launch('dingtalk', { ...DINGTALK, visitors: VISITORS });
  const logto = await launch('logto', {
    client_id: 'app',
    client_secret: 'a secret: +/%',
    redirect_uris: [CALLBACK],
    post_logout_redirect_uris: [SIGNED_OUT],
    dingtalk_url: dingtalk.url,
    dingtalk: DINGTALK,
    ask_username: false,
    users: [{ username: 'alice', password: 'wonderland', name: '爱丽丝', email: 'alice@example.org', roles: ['editor'] }],
    ...more,
  });
  await dingtalk.control('redirect_uris', { redirect_uris: [`${logto.url}/callback/dingtalk`] });
  return { logto, dingtalk, stop: () => Promise.all([logto.stop(), dingtalk.stop()]) };
}
