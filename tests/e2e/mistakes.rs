//! Mistakes that administrators make while they set the plugin up: the page names each one, and what mends it in the words
//! of the provider's console.

use crate::fixture::tenant::TenantSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use world::browser::Browser;
use world::{Result, demo, ensure};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, TenantSite::prepare);
        fault_c20_each_typical_mistake_is_named_with_its_fix,
    ]
}

/// What an administrator enters on the set-up page: the fields of Logto, then those of DingTalk.
struct Entered {
    endpoint: String,
    app_id: String,
    app_secret: String,
    client_secret: String,
}

/// Where the administrator learns of the mistake.
#[derive(Clone, Copy)]
enum Told {
    /// After “Test sign-in” for Logto, without leaving the site.
    TestAtLogto,
    /// After “Test sign-in” for DingTalk, without leaving the site.
    TestAtDingtalk,
    /// When DingTalk has sent the administrator back.
    BackFromDingtalk,
    /// On the set-up page, which stays open while DingTalk shows an error.
    BesideDingtalk,
    /// After “Check connection”.
    Check,
}

type Make = fn(&mut Entered, &TenantSite) -> Result<()>;

/// What is wrong, where it shows, and what the page says: the code, then the fix.
const MISTAKES: &[(&str, Told, Make, &[&str])] = &[
    (
        "the App secret is wrong",
        Told::TestAtLogto,
        |entered, _| write(&mut entered.app_secret, "another-secret"),
        &["application_secret", "Copy the App secret again from your application’s page in the Logto Console"],
    ),
    (
        "the App ID is wrong",
        Told::TestAtLogto,
        |entered, _| write(&mut entered.app_id, "another0000000000000a"),
        &["application_unknown", "Copy the App ID again from your application’s page in the Logto Console"],
    ),
    (
        "the application is a single-page app",
        Told::TestAtLogto,
        |_, tenant| {
            let callback = tenant.login("action=logto_callback");
            let client = json!({ "token_endpoint_auth_method": "none", "redirect_uris": [callback] });
            tenant.logto.configure(&client)
        },
        &["application_type", "create an application of the type “Traditional web”"],
    ),
    (
        "the redirect URI is missing",
        Told::TestAtLogto,
        |_, tenant| tenant.logto.register("https://elsewhere.example/", &tenant.login("action=logto_signed_out")),
        &["redirect_uri_unregistered", "into “Redirect URIs” on your application’s page in the Logto Console"],
    ),
    (
        "the post sign-out redirect URI is missing",
        Told::Check,
        |_, tenant| tenant.logto.register(&tenant.login("action=logto_callback"), "https://elsewhere.example/"),
        &["post_logout_uri_unregistered", "into “Post sign-out redirect URIs” on your application’s page"],
    ),
    (
        "the endpoint lacks https",
        Told::TestAtLogto,
        |entered, _| write(&mut entered.endpoint, "http://tenant.example"),
        &["The endpoint must begin with https://"],
    ),
    (
        "the endpoint is another product’s",
        Told::TestAtLogto,
        |entered, tenant| write(&mut entered.endpoint, tenant.logto.dingtalk()),
        &["provider_answer", "Check the endpoint in Logto › Settings: it must be your Logto tenant’s URL"],
    ),
    (
        "nobody answers at the endpoint",
        Told::TestAtLogto,
        |entered, _| write(&mut entered.endpoint, "http://127.0.0.1:9"),
        &["provider_unreachable", "Check the endpoint in Logto › Settings for typing errors"],
    ),
    (
        "a clock is wrong",
        Told::TestAtLogto,
        |_, tenant| tenant.logto.set_clock(600),
        &["clock_differs", "synchronize the server’s clock"],
    ),
    (
        "the Client Secret is wrong",
        Told::TestAtDingtalk,
        |entered, _| write(&mut entered.client_secret, "another-secret"),
        &[
            "dingtalk_client_rejected",
            "copy the Client ID and Client Secret again from Basic Information › Credentials",
        ],
    ),
    (
        "no version is released",
        Told::BackFromDingtalk,
        |_, tenant| tenant.logto.control_dingtalk("behaviour", &json!({ "released": false })),
        &["dingtalk_unreleased", "release a version under Application Release › Version Management and Release"],
    ),
    (
        "the permission is missing",
        Told::BackFromDingtalk,
        |_, tenant| tenant.logto.control_dingtalk("behaviour", &json!({ "permissions": [] })),
        &["dingtalk_permission_missing", "request Contact.User.Read under Permission Management"],
    ),
    (
        "the redirect URL is missing",
        Told::BesideDingtalk,
        |_, tenant| tenant.logto.register_at_dingtalk(&[]),
        &["the redirect URL is missing or differs in the DingTalk Open Platform"],
    ),
];

/// Fails never: the mistakes that a provider's control makes do.
#[expect(clippy::unnecessary_wraps, reason = "one type for all mistakes")]
fn write(field: &mut String, text: &str) -> Result<()> {
    text.clone_into(field);
    Ok(())
}

/// An application of DingTalk without a released version was said to have a wrong secret, an endpoint with a typing error
/// was blamed on the server's firewall, and nothing told of a redirect URL that DingTalk lacks.
fn fault_c20_each_typical_mistake_is_named_with_its_fix(tenant: &TenantSite) -> Result<()> {
    let began = Instant::now();
    let admin = tenant.browser("en-US")?;
    demo::log_in(&admin, &tenant.site)?;
    for (mistake, told, make, words) in MISTAKES {
        let mut entered = put_right(tenant)?;
        make(&mut entered, tenant)?;

        let text = told.learn(&entered, &admin, tenant)?;

        for part in *words {
            ensure!(text.contains(part), "{mistake}: {part:?} is not in\n{text}");
        }
    }
    println!("{} mistakes, {} s", MISTAKES.len(), began.elapsed().as_secs());
    ensure!(tenant.site.complaints().is_empty(), "{}", tenant.site.complaints());
    Ok(())
}

/// Both providers as they should be, and what is then entered.
fn put_right(tenant: &TenantSite) -> Result<Entered> {
    let logto = &tenant.logto;
    logto.register(&tenant.login("action=logto_callback"), &tenant.login("action=logto_signed_out"))?;
    logto.set_clock(0)?;
    logto.register_at_dingtalk(&[&tenant.login("action=logto_callback_dingtalk")])?;
    logto.control_dingtalk("behaviour", &json!({ "released": true, "permissions": ["Contact.User.Read"] }))?;
    tenant.set(&json!({}))?;
    Ok(Entered {
        endpoint: logto.endpoint.clone(),
        app_id: logto.app_id.clone(),
        app_secret: logto.app_secret.clone(),
        client_secret: logto.dingtalk_client().1.to_owned(),
    })
}

impl Told {
    /// Does what the administrator does, and gives what the page says.
    fn learn(self, entered: &Entered, admin: &Browser, tenant: &TenantSite) -> Result<String> {
        let page = |name: &str| format!("{}/wp-admin/admin.php?page={name}", tenant.site.url);
        if let Self::Check = self {
            admin.goto(&page("logto-sign-in"))?;
            admin.follow("#check")?;
            return admin.text_of("#logto-check-result");
        }
        admin.goto(&page("logto-sign-in-setup"))?;
        let card = if let Self::TestAtLogto = self { "logto" } else { "dingtalk" };
        if card == "logto" {
            admin.fill("#logto-endpoint", &entered.endpoint)?;
            admin.fill("#logto-app_id", &entered.app_id)?;
            admin.fill("#logto-app_secret", &entered.app_secret)?;
        } else {
            admin.fill("#logto-dingtalk_client_secret", &entered.client_secret)?;
        }
        let beside = admin.text()?;
        let button = format!("#logto-card-{card} ~ form button[formtarget]");
        // A window of its own is what the test of the whole set-up has.
        admin.execute(&format!("document.querySelector(\"{button}\").formTarget = '_self'"))?;
        admin.click(&button)?;
        match self {
            Self::BackFromDingtalk => {
                admin.wait_for_url(tenant.logto.dingtalk())?;
                admin.click("button.agree")?;
            }
            Self::BesideDingtalk => {
                admin.wait_for_url(tenant.logto.dingtalk())?;
                ensure!(admin.text()?.contains("redirect_uri"), "DingTalk says what it lacks");
                return Ok(beside);
            }
            Self::TestAtLogto | Self::TestAtDingtalk | Self::Check => {}
        }
        admin.wait_for(".logto-report .logto-refused")?;
        admin.text()
    }
}
