// The page inside the DingTalk app: asks the app for a code and posts it with the state, or goes on to the browser's
// way. What it works with stands in the page's data attributes; see php/src/SignIn/DingtalkAppPage.php.

import 'dingtalk-jsapi/platform/android';
import 'dingtalk-jsapi/platform/harmony';
import 'dingtalk-jsapi/platform/ios';
import 'dingtalk-jsapi/platform/pc';
import { requestAuthCode$ as requestOldCode } from 'dingtalk-jsapi/api/runtime/permission/requestAuthCode';
import { requestAuthCode$ as requestCode } from 'dingtalk-jsapi/api/union/requestAuthCode';

/** Milliseconds after which no answer is one. */
const PATIENCE = 8000;

const { corpId, clientId, state, submitTo, fallback } = document.getElementById('logto-dingtalk-app').dataset;

const within = (milliseconds, answer) => Promise.race([
  answer,
  new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('no answer')), milliseconds);
  }),
]);

/** Apps before 7.0.45 know the older function alone: they refuse the newer one, or say nothing to it. */
const ask = () => within(PATIENCE / 2, requestCode({ corpId, clientId })).catch(() => requestOldCode({ corpId }));

const post = (code) => {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = submitTo;
  form.hidden = true;
  for (const [name, value] of Object.entries({ code, state })) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
};

within(PATIENCE, ask())
  .then(({ code }) => (code ? post(code) : Promise.reject(new Error('no code'))))
  .catch(() => {
    // In place of this page: the way back must not lead into another round.
    location.replace(fallback);
  });
