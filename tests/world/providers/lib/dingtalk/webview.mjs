// The native side of the DingTalk app: where a page's JSAPI call ends when the app is this machine's browser.

import { HttpError, onThisMachine, readJson, sendJson } from '../http.mjs';
import { belongsTo } from './organizations.mjs';

export function webviewRoutes(state) {
  return {
    'POST /webview/auth_code': async (request, response) => {
      if (!onThisMachine(request)) {
        throw new HttpError(403, 'the app is on this machine');
      }
      // A page cannot send this type to another origin without being allowed to (CORS), and nothing here allows it.
      if (!/^application\/json\b/u.test(request.headers['content-type'] ?? '')) {
        throw new HttpError(415, 'content-type');
      }
      const { unionId, corpId, clientId } = await readJson(request);
      const refused = refusal(state, state.visitor(unionId), corpId, clientId);
      sendJson(response, refused ? 403 : 200, refused ?? { code: state.issueCode('inAppCode', { unionId, corpId }) });
    },
  };
}

/** Why the app gives no code, as JSAPI errors are; nothing when it does. */
function refusal(state, visitor, corpId, clientId) {
  if (clientId !== state.clientId || !state.behaviour.released) {
    return { errorCode: '52010', errorMessage: 'clientId 无效' };
  }
  if (!visitor || !belongsTo(visitor, corpId) || !state.shows(visitor)) {
    return { errorCode: '52011', errorMessage: 'corpId 无效' };
  }
  return undefined;
}
