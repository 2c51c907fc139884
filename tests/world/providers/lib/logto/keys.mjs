// The signing keys of the tenant.

import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** Newest first: the first key of an algorithm's type is the one that signs. */
export class Keys {
  #keys = [];

  #signing;

  /** The algorithm of ID tokens: `ES384` or `RS256`. */
  get signing() {
    return this.#signing;
  }

  /** What discovery announces: after a change to RSA, both kinds of RSA and the algorithm of the key before. */
  get announced() {
    return this.#signing === 'RS256' ? ['ES384', 'PS256', 'RS256'] : ['ES384', ...this.#hasRsa() ? ['RS256'] : []];
  }

  get jwks() {
    return { keys: this.#keys };
  }

  #hasRsa() {
    return this.#keys.some(({ kty }) => kty === 'RSA');
  }

  /** Signs with a new key from now on; the one before stays in the set, as at Logto. */
  async rotate(signing) {
    this.#keys = [await newKey(signing), ...this.#keys.slice(0, 1)];
    this.#signing = signing;
  }
}

/** Without `alg`: the provider adds it where the key type leaves no choice, which for RSA it does not. */
async function newKey(signing) {
  switch (signing) {
    case 'ES384':
      return (await generate('ec', { namedCurve: 'P-384' })).privateKey.export({ format: 'jwk' });
    case 'RS256':
      return (await generate('rsa', { modulusLength: 2048 })).privateKey.export({ format: 'jwk' });
    default:
      throw new Error(`signing must be ES384 or RS256, not ${signing}`);
  }
}
