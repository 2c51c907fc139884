//! Accounts where many want one at the same moment, and where there are very many: a real MariaDB behind nginx and
//! PHP-FPM. One site and one provider for all tests here; they take turns.

mod ground;

use ground::Ground;
use serde_json::{Value, json};
use simulator::provider::visitor::Visitor as Person;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use world::http::Answer;
use world::visitor::Visitor;
use world::wordpress::Options;
use world::world::World;
use world::{Result, ensure, package, progress};

struct Shared {
    ground: Ground,
    _world: World,
}

fn ground() -> MutexGuard<'static, Shared> {
    static SHARED: OnceLock<Mutex<Shared>> = OnceLock::new();
    let shared = SHARED.get_or_init(|| {
        progress::be_quiet();
        let start = || -> Result<Shared> {
            let world = World::start()?;
            let ground = Ground::prepare(&world, &Options::default(), &package::build()?)?;
            Ok(Shared { ground, _world: world })
        };
        Mutex::new(start().unwrap_or_else(|error| panic!("{error:#}")))
    });
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Users besides the administrator, different names and addresses among them, and identities.
#[derive(Debug, PartialEq, Eq)]
struct Count {
    users: u64,
    names: u64,
    addresses: u64,
    identities: u64,
}

impl Shared {
    /// Counts, and removes everybody but the administrator.
    fn count_and_clear(&self) -> Result<Count> {
        let json = self.ground.site.run_php(
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
        self.ground.site.run_php(&format!(
            "echo wp_insert_user(['user_login' => {name:?}, 'user_email' => '{name}@example.org', 'user_pass' => 'x']);"
        ))
    }

    /// Neither PHP nor the database had something to complain about.
    fn is_quiet(&self) -> Result<()> {
        let (complaints, log) = (self.ground.site.complaints(), self.ground.site.debug_log());
        let database: Vec<&str> = log.lines().filter(|line| line.contains("WordPress database error")).collect();
        ensure!(complaints.is_empty() && database.is_empty(), "{complaints}\n{}", database.join("\n"));
        Ok(())
    }
}

fn address_of(name: &str) -> Value {
    json!({"name": "Somebody", "email": format!("{name}@example.org"), "email_verified": true})
}

fn signed_in(everybody: &[(Visitor, Answer)]) -> usize {
    everybody.iter().filter(|(visitor, answer)| answer.status == 302 && visitor.is_signed_in()).count()
}

/// What those who were not signed in were told.
fn refusals(everybody: &[(Visitor, Answer)]) -> BTreeSet<(u16, &str)> {
    everybody.iter().filter(|(visitor, _)| !visitor.is_signed_in()).map(|(_, answer)| told(answer)).collect()
}

/// The status and the code of a refusal's page.
fn told(answer: &Answer) -> (u16, &str) {
    let code = answer.body.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next());
    (answer.status, code.unwrap_or("no code"))
}

#[test]
fn two_hundred_callbacks_of_one_new_subject_make_one_user() -> Result<()> {
    // lessons.md B.17, E.12, E.14
    let shared = ground();
    shared.ground.set(&json!({}))?;
    let person = Person::new("subject of everybody", &address_of("everybody"));
    let mut everybody = shared.ground.sign_in_at_once(&vec![person; 200])?;
    ensure!(signed_in(&everybody) == 200, "{} signed in, others: {:?}", signed_in(&everybody), refusals(&everybody));
    let sessions = shared.ground.site.run_php(
        "$user = get_user_by('email', 'everybody@example.org');
         echo count(WP_Session_Tokens::get_instance($user->ID)->get_all());",
    )?;
    ensure!(sessions == "200", "every browser has a session of its own, not {sessions}");
    for (visitor, _) in everybody.iter_mut().take(3) {
        let profile = visitor.get(&format!("{}/wp-admin/profile.php", shared.ground.site.url))?;
        ensure!(profile.status == 200, "the session counts: {}", profile.status);
    }
    let one = Count { users: 1, names: 1, addresses: 1, identities: 1 };
    assert_eq!(shared.count_and_clear()?, one);
    shared.is_quiet()
}

#[test]
fn forty_people_of_one_name_at_once_get_forty_names() -> Result<()> {
    // lessons.md B.20, E.9, E.12
    let shared = ground();
    shared.ground.set(&json!({}))?;
    let person = |number| Person::new(&format!("zhang {number}"), &json!({"name": "Zhang Wei", "email": null}));
    let everybody = shared.ground.sign_in_at_once(&(0..40).map(person).collect::<Vec<_>>())?;
    ensure!(signed_in(&everybody) == 40, "{} signed in, others: {:?}", signed_in(&everybody), refusals(&everybody));
    let nicenames =
        shared.ground.site.run_php("global $wpdb; echo count(array_unique($wpdb->get_col(\"SELECT user_nicename FROM {$wpdb->users} WHERE ID > 1\")));")?;
    assert_eq!(nicenames, "40");
    assert_eq!(shared.count_and_clear()?, Count { users: 40, names: 40, addresses: 40, identities: 40 });
    shared.is_quiet()
}

#[test]
fn of_twenty_new_subjects_with_one_address_one_gets_the_account() -> Result<()> {
    // lessons.md E.12, E.13
    let shared = ground();
    shared.ground.set(&json!({}))?;
    let person = |number| Person::new(&format!("sharer {number}"), &address_of("shared"));
    let everybody = shared.ground.sign_in_at_once(&(0..20).map(person).collect::<Vec<_>>())?;
    assert_eq!((signed_in(&everybody), refusals(&everybody)), (1, BTreeSet::from([(409, "email_taken")])));
    assert_eq!(shared.count_and_clear()?, Count { users: 1, names: 1, addresses: 1, identities: 1 });
    shared.is_quiet()
}

#[test]
fn twenty_callbacks_link_an_account_by_its_address_once() -> Result<()> {
    // lessons.md B.17, C (GHSA-6g38-8j4p-j3pr)
    let shared = ground();
    shared.ground.set(&json!({"link_by_email": true}))?;
    let user = shared.local("linked")?;
    let person = Person::new("the owner", &address_of("linked"));
    let everybody = shared.ground.sign_in_at_once(&vec![person; 20])?;
    ensure!(signed_in(&everybody) == 20, "{} signed in, others: {:?}", signed_in(&everybody), refusals(&everybody));
    let owner = shared
        .ground
        .site
        .run_php("global $wpdb; echo $wpdb->get_var(\"SELECT user_id FROM {$wpdb->base_prefix}logto_identities\");")?;
    assert_eq!(owner, user);
    assert_eq!(shared.count_and_clear()?, Count { users: 1, names: 1, addresses: 1, identities: 1 });
    shared.is_quiet()
}

#[test]
fn of_twenty_subjects_with_the_address_of_an_account_one_is_linked() -> Result<()> {
    // lessons.md C, E.13: a second subject with the address took the account over.
    let shared = ground();
    shared.ground.set(&json!({"link_by_email": true}))?;
    shared.local("linked")?;
    let person = |number| Person::new(&format!("claimant {number}"), &address_of("linked"));
    let everybody = shared.ground.sign_in_at_once(&(0..20).map(person).collect::<Vec<_>>())?;
    assert_eq!(signed_in(&everybody), 1);
    // Told apart by when they came: before the first was linked, or after.
    let refused = refusals(&everybody);
    assert!(refused.is_subset(&BTreeSet::from([(409, "email_taken"), (409, "identity_taken")])), "{refused:?}");
    assert_eq!(shared.count_and_clear()?, Count { users: 1, names: 1, addresses: 1, identities: 1 });
    shared.is_quiet()
}

#[test]
fn a_role_comes_and_goes_with_what_logto_says() -> Result<()> {
    // lessons.md B.13, E.15
    let shared = ground();
    shared.ground.set(&json!({"role_map": "staff = editor\nboss = administrator", "role_map_mode": "all"}))?;
    let roles_after = |roles: Value| -> Result<String> {
        let mut claims = address_of("worker");
        claims["roles"] = roles;
        let mut visitor = Visitor::default();
        let answer = shared.ground.sign_in(&mut visitor, &Person::new("worker", &claims))?;
        ensure!(visitor.is_signed_in(), "{} {}", answer.status, answer.body);
        shared.ground.site.run_php("echo implode(' ', get_user_by('email', 'worker@example.org')->roles);")
    };
    assert_eq!(roles_after(json!(["staff", "guest"]))?, "editor");
    shared.ground.site.run_php("get_user_by('email', 'worker@example.org')->add_role('author');")?;
    assert_eq!(roles_after(json!(["staff", "boss"]))?, "editor author administrator");
    assert_eq!(roles_after(json!(["boss"]))?, "author administrator", "what an admin gave by hand stays");
    assert_eq!(roles_after(json!("boss"))?, "author", "a claim of another type says nothing");
    assert_eq!(roles_after(json!(["staff"]))?, "author editor");
    shared.ground.site.run_php("get_user_by('email', 'worker@example.org')->remove_role('author');")?;
    shared.ground.set(&json!({}))?;
    assert_eq!(roles_after(json!(["staff"]))?, "subscriber", "nobody is left without a role");
    assert_eq!(shared.count_and_clear()?.users, 1);
    shared.is_quiet()
}

#[test]
fn every_field_follows_its_own_setting_and_the_identity_none() -> Result<()> {
    // lessons.md B.16, B.17, E.14, E.17: without synchronisation the subject was never stored, and warnings were.
    let shared = ground();
    shared.ground.set(&json!({"sync_display_name": "never", "sync_email": "always", "sync_nickname": "first"}))?;
    let told_as = |subject: &str, name: &str, address: &str| -> Result<(Visitor, Answer)> {
        let claims = json!({"name": name, "nickname": name, "email": address, "email_verified": true});
        let mut visitor = Visitor::default();
        let answer = shared.ground.sign_in(&mut visitor, &Person::new(subject, &claims))?;
        Ok((visitor, answer))
    };
    let stored = || {
        shared.ground.site.run_php(
            "$user = get_users(['exclude' => [1]])[0]; echo $user->user_email, ' ', $user->nickname, ' ', $user->display_name;",
        )
    };
    told_as("mover", "First", "first@example.org")?;
    let display_name = stored()?.rsplit(' ').next().map(str::to_owned);
    assert!(stored()?.starts_with("first@example.org First "), "{}", stored()?);
    let (visitor, answer) = told_as("mover", "Second", "second@example.org")?;
    ensure!(visitor.is_signed_in(), "{} {}", answer.status, answer.body);
    assert_eq!(stored()?, format!("second@example.org First {}", display_name.unwrap_or_default()));

    // The address that the account has now is somebody else's: it selects nothing.
    let (visitor, answer) = told_as("another", "Third", "second@example.org")?;
    assert_eq!((visitor.is_signed_in(), answer.status), (false, 409));
    assert_eq!(shared.count_and_clear()?, Count { users: 1, names: 1, addresses: 1, identities: 1 });
    shared.is_quiet()
}

#[test]
fn who_gets_no_account_is_told_so() -> Result<()> {
    // lessons.md B.23: where no account is made, the page spoke of an invalid state.
    let shared = ground();
    for (settings, code) in [
        (json!({"provisioning": "off"}), "not_provisioned"),
        (json!({"provisioning": "allow_list", "allow_email_domains": "example.com"}), "not_provisioned"),
        (json!({"required_organizations": "o1"}), "organization_required"),
        (json!({"pending_approval": true}), "account_pending"),
    ] {
        shared.ground.set(&settings)?;
        let mut visitor = Visitor::default();
        let answer = shared.ground.sign_in(&mut visitor, &Person::new("guest", &address_of("guest")))?;
        assert_eq!((visitor.is_signed_in(), told(&answer)), (false, (403, code)));
        let users = u64::from(code == "account_pending");
        let expected = Count { users, names: users, addresses: users, identities: users };
        assert_eq!(shared.count_and_clear()?, expected, "{code}");
    }
    shared.is_quiet()
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

#[test]
fn among_a_hundred_thousand_accounts_every_look_up_goes_by_a_key() -> Result<()> {
    let shared = ground();
    let explained: Value = serde_json::from_str(&shared.ground.site.run_php(include_str!("accounts/many.php"))?)?;
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
    shared.count_and_clear().map(drop)
}
