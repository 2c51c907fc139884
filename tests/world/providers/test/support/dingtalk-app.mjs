// An app at DingTalk: what its server and its visitors send there.

import assert from 'node:assert/strict';

import { Browser } from './browser.mjs';
import { DINGTALK, post } from './world.mjs';

export const CALLBACK = 'http://127.0.0.1:9/callback';
export const APP = { clientId: DINGTALK.client_id, clientSecret: DINGTALK.client_secret };

/** Whether the browser is about to reach the app. */
export function atApp(url) {
  return url.href.startsWith(CALLBACK);
}

/** The app's calls to the stand-in at `url`. */
export function app(url) {
  const authorize = (parameters = {}) => {
    const address = new URL(`${url}/oauth2/auth`);
    address.search = new URLSearchParams({
      client_id: APP.clientId, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid', prompt: 'consent', state: 's',
      ...parameters,
    });
    return address;
  };
  const callback = async (parameters, fields = { visitor: 'union-2', decision: 'agree' }) => {
    const browser = new Browser();
    const page = await browser.visit(authorize(parameters));
    const { stopped } = await browser.submit(page, fields, { stop: atApp });
    return Object.fromEntries(stopped.searchParams);
  };
  const exchange = (more) => post(`${url}/v1.0/oauth2/userAccessToken`, { ...APP, grantType: 'authorization_code', ...more });
  return { authorize, callback, exchange };
}

/** An error of api.dingtalk.com; its body. */
export async function refused(response, status, code) {
  const body = await response.json();
  assert.equal(response.status, status, JSON.stringify(body));
  assert.equal(body.code, code);
  assert.ok(body.requestid && body.message);
  return body;
}
