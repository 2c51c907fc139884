// The accounts of the tenant, in memory, and the claims that Logto makes of them.

import { randomInt } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Logto's user ids are twelve of these. */
function newSubject() {
  return Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** Claims by scope, as Logto's documentation lists them. */
export const CLAIMS_BY_SCOPE = {
  openid: ['sub'],
  profile: [
    'name', 'picture', 'username', 'updated_at', 'created_at', 'preferred_username', 'given_name', 'family_name', 'nickname',
    'locale', 'website',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  roles: ['roles'],
  custom_data: ['custom_data'],
  identities: ['identities', 'sso_identities'],
  'urn:logto:scope:organizations': ['organizations', 'organization_data'],
  'urn:logto:scope:organization_roles': ['organization_roles'],
};

/** Claims that an account may have, and that are absent, not null, where it has none. */
const MORE_CLAIMS = ['given_name', 'family_name', 'nickname', 'locale', 'website'];

/** These never are in an ID token. */
const USERINFO_ONLY = ['custom_data', 'identities', 'sso_identities', 'organization_data'];

export class Accounts {
  #accounts = new Map();

  /** `users` are the configured ones: `{username, password, name, email, sub?}` and any field of {@link add}. */
  constructor(users = []) {
    for (const user of users) {
      this.add(user);
    }
  }

  add(fields) {
    const account = {
      sub: newSubject(),
      username: null,
      password: null,
      name: null,
      picture: null,
      email: null,
      phone_number: null,
      roles: [],
      organizations: [],
      organization_names: {},
      organization_roles: [],
      custom_data: {},
      identities: {},
      created_at: Date.now(),
      ...fields,
    };
    this.#accounts.set(account.sub, account);
    return account;
  }

  /** Gives the account of a user name other fields, as the tenant's console does. */
  change(username, fields) {
    const account = this.#identified(username);
    return account && Object.assign(account, fields);
  }

  find(sub) {
    return this.#accounts.get(sub);
  }

  /** The account with this user name, e-mail address or phone number, if the password is its own. */
  authenticate(identifier, password) {
    const account = this.#identified(identifier);
    return account && account.password !== null && account.password === password ? account : undefined;
  }

  isTaken(username) {
    return this.#identified(username) !== undefined;
  }

  /** The account of a visitor who came from a social connector before. */
  bySocialIdentity(target, userId) {
    return [...this.#accounts.values()].find((account) => account.identities[target]?.userId === userId);
  }

  /** An account for a new visitor; the connector's address becomes its primary one, unless another account has it. */
  addSocial(target, { userId, details, name, picture, phone, email }, username = null) {
    const primary = email && !this.isTaken(email) ? email : null;
    return this.add({ username, name, picture, phone_number: phone, email: primary, identities: { [target]: { userId, details } } });
  }

  #identified(identifier) {
    const wanted = identifier.trim().toLowerCase();
    return wanted === '' ? undefined : [...this.#accounts.values()].find((account) =>
      [account.username, account.email, account.phone_number].some((value) => value?.toLowerCase() === wanted));
  }
}

/** What `use` ("id_token" or "userinfo") may see; what is unknown is null, not absent, and times are milliseconds. */
export function claimsOf(account, use) {
  const claims = {
    sub: account.sub,
    name: account.name,
    picture: account.picture,
    username: account.username,
    updated_at: account.created_at,
    created_at: account.created_at,
    email: account.email,
    email_verified: Boolean(account.email),
    phone_number: account.phone_number,
    phone_number_verified: Boolean(account.phone_number),
    roles: account.roles,
    organizations: account.organizations,
    organization_roles: account.organization_roles,
    organization_data: account.organizations.map((id) => (
      { id, name: account.organization_names[id] ?? `Organization ${id}`, description: null }
    )),
    custom_data: account.custom_data,
    identities: account.identities,
    sso_identities: [],
    ...(account.username && { preferred_username: account.username }),
    ...Object.fromEntries(MORE_CLAIMS.filter((name) => account[name]).map((name) => [name, account[name]])),
  };
  if (use === 'id_token') {
    for (const name of USERINFO_ONLY) {
      delete claims[name];
    }
  }
  return claims;
}
