// A whole tenant: provider, pages, connector and the controls for tests.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { forTests, HttpError, noIcon, router, send, sendPage } from '../http.mjs';
import { chooseLocale } from '../locale.mjs';
import { Accounts } from './accounts.mjs';
import { DingTalkConnector } from './connector.mjs';
import { interactionRoutes } from './interactions.mjs';
import { Keys } from './keys.mjs';
import * as pages from './pages.mjs';
import { createProvider, mounted } from './provider.mjs';
import { storage } from './storage.mjs';

const REGISTERED = [
  'redirect_uris',
  'post_logout_redirect_uris',
  'backchannel_logout_uri',
  'backchannel_logout_session_required',
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'third_party',
];

/** The request listener of the tenant at `url`; see `logto.mjs` for `config`. */
export async function createTenant(config, url) {
  const clients = new Map([[config.client_id, client(config)]]);
  const keys = new Keys();
  const accounts = new Accounts(config.users);
  const adapter = storage(clients);
  const cookieKeys = [randomBytes(32).toString('base64url')];
  const tenant = {
    accounts,
    connector: connector(config, url),
    asksUsername: config.ask_username ?? true,
    /** Visitors who have yet to choose a username, by interaction. */
    newcomers: new Map(),
    isThirdParty: () => clients.get(config.client_id).third_party === true,
  };
  let oidc;
  let ahead = 0;

  async function rotate(signing) {
    await keys.rotate(signing);
    // oidc-provider learns the algorithm of a client's ID tokens when it reads the client.
    tenant.provider = createProvider({ url, keys, adapter, accounts, cookieKeys });
    oidc = mounted(tenant.provider);
  }
  await rotate(config.signing ?? 'ES384');

  const css = await readFile(new URL('sign-in.css', import.meta.url));
  const listen = router({
    ...interactionRoutes(tenant),
    'GET /assets/sign-in.css': async (_request, response) => send(response, 200, 'text/css; charset=utf-8', css),
    'GET /favicon.ico': noIcon,
    'POST /test/clients': forTests(async (registered) => {
      const metadata = client({ ...config, ...registered });
      clients.set(metadata.client_id, metadata);
      return pick(metadata);
    }),
    'POST /test/sign-in': forTests(async ({ ask_username: asksUsername }) => {
      tenant.asksUsername = asksUsername === true;
      return { ask_username: tenant.asksUsername };
    }),
    'POST /test/users': forTests(async ({ username, ...fields }) => {
      if (!accounts.change(username ?? '', fields)) {
        throw new HttpError(404, 'no such user');
      }
      return { username, ...fields };
    }),
    'POST /test/clock': forTests(async (clock) => {
      ahead = clock.ahead;
      return { ahead };
    }),
    'POST /test/keys/rotate': forTests(async ({ signing }) => {
      await rotate(signing ?? (keys.signing === 'ES384' ? 'RS256' : 'ES384'));
      return { signing: keys.signing };
    }),
  }, {
    fallback: async (request, response, { url: { pathname } }) => {
      if (!pathname.startsWith('/oidc/')) {
        throw new HttpError(404, 'not found');
      }
      await oidc(request, response);
    },
    failed: (request, response, error) => {
      const locale = chooseLocale(request.headers['accept-language'], 'en');
      const [status, code] = error instanceof HttpError ? [error.status, error.message] : [500, 'server_error'];
      sendPage(response, status, pages.failed(locale, code));
    },
  });
  return (request, response) => {
    if (ahead !== 0) {
      response.setHeader('Date', new Date(Date.now() + ahead * 1000).toUTCString());
    }
    return listen(request, response);
  };
}

function client(config) {
  return {
    client_id: config.client_id,
    client_secret: config.client_secret,
    grant_types: ['authorization_code', 'refresh_token'],
    ...pick(config),
  };
}

function pick(metadata) {
  return Object.fromEntries(REGISTERED.filter((name) => metadata[name] !== undefined)
    .map((name) => [name, metadata[name]]));
}

function connector({ dingtalk, dingtalk_url: dingtalkUrl }, url) {
  return dingtalk && dingtalkUrl ? new DingTalkConnector({
    url: dingtalkUrl,
    clientId: dingtalk.client_id,
    clientSecret: dingtalk.client_secret,
    callback: `${url}/callback/dingtalk`,
  }) : undefined;
}
