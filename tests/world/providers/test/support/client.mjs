// A relying party: the plugin's side of the protocol, with `jose` as the judge of tokens.

import { createHash, randomBytes } from 'node:crypto';

import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';

import { CALLBACK } from './world.mjs';

const SECRET = 'a secret: +/%';

export const ALL_SCOPES = 'openid profile email phone roles custom_data identities urn:logto:scope:organizations';

/** An authorization request for the tenant at `url`. */
export function authorization(url, parameters = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const request = new URL(`${url}/oidc/auth`);
  request.search = new URLSearchParams({
    client_id: 'app',
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: ALL_SCOPES,
    state: randomBytes(8).toString('hex'),
    nonce: 'nonce-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  });
  return { href: request.href, verifier, state: request.searchParams.get('state') };
}

/** Whether the browser is about to reach the site. */
export function atSite(url) {
  return url.href.startsWith(CALLBACK);
}

function basic(id, secret) {
  return `Basic ${btoa([id, secret].map(encodeURIComponent).join(':'))}`;
}

/** The token request; `using` is "basic", "post" or "both". */
export async function exchange(url, code, verifier, { using = 'basic', id = 'app', secret = SECRET, ...more } = {}) {
  const body = new URLSearchParams({
    grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK, ...more,
  });
  if (using !== 'basic') {
    body.set('client_id', id);
    body.set('client_secret', secret);
  }
  const headers = using === 'post' ? {} : { authorization: basic(id, secret) };
  const response = await fetch(`${url}/oidc/token`, { method: 'POST', body, headers });
  return { status: response.status, body: await response.json() };
}

/** The ID token, verified: `{header, claims}`. */
export async function verify(url, token, algorithms) {
  const response = await fetch(`${url}/oidc/jwks`);
  const { payload } = await jwtVerify(token, createLocalJWKSet(await response.json()), {
    algorithms, issuer: `${url}/oidc`, audience: 'app',
  });
  return { header: decodeProtectedHeader(token), claims: payload };
}

export async function userinfo(url, accessToken) {
  const response = await fetch(`${url}/oidc/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: response.status, body: await response.json() };
}
