// The organisations that a visitor belongs to.

/** `corpId` is short for one organisation without a name. */
export function organizationsOf({ organizations, corpId }) {
  return organizations ?? (corpId ? [{ corpId, name: corpId }] : []);
}

export function belongsTo(visitor, corpId) {
  return organizationsOf(visitor).some((organization) => organization.corpId === corpId);
}
