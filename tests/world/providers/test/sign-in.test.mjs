// Signing in and out at the tenant, from the authorization request to userinfo.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { createRemoteJWKSet, jwtVerify } from 'jose';

import { ALL_SCOPES, atSite, authorization, exchange, userinfo, verify } from './support/client.mjs';
import { Browser } from './support/browser.mjs';
import { launchBoth, SIGNED_OUT } from './support/world.mjs';

let world;
let url;
before(async () => {
  world = await launchBoth();
  ({ url } = world.logto);
});
after(() => world.stop());

async function signIn(browser, parameters) {
  const request = authorization(url, parameters);
  const page = await browser.visit(request.href, { stop: atSite });
  const { stopped } = page.stopped ? page
    : await browser.submit(page, { identifier: 'alice', password: 'wonderland' }, { stop: atSite });
  return { request, answer: stopped.searchParams };
}

test('a visitor with a password', async () => {
  const { request, answer } = await signIn(new Browser());
  assert.equal(answer.get('action'), 'logto_callback');
  assert.equal(answer.get('state'), request.state);
  assert.equal(answer.get('iss'), `${url}/oidc`);

  const { status, body } = await exchange(url, answer.get('code'), request.verifier);
  assert.equal(status, 200);
  const { header, claims } = await verify(url, body.id_token, ['ES384']);
  assert.deepEqual(Object.keys(header).sort(), ['alg', 'kid']);
  assert.equal(claims.name, '爱丽丝');
  assert.equal(claims.nonce, 'nonce-1');
  assert.equal(claims.aud, 'app');
  assert.equal(claims.exp - claims.iat, 3600);
  assert.equal(claims.picture, null);
  assert.equal(claims.phone_number, null);
  assert.equal(claims.email_verified, true);
  assert.deepEqual(claims.roles, ['editor']);
  assert.deepEqual(claims.organizations, []);
  assert.ok(claims.updated_at > 1e12, 'milliseconds');
  for (const absent of ['at_hash', 'auth_time', 'nbf', 'azp', 'sid', 'custom_data', 'identities', 'organization_roles']) {
    assert.ok(!(absent in claims), absent);
  }

  const profile = await userinfo(url, body.access_token);
  assert.equal(profile.status, 200);
  assert.equal(profile.body.sub, claims.sub);
  assert.deepEqual(profile.body.custom_data, {});
  assert.deepEqual(profile.body.identities, {});
  assert.equal(body.refresh_token, undefined);
});

test('claims follow scopes', async () => {
  const { request, answer } = await signIn(new Browser(), { scope: 'openid' });
  const { body } = await exchange(url, answer.get('code'), request.verifier);
  const { claims } = await verify(url, body.id_token, ['ES384']);
  assert.deepEqual(Object.keys(claims).sort(), ['aud', 'exp', 'iat', 'iss', 'nonce', 'sub']);
});

test('offline_access counts only with prompt=consent', async () => {
  const scope = `${ALL_SCOPES} offline_access`;
  for (const [prompt, expected] of [[{}, 'undefined'], [{ prompt: 'consent' }, 'string']]) {
    const { request, answer } = await signIn(new Browser(), { scope, ...prompt });
    const { body } = await exchange(url, answer.get('code'), request.verifier);
    assert.equal(typeof body.refresh_token, expected);
  }
});

test('a session lives on: prompt=none, direct_sign_in ignored, prompt=login asks again', async () => {
  const browser = new Browser();
  const none = await browser.visit(authorization(url, { prompt: 'none' }).href, { stop: atSite });
  assert.equal(none.stopped.searchParams.get('error'), 'login_required');
  assert.equal(none.stopped.searchParams.get('iss'), `${url}/oidc`);
  await signIn(browser);
  for (const parameters of [{ prompt: 'none' }, { direct_sign_in: 'social:dingtalk' }]) {
    const { stopped } = await browser.visit(authorization(url, parameters).href, { stop: atSite });
    assert.ok(stopped.searchParams.get('code'));
  }
  const again = await browser.visit(authorization(url, { prompt: 'login' }).href, { stop: atSite });
  assert.match(again.page, /Sign in to your account/u);
  const refused = await browser.visit(authorization(url, { prompt: 'select_account' }).href, { stop: atSite });
  assert.equal(refused.stopped.searchParams.get('error'), 'invalid_request');
});

test('of two tabs, the interaction that began last wins', async () => {
  const browser = new Browser();
  const [first, last] = [authorization(url), authorization(url)];
  const page = await browser.visit(first.href);
  await browser.visit(last.href);
  assert.equal(page.headers.getSetCookie().length, 0);
  const fields = { identifier: 'alice@example.org', password: 'wonderland' };
  const { stopped } = await browser.submit(page, fields, { stop: atSite });
  assert.equal(stopped.searchParams.get('state'), last.state);
  assert.equal((await browser.submit(page, fields, { stop: atSite })).status, 400, 'nothing is left for the other tab');
  const again = await browser.visit(first.href, { stop: atSite });
  assert.equal(again.stopped.searchParams.get('state'), first.state, 'the session answers a new start');
});

test('the token endpoint', async () => {
  const { request, answer } = await signIn(new Browser());
  const code = answer.get('code');
  const attempts = [
    [{ secret: 'wrong' }, 401, 'invalid_client'],
    [{ secret: 'wrong', using: 'post' }, 401, 'invalid_client'],
    [{ id: 'nobody' }, 400, 'invalid_client'],
    [{ using: 'both' }, 400, 'invalid_request'],
    [{ code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant'],
    [{ redirect_uri: SIGNED_OUT }, 400, 'invalid_grant'],
    [{ using: 'post' }, 200, undefined],
    [{}, 400, 'invalid_grant'],
  ];
  for (const [how, status, error] of attempts) {
    const result = await exchange(url, code, request.verifier, how);
    assert.equal(result.status, status, JSON.stringify([how, result.body]));
    assert.equal(result.body.error, error);
    assert.equal(result.body.code, error && `oidc.${error}`);
  }
});

test('what the authorization endpoint refuses', async () => {
  const browser = new Browser();
  const trailing = await browser.visit(authorization(url, { redirect_uri: `${SIGNED_OUT}/` }).href);
  assert.equal(trailing.status, 400);
  assert.match(trailing.headers.get('content-type'), /^application\/json/u);
  assert.equal(JSON.parse(trailing.page).error, 'invalid_redirect_uri');
  assert.equal(JSON.parse(trailing.page).code, 'oidc.invalid_redirect_uri');
  const bare = await browser.visit(authorization(url, { code_challenge: '' }).href, { stop: atSite });
  assert.equal(bare.stopped.searchParams.get('error'), 'invalid_request');
  const plain = await browser.visit(authorization(url, { code_challenge_method: 'plain' }).href, { stop: atSite });
  assert.equal(plain.stopped.searchParams.get('error'), 'invalid_request');
});

test('the sign-in page speaks two languages and says what is wrong', async () => {
  const browser = new Browser();
  const page = await browser.visit(authorization(url, { ui_locales: 'zh-CN en' }).href);
  assert.match(page.page, /<html lang="zh-CN">/u);
  assert.match(page.headers.get('content-security-policy'), /default-src 'none'/u);
  const refused = await browser.submit(page, { identifier: 'a"><b>', password: 'no' });
  assert.equal(refused.status, 422);
  assert.match(refused.page, /role="alert"[^>]*>账号或密码错误/u);
  assert.match(refused.page, /value="a&quot;&gt;&lt;b&gt;"/u);
  const stranger = await new Browser().visit(page.at);
  assert.equal(stranger.status, 400);
  assert.match(stranger.page, /belongs to another browser/u);
});

test('first_screen=register makes an account', async () => {
  const browser = new Browser();
  const request = authorization(url, { first_screen: 'register' });
  const page = await browser.visit(request.href);
  assert.match(page.page, /Create your account/u);
  const taken = await browser.submit(page, { screen: 'register', identifier: 'alice', password: 'long enough' });
  assert.match(taken.page, /already in use/u);
  const fields = { screen: 'register', identifier: 'bob', password: 'long enough' };
  const { stopped } = await browser.submit(taken, fields, { stop: atSite });
  const { body } = await exchange(url, stopped.searchParams.get('code'), request.verifier);
  const { claims } = await verify(url, body.id_token, ['ES384']);
  assert.equal(claims.username, 'bob');
  assert.equal(claims.name, null);
  assert.equal(claims.email_verified, false);
});

test('signing out', async () => {
  const browser = new Browser();
  const { request, answer } = await signIn(browser);
  const { body } = await exchange(url, answer.get('code'), request.verifier);
  const end = new URL(`${url}/oidc/session/end`);
  end.search = new URLSearchParams({
    id_token_hint: body.id_token, post_logout_redirect_uri: SIGNED_OUT, state: 'bye',
  });
  const page = await browser.visit(end);
  assert.equal(page.status, 200);
  assert.match(page.page, /document\.forms\[0\]\.submit\(\)/u);
  const { stopped } = await browser.submit(page, {}, { stop: (to) => to.href.startsWith(SIGNED_OUT) });
  assert.equal(stopped.href, `${SIGNED_OUT}&state=bye`);
  const none = await browser.visit(authorization(url, { prompt: 'none' }).href, { stop: atSite });
  assert.equal(none.stopped.searchParams.get('error'), 'login_required');
  assert.equal((await userinfo(url, body.access_token)).status, 401);

  end.searchParams.set('post_logout_redirect_uri', `${SIGNED_OUT}x`);
  const refused = await browser.visit(end);
  assert.equal(refused.status, 400);
  assert.equal(JSON.parse(refused.page).error, 'invalid_request');
  end.search = new URLSearchParams({ post_logout_redirect_uri: SIGNED_OUT });
  const alone = await browser.visit(end);
  assert.equal((await browser.submit(alone, {})).status, 200);
});

test('back-channel logout', async (t) => {
  let receive;
  const received = new Promise((resolve) => {
    receive = resolve;
  });
  const site = createServer(async (request, response) => {
    const chunks = await request.toArray();
    response.end();
    receive(new URLSearchParams(Buffer.concat(chunks).toString()).get('logout_token'));
  });
  await new Promise((resolve) => {
    site.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => site.close());
  await world.logto.control('clients', {
    backchannel_logout_uri: `http://127.0.0.1:${site.address().port}/`, backchannel_logout_session_required: true,
  });
  t.after(() => world.logto.control('clients', {}));

  const browser = new Browser();
  const { request, answer } = await signIn(browser);
  const { body } = await exchange(url, answer.get('code'), request.verifier);
  const { claims: { sid, sub } } = await verify(url, body.id_token, ['ES384']);
  const page = await browser.visit(`${url}/oidc/session/end?client_id=app`);
  await browser.submit(page, {});
  const { payload, protectedHeader } = await jwtVerify(
    await received,
    createRemoteJWKSet(new URL(`${url}/oidc/jwks`)),
    { typ: 'logout+jwt', audience: 'app' },
  );
  assert.equal(protectedHeader.alg, 'ES384');
  assert.ok(sid);
  assert.deepEqual([payload.sid, payload.sub], [sid, sub]);
  assert.equal(payload.exp - payload.iat, 120);
});

test('what the console changes about an account shows at the next sign-in', async () => {
  const scope = `${ALL_SCOPES} urn:logto:scope:organization_roles`;
  const claimsNow = async () => {
    const { request, answer } = await signIn(new Browser(), { scope });
    const { body } = await exchange(url, answer.get('code'), request.verifier);
    return (await verify(url, body.id_token, ['ES384'])).claims;
  };
  const first = await claimsNow();
  await world.logto.control('users', { username: 'alice', organizations: ['o1'], organization_roles: ['o1:member'] });
  const claims = await claimsNow();
  assert.deepEqual([claims.organizations, claims.organization_roles, claims.roles], [['o1'], ['o1:member'], ['editor']]);
  assert.equal(claims.sub, first.sub);
  await world.logto.control('users', { username: 'alice', organizations: [], organization_roles: [] });
  assert.deepEqual((await claimsNow()).organizations, []);
  await assert.rejects(world.logto.control('users', { username: 'nobody' }), /404/u);
});
