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

mod lookup;

use super::row::Section::{Access, Accounts, Advanced, Api, Buttons, Connection, Dingtalk, Profiles, Roles, Sessions};
use super::row::{Row, choice, flag, text};
use super::{
    activity, connectors, endpoint, landing_page, meta, paths, roles, scopes, sessions, sync, text, usernames,
};

pub use lookup::{row, synced_fields};

/// Every setting. One that depends on another comes after it.
pub const TABLE: &[Row] = &[
    text("endpoint", endpoint::ENDPOINT, Connection)
        .about("The address of the Logto tenant. The issuer is `<endpoint>/oidc`."),
    text("app_id", text::APP_ID, Connection)
        .about("The App ID of the application in the Logto Console (`client_id`, RFC 6749 §2.2)."),
    text("app_secret", text::APP_SECRET, Connection)
        .secret()
        .about("Its App secret (`client_secret`, RFC 6749 §2.3.1). Never shown again after saving."),
    text("scope", text::SCOPE, Advanced).default("openid profile email phone").about(
        "The scope to request (RFC 6749 §3.3). `openid` is always added, and so is what other \
            settings need.",
    ),
    text("issuer", endpoint::ISSUER, Advanced).about(
        "The issuer of another OpenID provider, to the letter. It takes the place of the endpoint, and Logto's own \
            parameters and scopes are left out.",
    ),
    text("extra_params", text::EXTRA_PARAMS, Advanced)
        .about("Additional authorization parameters. Protocol parameters cannot be overridden."),
    flag("always_userinfo", "off", Advanced).about(
        "Request userinfo at each sign-in. Otherwise only where the ID token lacks a claim that the \
            scope asks for.",
    ),
    flag("frontchannel_logout", "off", Advanced).about(
        "Let the provider's sign-out page end a session here (OpenID Connect Front-Channel Logout). Logto \
            does not need it.",
    ),
    text("button_label", connectors::BUTTON_LABEL, Buttons)
        .of_a_site()
        .about("What the first button says instead of “Continue with Logto”. At most 60 characters."),
    text("connectors", connectors::CONNECTORS, Buttons).of_a_site().about(
        "Buttons that lead straight to a connector of the tenant, at most 12. A label has at most 60 \
            characters.",
    ),
    flag("form_buttons", "on", Buttons).of_a_site().about(
        "Show the buttons in the login forms of themes and plugins: those of `wp_login_form()`, and \
            those that fire `login_form`.",
    ),
    flag("woocommerce_buttons", "on", Buttons)
        .of_a_site()
        .about("Show the buttons in WooCommerce's login forms, on the account page and at the checkout."),
    flag("login_link", "on", Buttons).of_a_site().about("The link of the block “Login/out” starts a sign-in."),
    text("dingtalk_client_id", text::DINGTALK_CLIENT_ID, Dingtalk)
        .about("The Client ID of an internal enterprise application. Turns direct DingTalk sign-in on."),
    text("dingtalk_client_secret", text::DINGTALK_CLIENT_SECRET, Dingtalk)
        .secret()
        .about("Its Client Secret. Never shown again after saving."),
    choice("dingtalk_scope", &["openid", "openid corpid"], "dingtalk_scope_unknown", Dingtalk)
        .default("openid")
        .about("`openid corpid` also requests the visitor's organization."),
    text("dingtalk_corp_ids", text::DINGTALK_CORP_IDS, Dingtalk)
        .about("Only members of these organizations can sign in. Empty: everyone can."),
    text("dingtalk_app_corp_id", text::DINGTALK_APP_CORP_ID, Dingtalk).about(
        "The organization that owns the application. Whoever opens the site inside the DingTalk app \
            is signed in there, without another page. If `dingtalk_corp_ids` does not list it, visitors \
            sign in as in a browser.",
    ),
    choice("login_type", &["redirect", "buttons", "pages"], "choice_unknown", Sessions)
        .default("redirect")
        .of_a_site()
        .about(
            "What the login page does: it goes straight to the provider, shows buttons above the form, or \
            leaves sign-in to your own pages. Until a sign-in has succeeded, it shows buttons and the \
            form.",
        ),
    text("landing_page", landing_page::LANDING_PAGE, Sessions)
        .of_a_site()
        .about("Where a visitor goes who signs in on no particular page. Empty: as WordPress does."),
    text("organization_id", text::ORGANIZATION_ID, Sessions).of_a_site().about(
        "The Logto organization whose branding the sign-in page has. Empty: the one that `site_map` maps to the site.",
    ),
    flag("silent_sign_in", "off", Sessions).of_a_site().about(
        "Sign visitors in without a click who signed in with this browser before and still have a session at Logto.",
    ),
    flag("remember_session", "on", Sessions).about("Keep users signed in after they close the browser."),
    text("session_days", sessions::SESSION_DAYS, Sessions)
        .default("14")
        .about("Days that a session lasts after the browser is closed, at most 365."),
    text("revalidate_minutes", sessions::REVALIDATE_MINUTES, Sessions).default("0").about(
        "Minutes after which Logto is asked about a session again, so that a suspended user or a lost role \
            does not outlast them. At most 10080. `0`: only at sign-in.",
    ),
    flag("logout_application_passwords", "off", Sessions).about(
        "When the provider ends a user's sessions, application passwords do not work until the user signs \
            in again.",
    ),
    flag("form_login", "on", Access)
        .about("Allow login with a WordPress password. The form is at `wp-login.php?form=1`."),
    flag("application_passwords", "on", Access)
        .about("Allow application passwords, which programs use for the REST API and XML-RPC."),
    flag("xmlrpc_login", "on", Access).about("Allow programs to log in over XML-RPC."),
    flag("private_site", "off", Access)
        .of_a_site()
        .about("Show pages, feeds, and the REST API only to users of the site. Uploaded files are not protected."),
    text("public_paths", paths::PATHS, Access).of_a_site().about(
        "What everyone may open on a private site: paths such as `/about`, or `/events/*` with all \
            that is below. Paths of the REST API begin with `/wp-json/`.",
    ),
    flag("require_verified_email", "off", Accounts).about(
        "Refuse visitors without a verified email address. Logto calls an account's primary address \
            verified.",
    ),
    text("trusted_email_connectors", text::CONNECTOR_TARGETS, Accounts).about(
        "Social connectors that verify email addresses, by target: `google apple`. An address from \
            any other social account neither meets a requirement or an allow list, nor selects an \
            account.",
    ),
    text("required_organizations", text::LIST, Accounts)
        .about("Only members of at least one of these Logto organizations can sign in. Empty: everyone can."),
    flag("link_by_email", "off", Accounts).about(
        "A link mailed to the address of an account connects it to the visitor with the same verified \
            address, where it has no identity of the tenant and no capability beyond a subscriber's. The \
            password always does.",
    ),
    flag("pending_approval", "off", Accounts).about("Require an administrator's approval for new accounts."),
    choice("provisioning", &["on", "off", "allow_list"], "choice_unknown", Accounts)
        .default("on")
        .about("Who gets a new account: everyone who signs in, no one, or only people on the three lists below."),
    text("allow_email_domains", text::EMAIL_DOMAINS, Accounts)
        .about("For `allow_list`: domains of verified email addresses, without their subdomains."),
    text("allow_organizations", text::LIST, Accounts).about("For `allow_list`: IDs of Logto organizations."),
    text("allow_roles", text::LIST, Accounts).about("For `allow_list`: names of Logto roles."),
    text("site_map", text::SITE_MAP, Accounts)
        .about("On a network: members of an organization are members of a site, for as long as they belong to it."),
    flag("join_site", "on", Accounts).about("On a network: add network users to a site when they sign in to it."),
    text("default_role", roles::ROLE, Roles)
        .of_a_site()
        .about("The role of new users to whom no mapping gives one. Empty: as in Settings › General."),
    choice("role_map_mode", &["first", "all"], "choice_unknown", Roles)
        .default("first")
        .of_a_site()
        .about("Whether the first row of `role_map` that matches is used, or all."),
    text("role_map", roles::ROLE_MAP, Roles).of_a_site().about(
        "Which Logto role gives which WordPress role; `org:<id>:<role>` is an organization's. A \
            mapped role is removed when its row no longer matches.",
    ),
    text("grant_days", roles::GRANT_DAYS, Roles).default("30").about(
        "Mapped roles and memberships are removed at the next login if the provider has not confirmed \
            them for this many days. `0`: never.",
    ),
    choice("username_strategy", &["smart", "email", "username", "template"], "username_strategy_unknown", Profiles)
        .default("smart")
        .about(
            "How a new user's username is chosen. `smart`: email address, else username, else name, else \
            phone number, else `user-…`. Other scripts become Latin letters.",
        ),
    text("username_template", usernames::TEMPLATE, Profiles)
        .about("For `template`, for example `{given_name}.{family_name}`."),
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
    text("meta_map", meta::META_MAP, Profiles).about(
        "Which claim is written to which user meta at each sign-in; `custom_data.department` is a member of \
            `custom_data`.",
    ),
    flag("avatar", "off", Profiles).of_a_site().about("Show the provider's picture as the avatar."),
    text("activity_days", activity::DAYS, Advanced).default("30").of_a_site().about(
        "Days for which Logto › Activity keeps sign-ins, refusals and changes, at most 365. `0`: \
            nothing is recorded.",
    ),
    flag("activity_ip", "off", Advanced).of_a_site().about("Record the visitor's IP address in Logto › Activity."),
    flag("failure_mail", "on", Advanced).of_a_site().about(
        "Email the site's administration address, at most once a day, while sign-ins fail in a row \
            because of the server, the settings or the provider.",
    ),
    flag("new_account_mail", "off", Accounts).about(
        "Email the administration address of the site, or of its network, about each new account. One \
            that needs approval is always announced.",
    ),
    text("api_resource", scopes::RESOURCE, Api).about(
        "The API identifier of an API resource in the Logto Console (RFC 8707 §2). Access tokens for it are valid at \
            the REST API. Empty: none are.",
    ),
    text("api_scopes", scopes::SCOPES, Api)
        .about("Which permission (scope) of that resource allows which WordPress capabilities."),
    text("api_m2m_user", scopes::USER, Api).about(
        "The username of the user for whom machine-to-machine applications call the REST API. Empty: they are refused.",
    ),
];

/// A profile field that follows the provider.
const fn synced(name: &'static str, default: &'static str, about: &'static str) -> Row {
    choice(name, sync::POLICIES, "choice_unknown", Profiles).default(default).about(about)
}

#[cfg(test)]
mod tests;
