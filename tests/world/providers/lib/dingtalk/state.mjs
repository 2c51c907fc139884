// What DingTalk remembers: visitors, codes, tokens, and how it is to behave in a test.

import { randomBytes } from 'node:crypto';

const CODE_LIFE = 5 * 60;
const TOKEN_LIFE = 7200;

/** How DingTalk behaves until `POST /test/behaviour` says otherwise. */
const BEHAVIOUR = {
  /** Permissions in the released version of the app; an app without one has none. */
  permissions: ['Contact.User.Read', 'Contact.User.mobile'],
  /** Third-party apps see `138****0002`. */
  mask_mobile: false,
  /** The callback carries `code` beside `authCode`. */
  callback_code: false,
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
    return this.#issue(kind, value, kind === 'refreshToken' ? 30 * 24 * 3600 : TOKEN_LIFE);
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
