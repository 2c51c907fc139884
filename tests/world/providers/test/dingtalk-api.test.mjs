// DingTalk's wire format, success and failure.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Browser } from './support/browser.mjs';
import { DINGTALK, launch, post, VISITORS } from './support/world.mjs';

const CALLBACK = 'http://127.0.0.1:9/callback';
const APP = { clientId: DINGTALK.client_id, clientSecret: DINGTALK.client_secret };

let dingtalk;
let url;
before(async () => {
  dingtalk = await launch('dingtalk', { ...DINGTALK, redirect_uris: [CALLBACK], visitors: VISITORS });
  ({ url } = dingtalk);
});
after(() => dingtalk.stop());

function authorize(parameters = {}) {
  const address = new URL(`${url}/oauth2/auth`);
  address.search = new URLSearchParams({
    client_id: APP.clientId, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid', prompt: 'consent', state: 's',
    ...parameters,
  });
  return address;
}

async function callback(parameters, fields = { visitor: 'union-2', decision: 'agree' }) {
  const browser = new Browser();
  const page = await browser.visit(authorize(parameters));
  const { stopped } = await browser.submit(page, fields, { stop: (to) => to.href.startsWith(CALLBACK) });
  return Object.fromEntries(stopped.searchParams);
}

function exchange(more) {
  return post(`${url}/v1.0/oauth2/userAccessToken`, { ...APP, grantType: 'authorization_code', ...more });
}

async function userToken(parameters) {
  const { authCode } = await callback(parameters);
  return (await exchange({ code: authCode })).json();
}

function me(token) {
  return fetch(`${url}/v1.0/contact/users/me`, { headers: token ? { 'x-acs-dingtalk-access-token': token } : {} });
}

async function refused(response, status, code) {
  const body = await response.json();
  assert.equal(response.status, status, JSON.stringify(body));
  assert.equal(body.code, code);
  assert.ok(body.requestid && body.message);
  return body;
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
  assert.deepEqual(Object.keys(await callback()), ['authCode', 'state']);
  await dingtalk.control('behaviour', { callback_code: true });
  const both = await callback();
  assert.equal(both.code, both.authCode);
  await dingtalk.control('behaviour', { callback_code: false });
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

test('corpId comes with its scope, for members only', async () => {
  assert.equal((await userToken({ scope: 'openid corpid' })).corpId, 'dingcorp1');
  assert.equal((await userToken()).corpId, undefined);
  const page = await new Browser().visit(authorize({ exclusiveLogin: 'true', exclusiveCorpId: 'dingcorp1' }));
  assert.match(page.page, /union-2/u);
  assert.doesNotMatch(page.page, /value="union-3"/u);
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

  await refused(await me(), 400, 'InvalidAuthentication');
  await refused(await me('made up'), 400, 'InvalidAuthentication');
  await dingtalk.control('visitors', { visitors: VISITORS.slice(1) });
  await refused(await me(accessToken), 404, 'invalidParameter.user.notFound');
  await dingtalk.control('visitors', { visitors: VISITORS });
  await dingtalk.control('clock', { advance: 7201 });
  await refused(await me(accessToken), 400, 'accesstoken.expired');
});

test('inside the DingTalk app', async () => {
  const token = await post(`${url}/v1.0/oauth2/accessToken`, { appKey: APP.clientId, appSecret: APP.clientSecret });
  const { accessToken, expireIn } = await token.json();
  assert.equal(expireIn, 7200);
  await refused(await post(`${url}/v1.0/oauth2/accessToken`, { appKey: 'x' }), 400, 'invalidClientIdOrSecret');
  const info = async (access, code) => {
    const response = await post(`${url}/topapi/v2/user/getuserinfo?access_token=${access}`, { code });
    assert.equal(response.status, 200);
    return response.json();
  };
  const { code } = await dingtalk.control('in_app_codes', { unionId: 'union-2' });
  await refused(await exchange({ code }), 400, 'invalidParameter.authCode.notFound');
  assert.equal((await info('x', code)).errcode, 40014);
  await dingtalk.control('behaviour', { permissions: [] });
  assert.equal((await info(accessToken, code)).errcode, 88);
  await dingtalk.control('behaviour', { permissions: ['Contact.User.Read'] });
  const { errcode, result } = await info(accessToken, code);
  assert.equal(errcode, 0);
  assert.equal(result.unionid, 'union-2');
  assert.equal(result.name, '李四');
  assert.equal((await info(accessToken, code)).errcode, 40078);
  assert.equal((await info(accessToken, (await callback()).authCode)).errcode, 40078);
});

test('a planned reply takes the place of the real one', async () => {
  const path = '/v1.0/oauth2/userAccessToken';
  await dingtalk.control('behaviour', { replies: { [path]: { status: 503, body: { code: 'ServiceUnavailable' } } } });
  assert.equal((await exchange({ code: 'x' })).status, 503);
  await dingtalk.control('behaviour', { replies: {} });
});
