// A stand-in for login.dingtalk.com, api.dingtalk.com and oapi.dingtalk.com: `node dingtalk.mjs <config.json>`.
//
//   {
//     "host": "127.0.0.1", "port": 0, "tls": {"cert": "<path>", "key": "<path>"} | null,
//     "client_id": "…", "client_secret": "…", "redirect_uris": ["…"],
//     "visitors": [{"unionId": "…", "openId": "…", "nick": "…", "mobile": "…", "stateCode": "86",
//                   "avatarUrl": "…" | null, "email": null, "corpId": "…"?, "userId": "…"?}]
//   }
//
// `ready <url>` on stdout means that it listens. It ends when its stdin does.
// Controls, from this machine only, JSON in and out:
//   POST /test/redirect_uris  {"redirect_uris": […]}
//   POST /test/visitors       {"visitors": […]}
//   POST /test/behaviour      {permissions?, mask_mobile?, callback_code?, replies?}     see lib/dingtalk/state.mjs
//   POST /test/clock          {"advance": seconds}                     makes codes and tokens older
//   POST /test/in_app_codes   {"unionId": "…"} → {code}                what dd.requestAuthCode would give

import { createPlatform } from './lib/dingtalk/platform.mjs';
import { serve } from './lib/process.mjs';

await serve(createPlatform);
