// A visitor of DingTalk at the tenant: both stand-ins together.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { atSite, authorization, exchange, userinfo, verify } from './support/client.mjs';
import { Browser } from './support/browser.mjs';
import { launchBoth } from './support/world.mjs';

let world;
let url;
before(async () => {
  world = await launchBoth();
  ({ url } = world.logto);
});
after(() => world.stop());

async function consentPage(browser, request) {
  const page = await browser.visit(request.href);
  assert.equal(page.at.origin, world.dingtalk.url);
  return page;
}

async function signIn(browser, visitor) {
  const request = authorization(url, { direct_sign_in: 'social:dingtalk', prompt: 'login' });
  const page = await consentPage(browser, request);
  const { stopped } = await browser.submit(page, { visitor, decision: 'agree' }, { stop: atSite });
  const { body } = await exchange(url, stopped.searchParams.get('code'), request.verifier);
  const { claims } = await verify(url, body.id_token, ['ES384']);
  return { claims, profile: (await userinfo(url, body.access_token)).body };
}

test('direct_sign_in goes straight to DingTalk and makes an account', async () => {
  const { claims, profile } = await signIn(new Browser(), 'union-2');
  assert.equal(claims.name, '李四');
  assert.equal(claims.picture, `${world.dingtalk.url}/avatars/union-2.svg`);
  assert.equal(claims.email, null);
  assert.equal(claims.email_verified, false);
  assert.equal(claims.phone_number, '8613800000002');
  assert.equal(claims.username, null);
  assert.equal(profile.identities.dingtalk.userId, 'union-2');
  assert.equal(profile.identities.dingtalk.details.name, '李四');

  const again = await signIn(new Browser(), 'union-2');
  assert.equal(again.claims.sub, claims.sub, 'the same account the second time');
  const other = await signIn(new Browser(), 'union-3');
  assert.notEqual(other.claims.sub, claims.sub);
  assert.equal(other.claims.phone_number, null);
  assert.equal(other.claims.email, 'ada@example.org', 'the connector passes the address on');
  assert.equal(other.claims.email_verified, true, 'and Logto calls its primary address verified');
  assert.equal(other.profile.identities.dingtalk.details.email, 'ada@example.org');
});

test('a new visitor invents a username first, unless the console says otherwise', async (t) => {
  const real = await launchBoth({ ask_username: true });
  t.after(() => real.stop());
  const browser = new Browser();
  const request = authorization(real.logto.url, { direct_sign_in: 'social:dingtalk' });
  const page = await browser.visit(request.href);
  const asked = await browser.submit(page, { visitor: 'union-2', decision: 'agree' });
  assert.match(asked.page, /Choose a username/u);
  const taken = await browser.submit(asked, { screen: 'username', identifier: 'alice' });
  assert.equal(taken.status, 422);
  const { stopped } = await browser.submit(taken, { screen: 'username', identifier: 'lisi' }, { stop: atSite });
  const { body } = await exchange(real.logto.url, stopped.searchParams.get('code'), request.verifier);
  const { claims } = await verify(real.logto.url, body.id_token, ['ES384']);
  assert.deepEqual([claims.username, claims.preferred_username, claims.name], ['lisi', 'lisi', '李四']);

  await real.logto.control('sign-in', { ask_username: false });
  const other = new Browser();
  const consent = await other.visit(authorization(real.logto.url, { direct_sign_in: 'social:dingtalk' }).href);
  assert.ok((await other.submit(consent, { visitor: 'union-3', decision: 'agree' }, { stop: atSite })).stopped);
});

test('the connector reads only `code`', async (t) => {
  t.after(() => world.dingtalk.control('behaviour', { callback_names: ['authCode', 'code'] }));
  for (const [names, ok] of [[['authCode'], false], [['code'], true]]) {
    await world.dingtalk.control('behaviour', { callback_names: names });
    const browser = new Browser();
    const page = await consentPage(browser, authorization(url, { direct_sign_in: 'social:dingtalk' }));
    const back = await browser.submit(page, { visitor: 'union-2', decision: 'agree' }, { stop: atSite });
    assert.equal(back.stopped !== undefined, ok, names[0]);
  }
});

test('the button on the sign-in page', async () => {
  const browser = new Browser();
  const page = await browser.visit(authorization(url).href);
  const [, path] = /id="social-dingtalk" href="([^"]*)"/u.exec(page.page);
  const consent = await browser.visit(new URL(path, url));
  assert.match(consent.page, /<html lang="zh-CN">[\s\S]*同意并登录/u);
});

test('who cancels at DingTalk stays at Logto', async () => {
  const browser = new Browser();
  const page = await consentPage(browser, authorization(url, { direct_sign_in: 'social:dingtalk' }));
  const back = await browser.submit(page, { visitor: 'union-2', decision: 'cancel' });
  assert.equal(back.status, 200);
  assert.equal(back.at.origin, url);
  assert.match(back.page, /role="alert"[^>]*>You cancelled the sign-in at DingTalk/u);
});

test('an app without permission', async () => {
  await world.dingtalk.control('behaviour', { permissions: [] });
  const browser = new Browser();
  const page = await consentPage(browser, authorization(url, { direct_sign_in: 'social:dingtalk' }));
  const back = await browser.submit(page, { visitor: 'union-2', decision: 'agree' });
  assert.match(back.page, /DingTalk did not confirm the sign-in/u);
  await world.dingtalk.control('behaviour', { permissions: ['Contact.User.Read', 'Contact.User.mobile'] });
});

test("a callback counts once, and in the visitor's own browser only", async () => {
  const browser = new Browser();
  const page = await consentPage(browser, authorization(url, { direct_sign_in: 'social:dingtalk' }));
  const stop = (to) => to.pathname === '/callback/dingtalk';
  const { stopped } = await browser.submit(page, { visitor: 'union-2', decision: 'agree' }, { stop });
  assert.equal((await new Browser().visit(stopped)).status, 400);
  assert.ok((await browser.visit(stopped, { stop: atSite })).stopped);
  assert.equal((await browser.visit(stopped, { stop: atSite })).status, 400);
});
