//! Sessions of `WordPress` that began at a provider, and their end.

use super::accounts::{Accounts, Session, key, text};
use super::{Browser, Outcome, Site};
use serde_json::{Value, json};

impl Site<'_> {
    /// Whether the session of a browser still opens the site.
    pub fn knows(&self, browser: &Browser) -> bool {
        browser.session.is_some()
            && browser.number.is_none_or(|number| self.accounts.sessions.get(number).is_some_and(Option::is_some))
    }

    /// A page of whoever is signed in, whose session is due.
    pub fn revalidate(&mut self, browser: &Browser) -> Outcome {
        let number = browser.number.expect("a session that began at a provider");
        let session = self.accounts.sessions[number].clone().expect("a session");
        let input = json!({"user_id": session.user, "sealed": session.provider["renewal"]["sealed"]});
        let outcome = self.operate("revalidate", &input, &mut Browser::new());
        if outcome.kind() != "session_checked" {
            return outcome;
        }
        if outcome.0["ended"].is_null() {
            self.accounts.change(session.user, &outcome.0);
            let stored = self.accounts.sessions[number].as_mut().expect("a session");
            stored.provider["renewal"] = outcome.0["renewal"].clone();
        } else {
            self.accounts.sessions[number] = None;
        }
        outcome
    }

    /// The provider's server posts a logout token.
    pub fn backchannel_logout(&mut self, token: &str) -> Outcome {
        self.operate("backchannel_logout", &json!({"logout_token": token}), &mut Browser::new())
    }

    /// The provider's page loads the address of front-channel logout in a frame.
    pub fn frontchannel_logout(&mut self, iss: &str, sid: &str) -> Outcome {
        self.operate("frontchannel_logout", &json!({"iss": iss, "sid": sid}), &mut Browser::new())
    }
}

impl Accounts {
    /// Begins a session, and gives its number.
    pub fn begin_session(&mut self, user: u64, outcome: &Value) -> usize {
        let provider = outcome.get("session").cloned().unwrap_or_default();
        self.sessions.push(Some(Session { user, issuer_hash: text(outcome, "issuer_hash"), provider }));
        self.sessions.len() - 1
    }

    /// Ends the sessions that the provider ended.
    pub fn end_sessions(&mut self, effect: &Value) -> Value {
        let (issuer, sid) = (text(effect, "issuer_hash"), effect["sid_hash"].as_str());
        let owner = if effect["identity"].is_object() {
            self.identities.get(&key(&effect["identity"])).copied()
        } else {
            let mut all = self.sessions.iter().flatten();
            all.find(|session| session.provider["sid_hash"].as_str() == sid).map(|session| session.user)
        };
        let names = |session: &Session| {
            let own = session.provider["sid_hash"].as_str();
            Some(session.user) == owner
                && session.issuer_hash == issuer
                && (sid.is_none() || own.is_none() || own == sid)
        };
        let mut ended = 0;
        for session in &mut self.sessions {
            if session.as_ref().is_some_and(names) {
                *session = None;
                ended += 1;
            }
        }
        if let Some(user) = owner.and_then(|id| self.users.iter_mut().find(|user| user.id == id))
            && effect["application_passwords"] == true
        {
            user.revoked_by.insert(issuer);
        }
        json!({ "ended": ended })
    }
}
