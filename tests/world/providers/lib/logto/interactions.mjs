// What happens between the authorization request and its answer: sign in, register, or come from DingTalk.

import { HttpError, readForm, redirect, sendPage } from '../http.mjs';
import { chooseLocale } from '../locale.mjs';
import { log } from '../process.mjs';
import { SocialError } from './connector.mjs';
import * as pages from './pages.mjs';

/** Routes over `tenant`: `{provider, accounts, connector}`, whose provider may be another one after a key rotation. */
export function interactionRoutes(tenant) {
  return {
    'GET /sign-in/:uid': withInteraction(tenant, show),
    'POST /sign-in/:uid': withInteraction(tenant, submit),
    'GET /sign-in/:uid/dingtalk': withInteraction(tenant, startSocial),
    'GET /sign-in/:uid/dingtalk/finish': withInteraction(tenant, finishSocial),
    'GET /callback/dingtalk': receiveSocial(tenant),
  };
}

/** The interaction's cookie is sent to its own path only, so several tabs can sign in at once. */
function withInteraction(tenant, step) {
  return async (request, response, { url, params }) => {
    let interaction;
    try {
      interaction = await tenant.provider.interactionDetails(request, response);
    } catch (cause) {
      throw Object.assign(new HttpError(400, 'session_not_found'), { cause });
    }
    if (interaction.uid !== params.uid) {
      throw new HttpError(400, 'session_not_found');
    }
    const locale = chooseLocale(`${interaction.params.ui_locales ?? ''} ${request.headers['accept-language']}`, 'en');
    await step({ tenant, request, response, url, interaction, locale });
  };
}

async function show(visit) {
  const { tenant, response, url, interaction } = visit;
  if (interaction.prompt.name === 'consent') {
    await grant(visit);
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

function showForm({ tenant, response, interaction, locale }, status, fields) {
  const social = tenant.connector !== undefined;
  sendPage(response, status, pages.signIn({ locale, uid: interaction.uid, social, ...fields }));
}

async function submit(visit) {
  const form = await readForm(visit.request);
  const [screen, identifier, password] = ['screen', 'identifier', 'password'].map((name) => form.get(name) ?? '');
  const { accounts } = visit.tenant;
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
  if (!/^[A-Za-z_]\w*$/u.test(username)) {
    return 'username_invalid';
  }
  if (accounts.isTaken(username)) {
    return 'username_taken';
  }
  return password.length < 8 ? 'password_too_short' : undefined;
}

function signIn({ tenant, request, response }, account) {
  return tenant.provider.interactionFinished(request, response, { login: { accountId: account.sub } });
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
    redirect(response, `/sign-in/${uid}/dingtalk/finish?state=${state}`);
  };
}

async function finishSocial(visit) {
  const { tenant, response, url, interaction } = visit;
  try {
    const { userId, ...profile } = await tenant.connector.finish(url.searchParams.get('state'), interaction.uid);
    await signIn(visit, tenant.accounts.bySocialIdentity('dingtalk', userId, profile));
  } catch (error) {
    if (!(error instanceof SocialError)) {
      throw error;
    }
    log(`social sign-in: ${error.message}`);
    redirect(response, `/sign-in/${interaction.uid}?error=${error.code}`);
  }
}
