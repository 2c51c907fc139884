//! A search for secrets in everything that a run leaves behind: logs, mails, files and tables.
//!
//! What has to be secret is found in the run itself: the secrets of the settings, the codes that came back from
//! providers, and the keys of links in mails. What the tests know besides, they add. Each secret may be where it belongs
//! and nowhere else, see [`Secret`].

use crate::Result;
use crate::database::Database;
use crate::paths::files_under;
use aho_corasick::AhoCorasick;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Folders of a run that are not the site's: the database's own files are read as tables, the browser is the visitor's,
/// and the authority is the world's. WordPress's and the plugin's own code are copies.
const OTHERS_FOLDERS: [&str; 7] =
    ["mariadb", "browser", "authority", "wp-admin", "wp-includes", "wp-content/plugins", "wp-content/themes"];

/// How the names of the providers' files begin, which have secrets of their own.
const OTHERS_FILES: [&str; 2] = ["logto-", "dingtalk-"];

/// A secret that is shorter is an ordinary word.
const SHORTEST: usize = 8;

/// What the key of a mailed link is called.
const MAILED: &str = "key of a mailed link";

/// Options that hold the secrets of the settings: nowhere else may they be.
const OWNERS: [&str; 2] = ["logto_sign_in", "logto_sign_in_network"];

/// What somebody must not find, and where it belongs.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Secret {
    /// What it is, for the message.
    pub what: String,
    /// The secret itself.
    pub value: String,
    /// The end of the names of files that it belongs to. An authorization code is in the address that the provider sends
    /// the visitor to, so the web server's access log has it, and its error log where PHP ended without an answer; it has
    /// been used by then, or is in a minute.
    pub belongs_to: &'static [&'static str],
}

/// A file or a table, as text.
#[derive(Debug)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// Everything that a run has left behind in its folder and its databases so far.
pub fn places(folder: &Path, database: &Database) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for file in files_under(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
        let in_folder = |other: &&str| format!("/{name}").contains(&format!("/{other}/"));
        if !OTHERS_FOLDERS.iter().any(in_folder) && !OTHERS_FILES.iter().any(|other| name.starts_with(other)) {
            // Sockets, and files that a server has just removed.
            let Ok(bytes) = fs::read(&file) else { continue };
            places.push(Place { name, text: String::from_utf8_lossy(&bytes).into_owned() });
        }
    }
    let tables = "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables \
         WHERE table_schema LIKE 'site%' ORDER BY 1";
    for table in database.run(tables)?.lines() {
        places.push(Place { name: table.to_owned(), text: database.run(&format!("SELECT * FROM {table}"))? });
    }
    Ok(places)
}

/// The secrets of a run: those that the places tell of by themselves, and those `known` besides. One that is found to
/// belong somewhere may be there, however it is known.
pub fn secrets(places: &[Place], known: &[Secret]) -> BTreeSet<Secret> {
    let mut all = secrets_in(places);
    let told: BTreeSet<String> = all.iter().map(|secret| secret.value.clone()).collect();
    all.extend(known.iter().filter(|secret| !told.contains(&secret.value)).cloned());
    all.retain(|secret| secret.value.len() >= SHORTEST);
    all
}

fn secrets_in(places: &[Place]) -> BTreeSet<Secret> {
    let mut secrets = BTreeSet::new();
    for place in places {
        for row in place.text.lines().filter(|row| is_owner(place, row)) {
            for setting in ["app_secret", "dingtalk_client_secret"] {
                secrets.extend(serialized(row, setting).map(|value| Secret::new(setting, value, &[])));
            }
        }
        if place.name.ends_with("access.log") {
            let codes = ["code", "authCode"].iter().flat_map(|name| parameters(&place.text, name));
            secrets.extend(codes.map(|value| Secret::new("authorization code", value, &["access.log", "/error.log"])));
        }
        if place.name.ends_with("mail.log") {
            let keys = ["key", "token", "code"].iter().flat_map(|name| parameters(&place.text, name));
            secrets.extend(keys.map(|value| Secret::new(MAILED, value, &["mail.log", "access.log"])));
        }
    }
    // The address that a mailed link leads to has its key as a parameter, too.
    let mailed: BTreeSet<String> =
        secrets.iter().filter(|secret| secret.what == MAILED).map(|secret| secret.value.clone()).collect();
    secrets.retain(|secret| secret.what == MAILED || !mailed.contains(&secret.value));
    secrets
}

/// Where a secret is that does not belong there, and what looks like a token or the cookie of a session.
///
/// # Panics
/// When the secrets are too many to be searched for at once, which is gigabytes of them.
pub fn leaks(places: &[Place], secrets: &BTreeSet<Secret>) -> Vec<String> {
    let (owners, forms): (Vec<&Secret>, Vec<String>) =
        secrets.iter().flat_map(|secret| secret.forms().map(|form| (secret, form))).unzip();
    let search = AhoCorasick::new(forms).expect("some thousand short texts");
    let mut leaks = Vec::new();
    for place in places {
        for (number, line) in place.text.lines().enumerate() {
            let here = search.find_overlapping_iter(line).map(|found| owners[found.pattern()]);
            let mut found: BTreeSet<&str> = here
                .filter(|secret| !secret.belongs_to.iter().any(|end| place.name.ends_with(end)))
                .map(|secret| secret.what.as_str())
                .collect();
            if !found.is_empty() && is_owner(place, line) {
                found.clear();
            }
            found.extend(has_token(line).then_some("signed token"));
            found.extend(has_cookie(line).then_some("cookie"));
            leaks.extend(found.iter().map(|what| format!("{}:{} holds a secret: {what}", place.name, number + 1)));
        }
    }
    leaks
}

impl Secret {
    /// A secret that belongs to files with these endings.
    pub fn new(what: &str, value: impl Into<String>, belongs_to: &'static [&'static str]) -> Self {
        Self { what: what.to_owned(), value: value.into(), belongs_to }
    }

    /// As it is, as JSON, and percent-encoded.
    fn forms(&self) -> [String; 4] {
        let json = serde_json::Value::from(self.value.as_str()).to_string();
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let encode = |byte| if unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        let encoded: String = self.value.bytes().map(encode).collect();
        let form = encoded.replace("%20", "+");
        [self.value.clone(), json.trim_matches('"').to_owned(), encoded, form]
    }
}

/// Whether a row of a table is the option that owns the secrets of the settings.
fn is_owner(place: &Place, row: &str) -> bool {
    let table = place.name.rsplit('.').next().unwrap_or_default();
    let is_options = table.ends_with("options") || table.ends_with("sitemeta");
    is_options && row.split('\t').any(|column| OWNERS.contains(&column))
}

/// A text member of an array that PHP has serialized.
fn serialized(text: &str, member: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("s:{}:\"{member}\";s:", member.len()))?;
    let (length, rest) = rest.split_once(":\"")?;
    rest.get(..length.parse().ok()?).map(str::to_owned)
}

/// The values of a parameter of the addresses in a text.
fn parameters(text: &str, name: &str) -> Vec<String> {
    let starts = ["?", "&", "&amp;", "&#038;"].map(|before| format!("{before}{name}="));
    let after = starts.iter().flat_map(|start| text.split(start.as_str()).skip(1));
    after
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-._~%+".contains(*c)).collect())
        .collect()
}

/// Whether a line has a signed token in compact form (RFC 7515 §3.1): three parts, of which the first two are JSON objects.
fn has_token(line: &str) -> bool {
    line.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).any(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        matches!(parts[..], [header, payload, signature]
            if header.starts_with("eyJ") && payload.starts_with("eyJ") && signature.len() >= 40)
    })
}

/// Whether a line has a cookie of WordPress or of the plugin with its value.
fn has_cookie(line: &str) -> bool {
    ["wordpress_logged_in_", "wordpress_sec_", "wordpress_logto_", "wordpress_"].iter().any(|name| {
        line.split(name).skip(1).any(|rest| {
            let id = rest.chars().take_while(char::is_ascii_hexdigit).count();
            let value = rest.get(id..).and_then(|rest| rest.strip_prefix('=')).unwrap_or_default();
            id >= 16 && value.chars().take_while(|c| !c.is_whitespace() && *c != ';').count() >= 16
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str =
        "7\tlogto_sign_in\ta:2:{s:6:\"app_id\";s:3:\"app\";s:10:\"app_secret\";s:16:\"a \"secret\" & mehr\";}\tyes";
    const ACCESS: &str =
        "127.0.0.1 \"GET /wp-login.php?action=logto_callback&code=0123456789abcdef&state=x HTTP/1.1\" 302";

    fn place(name: &str, text: &str) -> Place {
        Place { name: name.to_owned(), text: text.to_owned() }
    }

    fn found(planted: &Place) -> Vec<String> {
        let mail = r#"{"message":"https://site.example/?logto_key=1&key=abcdefghijklmnopqrst&login=a"}"#;
        let run = [
            place("site1.wp_options", ROW),
            place("nginx-site1/access.log", ACCESS),
            place("nginx-site2/access.log", "GET /wp-login.php?action=logto_connect&code=abcdefghijklmnopqrst"),
            place("site1/wp-content/mail.log", mail),
        ];
        let secrets = secrets(&run, &[]);
        assert_eq!(leaks(&run, &secrets), Vec::<String>::new(), "each secret is where it belongs");
        leaks(std::slice::from_ref(planted), &secrets)
    }

    #[test]
    fn secrets_that_were_planted_are_found() {
        let token = format!("eyJhbGciOiJFUzM4NCJ9.eyJzdWIiOiJhIn0.{}", "x".repeat(40));
        let cookie = format!("wordpress_logged_in_{}=admin%7C1800000000%7Cabc", "0".repeat(32));
        let attempt = format!("Cookie: wordpress_logto_{}={}", "0".repeat(16), "a".repeat(40));
        for (name, text, what) in [
            ("site1/wp-content/debug.log", "wrong: a \"secret\" & mehr", "app_secret"),
            ("site1/wp-content/debug.log", r#"{"secret":"a \"secret\" & mehr"}"#, "app_secret"),
            ("nginx-site1/access.log", "GET /?s=a%20%22secret%22%20%26%20mehr", "app_secret"),
            ("site1.wp_options", "8\tlogto_sign_in_before_import\ta \"secret\" & mehr\tno", "app_secret"),
            ("site2.wp_2_options", "8\tother\ta \"secret\" & mehr\tno", "app_secret"),
            ("php-errors.log", "code 0123456789abcdef", "authorization code"),
            ("site1.wp_usermeta", "1\t2\tkey\tabcdefghijklmnopqrst", "key of a mailed link"),
            ("php-errors.log", token.as_str(), "signed token"),
            ("php-errors.log", cookie.as_str(), "cookie"),
            ("nginx-site1/error.log", attempt.as_str(), "cookie"),
        ] {
            assert_eq!(found(&place(name, text)), [format!("{name}:1 holds a secret: {what}")], "{text}");
        }
    }

    #[test]
    fn what_is_known_besides_is_looked_for_and_a_code_stays_where_it_belongs() {
        let known =
            ["a token that was given out", "0123456789abcdef", "1"].map(|value| Secret::new("known", value, &[]));
        let run = [place("nginx-site1/access.log", ACCESS), place("php-errors.log", "1: a token that was given out")];

        let found = leaks(&run, &secrets(&run, &known));

        assert_eq!(found, ["php-errors.log:1 holds a secret: known"]);
    }

    #[test]
    fn what_is_no_secret_is_not_found() {
        for text in [
            "Logto Sign-In: [client_rejected] token endpoint: HTTP 401 invalid_client: [redacted]",
            "wordpress_test_cookie=WP Cookie check",
            "set-cookie: wordpress_logged_in_00000000000000000000000000000000=+; expires=Thu, 01-Jan-1970",
            "eyJ is how a token begins",
            "1.2.3",
        ] {
            assert_eq!(found(&place("site1/wp-content/debug.log", text)), Vec::<String>::new(), "{text}");
        }
    }
}
