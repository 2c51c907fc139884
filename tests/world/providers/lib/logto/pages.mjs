// The pages of the tenant.

import { html, trusted } from '../html.mjs';
import { chooseLocale } from '../locale.mjs';
import { WORDS } from './words.mjs';

/** The language for a request to the provider. */
export function localeOf(context) {
  return chooseLocale(`${context.query.ui_locales ?? ''} ${context.get('accept-language')}`, 'en');
}

const MARK = trusted(`<svg class="mark" viewBox="0 0 48 48" aria-hidden="true"><rect width="48" height="48" rx="14"/>
<path d="M24 12a7 7 0 0 0-3 13.3V36h6v-3h-2.4v-2.6H27v-5.1A7 7 0 0 0 24 12Zm0 4.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2Z"/></svg>`);

const DINGTALK = trusted(`<svg class="social-icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/>
<path d="M6.4 6.2c2.6 1.7 6.2 2.7 10.6 3.2-.1 1.4-1 2.7-2.3 4h2.2L11 19.4l1.5-4.2h-1.9l.6-1.3c-1.9-.1-3.1-.8-3.5-2 .9.3 2 .4 3.2.3-2.3-.7-3.5-1.7-3.6-3 1.1.6 2.3.9 3.6 1.1-2.1-1-3.3-2.3-3.5-4.1Z"/></svg>`);

function layout(locale, title, content) {
  return html`<!DOCTYPE html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/assets/sign-in.css">
</head>
<body>
<main class="card">
${MARK}
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

function problem(words, error) {
  return error && html`<p class="problem" role="alert" id="problem">${words.errors[error] ?? error}</p>`;
}

/** The two forms: what differs between signing in and making an account. */
function forms(words) {
  return {
    sign_in: {
      title: words.sign_in_title,
      identifier: words.identifier,
      password: 'current-password',
      submit: words.sign_in,
      question: words.no_account,
      other: 'register',
      otherLabel: words.register,
    },
    register: {
      title: words.register_title,
      identifier: words.username,
      password: 'new-password',
      submit: words.register,
      question: words.has_account,
      other: 'sign_in',
      otherLabel: words.sign_in,
    },
  };
}

/**
 * The sign-in page, or with `screen` "register" the one to make an account.
 *
 * `identifier` is what the visitor typed (or the `login_hint`), `error` a key of the words' errors.
 */
export function signIn({ locale, screen, identifier = '', error, social }) {
  const words = WORDS[locale];
  const form = forms(words)[screen === 'register' ? 'register' : 'sign_in'];
  const described = error && trusted(' aria-describedby="problem" aria-invalid="true"');
  const focus = trusted(' autofocus');
  return layout(locale, form.title, html`
${problem(words, error)}
<form method="post" action="/sign-in">
<label for="identifier">${form.identifier}</label>
<input id="identifier" name="identifier" value="${identifier}" autocomplete="username" autocapitalize="none"
 spellcheck="false" required${identifier === '' && focus}${described}>
<label for="password">${words.password}</label>
<input id="password" name="password" type="password" autocomplete="${form.password}"
 required${identifier !== '' && focus}${described}>
<button class="primary" name="screen" value="${screen === 'register' ? 'register' : 'sign_in'}">${form.submit}</button>
</form>
<p class="other">${form.question} <a href="/sign-in?screen=${form.other}">${form.otherLabel}</a></p>
${social && html`<p class="divider"><span>${words.or}</span></p>
<a class="social" id="social-dingtalk" href="/sign-in/dingtalk">${DINGTALK}<span>${words.continue_with_dingtalk}</span></a>`}`);
}

/** What a new social visitor is asked first. */
export function username({ locale, username: given = '', error }) {
  const words = WORDS[locale];
  const described = error && trusted(' aria-describedby="problem" aria-invalid="true"');
  return layout(locale, words.username_title, html`
${problem(words, error)}
<form method="post" action="/sign-in">
<label for="identifier">${words.username}</label>
<input id="identifier" name="identifier" value="${given}" autocomplete="username" autocapitalize="none"
 spellcheck="false" required${described}>
<button class="primary" name="screen" value="username">${words.go_on}</button>
</form>`);
}

/** The consent page of a third-party application. */
export function consent(locale, scope) {
  const words = WORDS[locale];
  return layout(locale, words.consent_title, html`
<p class="detail">${scope}</p>
<form method="post" action="/sign-in">
<button class="primary" name="decision" value="authorize">${words.authorize}</button>
<button name="decision" value="cancel">${words.cancel}</button>
</form>`);
}

/** Plain words for an error that no form can mend. */
export function failed(locale, error, description) {
  const words = WORDS[locale];
  return layout(locale, words.failed_title, html`${problem(words, error)}${description && html`<p class="detail">${description}</p>`}`);
}

/** The end_session page: `form` is the provider's own, `script` submits it. */
export function signOut(locale, form, script) {
  const words = WORDS[locale];
  return layout(locale, words.signing_out, html`${trusted(form)}
<input type="hidden" name="logout" value="yes" form="op.logoutForm">
<noscript><button class="primary" form="op.logoutForm">${words.go_on}</button></noscript>
<script>${trusted(script)}</script>`);
}

export function signedOut(locale) {
  return layout(locale, WORDS[locale].signed_out, '');
}
