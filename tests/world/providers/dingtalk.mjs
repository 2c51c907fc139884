// A stand-in for login.dingtalk.com, api.dingtalk.com and oapi.dingtalk.com: `node dingtalk.mjs <config.json>`.
//
//   {
//     "host": "127.0.0.1", "port": 0, "tls": {"cert": "<path>", "key": "<path>"} | null,
//     "client_id": "…", "client_secret": "…", "redirect_uris": ["…"],
//     "visitors": [{"unionId": "…", "openId": "…", "nick": "…", "mobile": "…", "stateCode": "86",
//                   "avatarUrl": "…" | null, "email": null, "userId": "…"?, "name": "…"?,   in the organisation; else the nick
//                   "organizations": [{"corpId": "…", "name": "…"}]?, "corpId": "…"?    one, for short
//                  }]
//   }
//
// `ready <url>` on stdout means that it listens. It ends when its stdin does.
// Controls, from this machine only, JSON in and out:
//   POST /test/redirect_uris  {"redirect_uris": […]}
//   POST /test/visitors       {"visitors": […]}
//   POST /test/behaviour      what lib/dingtalk/state.mjs lists
//   POST /test/clock          {"advance": seconds}                     makes codes and tokens older
// For the app that tests/world/src/webview.rs makes of a browser, from this machine only:
//   POST /webview/auth_code   {"unionId": "…", "corpId": "…", "clientId": "…"} → {code} or {errorCode, errorMessage}

import { createPlatform } from './lib/dingtalk/platform.mjs';
import { serve } from './lib/process.mjs';

await serve(createPlatform);
