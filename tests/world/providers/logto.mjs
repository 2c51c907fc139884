// A provider that answers as a Logto tenant does: `node logto.mjs <config.json>`.
//
//   {
//     "host": "127.0.0.1", "port": 0,                      0: any free port
//     "tls": {"cert": "<path>", "key": "<path>"} | null,
//     "client_id": "…", "client_secret": "…",
//     "redirect_uris": ["…"], "post_logout_redirect_uris": ["…"],
//     "backchannel_logout_uri": "…", "backchannel_logout_session_required": false,          both optional
//     "dingtalk_url": "http://127.0.0.1:PORT", "dingtalk": {"client_id": "…", "client_secret": "…"},   optional
//     "users": [{"username": "…", "password": "…", "name": "…", "email": "…", "sub": "…"?, …}],
//     "ask_username": true,      whether new social visitors invent a username (the console's "Require users to provide
//                                missing sign-up identifier"); it is on unless said otherwise
//     "third_party": false,      whether visitors are asked for consent
//     "signing": "ES384" | "RS256"                                                  optional
//   }
//
// A user may also have picture, phone_number, roles, organizations, organization_names ({id: name}), organization_roles,
// custom_data, identities, given_name, family_name, nickname, locale, website.
// `ready <url>` on stdout means that it listens; the issuer is `<url>/oidc`. It ends when its stdin does.
// Controls, from this machine only, JSON in and out:
//   POST /test/clients       {redirect_uris?, post_logout_redirect_uris?, backchannel_logout_uri?, third_party?,
//                            token_endpoint_auth_method? ("none": single-page or native), grant_types?, …}; with
//                            client_id and client_secret, one more application
//   POST /test/sign-in       {"ask_username": false}
//   POST /test/users         {username, organizations?, roles?, …}   what becomes of an account
//   POST /test/clock         {"ahead": seconds}                      what its responses give as the time
//   POST /test/keys/rotate   {"signing"?: "ES384" | "RS256"}         by default the one that is not in use

import { createTenant } from './lib/logto/tenant.mjs';
import { serve } from './lib/process.mjs';

await serve(createTenant);
