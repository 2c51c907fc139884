// The social connector: Logto as a client of DingTalk.

import { randomBytes } from 'node:crypto';

import { withQuery } from '../http.mjs';

const LIFE = 10 * 60 * 1000;

/** DingTalk refused, or the visitor did; `code` is a key of the pages' errors. */
export class SocialError extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

export class DingTalkConnector {
  #attempts = new Map();

  /** `url` is where DingTalk is; `callback` is ours, as registered there. */
  constructor({ url, clientId, clientSecret, callback }) {
    Object.assign(this, { url, clientId, clientSecret, callback });
  }

  /** Where to send the visitor of the interaction `uid`. */
  start(uid) {
    const state = randomBytes(16).toString('base64url');
    this.#attempts.set(state, { uid, expires: Date.now() + LIFE });
    return withQuery(`${this.url}/oauth2/auth`, {
      client_id: this.clientId,
      redirect_uri: this.callback,
      response_type: 'code',
      scope: 'openid',
      prompt: 'consent',
      state,
    });
  }

  /** Keeps what DingTalk called back with; returns the interaction that it belongs to. */
  receive(parameters) {
    const attempt = this.#attempts.get(parameters.get('state'));
    if (!attempt || attempt.expires <= Date.now()) {
      return undefined;
    }
    // As Logto's connector: DingTalk's own name for it, `authCode`, is not looked at.
    attempt.code = parameters.get('code');
    return attempt.uid;
  }

  /** The visitor behind what was received for `uid`; an attempt counts once. */
  async finish(state, uid) {
    const attempt = this.#attempts.get(state);
    this.#attempts.delete(state);
    if (attempt?.uid !== uid) {
      throw new SocialError('social_failed', 'state does not belong to this interaction');
    }
    if (!attempt.code) {
      throw new SocialError('social_cancelled', 'DingTalk sent no code');
    }
    const { accessToken } = await this.#call('/v1.0/oauth2/userAccessToken', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        clientId: this.clientId,
        clientSecret: this.clientSecret,
        code: attempt.code,
        grantType: 'authorization_code',
      }),
    });
    const profile = await this.#call('/v1.0/contact/users/me', {
      headers: { 'x-acs-dingtalk-access-token': accessToken },
    });
    return visitor(profile);
  }

  async #call(path, request) {
    const response = await fetch(`${this.url}${path}`, { ...request, signal: AbortSignal.timeout(5000) });
    const body = await response.json();
    if (!response.ok) {
      throw new SocialError('social_failed', `${path}: ${response.status} ${body.code} ${body.message}`);
    }
    return body;
  }
}

/** Logto's connector passes an e-mail address on although DingTalk has not verified it; a masked phone number is none. */
function visitor(profile) {
  const { unionId, nick, avatarUrl, mobile, stateCode, email } = profile;
  if (typeof unionId !== 'string' || unionId === '') {
    throw new SocialError('social_failed', 'the profile has no unionId');
  }
  const phone = /^\d+$/u.test(mobile ?? '') ? `${stateCode ?? ''}${mobile}` : null;
  return {
    userId: unionId,
    name: nick ?? null,
    picture: avatarUrl ?? null,
    phone,
    email: email ?? null,
    details: {
      id: unionId, name: nick, avatar: avatarUrl, ...(phone && { phone }), ...(email && { email }), rawData: profile,
    },
  };
}
