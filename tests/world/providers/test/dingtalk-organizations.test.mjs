// Organisations at DingTalk: who chooses one, and what the app learns of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Browser } from './support/browser.mjs';
import { app, atApp } from './support/dingtalk-app.mjs';
import { DINGTALK, launch, VISITORS } from './support/world.mjs';

const SEVERAL = {
  unionId: 'union-4', openId: 'open-4', nick: '钱七', mobile: null, stateCode: null, avatarUrl: null, email: null,
  organizations: [{ corpId: 'dingcorp1', name: '江南实业 <西区>' }, { corpId: 'dingcorp2', name: '河北书店' }],
};

let dingtalk;
let authorize;
let callback;
let exchange;
before(async () => {
  const redirectUris = ['http://127.0.0.1:9/callback'];
  dingtalk = await launch('dingtalk', { ...DINGTALK, redirect_uris: redirectUris, visitors: [...VISITORS, SEVERAL] });
  ({ authorize, callback, exchange } = app(dingtalk.url));
});
after(() => dingtalk.stop());

async function corpId(parameters, fields) {
  const { authCode } = await callback(parameters, fields);
  return (await (await exchange({ code: authCode })).json()).corpId;
}

/** The page where a visitor chooses an organisation. */
async function picker(browser, visitor) {
  const consent = await browser.visit(authorize({ scope: 'openid corpid', lang: 'en' }));
  const page = await browser.submit(consent, { visitor, decision: 'agree' });
  assert.equal(page.status, 200);
  assert.match(page.page, /<html lang="en">[\s\S]*Choose an organization/u);
  return page;
}

test('corpId comes with its scope', async () => {
  assert.equal(await corpId({ scope: 'openid corpid' }), 'dingcorp1');
  assert.equal(await corpId({}), undefined);
});

test('a visitor with several organisations chooses one', async () => {
  const browser = new Browser();
  const page = await picker(browser, 'union-4');
  assert.match(page.page, /江南实业 &lt;西区&gt;<small>dingcorp1/u);
  const { stopped } = await browser.submit(page, { organization: 'dingcorp2', decision: 'agree' }, { stop: atApp });
  const tokens = await (await exchange({ code: stopped.searchParams.get('authCode') })).json();
  assert.equal(tokens.corpId, 'dingcorp2');

  const foreign = await picker(browser, 'union-4');
  assert.equal((await browser.submit(foreign, { organization: 'dingcorp3', decision: 'agree' })).status, 400);
  const none = await picker(browser, 'union-4');
  assert.equal((await browser.submit(none, { organization: '', decision: 'agree' })).status, 400);
  const cancelled = await browser.submit(await picker(browser, 'union-4'), { decision: 'cancel' }, { stop: atApp });
  assert.equal(cancelled.stopped.searchParams.get('error'), 'access_denied');
});

test('a visitor without an organisation goes on without one', async () => {
  const browser = new Browser();
  const page = await picker(browser, 'union-3');
  assert.match(page.page, /No organization/u);
  const { stopped } = await browser.submit(page, { organization: '', decision: 'agree' }, { stop: atApp });
  const tokens = await (await exchange({ code: stopped.searchParams.get('authCode') })).json();
  assert.equal('corpId' in tokens, false);
});

test('an app may ask for one organisation', async () => {
  const exclusive = { exclusiveLogin: 'true', exclusiveCorpId: 'dingcorp2' };
  const page = await new Browser().visit(authorize(exclusive));
  assert.match(page.page, /value="union-4"/u);
  assert.doesNotMatch(page.page, /value="union-[23]"/u);
  const of = { scope: 'openid corpid', visitor: 'union-4', decision: 'agree' };
  assert.equal(await corpId({ scope: of.scope, ...exclusive }, of), 'dingcorp2');
  assert.equal(await corpId({ scope: of.scope, org_type: 'management', corpId: 'dingcorp1' }, of), 'dingcorp1');
  assert.equal((await fetch(authorize({ exclusiveLogin: 'true' }))).status, 400);
});
