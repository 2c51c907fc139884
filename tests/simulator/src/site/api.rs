//! The REST API of the site.

use super::{Browser, Outcome, Site, accounts};
use serde_json::{Value, json};

impl Site<'_> {
    /// A program calls the REST API with this token.
    pub fn authenticate(&mut self, token: &str) -> Outcome {
        self.secrets.push(token.to_owned());
        self.authenticate_with(&format!("Bearer {token}"), false)
    }

    /// The same with the whole header field, and perhaps a parameter `access_token`.
    pub fn authenticate_with(&mut self, authorization: &str, has_parameter: bool) -> Outcome {
        let input = json!({"authorization": authorization, "has_parameter": has_parameter});
        self.operate("authenticate", &input, &mut Browser::new())
    }

    /// The user of an identity, or of a username.
    pub(super) fn find_api_user(&self, effect: &Value) -> Value {
        let (issuer, subject) = accounts::key(&effect["identity"]);
        let login = effect["login"].as_str().expect("a text");
        let owner = self.accounts.identities.get(&(issuer, subject));
        let is_it =
            |user: &&accounts::User| if login.is_empty() { owner == Some(&user.id) } else { user.login == login };
        let Some(user) = self.accounts.users.iter().find(is_it) else { return json!({"user_id": null}) };
        let here = self.facts["blog_id"].as_u64().expect("a number");
        json!({
            "user_id": user.id, "pending": user.pending, "revoked": !user.revoked_by.is_empty(),
            "member": here == 0 || user.sites.contains(&here),
        })
    }
}
