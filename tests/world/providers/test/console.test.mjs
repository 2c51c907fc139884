// What the console decides about an application, and what the provider then says of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { ALL_SCOPES, atSite, authorization, exchange, userinfo } from './support/client.mjs';
import { Browser } from './support/browser.mjs';
import { CALLBACK, launchBoth, SIGNED_OUT } from './support/world.mjs';

let world;
let url;
before(async () => {
  world = await launchBoth();
  ({ url } = world.logto);
});
after(() => world.stop());

/** A pushed authorization request (RFC 9126): with `client_id` in the body and in the header. */
async function push(parameters, secret = 'a secret: +/%') {
  const body = new URL(authorization(url, parameters).href).searchParams;
  const id = parameters.client_id ?? 'app';
  const headers = { authorization: `Basic ${btoa([id, secret].map(encodeURIComponent).join(':'))}` };
  const response = await fetch(`${url}/oidc/request`, { method: 'POST', body, headers });
  return [response.status, (await response.json()).error];
}

test('pushed authorization requests', async () => {
  assert.deepEqual(await push({}), [201, undefined]);
  assert.deepEqual(await push({ redirect_uri: `${CALLBACK}/` }), [400, 'invalid_request']);
  assert.deepEqual(await push({}, 'wrong'), [401, 'invalid_client']);
});

test('an application of another type', async (t) => {
  t.after(() => world.logto.control('clients', {}));
  const code = async (how) => (await exchange(url, 'no such code', 'x'.repeat(43), how)).body.error;
  const errors = async () => [await code({}), await code({ using: 'post', secret: '' })];

  assert.deepEqual(await errors(), ['invalid_grant', 'invalid_client']);
  await world.logto.control('clients', { token_endpoint_auth_method: 'none' });
  assert.equal(await code({}), 'invalid_client');
  const body = new URLSearchParams({
    grant_type: 'authorization_code', code: 'x', code_verifier: 'x'.repeat(43), redirect_uri: CALLBACK, client_id: 'app',
  });
  const without = await fetch(`${url}/oidc/token`, { method: 'POST', body });
  assert.equal((await without.json()).error, 'invalid_grant', 'a client without a secret is known by its ID');
  await world.logto.control('clients', { grant_types: ['client_credentials'], response_types: [], redirect_uris: [] });
  const { body: refused } = await exchange(url, 'no such code', 'x'.repeat(43));
  assert.equal(refused.error, 'invalid_request');
  assert.match(refused.error_description, /grant type is not allowed for this client/u);
});

test('signing out with the client alone', async () => {
  const end = new URL(`${url}/oidc/session/end`);
  end.search = new URLSearchParams({ client_id: 'app', post_logout_redirect_uri: SIGNED_OUT, state: 'bye' });
  assert.equal((await new Browser().visit(end)).status, 200);
  end.searchParams.set('post_logout_redirect_uri', `${SIGNED_OUT}/`);
  assert.equal((await new Browser().visit(end)).status, 400);
});

test('a third-party application asks for consent, and Cancel brings nothing back', async (t) => {
  await world.logto.control('clients', { third_party: true });
  t.after(() => world.logto.control('clients', {}));
  const signIn = async (decision) => {
    const browser = new Browser();
    const request = authorization(url);
    const page = await browser.visit(request.href);
    const consent = await browser.submit(page, { identifier: 'alice', password: 'wonderland' });
    assert.match(consent.page, /Authorize the application/u);
    const { stopped } = await browser.submit(consent, { decision }, { stop: atSite });
    return { request, stopped };
  };

  assert.equal((await signIn('cancel')).stopped.href, CALLBACK, 'neither error nor state');
  const { request, stopped } = await signIn('authorize');
  assert.equal((await exchange(url, stopped.searchParams.get('code'), request.verifier)).status, 200);
});

test('all claims of the profile, and organizations with names', async (t) => {
  t.after(() => world.logto.control('users', { username: 'alice', organizations: [], organization_names: {} }));
  await world.logto.control('users', {
    username: 'alice', given_name: 'Alice', family_name: 'Liddell', nickname: 'Al', locale: 'en-GB',
    website: 'https://alice.example', organizations: ['o1', 'o2'], organization_names: { o1: 'Wonderland' },
  });
  const browser = new Browser();
  const request = authorization(url, { scope: ALL_SCOPES });
  const page = await browser.visit(request.href);
  const { stopped } = await browser.submit(page, { identifier: 'alice', password: 'wonderland' }, { stop: atSite });
  const { body } = await exchange(url, stopped.searchParams.get('code'), request.verifier);
  const claims = (await userinfo(url, body.access_token)).body;

  assert.deepEqual(
    ['preferred_username', 'given_name', 'family_name', 'nickname', 'locale', 'website'].map((name) => claims[name]),
    ['alice', 'Alice', 'Liddell', 'Al', 'en-GB', 'https://alice.example'],
  );
  assert.deepEqual(claims.organizations, ['o1', 'o2']);
  assert.deepEqual(claims.organization_data.map(({ name }) => name), ['Wonderland', 'Organization o2']);
});
