// The pages of DingTalk: Chinese first, English one link away.

import { html, trusted } from '../html.mjs';
import { WORDS } from './words.mjs';

const MARK = trusted(`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="12"/>
<path d="M6.4 6.2c2.6 1.7 6.2 2.7 10.6 3.2-.1 1.4-1 2.7-2.3 4h2.2L11 19.4l1.5-4.2h-1.9l.6-1.3c-1.9-.1-3.1-.8-3.5-2 .9.3 2 .4 3.2.3-2.3-.7-3.5-1.7-3.6-3 1.1.6 2.3.9 3.6 1.1-2.1-1-3.3-2.3-3.5-4.1Z"/></svg>`);

function layout(locale, title, content) {
  const words = WORDS[locale];
  return html`<!DOCTYPE html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${words.brand}</title>
<link rel="stylesheet" href="/assets/consent.css">
</head>
<body>
<header>${MARK}<span>${words.brand}</span></header>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

export function consent({ locale, id, url, visitors, withCorpId }) {
  const words = WORDS[locale];
  const other = new URL(url);
  other.searchParams.set('lang', words.other_lang);
  const scopes = withCorpId ? [...words.scopes, words.corp_scope] : words.scopes;
  return layout(locale, words.title, html`
<p class="asks">${words.asks}</p>
<ul class="scopes">${scopes.map((scope) => html`<li>${scope}</li>`)}</ul>
<form method="post" action="/oauth2/consent">
<input type="hidden" name="request" value="${id}">
<input type="hidden" name="lang" value="${locale}">
<fieldset>
<legend>${words.who}</legend>
${visitors.length === 0 && html`<p>${words.nobody}</p>`}
${visitors.map((visitor, i) => option(visitor, i))}
</fieldset>
<button class="agree" name="decision" value="agree"${visitors.length === 0 && trusted(' disabled')}>${words.agree}</button>
<button class="cancel" name="decision" value="cancel" formnovalidate>${words.cancel}</button>
</form>
<p class="language"><a href="${other.pathname}${other.search}" lang="${words.other_lang}">${words.other}</a></p>`);
}

/** The second step, for a visitor with several organisations or with none. */
export function organization({ locale, id, visitor, organizations }) {
  const words = WORDS[locale];
  const choices = organizations.length === 0 ? [{ corpId: '', name: words.no_organization }] : organizations;
  return layout(locale, words.organization_title, html`
<p class="asks">${visitor.nick}</p>
<form method="post" action="/oauth2/consent">
<input type="hidden" name="request" value="${id}">
<input type="hidden" name="visitor" value="${visitor.unionId}">
<fieldset>
<legend>${words.which_organization}</legend>
${choices.map(({ corpId, name }, i) => html`<label class="visitor">
<span class="name">${name}${corpId !== '' && corpId !== name && html`<small>${corpId}</small>`}</span>
<input type="radio" name="organization" value="${corpId}" required${i === 0 && trusted(' checked')}>
</label>`)}
</fieldset>
<button class="agree" name="decision" value="agree">${words.go_on}</button>
<button class="cancel" name="decision" value="cancel" formnovalidate>${words.cancel}</button>
</form>`);
}

function option({ unionId, nick, mobile, stateCode }, i) {
  return html`<label class="visitor">
<img src="/avatars/${encodeURIComponent(unionId)}.svg" alt="" width="40" height="40">
<span class="name">${nick}${mobile && html`<small>+${stateCode} ${mobile}</small>`}</span>
<input type="radio" name="visitor" value="${unionId}" required${i === 0 && trusted(' checked')}>
</label>`;
}

/** `parameter` is what was wrong. */
export function failed(locale, parameter) {
  const words = WORDS[locale];
  return layout(locale, words.failed_title, html`<p role="alert">${words.failed}<code>${parameter}</code></p>`);
}

const COLOURS = ['#0a66d9', '#2e7d4f', '#a3561c', '#7a4fc4', '#b0305c', '#1b7a8c'];

/** A picture for a visitor: the end of the name in a coloured circle, as DingTalk makes them. */
export function avatar(nick) {
  const sum = [...nick].reduce((before, character) => before * 31 + character.codePointAt(0), 0);
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="160" height="160">
<rect width="40" height="40" fill="${COLOURS[sum % COLOURS.length]}"/>
<text x="20" y="25" font-family="sans-serif" font-size="14" text-anchor="middle" fill="#fff">${[...nick].slice(-2).join('')}</text>
</svg>`;
}
