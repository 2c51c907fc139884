//! Which roles a person has, and which sites of a network they are a member of.
//!
//! The mapping takes away only what it gave, at sign-ins with the same issuer: `granted` is the memory of that, kept by
//! WordPress with the user.

use crate::protocol::{AccountFacts, Change, Site};
use crate::settings::{Accounts, ClaimedRole};
use crate::token::Visitor;

/// WordPress's role that may do everything.
pub const ADMINISTRATOR: &str = "administrator";

/// The roles of a new user.
#[derive(Debug, PartialEq, Eq)]
pub struct NewUserRoles {
    /// All of them.
    pub roles: Vec<String>,
    /// Those that the mapping gave.
    pub granted: Vec<String>,
}

/// What a new user gets: what the mapping says, else the default.
pub fn of_new_user(visitor: &Visitor, accounts: &Accounts, site: &Site) -> NewUserRoles {
    let granted = mapped(visitor, accounts, site);
    let roles = if granted.is_empty() { default_role(accounts, site).into_iter().collect() } else { granted.clone() };
    NewUserRoles { roles, granted }
}

/// The memberships of a user who was created a moment ago: of this site, and by the mapping where it names the site.
pub fn facts_of_new_user(visitor: &Visitor, accounts: &Accounts, site: &Site) -> AccountFacts {
    let mut granted_sites = mapped_sites(visitor, accounts);
    granted_sites.retain(|mapped| *mapped == site.blog_id);
    AccountFacts { sites: vec![site.blog_id], granted_sites, ..AccountFacts::default() }
}

/// What a sign-in changes about a user's roles.
#[derive(Debug, PartialEq, Eq)]
pub struct RoleUpdate {
    /// `None` when nothing changes.
    pub change: Option<Change<String>>,
    /// The mapping would have taken the role from the last administrator, who keeps it.
    pub kept_last_admin: bool,
}

/// What becomes of a user's roles on this site.
pub fn update(visitor: &Visitor, facts: &AccountFacts, accounts: &Accounts, site: &Site) -> RoleUpdate {
    let joins = facts.roles.is_empty() && is_network(site) && !facts.sites.contains(&site.blog_id);
    // DingTalk knows no roles: signing in there gives none, and says nothing about those that Logto gave.
    if !visitor.has_role_claims() {
        let add: Vec<_> = default_role(accounts, site).into_iter().filter(|_| joins).collect();
        let change = Change { add, remove: Vec::new(), granted: facts.granted_roles.clone() };
        return RoleUpdate { change: Some(change).filter(|change| !change.add.is_empty()), kept_last_admin: false };
    }
    let wanted = mapped(visitor, accounts, site);
    let mut add = without(&wanted, &facts.roles);
    let Dropped { mut remove, mut granted } = drop_unwanted(&wanted, &facts.granted_roles, &facts.roles_of_others);
    remove.retain(|role| facts.roles.contains(role));
    granted.retain(|role| facts.roles.contains(role));
    let kept_last_admin = facts.last_administrator && remove.iter().any(|role| role == ADMINISTRATOR);
    // A role that the user had before any mapping named it is an administrator's gift, and stays theirs.
    granted.extend(without(&add, &granted));
    if kept_last_admin {
        remove.retain(|role| role != ADMINISTRATOR);
        granted.push(ADMINISTRATOR.to_owned());
    }
    if add.is_empty() && without(&facts.roles, &remove).is_empty() {
        let default = default_role(accounts, site);
        if joins {
            add.extend(default);
        } else if let Some(default) = default.filter(|_| !remove.is_empty()) {
            remove.retain(|role| *role != default);
            add.extend(Some(default.clone()).filter(|role| !facts.roles.contains(role)));
            // A substitute for the last mapped role counts as a gift of the mapping: it goes when a mapped role returns.
            granted.extend(Some(default).filter(|role| !facts.roles_of_others.contains(role)));
        }
    }
    RoleUpdate { change: worth_telling(Change { add, remove, granted }, &facts.granted_roles), kept_last_admin }
}

/// What becomes of a user's memberships; `None` when there is nothing to change or to confirm. A site without a mapping
/// decides about no membership: what other sites gave stays.
pub fn sites(visitor: &Visitor, facts: &AccountFacts, accounts: &Accounts) -> Option<Change<u64>> {
    if !visitor.has_role_claims() || accounts.sites.is_empty() {
        return None;
    }
    let wanted = mapped_sites(visitor, accounts);
    let add = without(&wanted, &facts.sites);
    let Dropped { remove, mut granted } = drop_unwanted(&wanted, &facts.granted_sites, &facts.sites_of_others);
    granted.extend(without(&add, &granted));
    worth_telling(Change { add, remove, granted }, &facts.granted_sites)
}

/// What an issuer gave and no longer gives, and what it still gives.
struct Dropped<T> {
    remove: Vec<T>,
    granted: Vec<T>,
}

/// Drops what this issuer gave and its mapping no longer names. What another issuer gave as well stays with the user; what
/// another gave and this mapping names is from now on this issuer's gift too.
fn drop_unwanted<T: Clone + PartialEq>(wanted: &[T], given: &[T], given_by_others: &[T]) -> Dropped<T> {
    let unwanted = without(given, wanted);
    let mut granted = without(given, &unwanted);
    granted.extend(wanted.iter().filter(|one| given_by_others.contains(one) && !given.contains(one)).cloned());
    Dropped { remove: without(&unwanted, given_by_others), granted }
}

/// A change, unless it changes nothing and there is nothing that this sign-in confirms.
fn worth_telling<T: PartialEq>(change: Change<T>, given: &[T]) -> Option<Change<T>> {
    let Change { add, remove, granted } = &change;
    let idle = add.is_empty() && remove.is_empty() && granted.is_empty() && given.is_empty();
    (!idle).then_some(change)
}

/// Whether a visitor may access this site of a network. Members may, and so may visitors who become members. A site that an
/// organization is mapped to admits exactly its members; any other site admits every user, if the settings say so.
pub fn may_access_site(visitor: &Visitor, facts: &AccountFacts, accounts: &Accounts, site: &Site) -> bool {
    if !is_network(site) {
        return true;
    }
    let here = site.blog_id;
    let member = facts.sites.contains(&here);
    if accounts.sites.iter().all(|(_, site)| *site != here) {
        return member || accounts.join_site;
    }
    (member && !is_member_by_mapping(visitor, facts, site)) || mapped_sites(visitor, accounts).contains(&here)
}

/// Whether the user is a member of this site only because a sign-in with the visitor's issuer made them one.
pub fn is_member_by_mapping(visitor: &Visitor, facts: &AccountFacts, site: &Site) -> bool {
    let here = site.blog_id;
    visitor.has_role_claims() && facts.granted_sites.contains(&here) && !facts.sites_of_others.contains(&here)
}

/// Sites that the visitor's organizations are mapped to.
pub fn mapped_sites(visitor: &Visitor, accounts: &Accounts) -> Vec<u64> {
    let mut sites = Vec::new();
    for (organization, site) in &accounts.sites {
        let inside = visitor.has_role_claims() && visitor.string_list("organizations").any(|id| id == organization);
        if inside && !sites.contains(site) {
            sites.push(*site);
        }
    }
    sites
}

/// Roles of WordPress that the mapping gives; none that does not exist.
fn mapped(visitor: &Visitor, accounts: &Accounts, site: &Site) -> Vec<String> {
    let has = |claimed: &ClaimedRole| match claimed {
        ClaimedRole::Role(name) => visitor.string_list("roles").any(|role| role == name),
        ClaimedRole::OrganizationRole(name) => visitor.string_list("organization_roles").any(|role| role == name),
    };
    let rows = accounts.roles.rows.iter().filter(|row| site.roles.contains(&row.role) && has(&row.claimed));
    let most = if accounts.roles.all { usize::MAX } else { 1 };
    let mut roles: Vec<String> = Vec::new();
    for row in rows.take(most) {
        if !roles.contains(&row.role) {
            roles.push(row.role.clone());
        }
    }
    roles
}

fn default_role(accounts: &Accounts, site: &Site) -> Option<String> {
    [&accounts.default_role, &site.default_role].into_iter().find(|role| site.roles.contains(*role)).cloned()
}

fn is_network(site: &Site) -> bool {
    site.blog_id > 0
}

/// The elements of `all` that are not among `gone`.
fn without<T: Clone + PartialEq>(all: &[T], gone: &[T]) -> Vec<T> {
    all.iter().filter(|one| !gone.contains(one)).cloned().collect()
}

#[cfg(test)]
mod tests;
