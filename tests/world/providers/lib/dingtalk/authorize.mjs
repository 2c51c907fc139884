// login.dingtalk.com: the visitor says who they are and whether the app may know it.

import { randomUUID } from 'node:crypto';

import { HttpError, readForm, redirect, send, sendPage, withQuery } from '../http.mjs';
import { chooseLocale } from '../locale.mjs';
import { belongsTo, organizationsOf } from './organizations.mjs';
import * as pages from './pages.mjs';

export function authorizeRoutes(state) {
  const pending = new Map();
  return {
    'GET /oauth2/auth': async (_request, response, { url }) => {
      const wanted = check(state, url.searchParams);
      const id = randomUUID();
      pending.set(id, wanted);
      const locale = chooseLocale(url.searchParams.get('lang') ?? '', 'zh-CN');
      sendPage(response, 200, pages.consent({ locale, id, url, ...wanted, visitors: eligible(state, wanted) }));
    },
    'POST /oauth2/consent': async (request, response) => {
      const form = await readForm(request);
      const id = form.get('request');
      const wanted = pending.get(id);
      if (!wanted) {
        throw new HttpError(400, 'request');
      }
      const choice = choiceLeft(state, wanted, form);
      if (choice) {
        sendPage(response, 200, pages.organization({ locale: chooseLocale(form.get('lang') ?? '', 'zh-CN'), id, ...choice }));
        return;
      }
      redirect(response, answer(state, wanted, form));
      pending.delete(id);
    },
    'GET /avatars/:name': async (_request, response, { params }) => {
      const visitor = state.visitor(decodeURIComponent(params.name).replace(/\.svg$/u, ''));
      if (!visitor) {
        throw new HttpError(404, 'not found');
      }
      send(response, 200, 'image/svg+xml', String(pages.avatar(visitor.nick)));
    },
  };
}

/** What the parameters ask for; a message names the first parameter that is wrong. */
function check(state, parameters) {
  const value = (name) => parameters.get(name) ?? undefined;
  const require = (name, allowed) => {
    if (!allowed(value(name))) {
      throw new HttpError(400, name);
    }
  };
  for (const name of parameters.keys()) {
    require(name, () => parameters.getAll(name).length === 1);
  }
  require('client_id', (id) => id === state.clientId);
  require('redirect_uri', (uri) => state.redirectUris.includes(uri));
  require('response_type', (type) => type === 'code');
  require('scope', (scope) => scope === 'openid' || scope === 'openid corpid');
  require('prompt', (prompt) => prompt === 'consent');
  require('state', (given) => given !== undefined && given !== '');
  require('exclusiveCorpId', (corpId) => value('exclusiveLogin') !== 'true' || corpId !== undefined);
  return {
    redirectUri: value('redirect_uri'),
    state: value('state'),
    withCorpId: value('scope') === 'openid corpid',
    corpId: value('exclusiveLogin') === 'true' ? value('exclusiveCorpId') : value('corpId'),
  };
}

/** With an organisation asked for, only its members. */
function eligible(state, { corpId }) {
  return state.visitors.filter((visitor) => corpId === undefined || belongsTo(visitor, corpId));
}

/** The visitor whom the form names. */
function visitorOf(state, wanted, form) {
  const visitor = eligible(state, wanted).find(({ unionId }) => unionId === form.get('visitor'));
  if (!visitor) {
    throw new HttpError(400, 'visitor');
  }
  return visitor;
}

/** What the visitor still has to choose from: nothing, or the organisation to sign in for. */
function choiceLeft(state, wanted, form) {
  if (form.get('decision') !== 'agree' || form.has('organization') || !wanted.withCorpId || wanted.corpId !== undefined) {
    return undefined;
  }
  const visitor = visitorOf(state, wanted, form);
  const organizations = organizationsOf(visitor);
  return organizations.length === 1 ? undefined : { visitor, organizations };
}

/** The organisation that the code is good for; a visitor without one has none. */
function corpIdOf(wanted, visitor, form) {
  if (!wanted.withCorpId) {
    return undefined;
  }
  const organizations = organizationsOf(visitor);
  const chosen = wanted.corpId ?? form.get('organization') ?? organizations[0]?.corpId;
  if (chosen && !belongsTo(visitor, chosen) || !chosen && organizations.length > 0) {
    throw new HttpError(400, 'organization');
  }
  return chosen || undefined;
}

/** Where the visitor goes from the consent page. */
function answer(state, wanted, form) {
  if (form.get('decision') !== 'agree') {
    return withQuery(wanted.redirectUri, { error: 'access_denied', state: wanted.state });
  }
  const visitor = visitorOf(state, wanted, form);
  const code = state.issueCode('authCode', { unionId: visitor.unionId, corpId: corpIdOf(wanted, visitor, form) });
  const named = Object.fromEntries(state.behaviour.callback_names.map((name) => [name, code]));
  return withQuery(wanted.redirectUri, { ...named, state: wanted.state });
}
