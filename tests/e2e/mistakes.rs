//! Mistakes that administrators make while they set the plugin up: the page names each one, and what mends it in the words
//! of the provider's console.

use crate::fixture::tenant::TenantSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use world::cookie_client::CookieClient;
use world::http::Answer;
use world::providers::DINGTALK_VISITOR;
use world::wordpress::site::ADMIN;
use world::{Context as _, Result, bail, ensure};

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
///
/// The forms are posted without a browser: `setup.rs` clicks the same buttons.
fn fault_c20_each_typical_mistake_is_named_with_its_fix(tenant: &TenantSite) -> Result<()> {
    let began = Instant::now();
    tenant.set(&json!({}))?;
    let mut admin = Admin::log_in(tenant)?;
    for (mistake, told, make, words) in MISTAKES {
        let mut entered = put_right(tenant)?;
        make(&mut entered, tenant)?;

        let text = told.learn(&entered, &mut admin).with_context(|| (*mistake).to_owned())?;

        for part in *words {
            ensure!(text.contains(part), "{mistake}: {part:?} is not in\n{text}");
        }
    }
    println!("{} mistakes, {:.1} s", MISTAKES.len(), began.elapsed().as_secs_f64());
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
    Ok(Entered {
        endpoint: logto.endpoint.clone(),
        app_id: logto.app_id.clone(),
        app_secret: logto.app_secret.clone(),
        client_secret: logto.dingtalk_client().1.to_owned(),
    })
}

/// An administrator at the set-up page.
struct Admin<'a> {
    client: CookieClient,
    tenant: &'a TenantSite,
    /// The set-up page as it was opened.
    setup: String,
}

impl<'a> Admin<'a> {
    fn log_in(tenant: &'a TenantSite) -> Result<Self> {
        let mut client = CookieClient::default();
        client.post(&tenant.login(""), &[("log", ADMIN), ("pwd", &tenant.site.password)])?;
        let setup = client.get(&format!("{}/wp-admin/admin.php?page=logto-sign-in-setup", tenant.site.url))?.body;
        Ok(Self { client, tenant, setup })
    }

    /// Clicks “Test sign-in” in a provider's card, with these values in its fields.
    fn test(&mut self, provider: &str, values: &[(&str, &str)]) -> Result<Answer> {
        let card = format!("id=\"logto-card-{provider}\"");
        let form = part(&self.setup, &card, "</section>")?;
        ensure!(form.contains("formaction=") && form.contains("formtarget=\"_blank\""), "no button in {form}");
        for (name, _) in values {
            ensure!(form.contains(&format!("name=\"{name}\"")), "no field {name} in {form}");
        }
        let nonce = value_of(form, "_wpnonce")?;
        let mut fields = vec![("_wpnonce", nonce), ("provider", provider)];
        fields.extend_from_slice(values);
        self.client.post(&self.tenant.login("action=logto_test"), &fields)
    }

    /// Clicks “Check connection” on the settings page.
    fn check(&mut self) -> Result<String> {
        let url = format!("{}/wp-admin/admin.php?page=logto-sign-in", self.tenant.site.url);
        let page = self.client.get(&url)?.body;
        let form = part(&page, "id=\"logto-check-form\"", "</form>")?;
        let fields: Vec<(&str, &str)> = ["action", "_wpnonce", "tab"]
            .into_iter()
            .map(|name| Ok((name, value_of(form, name)?)))
            .collect::<Result<_>>()?;
        self.client.post(&format!("{}/wp-admin/admin-post.php", self.tenant.site.url), &fields)?;
        let page = self.client.get(&url)?.body;
        Ok(part(&page, "id=\"logto-check-result\"", "</table>")?.to_owned())
    }

    /// Agrees at DingTalk, which an answer of the site leads to, and gives the site's page after that.
    fn agree(&mut self, answer: &Answer) -> Result<String> {
        let mut dingtalk = CookieClient::default();
        let asked = dingtalk.get(location(answer)?)?;
        let visitor = DINGTALK_VISITOR.0;
        let fields = [("request", value_of(&asked.body, "request")?), ("visitor", visitor), ("decision", "agree")];
        let agreed = dingtalk.post(&format!("{}/oauth2/consent", self.tenant.logto.dingtalk()), &fields)?;
        Ok(self.client.get(location(&agreed)?)?.body)
    }
}

impl Told {
    /// Does what the administrator does, and gives what the page says.
    fn learn(self, entered: &Entered, admin: &mut Admin<'_>) -> Result<String> {
        let Entered { endpoint, app_id, app_secret, client_secret } = entered;
        let answer = match self {
            Self::Check => return admin.check(),
            Self::TestAtLogto => {
                admin.test("logto", &[("endpoint", endpoint), ("app_id", app_id), ("app_secret", app_secret)])?
            }
            Self::TestAtDingtalk | Self::BackFromDingtalk | Self::BesideDingtalk => {
                let client_id = admin.tenant.logto.dingtalk_client().0;
                admin
                    .test("dingtalk", &[("dingtalk_client_id", client_id), ("dingtalk_client_secret", client_secret)])?
            }
        };
        let page = match self {
            Self::BackFromDingtalk => admin.agree(&answer)?,
            Self::BesideDingtalk => {
                let refused = CookieClient::default().get(location(&answer)?)?.body;
                ensure!(refused.contains("redirect_uri"), "DingTalk says what it lacks: {refused}");
                return Ok(admin.setup.clone());
            }
            Self::TestAtLogto | Self::TestAtDingtalk | Self::Check => answer.body,
        };
        Ok(part(&page, "class=\"logto-refused\"", "</body>")?.to_owned())
    }
}

fn location(answer: &Answer) -> Result<&str> {
    answer.header("location").with_context(|| format!("status {} leads nowhere: {}", answer.status, answer.body))
}

/// What stands between two texts of a page.
fn part<'a>(page: &'a str, from: &str, to: &str) -> Result<&'a str> {
    let rest = page.split_once(from).map(|(_, rest)| rest);
    let Some((part, _)) = rest.and_then(|rest| rest.split_once(to)) else { bail!("no {from} in\n{page}") };
    Ok(part)
}

/// The value of a field.
fn value_of<'a>(form: &'a str, name: &str) -> Result<&'a str> {
    part(form, &format!("name=\"{name}\" value=\""), "\"")
}
