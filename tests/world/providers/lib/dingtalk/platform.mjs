// All of DingTalk that a sign-in meets, on one port.

import { readFile } from 'node:fs/promises';

import { forTests, HttpError, noIcon, router, send, sendPage } from '../http.mjs';
import { apiRoutes } from './api.mjs';
import { authorizeRoutes } from './authorize.mjs';
import { oapiRoutes } from './oapi.mjs';
import * as pages from './pages.mjs';
import { State } from './state.mjs';
import { webviewRoutes } from './webview.mjs';

/** The request listener; see `dingtalk.mjs` for `config`. */
export async function createPlatform(config, url) {
  const state = new State({ ...config, visitors: completed(config.visitors ?? [], url) });
  const css = await readFile(new URL('consent.css', import.meta.url));
  return router({
    ...authorizeRoutes(state),
    ...apiRoutes(state),
    ...oapiRoutes(state),
    ...webviewRoutes(state),
    'GET /assets/consent.css': async (_request, response) => send(response, 200, 'text/css; charset=utf-8', css),
    'GET /favicon.ico': noIcon,
    ...controls(state, url),
  }, {
    fallback: () => {
      throw new HttpError(404, 'path');
    },
    failed: (_request, response, error) => {
      const [status, parameter] = error instanceof HttpError ? [error.status, error.message] : [500, 'system error'];
      sendPage(response, status, pages.failed('zh-CN', parameter));
    },
  });
}

/** A visitor without a picture gets one from here: nothing is to come from another network. */
function completed(visitors, url) {
  return visitors.map((visitor) => ({
    ...visitor,
    avatarUrl: visitor.avatarUrl ?? `${url}/avatars/${encodeURIComponent(visitor.unionId)}.svg`,
  }));
}

function controls(state, url) {
  return {
    'POST /test/redirect_uris': forTests(async ({ redirect_uris: redirectUris }) => {
      if (!Array.isArray(redirectUris)) {
        throw new HttpError(400, 'redirect_uris');
      }
      state.redirectUris = redirectUris;
      return { redirect_uris: redirectUris };
    }),
    'POST /test/visitors': forTests(async ({ visitors }) => {
      state.visitors = completed(visitors, url);
      return { visitors: state.visitors };
    }),
    'POST /test/behaviour': forTests(async (changes) => {
      const unknown = Object.keys(changes).find((name) => !(name in state.behaviour));
      if (unknown) {
        throw new HttpError(400, unknown);
      }
      Object.assign(state.behaviour, changes);
      return state.behaviour;
    }),
    'POST /test/clock': forTests(async ({ advance }) => {
      state.advance(advance);
      return { advance };
    }),
  };
}
