// What oidc-provider stores, in memory. It outlives a provider instance: rotating keys signs nobody out.

/** The adapter factory that oidc-provider asks for; `clients` holds metadata by client_id and may change. */
export function storage(clients) {
  const rows = new Map();
  return (model) => (model === 'Client' ? new ClientStore(clients) : new Store(rows, model));
}

class ClientStore {
  constructor(clients) {
    this.clients = clients;
  }

  async find(id) {
    return this.clients.get(id);
  }
}

class Store {
  constructor(rows, model) {
    this.rows = rows;
    this.model = model;
  }

  #key(id) {
    return `${this.model}:${id}`;
  }

  #search(matches) {
    for (const key of this.rows.keys()) {
      const payload = key.startsWith(`${this.model}:`) && this.#read(key);
      if (payload && matches(payload)) {
        return payload;
      }
    }
    return undefined;
  }

  #read(key) {
    const row = this.rows.get(key);
    if (row && row.expires <= Date.now()) {
      this.rows.delete(key);
      return undefined;
    }
    return row?.payload;
  }

  async upsert(id, payload, expiresIn) {
    this.rows.set(this.#key(id), { payload, expires: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
  }

  async find(id) {
    return this.#read(this.#key(id));
  }

  async findByUid(uid) {
    return this.#search((payload) => payload.uid === uid);
  }

  async consume(id) {
    const payload = this.#read(this.#key(id));
    if (payload) {
      payload.consumed = Math.floor(Date.now() / 1000);
    }
  }

  async destroy(id) {
    this.rows.delete(this.#key(id));
  }

  async revokeByGrantId(grantId) {
    for (const [key, { payload }] of this.rows) {
      if (payload.grantId === grantId) {
        this.rows.delete(key);
      }
    }
  }
}
