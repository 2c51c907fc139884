// DingTalk's wire format, success and failure.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { app, CALLBACK, refused } from './support/dingtalk-app.mjs';
import { DINGTALK, launch, VISITORS } from './support/world.mjs';

let dingtalk;
let url;
let authorize;
let callback;
let exchange;
before(async () => {
  dingtalk = await launch('dingtalk', { ...DINGTALK, redirect_uris: [CALLBACK], visitors: VISITORS });
  ({ url } = dingtalk);
  ({ authorize, callback, exchange } = app(url));
});
after(() => dingtalk.stop());

async function userToken(parameters) {
  const { authCode } = await callback(parameters);
  return (await exchange({ code: authCode })).json();
}

function me(token) {
  return fetch(`${url}/v1.0/contact/users/me`, { headers: token ? { 'x-acs-dingtalk-access-token': token } : {} });
}

test('every required parameter is required', async () => {
  assert.equal((await fetch(authorize())).status, 200);
  const wrong = {
    client_id: 'x', redirect_uri: `${CALLBACK}/`, response_type: 'token', scope: 'profile', prompt: 'none', state: '',
  };
  for (const [name, value] of Object.entries(wrong)) {
    const response = await fetch(authorize({ [name]: value }));
    assert.equal(response.status, 400, name);
    assert.match(await response.text(), new RegExp(`<code>${name}</code>`, 'u'));
  }
  await dingtalk.control('redirect_uris', { redirect_uris: [] });
  assert.equal((await fetch(authorize())).status, 400);
  await dingtalk.control('redirect_uris', { redirect_uris: [CALLBACK] });
});

test('the callback', async () => {
  assert.deepEqual(Object.keys(await callback()), ['authCode', 'code', 'state']);
  const both = await callback();
  assert.equal(both.code, both.authCode);
  await dingtalk.control('behaviour', { callback_names: ['code'] });
  assert.deepEqual(Object.keys(await callback()), ['code', 'state']);
  await dingtalk.control('behaviour', { callback_names: ['authCode'] });
  assert.deepEqual(await callback({}, { decision: 'cancel' }), { error: 'access_denied', state: 's' });
});

test('a code is good once and for five minutes', async () => {
  const { authCode: code } = await callback();
  await refused(await exchange({ code, clientSecret: 'x' }), 400, 'invalidClientIdOrSecret');
  const response = await exchange({ code });
  assert.equal(response.status, 200);
  const tokens = await response.json();
  assert.deepEqual(Object.keys(tokens), ['accessToken', 'refreshToken', 'expireIn']);
  assert.equal(tokens.expireIn, 7200);
  await refused(await exchange({ code }), 400, 'invalidParameter.authCode.notFound');
  const refreshed = await exchange({ grantType: 'refresh_token', refreshToken: tokens.refreshToken });
  assert.equal(refreshed.status, 200);

  const { authCode: late } = await callback();
  await dingtalk.control('clock', { advance: 301 });
  await refused(await exchange({ code: late }), 400, 'invalidParameter.authCode.notFound');
});

test('the profile and its errors', async () => {
  const { accessToken } = await userToken();
  const profile = await (await me(accessToken)).json();
  assert.deepEqual(profile, {
    nick: '李四', unionId: 'union-2', openId: 'open-2', avatarUrl: `${url}/avatars/union-2.svg`,
    mobile: '13800000002', stateCode: '86',
  });
  const avatar = await fetch(profile.avatarUrl);
  assert.equal(avatar.headers.get('content-type'), 'image/svg+xml');

  await dingtalk.control('behaviour', { mask_mobile: true });
  assert.equal((await (await me(accessToken)).json()).mobile, '138****0002');
  await dingtalk.control('behaviour', { permissions: ['Contact.User.Read'] });
  assert.equal('mobile' in await (await me(accessToken)).json(), false);
  await dingtalk.control('behaviour', { permissions: [] });
  const denied = await refused(await me(accessToken), 403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied');
  assert.deepEqual(denied.requiredScopes, ['Contact.User.Read']);
  await dingtalk.control('behaviour', { permissions: ['Contact.User.Read', 'Contact.User.mobile'], mask_mobile: false });

  await dingtalk.control('behaviour', { released: false });
  await refused(await me(accessToken), 400, 'InvalidAuthentication');
  await dingtalk.control('behaviour', { released: true, visible_to: ['union-3'] });
  await refused(await me(accessToken), 404, 'invalidParameter.user.notFound');
  await dingtalk.control('behaviour', { visible_to: null });

  await refused(await me(), 400, 'InvalidAuthentication');
  await refused(await me('made up'), 400, 'InvalidAuthentication');
  await dingtalk.control('visitors', { visitors: VISITORS.slice(1) });
  await refused(await me(accessToken), 404, 'invalidParameter.user.notFound');
  await dingtalk.control('visitors', { visitors: VISITORS });
  await dingtalk.control('clock', { advance: 7201 });
  await refused(await me(accessToken), 400, 'accesstoken.expired');
  await dingtalk.control('behaviour', { token_life: 0 });
  const { accessToken: brief, expireIn } = await userToken();
  assert.equal(expireIn, 0);
  await refused(await me(brief), 400, 'accesstoken.expired');
  await dingtalk.control('behaviour', { token_life: 7200 });
});

test('the errors of the token answer', async () => {
  const { authCode: code } = await callback();
  await refused(await exchange({ code, clientId: 'x' }), 400, 'invalidClientIdOrSecret');
  await dingtalk.control('behaviour', { client_secret: 'a new one' });
  await refused(await exchange({ code }), 400, 'invalidClientIdOrSecret');
  assert.equal((await exchange({ code, clientSecret: 'a new one' })).status, 200);
  await dingtalk.control('behaviour', { client_secret: null });
  await refused(await exchange({ grantType: 'password' }), 400, 'invalidParameter.grantType');
  await refused(await exchange({ grantType: 'refresh_token', refreshToken: code }), 400, 'invalidParameter.refreshToken.notFound');
  const form = await fetch(`${url}/v1.0/oauth2/userAccessToken`, { method: 'POST', body: new URLSearchParams({ code }) });
  await refused(form, 400, 'InvalidParameter');
});

test('a planned reply takes the place of the real one', async () => {
  const path = '/v1.0/oauth2/userAccessToken';
  await dingtalk.control('behaviour', { replies: { [path]: { status: 503, body: { code: 'ServiceUnavailable' } } } });
  assert.equal((await exchange({ code: 'x' })).status, 503);
  await dingtalk.control('behaviour', { replies: {} });
});
