//! What fuzzing tries: every parser of the core and whole operations, each with what must hold whatever comes in.
//!
//! `tests/fuzz/tests/short.rs` tries each target so many times, with the same inputs in every run. `cargo fuzz-all` hands them to
//! LLVM's libFuzzer, which looks for inputs that reach new code. The translator has its own: `tests/engine.rs` sends
//! operations that were changed at random to the core and to its translation.

mod operations;
mod parsers;

/// One function that takes bytes from outside.
pub struct Target {
    /// Its name, also that of its folder in `corpus`.
    pub name: &'static str,
    /// Runs it once, and panics when something does not hold.
    pub run: fn(&[u8]),
    /// Inputs to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every target; [`asked`] gives them.
const TARGETS: [Target; 18] = [
    Target { name: "metadata", run: parsers::metadata, seeds: parsers::metadata_seeds },
    Target { name: "jwks", run: parsers::jwks, seeds: parsers::jwks_seeds },
    Target { name: "token_response", run: parsers::token_response, seeds: parsers::token_response_seeds },
    Target { name: "id_token", run: parsers::id_token, seeds: parsers::id_token_seeds },
    Target { name: "id_token_claims", run: parsers::id_token_claims, seeds: parsers::id_token_claims_seeds },
    Target { name: "logout_token", run: parsers::logout_token, seeds: parsers::logout_token_seeds },
    Target { name: "access_token", run: parsers::access_token, seeds: parsers::access_token_seeds },
    Target { name: "userinfo", run: parsers::userinfo, seeds: parsers::userinfo_seeds },
    Target { name: "dingtalk", run: parsers::dingtalk, seeds: parsers::dingtalk_seeds },
    Target { name: "stored_settings", run: parsers::stored_settings, seeds: parsers::stored_settings_seeds },
    Target { name: "settings", run: operations::settings, seeds: operations::settings_seeds },
    Target { name: "settings_import", run: operations::settings_import, seeds: operations::settings_import_seeds },
    Target { name: "callback_query", run: operations::callback_query, seeds: operations::callback_query_seeds },
    Target { name: "cookies", run: operations::cookies, seeds: operations::cookies_seeds },
    Target { name: "begin", run: operations::begin, seeds: operations::begin_seeds },
    Target { name: "answer", run: operations::answer, seeds: operations::answer_seeds },
    Target {
        name: "backchannel_logout",
        run: operations::backchannel_logout,
        seeds: operations::backchannel_logout_seeds,
    },
    Target { name: "authorization", run: operations::authorization, seeds: operations::authorization_seeds },
];

/// The targets that `LOGTO_SIGN_IN_FUZZ` names, with commas between them; all if it names none.
///
/// # Errors
/// A text that says what the targets are called.
pub fn asked() -> Result<Vec<&'static Target>, String> {
    named(&std::env::var("LOGTO_SIGN_IN_FUZZ").unwrap_or_default())
}

fn named(names: &str) -> Result<Vec<&'static Target>, String> {
    if names.is_empty() {
        return Ok(TARGETS.iter().collect());
    }
    let find = |name| TARGETS.iter().find(|target| target.name == name);
    let known = || TARGETS.map(|target| target.name).join(", ");
    let unknown = |name| format!("no target is called {name:?}; there are {}", known());
    names.split(',').map(|name| find(name).ok_or_else(|| unknown(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_no_target_is_an_error() {
        assert_eq!(named("").map(|targets| targets.len()), Ok(TARGETS.len()));
        assert_eq!(named("jwks,metadata").map(|targets| targets.len()), Ok(2));
        assert!(named("jwk").is_err());
    }
}
