// The processes themselves: registration, key rotation, life and death.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createLocalJWKSet, jwtVerify } from 'jose';

import { atSite, authorization, exchange, verify } from './support/client.mjs';
import { Browser } from './support/browser.mjs';
import { CALLBACK, launch, launchBoth, post } from './support/world.mjs';

test('registered URIs are replaced without a restart', async (t) => {
  const { logto, stop } = await launchBoth();
  t.after(stop);
  const elsewhere = 'http://localhost:9/wp-login.php?action=logto_callback';
  assert.equal((await new Browser().visit(authorization(logto.url, { redirect_uri: elsewhere }).href)).status, 400);
  await logto.control('clients', { redirect_uris: [elsewhere] });
  assert.equal((await new Browser().visit(authorization(logto.url, { redirect_uri: elsewhere }).href)).status, 200);
  assert.equal((await new Browser().visit(authorization(logto.url).href)).status, 400);
  await logto.control('clients', { redirect_uris: [CALLBACK], post_logout_redirect_uris: [] });
  assert.equal((await new Browser().visit(authorization(logto.url).href)).status, 200);
});

test('a rotated key: RS256 without alg, the old key stays, the old hint does not', async (t) => {
  const { logto: { url, control }, logto, stop } = await launchBoth();
  t.after(stop);
  const browser = new Browser();
  const signIn = async () => {
    const request = authorization(url);
    const page = await browser.visit(request.href, { stop: atSite });
    const { stopped } = page.stopped ? page
      : await browser.submit(page, { identifier: 'alice', password: 'wonderland' }, { stop: atSite });
    return (await exchange(url, stopped.searchParams.get('code'), request.verifier)).body;
  };
  const old = await signIn();
  const announced = async () => (await (await fetch(`${url}/oidc/.well-known/openid-configuration`)).json())
    .id_token_signing_alg_values_supported;
  assert.deepEqual(await announced(), ['ES384']);
  assert.deepEqual(await control.call(logto, 'keys/rotate', {}), { signing: 'RS256' });
  assert.deepEqual((await announced()).sort(), ['ES384', 'PS256', 'RS256']);
  const fresh = await signIn();
  const { header } = await verify(url, fresh.id_token, ['RS256']);
  const jwks = await (await fetch(`${url}/oidc/jwks`)).json();
  assert.deepEqual(jwks.keys.map(({ kty, alg }) => [kty, alg]), [['RSA', undefined], ['EC', 'ES384']]);
  assert.equal(jwks.keys[0].kid, header.kid);
  assert.ok(jwks.keys.every((key) => !('d' in key)), 'public keys only');
  await jwtVerify(old.id_token, createLocalJWKSet(jwks));
  const end = (hint) => browser.visit(`${url}/oidc/session/end?id_token_hint=${hint}`);
  assert.equal((await end(old.id_token)).status, 400);
  assert.equal((await end(fresh.id_token)).status, 200);
});

test('controls are not for pages in a browser', async (t) => {
  const { logto, dingtalk, stop } = await launchBoth();
  t.after(stop);
  for (const address of [`${logto.url}/test/clients`, `${dingtalk.url}/test/redirect_uris`]) {
    assert.equal((await post(address, {}, { origin: 'http://example.org' })).status, 403);
  }
});

for (const program of ['logto', 'dingtalk']) {
  test(`${program} ends with its parent and on SIGTERM`, async () => {
    const config = { client_id: 'c', client_secret: 's', redirect_uris: [CALLBACK] };
    const orphan = await launch(program, config);
    assert.match(orphan.url, /^http:\/\/127\.0\.0\.1:\d+$/u);
    assert.equal(await orphan.stop(), 0);
    const signalled = await launch(program, config);
    signalled.child.kill('SIGTERM');
    assert.equal(await signalled.closed, 0);
  });
}
