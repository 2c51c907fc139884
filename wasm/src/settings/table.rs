//! The settings table: one [`Row`] for each setting.
//!
//! Everything that has to know what settings there are asks it: the reader (`read.rs`), the checks (`validate.rs`), and
//! `wasm/tests/settings_table.rs`, which writes PHP's defaults (`php/src/Settings/Defaults.php`) and README's table.
//!
//! ```
//! use logto_sign_in_core::settings::table::row;
//! use serde_json::json;
//!
//! let scope = const { row("scope") };
//! assert_eq!(scope.sanitize(&json!("email,openid")), Ok(json!("openid email")));
//! assert_eq!(scope.sanitize(&json!("")), Ok(json!("openid profile email phone")));
//! ```

mod activity;
mod lookup;

use super::row::Kind::{Choice, Flag, Text};
use super::row::{Row, Section};
use super::{connectors, endpoint, landing_page, roles, sync, text, usernames};
use crate::protocol::Manager::{Network, Site};

pub use lookup::{row, synced_fields};

/// Every setting. One that depends on another comes after it.
pub const TABLE: &[Row] = &[
    Row {
        name: "endpoint",
        kind: Text(endpoint::ENDPOINT),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Connection,
        about: "The address of the Logto tenant. The issuer is `<endpoint>/oidc`.",
    },
    Row {
        name: "app_id",
        kind: Text(text::APP_ID),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Connection,
        about: "The App ID of the application in the Logto Console (`client_id`, RFC 6749 §2.2).",
    },
    Row {
        name: "app_secret",
        kind: Text(text::APP_SECRET),
        default: "",
        secret: true,
        managed_by: Network,
        section: Section::Connection,
        about: "Its App secret (`client_secret`, RFC 6749 §2.3.1). Never shown again after saving.",
    },
    Row {
        name: "scope",
        kind: Text(text::SCOPE),
        default: "openid profile email phone",
        secret: false,
        managed_by: Network,
        section: Section::Advanced,
        about: "The scope to request (RFC 6749 §3.3). `openid` is always added, and so is what other settings need.",
    },
    Row {
        name: "extra_params",
        kind: Text(text::EXTRA_PARAMS),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Advanced,
        about: "Additional authorization parameters. Protocol parameters cannot be overridden.",
    },
    Row {
        name: "always_userinfo",
        kind: Flag,
        default: "off",
        secret: false,
        managed_by: Network,
        section: Section::Advanced,
        about: "Request userinfo at each sign-in. Otherwise only where the ID token lacks a claim that the scope asks for.",
    },
    Row {
        name: "button_label",
        kind: Text(connectors::BUTTON_LABEL),
        default: "",
        secret: false,
        managed_by: Site,
        section: Section::Buttons,
        about: "What the first button says instead of “Continue with Logto”. At most 60 characters.",
    },
    Row {
        name: "connectors",
        kind: Text(connectors::CONNECTORS),
        default: "",
        secret: false,
        managed_by: Site,
        section: Section::Buttons,
        about: "Buttons that lead straight to a connector of the tenant, at most 12. A label has at most 60 characters.",
    },
    Row {
        name: "form_buttons",
        kind: Flag,
        default: "on",
        secret: false,
        managed_by: Site,
        section: Section::Buttons,
        about: "Show the buttons in the login forms of themes and plugins: those of `wp_login_form()`, and those that fire `login_form`.",
    },
    Row {
        name: "woocommerce_buttons",
        kind: Flag,
        default: "on",
        secret: false,
        managed_by: Site,
        section: Section::Buttons,
        about: "Show the buttons in WooCommerce's login forms, on the account page and at the checkout.",
    },
    Row {
        name: "login_link",
        kind: Flag,
        default: "on",
        secret: false,
        managed_by: Site,
        section: Section::Buttons,
        about: "The link of the block “Login/out” starts a sign-in.",
    },
    Row {
        name: "dingtalk_client_id",
        kind: Text(text::DINGTALK_CLIENT_ID),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Dingtalk,
        about: "The Client ID of an internal enterprise application. Turns direct DingTalk sign-in on.",
    },
    Row {
        name: "dingtalk_client_secret",
        kind: Text(text::DINGTALK_CLIENT_SECRET),
        default: "",
        secret: true,
        managed_by: Network,
        section: Section::Dingtalk,
        about: "Its Client Secret. Never shown again after saving.",
    },
    Row {
        name: "dingtalk_scope",
        kind: Choice(&["openid", "openid corpid"], "dingtalk_scope_unknown"),
        default: "openid",
        secret: false,
        managed_by: Network,
        section: Section::Dingtalk,
        about: "`openid corpid` also requests the visitor's organization.",
    },
    Row {
        name: "dingtalk_corp_ids",
        kind: Text(text::DINGTALK_CORP_IDS),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Dingtalk,
        about: "Only members of these organizations can sign in. Empty: everyone can.",
    },
    Row {
        name: "dingtalk_app_corp_id",
        kind: Text(text::DINGTALK_APP_CORP_ID),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Dingtalk,
        about: "The organization that owns the application. Whoever opens the site inside the DingTalk app is signed in there, \
                without another page. If `dingtalk_corp_ids` does not list it, visitors sign in as in a browser.",
    },
    Row {
        name: "landing_page",
        kind: Text(landing_page::LANDING_PAGE),
        default: "",
        secret: false,
        managed_by: Site,
        section: Section::Sessions,
        about: "Where a visitor goes who signs in on no particular page. Empty: as WordPress does.",
    },
    Row {
        name: "remember_session",
        kind: Flag,
        default: "on",
        secret: false,
        managed_by: Network,
        section: Section::Sessions,
        about: "Keep users signed in after they close the browser.",
    },
    Row {
        name: "form_login",
        kind: Flag,
        default: "on",
        secret: false,
        managed_by: Network,
        section: Section::Sessions,
        about: "Allow login with a WordPress password. The form is at `wp-login.php?form=1`.",
    },
    Row {
        name: "require_verified_email",
        kind: Flag,
        default: "off",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "Refuse visitors without a verified email address. Logto calls an account's primary address verified.",
    },
    Row {
        name: "trusted_email_connectors",
        kind: Text(text::CONNECTOR_TARGETS),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "Social connectors that verify email addresses, by target: `google apple`. An address from any other social \
                account neither meets a requirement or an allow list, nor selects an account.",
    },
    Row {
        name: "required_organizations",
        kind: Text(text::LIST),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "Only members of at least one of these Logto organizations can sign in. Empty: everyone can.",
    },
    Row {
        name: "link_by_email",
        kind: Flag,
        default: "off",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "A link mailed to the address of an account connects it to the visitor with the same verified address, where \
                it has no identity of the tenant and no capability beyond a subscriber's. The password always does.",
    },
    Row {
        name: "pending_approval",
        kind: Flag,
        default: "off",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "Require an administrator's approval for new accounts.",
    },
    Row {
        name: "provisioning",
        kind: Choice(&["on", "off", "allow_list"], "choice_unknown"),
        default: "on",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "Who gets a new account: everyone who signs in, no one, or only people on the three lists below.",
    },
    Row {
        name: "allow_email_domains",
        kind: Text(text::EMAIL_DOMAINS),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "For `allow_list`: domains of verified email addresses, without their subdomains.",
    },
    Row {
        name: "allow_organizations",
        kind: Text(text::LIST),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "For `allow_list`: IDs of Logto organizations.",
    },
    Row {
        name: "allow_roles",
        kind: Text(text::LIST),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "For `allow_list`: names of Logto roles.",
    },
    Row {
        name: "site_map",
        kind: Text(text::SITE_MAP),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "On a network: members of an organization are members of a site, for as long as they belong to it.",
    },
    Row {
        name: "join_site",
        kind: Flag,
        default: "on",
        secret: false,
        managed_by: Network,
        section: Section::Accounts,
        about: "On a network: add network users to a site when they sign in to it.",
    },
    Row {
        name: "default_role",
        kind: Text(roles::ROLE),
        default: "",
        secret: false,
        managed_by: Site,
        section: Section::Roles,
        about: "The role of new users to whom no mapping gives one. Empty: as in Settings › General.",
    },
    Row {
        name: "role_map_mode",
        kind: Choice(&["first", "all"], "choice_unknown"),
        default: "first",
        secret: false,
        managed_by: Site,
        section: Section::Roles,
        about: "Whether the first row of `role_map` that matches is used, or all.",
    },
    Row {
        name: "role_map",
        kind: Text(roles::ROLE_MAP),
        default: "",
        secret: false,
        managed_by: Site,
        section: Section::Roles,
        about: "Which Logto role gives which WordPress role; `org:<id>:<role>` is an organization's. A mapped role is removed \
                when its row no longer matches.",
    },
    Row {
        name: "grant_days",
        kind: Text(roles::GRANT_DAYS),
        default: "30",
        secret: false,
        managed_by: Network,
        section: Section::Roles,
        about: "Mapped roles and memberships are removed at the next login if the provider has not confirmed them for this many \
                days. `0`: never.",
    },
    Row {
        name: "username_strategy",
        kind: Choice(&["smart", "email", "username", "template"], "username_strategy_unknown"),
        default: "smart",
        secret: false,
        managed_by: Network,
        section: Section::Profiles,
        about: "How a new user's username is chosen. `smart`: email address, else username, else name, else phone number, \
                else `user-…`. Other scripts become Latin letters.",
    },
    Row {
        name: "username_template",
        kind: Text(usernames::TEMPLATE),
        default: "",
        secret: false,
        managed_by: Network,
        section: Section::Profiles,
        about: "For `template`, for example `{given_name}.{family_name}`.",
    },
    synced(
        "sync_display_name",
        "always",
        "When the display name is written: at each sign-in, only when the account is created, or never.",
    ),
    synced("sync_first_name", "always", "When the first name is written."),
    synced("sync_last_name", "always", "When the last name is written."),
    synced("sync_nickname", "always", "When the nickname is written."),
    synced("sync_email", "always", "When the email address is written."),
    synced("sync_phone", "always", "When the phone number is written."),
    synced("sync_picture", "always", "When the address of the picture is written."),
    synced("sync_locale", "first", "When the language is written. Users change it in WordPress."),
    synced("sync_url", "first", "When the website is written. Users change it in WordPress."),
    Row {
        name: "avatar",
        kind: Flag,
        default: "off",
        secret: false,
        managed_by: Site,
        section: Section::Profiles,
        about: "Show the provider's picture as the avatar.",
    },
    activity::DAYS,
    activity::IP,
    activity::FAILURE_MAIL,
    activity::NEW_ACCOUNT_MAIL,
];

/// A profile field that follows the provider.
const fn synced(name: &'static str, default: &'static str, about: &'static str) -> Row {
    let kind = Choice(sync::POLICIES, "choice_unknown");
    Row { name, kind, default, secret: false, managed_by: Network, section: Section::Profiles, about }
}

#[cfg(test)]
mod tests;
