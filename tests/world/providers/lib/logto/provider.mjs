// oidc-provider, the library that Logto itself is built on, configured to answer as Logto does.

import './runtime.mjs';
import { createHash } from 'node:crypto';

import Provider from 'oidc-provider';

import { pageHeaders } from '../http.mjs';
import { log } from '../process.mjs';
import { CLAIMS_BY_SCOPE, claimsOf } from './accounts.mjs';
import * as pages from './pages.mjs';

const DAY = 24 * 60 * 60;
const SUBMIT = 'document.forms[0].submit()';
const SUBMIT_POLICY = `script-src 'sha256-${createHash('sha256').update(SUBMIT).digest('base64')}'`;

/**
 * A provider whose issuer is `<url>/oidc`.
 *
 * Signing keys are fixed for the life of an instance; what else it knows is in `adapter` and `accounts`, so that the
 * next instance goes on where this one ends.
 */
export function createProvider({ url, keys, adapter, accounts, cookieKeys }) {
  const provider = new Provider(`${url}/oidc`, {
    adapter,
    jwks: keys.jwks,
    enabledJWA: { idTokenSigningAlgValues: keys.announced },
    clientDefaults: { id_token_signed_response_alg: keys.signing },
    responseTypes: ['code'],
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    scopes: ['openid', 'offline_access', ...Object.keys(CLAIMS_BY_SCOPE).slice(1)],
    claims: { ...CLAIMS_BY_SCOPE, acr: null, auth_time: null, iss: null, sid: null },
    extraParams: ['first_screen', 'direct_sign_in'],
    findAccount: (_context, sub) => {
      const account = accounts.find(sub);
      return account && { accountId: sub, claims: async (use) => claimsOf(account, use) };
    },
    interactions: { url: () => '/sign-in' },
    // One interaction in a browser: of two sign-ins, the last one that began.
    cookies: { keys: cookieKeys, short: { path: '/' } },
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      Grant: 14 * DAY,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 14 * DAY,
      Session: 14 * DAY,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => resourceServer(resource, keys.signing),
        useGrantedResource: () => false,
      },
      introspection: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
    },
    clientBasedCORS: () => false,
    // The library's own dispatcher refuses loopback addresses, which is where every site here is.
    fetch: (target, options) => fetch(target, { ...options, dispatcher: undefined }),
    renderError,
  });
  provider.use(likeLogto);
  provider.on('server_error', (_context, error) => log(error.stack));
  provider.on('backchannel.error', (_context, error) => log(`back-channel logout: ${error.stack}`));
  for (const event of ['grant.error', 'revocation.error', 'introspection.error']) {
    provider.on(event, (context, error) => {
      context.state.unknownClient = error.error_detail === 'client not found';
    });
  }
  return provider;
}

/** Every URI is an API of the tenant, with the same permissions; access tokens for one are JWTs (RFC 9068). */
function resourceServer(audience, alg) {
  return { audience, scope: 'read:posts write:posts', accessTokenFormat: 'jwt', jwt: { sign: { alg } } };
}

/** Hands a request for `/oidc/…` to the provider, whose own paths know nothing of the prefix. */
export function mounted(provider) {
  const listener = provider.callback();
  return (request, response) => {
    request.originalUrl = request.url;
    request.url = request.url.slice('/oidc'.length);
    return listener(request, response);
  };
}

/** Logto words its errors twice, answers 400 for a client that it does not know, and lets nobody keep its keys. */
async function likeLogto(context, next) {
  await next();
  if (context.path === '/jwks') {
    context.set('Cache-Control', 'no-cache');
  }
  const { body } = context;
  if (context.status >= 400 && typeof body?.error === 'string') {
    const status = context.state.unknownClient ? 400 : context.status;
    context.body = { code: `oidc.${body.error}`, message: body.error_description ?? body.error, ...body };
    context.status = status;
  }
}

function logoutSource(context, form) {
  context.set(pageHeaders(SUBMIT_POLICY));
  context.body = String(pages.signOut(pages.localeOf(context), form, SUBMIT));
}

function postLogoutSuccessSource(context) {
  context.set(pageHeaders());
  context.body = String(pages.signedOut(pages.localeOf(context)));
}

/** Raw JSON, with no way back. */
function renderError(context, { error, error_description: description }) {
  context.type = 'json';
  context.body = { error, error_description: description };
}
