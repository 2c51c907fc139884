// What DingTalk remembers: visitors, codes, tokens, and how it is to behave in a test.

import { randomBytes } from 'node:crypto';

const CODE_LIFE = 5 * 60;

/** How DingTalk behaves until `POST /test/behaviour` says otherwise. */
const BEHAVIOUR = {
  /** Whether a version of the app was released; without one its tokens open nothing, and the client knows no app. */
  released: true,
  /** Permissions in the released version of the app. */
  permissions: ['Contact.User.Read', 'Contact.User.mobile'],
  /** The secret in force, where somebody made a new one at DingTalk. */
  client_secret: null,
  /** The `unionId`s that the app is visible to; everybody's without a list. */
  visible_to: null,
  /** Seconds that an access token is good for. */
  token_life: 7200,
  /** Third-party apps see `138****0002`. */
  mask_mobile: false,
  /** What the callback calls the code: both names, at times one of them. */
  callback_names: ['authCode', 'code'],
  /** Answers by path, `{"/v1.0/…": {"status": 500, "body": {…}}}`, sent instead of the real ones. */
  replies: {},
};

export class State {
  #secrets = new Map();

  #offset = 0;

  constructor({ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris = [], visitors = [] }) {
    Object.assign(this, { clientId, clientSecret, redirectUris, visitors, behaviour: { ...BEHAVIOUR } });
  }

  visitor(unionId) {
    return this.visitors.find((visitor) => visitor.unionId === unionId);
  }

  /** Whether these are the app's credentials. */
  knows(clientId, clientSecret) {
    return clientId === this.clientId && clientSecret === (this.behaviour.client_secret ?? this.clientSecret);
  }

  /** Whether the app's visibility, set with its release, includes the visitor. */
  shows({ unionId }) {
    return this.behaviour.visible_to?.includes(unionId) ?? true;
  }

  /** Moves the clock of codes and tokens on. */
  advance(seconds) {
    this.#offset += seconds;
  }

  #now() {
    return Date.now() / 1000 + this.#offset;
  }

  #issue(kind, value, life) {
    const secret = randomBytes(16).toString('hex');
    this.#secrets.set(secret, { kind, value, expires: this.#now() + life });
    return secret;
  }

  /** A code of the browser flow, `kind` "authCode", or of the JSAPI, `kind` "inAppCode". */
  issueCode(kind, value) {
    return this.#issue(kind, value, CODE_LIFE);
  }

  /** `kind` is "userToken", "refreshToken" or "appToken". */
  issueToken(kind, value) {
    return this.#issue(kind, value, kind === 'refreshToken' ? 30 * 24 * 3600 : this.behaviour.token_life);
  }

  /** What a code stands for; the second time nothing. */
  redeem(kind, code) {
    const found = this.#secrets.get(code);
    if (found?.kind !== kind) {
      return undefined;
    }
    this.#secrets.delete(code);
    return found.expires > this.#now() ? found.value : undefined;
  }

  /** What a token stands for: `{value}`, or `{expired: true}`, or nothing. */
  read(kind, token) {
    const found = this.#secrets.get(token);
    if (found?.kind !== kind) {
      return undefined;
    }
    return found.expires > this.#now() ? { value: found.value } : { expired: true };
  }
}
