//! Accounts where many visitors want one at the same moment, and where there are very many: a real MariaDB behind nginx
//! and PHP-FPM.

use crate::fixture::simulated::SimulatedSite;
use crate::fixture::{Fixture, Shared, trials};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use simulator::provider::visitor::Visitor;
use std::collections::BTreeSet;
use std::sync::Arc;
use world::cookie_client::CookieClient;
use world::http::Answer;
use world::{Result, ensure};

pub fn trials(fixture: &Arc<Fixture>) -> Vec<Trial> {
    trials![Shared::new(fixture, Accounts::prepare);
        two_hundred_simultaneous_callbacks_of_one_subject_create_one_user,
        forty_simultaneous_visitors_of_one_name_get_unique_usernames,
        twenty_simultaneous_subjects_with_one_email_give_it_to_one_user,
        twenty_simultaneous_visitors_with_the_email_of_a_user_link_nothing,
        roles_follow_the_claim_and_keep_what_was_given_by_hand,
        each_profile_field_follows_its_own_setting,
        refused_visitors_get_no_session_and_see_the_reason,
        queries_use_keys_among_a_hundred_thousand_users,
    ]
}

/// A site whose users come and go.
struct Accounts(SimulatedSite);

/// Users besides the administrator, different names and addresses among them, and identities.
#[derive(Debug, PartialEq, Eq)]
struct Count {
    users: u64,
    names: u64,
    addresses: u64,
    identities: u64,
}

impl Accounts {
    fn prepare(fixture: &Arc<Fixture>) -> Result<Self> {
        SimulatedSite::prepare(fixture).map(Self)
    }

    /// Counts, and removes everybody but the administrator.
    fn count_and_clear(&self) -> Result<Count> {
        let json = self.0.site.run_php(
            "global $wpdb;
             $count = fn ($what, $table) => (int) $wpdb->get_var(\"SELECT COUNT($what) FROM $table\");
             $users = \"{$wpdb->users} WHERE ID > 1\";
             echo json_encode([
                 $count('*', $users), $count('DISTINCT user_login', $users), $count('DISTINCT user_email', $users),
                 $count('*', \"{$wpdb->base_prefix}logto_identities\"),
             ]);
             foreach ([$users, \"{$wpdb->usermeta} WHERE user_id > 1\", \"{$wpdb->base_prefix}logto_identities\"] as $rows) {
                 $wpdb->query(\"DELETE FROM $rows\");
             }",
        )?;
        let [users, names, addresses, identities] = serde_json::from_str(&json)?;
        Ok(Count { users, names, addresses, identities })
    }

    /// A user who was there before, with an address and no identity. Gives their number.
    fn local(&self, name: &str) -> Result<String> {
        self.0.site.run_php(&format!(
            "echo wp_insert_user(['user_login' => {name:?}, 'user_email' => '{name}@example.org', 'user_pass' => 'x']);"
        ))
    }

    /// Neither PHP nor the database had something to complain about.
    fn is_quiet(&self) -> Result<()> {
        let (complaints, log) = (self.0.site.complaints(), self.0.site.debug_log());
        let database: Vec<&str> = log.lines().filter(|line| line.contains("WordPress database error")).collect();
        ensure!(complaints.is_empty() && database.is_empty(), "{complaints}\n{}", database.join("\n"));
        Ok(())
    }
}

fn address_of(name: &str) -> Value {
    json!({"name": "Somebody", "email": format!("{name}@example.org"), "email_verified": true})
}

fn signed_in(everybody: &[(CookieClient, Answer)]) -> usize {
    everybody.iter().filter(|(browser, answer)| answer.status == 302 && browser.is_signed_in()).count()
}

/// How many were asked about an account that has their address.
fn asked(everybody: &[(CookieClient, Answer)]) -> usize {
    let is_asked = |answer: &Answer| answer.header("location").is_some_and(|url| url.ends_with("action=logto_connect"));
    everybody.iter().filter(|(browser, answer)| !browser.is_signed_in() && is_asked(answer)).count()
}

/// What those who were not signed in were told.
fn refusals(everybody: &[(CookieClient, Answer)]) -> BTreeSet<(u16, &str)> {
    everybody.iter().filter(|(browser, _)| !browser.is_signed_in()).map(|(_, answer)| told(answer)).collect()
}

/// The status and the code of a refusal's page.
fn told(answer: &Answer) -> (u16, &str) {
    let code = answer.body.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next());
    (answer.status, code.unwrap_or("no code"))
}

fn two_hundred_simultaneous_callbacks_of_one_subject_create_one_user(accounts: &Accounts) -> Result<()> {
    accounts.0.set(&json!({}))?;
    let visitor = Visitor::new("subject of everybody", &address_of("everybody"));
    let mut everybody = accounts.0.sign_in_at_once(&vec![visitor; 200])?;
    ensure!(signed_in(&everybody) == 200, "{} signed in, others: {:?}", signed_in(&everybody), refusals(&everybody));
    let sessions = accounts.0.site.run_php(
        "$user = get_user_by('email', 'everybody@example.org');
         echo count(WP_Session_Tokens::get_instance($user->ID)->get_all());",
    )?;
    ensure!(sessions == "200", "every browser has a session of its own, not {sessions}");
    for (browser, _) in everybody.iter_mut().take(3) {
        let profile = browser.get(&format!("{}/wp-admin/profile.php", accounts.0.site.url))?;
        ensure!(profile.status == 200, "the session counts: {}", profile.status);
    }
    let one = Count { users: 1, names: 1, addresses: 1, identities: 1 };
    assert_eq!(accounts.count_and_clear()?, one);
    accounts.is_quiet()
}

fn forty_simultaneous_visitors_of_one_name_get_unique_usernames(accounts: &Accounts) -> Result<()> {
    accounts.0.set(&json!({}))?;
    let visitor = |number| Visitor::new(&format!("zhang {number}"), &json!({"name": "Zhang Wei", "email": null}));
    let everybody = accounts.0.sign_in_at_once(&(0..40).map(visitor).collect::<Vec<_>>())?;
    ensure!(signed_in(&everybody) == 40, "{} signed in, others: {:?}", signed_in(&everybody), refusals(&everybody));
    let nicenames =
        accounts.0.site.run_php("global $wpdb; echo count(array_unique($wpdb->get_col(\"SELECT user_nicename FROM {$wpdb->users} WHERE ID > 1\")));")?;
    assert_eq!(nicenames, "40");
    assert_eq!(accounts.count_and_clear()?, Count { users: 40, names: 40, addresses: 40, identities: 40 });
    accounts.is_quiet()
}

fn twenty_simultaneous_subjects_with_one_email_give_it_to_one_user(accounts: &Accounts) -> Result<()> {
    accounts.0.set(&json!({}))?;
    let visitor = |number| Visitor::new(&format!("sharer {number}"), &address_of("shared"));
    let everybody = accounts.0.sign_in_at_once(&(0..20).map(visitor).collect::<Vec<_>>())?;
    // Told apart by when they came: before the first had the address, or after.
    let (made, asked) = (signed_in(&everybody), asked(&everybody));
    assert_eq!(made + asked, 20, "{:?}", refusals(&everybody));
    let owners = accounts.0.site.run_php(
        "global $wpdb; echo $wpdb->get_var(\"SELECT COUNT(*) FROM {$wpdb->users} WHERE user_email = 'shared@example.org'\");",
    )?;
    assert_eq!(owners, "1");
    let made = u64::try_from(made)?;
    assert_eq!(accounts.count_and_clear()?, Count { users: made, names: made, addresses: made, identities: made });
    accounts.is_quiet()
}

fn twenty_simultaneous_visitors_with_the_email_of_a_user_link_nothing(accounts: &Accounts) -> Result<()> {
    // The first of them once took the account over.
    accounts.0.set(&json!({"link_by_email": true}))?;
    accounts.local("linked")?;
    let visitor = |number| Visitor::new(&format!("claimant {}", number / 2), &address_of("linked"));
    let everybody = accounts.0.sign_in_at_once(&(0..20).map(visitor).collect::<Vec<_>>())?;
    assert_eq!((signed_in(&everybody), asked(&everybody)), (0, 20), "{:?}", refusals(&everybody));
    assert_eq!(accounts.count_and_clear()?, Count { users: 1, names: 1, addresses: 1, identities: 0 });
    accounts.is_quiet()
}

fn roles_follow_the_claim_and_keep_what_was_given_by_hand(accounts: &Accounts) -> Result<()> {
    accounts.0.set(&json!({"role_map": "staff = editor\nboss = administrator", "role_map_mode": "all"}))?;
    let roles_after = |roles: Value| -> Result<String> {
        let mut claims = address_of("worker");
        claims["roles"] = roles;
        let mut browser = CookieClient::default();
        let answer = accounts.0.sign_in(&mut browser, &Visitor::new("worker", &claims))?;
        ensure!(browser.is_signed_in(), "{} {}", answer.status, answer.body);
        accounts.0.site.run_php("echo implode(' ', get_user_by('email', 'worker@example.org')->roles);")
    };
    assert_eq!(roles_after(json!(["staff", "guest"]))?, "editor");
    accounts.0.site.run_php("get_user_by('email', 'worker@example.org')->add_role('author');")?;
    assert_eq!(roles_after(json!(["staff", "boss"]))?, "editor author administrator");
    assert_eq!(roles_after(json!(["boss"]))?, "author administrator", "what an admin gave by hand stays");
    assert_eq!(roles_after(json!("boss"))?, "author administrator", "one role as a text is a list of one");
    assert_eq!(roles_after(json!(7))?, "author", "a claim of another type says nothing");
    assert_eq!(roles_after(json!(["staff"]))?, "author editor");
    accounts.0.site.run_php("get_user_by('email', 'worker@example.org')->remove_role('author');")?;
    accounts.0.set(&json!({}))?;
    assert_eq!(roles_after(json!(["staff"]))?, "subscriber", "nobody is left without a role");
    assert_eq!(accounts.count_and_clear()?.users, 1);
    accounts.is_quiet()
}

fn each_profile_field_follows_its_own_setting(accounts: &Accounts) -> Result<()> {
    // without synchronisation the subject was never stored, and warnings were.
    accounts.0.set(&json!({"sync_display_name": "never", "sync_email": "always", "sync_nickname": "first"}))?;
    let told_as = |subject: &str, name: &str, address: &str| -> Result<(CookieClient, Answer)> {
        let claims = json!({"name": name, "nickname": name, "email": address, "email_verified": true});
        let mut browser = CookieClient::default();
        let answer = accounts.0.sign_in(&mut browser, &Visitor::new(subject, &claims))?;
        Ok((browser, answer))
    };
    let stored = || {
        accounts.0.site.run_php(
            "$user = get_users(['exclude' => [1]])[0]; echo $user->user_email, ' ', $user->nickname, ' ', $user->display_name;",
        )
    };
    told_as("mover", "First", "first@example.org")?;
    let display_name = stored()?.rsplit(' ').next().map(str::to_owned);
    assert!(stored()?.starts_with("first@example.org First "), "{}", stored()?);
    let (browser, answer) = told_as("mover", "Second", "second@example.org")?;
    ensure!(browser.is_signed_in(), "{} {}", answer.status, answer.body);
    assert_eq!(stored()?, format!("second@example.org First {}", display_name.unwrap_or_default()));

    // The address that the account has now is somebody else's: it selects nothing.
    let (browser, answer) = told_as("another", "Third", "second@example.org")?;
    assert_eq!((browser.is_signed_in(), answer.status), (false, 302));
    assert!(answer.header("location").is_some_and(|url| url.ends_with("action=logto_connect")));
    assert_eq!(accounts.count_and_clear()?, Count { users: 1, names: 1, addresses: 1, identities: 1 });
    accounts.is_quiet()
}

fn refused_visitors_get_no_session_and_see_the_reason(accounts: &Accounts) -> Result<()> {
    // where no account is made, the page spoke of an invalid state.
    for (settings, code) in [
        (json!({"provisioning": "off"}), "not_provisioned"),
        (json!({"provisioning": "allow_list", "allow_email_domains": "example.com"}), "not_provisioned"),
        (json!({"required_organizations": "o1"}), "organization_required"),
        (json!({"pending_approval": true}), "account_pending"),
    ] {
        accounts.0.set(&settings)?;
        let mut browser = CookieClient::default();
        let answer = accounts.0.sign_in(&mut browser, &Visitor::new("guest", &address_of("guest")))?;
        assert_eq!((browser.is_signed_in(), told(&answer)), (false, (403, code)));
        let users = u64::from(code == "account_pending");
        let expected = Count { users, names: users, addresses: users, identities: users };
        assert_eq!(accounts.count_and_clear()?, expected, "{code}");
    }
    accounts.is_quiet()
}

/// One line of what MariaDB says about how it runs a query.
#[derive(Debug)]
struct Access {
    table: String,
    select: String,
    kind: String,
    key: String,
    rows: u64,
}

impl Access {
    fn read(line: &Value) -> Self {
        let text = |column: &str| line[column].as_str().unwrap_or_default().to_owned();
        let rows = text("rows").parse().unwrap_or(u64::MAX);
        Self { table: text("table"), select: text("select_type"), kind: text("type"), key: text("key"), rows }
    }

    /// Whether a whole table, or a whole key of it, is read.
    fn is_scan(&self) -> bool {
        ["ALL", "index"].contains(&self.kind.as_str())
    }
}

fn queries_use_keys_among_a_hundred_thousand_users(accounts: &Accounts) -> Result<()> {
    let explained: Value = serde_json::from_str(&accounts.0.site.run_php(include_str!("accounts/many.php"))?)?;
    let queries = |name: &str| -> Vec<Access> {
        let queries = explained[name].as_array().into_iter().flatten();
        queries.flat_map(|query| query.as_array().into_iter().flatten()).map(Access::read).collect()
    };
    for (name, kind, key, most) in [
        ("look_up", "const", "issuer_subject", 1),
        ("has_other", "ref", "user_id", 1),
        ("of_user", "ref", "user_id", 1),
        // The page of twenty users that an administrator opens.
        ("list", "range", "user_id", 20),
    ] {
        let access = queries(name);
        let fits = |access: &Access| (access.kind.as_str(), access.key.as_str()) == (kind, key) && access.rows <= most;
        assert!(access.len() == 1 && access.iter().all(fits), "{name}: {access:?}");
    }
    // Those few who sign in with something else are found by the key, too.
    let few = queries("list_dingtalk");
    assert!(few.iter().any(|access| access.table == "ways" && access.key == "issuer_subject"), "{few:?}");
    assert!(few.iter().all(|access| access.rows <= 20), "{few:?}");
    // WordPress numbers the pages of a narrowed list, for which everybody is counted: each table once, not once a user.
    for name in ["list_with", "list_without"] {
        let access = queries(name);
        let scans: Vec<&Access> = access.iter().filter(|access| access.is_scan()).collect();
        assert!(scans.len() <= 2 && scans.iter().all(|access| !access.select.starts_with("DEPENDENT")), "{access:?}");
    }
    accounts.count_and_clear().map(drop)
}
