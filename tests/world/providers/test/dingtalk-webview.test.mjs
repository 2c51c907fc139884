// Inside the DingTalk app: codes of the JSAPI, and the calls that they are good for.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { APP, app, CALLBACK, refused } from './support/dingtalk-app.mjs';
import { DINGTALK, launch, post, VISITORS } from './support/world.mjs';

const WANTED = { unionId: 'union-2', corpId: 'dingcorp1', clientId: APP.clientId };

let dingtalk;
let url;
before(async () => {
  dingtalk = await launch('dingtalk', { ...DINGTALK, redirect_uris: [CALLBACK], visitors: VISITORS });
  ({ url } = dingtalk);
});
after(() => dingtalk.stop());

async function inAppCode() {
  const response = await post(`${url}/webview/auth_code`, WANTED);
  assert.equal(response.status, 200);
  return (await response.json()).code;
}

async function appToken() {
  const response = await post(`${url}/v1.0/oauth2/accessToken`, { appKey: APP.clientId, appSecret: APP.clientSecret });
  const { accessToken, expireIn } = await response.json();
  assert.equal(expireIn, 7200);
  return accessToken;
}

/** An answer of the older API, which is 200 whatever it says. */
async function info(access, code) {
  const response = await post(`${url}/topapi/v2/user/getuserinfo?access_token=${access}`, { code });
  assert.equal(response.status, 200);
  const answer = await response.json();
  assert.ok(answer.request_id);
  return answer;
}

test('a code becomes the visitor, once and within five minutes', async () => {
  const [access, code] = [await appToken(), await inAppCode()];
  const { errcode, result } = await info(access, code);
  assert.equal(errcode, 0);
  assert.deepEqual([result.unionid, result.name, result.userid], ['union-2', '李四', 'user-union-2']);
  assert.equal((await info(access, code)).errcode, 40078);
  const late = await inAppCode();
  await dingtalk.control('clock', { advance: 301 });
  assert.equal((await info(access, late)).errcode, 40078);
});

test('codes of the app and of the browser are not interchangeable', async () => {
  const { callback, exchange } = app(url);
  await refused(await exchange({ code: await inAppCode() }), 400, 'invalidParameter.authCode.notFound');
  assert.equal((await info(await appToken(), (await callback()).authCode)).errcode, 40078);
});

test('the errors of both calls', async () => {
  const asks = (body) => post(`${url}/v1.0/oauth2/accessToken`, body);
  await refused(await asks({ appKey: 'x', appSecret: APP.clientSecret }), 400, 'invalidClientIdOrSecret');
  await refused(await asks({ appKey: APP.clientId }), 400, 'invalidClientIdOrSecret');

  const [access, code] = [await appToken(), await inAppCode()];
  assert.equal((await info('made up', code)).errcode, 40014);
  await dingtalk.control('behaviour', { permissions: [] });
  const denied = await info(access, code);
  assert.deepEqual([denied.errcode, denied.sub_code], [88, '60011']);
  await dingtalk.control('behaviour', { permissions: ['Contact.User.Read'], released: false });
  assert.equal((await info(access, code)).errcode, 40014);
  await dingtalk.control('behaviour', { released: true, visible_to: ['union-3'] });
  assert.equal((await info(access, code)).errcode, 60121);
  await dingtalk.control('behaviour', { visible_to: null });
  assert.equal((await info(access, 'made up')).errcode, 40078);
  assert.equal((await info(access, undefined)).errcode, 40078);
  await dingtalk.control('clock', { advance: 7201 });
  assert.equal((await info(access, await inAppCode())).errcode, 40014);
});

test('the app gives codes to its own apps and organisations only', async () => {
  const refusal = async (changes) => {
    const response = await post(`${url}/webview/auth_code`, { ...WANTED, ...changes });
    assert.equal(response.status, 403);
    return (await response.json()).errorCode;
  };
  assert.equal(await refusal({ clientId: 'another' }), '52010');
  assert.equal(await refusal({ corpId: 'dingcorp2' }), '52011');
  assert.equal(await refusal({ corpId: undefined }), '52011');
  assert.equal(await refusal({ unionId: 'union-3' }), '52011');
  assert.equal(await refusal({ unionId: 'nobody' }), '52011');
  await dingtalk.control('behaviour', { visible_to: ['union-3'] });
  assert.equal(await refusal({}), '52011');
  await dingtalk.control('behaviour', { visible_to: null, released: false });
  assert.equal(await refusal({}), '52010');
  await dingtalk.control('behaviour', { released: true });
});

test('no page of another site makes the app give a code', async () => {
  const sent = await fetch(`${url}/webview/auth_code`, { method: 'POST', body: JSON.stringify(WANTED) });
  assert.equal(sent.status, 415);
  const preflight = await fetch(`${url}/webview/auth_code`, { method: 'OPTIONS' });
  assert.equal(preflight.headers.get('access-control-allow-origin'), null);
});
