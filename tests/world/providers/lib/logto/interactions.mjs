// What happens between the authorization request and its answer: sign in, register, or come from DingTalk.

import { HttpError, readForm, redirect, sendPage } from '../http.mjs';
import { chooseLocale } from '../locale.mjs';
import { log } from '../process.mjs';
import { SocialError } from './connector.mjs';
import * as pages from './pages.mjs';

/** Routes over `tenant`: `{provider, accounts, connector}`, whose provider may be another one after a key rotation. */
export function interactionRoutes(tenant) {
  return {
    'GET /sign-in': withInteraction(tenant, show),
    'POST /sign-in': withInteraction(tenant, submit),
    'GET /sign-in/dingtalk': withInteraction(tenant, startSocial),
    'GET /sign-in/dingtalk/finish': withInteraction(tenant, finishSocial),
    'GET /callback/dingtalk': receiveSocial(tenant),
  };
}

/** The interaction is the one that began last in the visitor's browser, whatever tab the request comes from. */
function withInteraction(tenant, step) {
  return async (request, response, { url }) => {
    let interaction;
    try {
      interaction = await tenant.provider.interactionDetails(request, response);
    } catch (cause) {
      throw Object.assign(new HttpError(400, 'session_not_found'), { cause });
    }
    const locale = chooseLocale(`${interaction.params.ui_locales ?? ''} ${request.headers['accept-language']}`, 'en');
    await step({ tenant, request, response, url, interaction, locale });
  };
}

async function show(visit) {
  const { tenant, response, url, interaction } = visit;
  if (interaction.prompt.name === 'consent') {
    await (tenant.isThirdParty() ? askConsent(visit) : grant(visit));
    return;
  }
  const { first_screen: firstScreen, direct_sign_in: directSignIn, login_hint: identifier } = interaction.params;
  const untouched = url.search === '';
  if (untouched && tenant.connector && directSignIn === 'social:dingtalk') {
    redirect(response, tenant.connector.start(interaction.uid));
    return;
  }
  const first = /register$/u.test(firstScreen ?? '') ? 'register' : 'sign_in';
  showForm(visit, 200, {
    screen: url.searchParams.get('screen') ?? first,
    error: url.searchParams.get('error') ?? undefined,
    identifier,
  });
}

function showForm({ tenant, response, locale }, status, fields) {
  const social = tenant.connector !== undefined;
  sendPage(response, status, pages.signIn({ locale, social, ...fields }));
}

async function submit(visit) {
  const form = await readForm(visit.request);
  const [screen, identifier, password] = ['screen', 'identifier', 'password'].map((name) => form.get(name) ?? '');
  const { accounts } = visit.tenant;
  if (visit.interaction.prompt.name === 'consent') {
    await decide(visit, form.get('decision'));
    return;
  }
  if (screen === 'username') {
    await addUsername(visit, identifier);
    return;
  }
  if (screen === 'register') {
    const error = problemWith(accounts, identifier, password);
    if (error) {
      showForm(visit, 422, { screen, identifier, error });
      return;
    }
    await signIn(visit, accounts.add({ username: identifier, password }));
    return;
  }
  const account = accounts.authenticate(identifier, password);
  if (!account) {
    showForm(visit, 422, { screen, identifier, error: 'invalid_credentials' });
    return;
  }
  await signIn(visit, account);
}

function problemWith(accounts, username, password) {
  return problemWithUsername(accounts, username) ?? (password.length < 8 ? 'password_too_short' : undefined);
}

function problemWithUsername(accounts, username) {
  if (!/^[A-Za-z_]\w*$/u.test(username)) {
    return 'username_invalid';
  }
  return accounts.isTaken(username) ? 'username_taken' : undefined;
}

function signIn({ tenant, request, response }, account) {
  return tenant.provider.interactionFinished(request, response, { login: { accountId: account.sub } });
}

/** A third-party application: the visitor decides. */
function askConsent({ response, interaction, locale }) {
  sendPage(response, 200, pages.consent(locale, interaction.params.scope));
}

/** Cancel leads to the bare redirect URI: neither `error` nor `state` comes along. */
async function decide(visit, decision) {
  if (decision === 'authorize') {
    await grant(visit);
    return;
  }
  redirect(visit.response, visit.interaction.params.redirect_uri);
}

/** A first-party application: Logto asks nobody, it grants what was asked for. */
async function grant({ tenant, request, response, interaction }) {
  const { grantId, prompt, params, session } = interaction;
  const { Grant } = tenant.provider;
  const granted = (grantId && await Grant.find(grantId))
    || new Grant({ accountId: session.accountId, clientId: params.client_id });
  granted.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(' '));
  granted.addOIDCClaims(prompt.details.missingOIDCClaims ?? []);
  await tenant.provider.interactionFinished(request, response, { consent: { grantId: await granted.save() } });
}

async function startSocial({ tenant, response, interaction }) {
  if (!tenant.connector) {
    throw new HttpError(404, 'no connector');
  }
  redirect(response, tenant.connector.start(interaction.uid));
}

/** DingTalk's redirect URI belongs to no interaction; the visitor's own cookie is asked for one step later. */
function receiveSocial(tenant) {
  return async (_request, response, { url }) => {
    const uid = tenant.connector?.receive(url.searchParams);
    if (!uid) {
      throw new HttpError(400, 'session_not_found');
    }
    const state = encodeURIComponent(url.searchParams.get('state'));
    redirect(response, `/sign-in/dingtalk/finish?state=${state}`);
  };
}

async function finishSocial(visit) {
  const { tenant, response, url, interaction } = visit;
  try {
    const visitor = await tenant.connector.finish(url.searchParams.get('state'), interaction.uid);
    const account = tenant.accounts.bySocialIdentity('dingtalk', visitor.userId);
    if (account === undefined && tenant.asksUsername) {
      tenant.newcomers.set(interaction.uid, visitor);
      sendPage(response, 200, pages.username({ locale: visit.locale }));
      return;
    }
    await signIn(visit, account ?? tenant.accounts.addSocial('dingtalk', visitor));
  } catch (error) {
    if (!(error instanceof SocialError)) {
      throw error;
    }
    log(`social sign-in: ${error.message}`);
    redirect(response, `/sign-in?error=${error.code}`);
  }
}

/** A new social visitor has to invent a username, unless the console says otherwise. */
async function addUsername(visit, username) {
  const { tenant, response, interaction, locale } = visit;
  const visitor = tenant.newcomers.get(interaction.uid);
  if (visitor === undefined) {
    throw new HttpError(400, 'session_not_found');
  }
  const error = problemWithUsername(tenant.accounts, username);
  if (error) {
    sendPage(response, 422, pages.username({ locale, username, error }));
    return;
  }
  tenant.newcomers.delete(interaction.uid);
  await signIn(visit, tenant.accounts.addSocial('dingtalk', visitor, username));
}
