//! What an operation runs on: settings, site, cache, time, and the way to have effects performed.

use crate::codes::{ErrorCode, Refused};
use crate::crypto::seal::{Purpose, Seal};
use crate::crypto::secret::{Secret, redact};
use crate::environment::Environment;
use crate::protocol::{Cache, CacheWrite, Effect, LogLine, Outcome, SetCookie, Site};
use crate::settings::Settings;
use crate::token::claims::Wanted;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

/// Everything that an operation may use. It is the only way out of the core, and it only writes messages.
pub struct Context {
    /// The admin's settings.
    pub settings: Settings,
    /// The site.
    pub site: Site,
    cache: Cache,
    mailbox: Rc<Mailbox>,
    on_refusal: RefCell<OnRefusal>,
    /// What no line of the log may hold.
    secrets: RefCell<Vec<Secret>>,
}

/// Where an operation and whoever drives it leave things for each other.
#[derive(Default)]
pub struct Mailbox {
    /// Time and entropy of the current line.
    pub environment: RefCell<Option<Environment>>,
    /// The effect that the operation waits for.
    pub effect: RefCell<Option<Box<RawValue>>>,
    /// The answer to it, as JSON.
    pub answer: RefCell<Option<Box<str>>>,
    /// What the next reply asks to have cached.
    pub cache_writes: RefCell<Vec<CacheWrite>>,
    /// What the next reply tells the admin.
    pub log: RefCell<Vec<LogLine>>,
}

/// What can be cached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheKey {
    /// The provider's metadata.
    Discovery,
    /// The provider's keys.
    Jwks,
    /// That the provider did not answer.
    Failure,
}

impl CacheKey {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Jwks => "jwks",
            Self::Failure => "failure",
        }
    }
}

/// What a refusal does besides refusing.
#[derive(Default)]
struct OnRefusal {
    redirect_to: String,
    cookies: Vec<SetCookie>,
    retry_after: Option<u64>,
    goes_on: bool,
}

impl Context {
    /// The context of one operation.
    pub fn new(settings: Settings, site: Site, cache: Cache, mailbox: Rc<Mailbox>) -> Self {
        let secrets = RefCell::new(settings.secrets());
        Self { settings, site, cache, mailbox, on_refusal: RefCell::default(), secrets }
    }

    /// Has WordPress perform `effect`, and reads its answer. The answer to another effect does not compile:
    ///
    /// ```compile_fail,E0308
    /// # use logto_sign_in_core::{codes::Refused, context::Context, protocol::{AccountFacts, MarkStateUsed}};
    /// # async fn run(context: &Context, key: String) -> Result<AccountFacts, Refused> {
    /// context.perform(MarkStateUsed { key, expires_at: 0 }).await
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::ProtocolError`] when the answer is not of the effect's type.
    pub async fn perform<E: Effect>(&self, effect: E) -> Result<E::Answer, Refused> {
        let unreadable = |cause| Refused::new(ErrorCode::ProtocolError, format_args!("answer: {cause}"));
        self.secrets.borrow_mut().extend_from_slice(effect.secrets());
        let effect = serde_json::value::to_raw_value(&effect).map_err(unreadable)?;
        self.mailbox.effect.replace(Some(effect));
        let answer = poll_fn(|_| match self.mailbox.answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => Poll::Pending,
        })
        .await;
        serde_json::from_str(&answer).map_err(unreadable)
    }

    /// Unix time in seconds, as of the current line.
    pub fn now(&self) -> u64 {
        self.mailbox.environment.borrow().as_ref().map_or(0, |environment| environment.now)
    }

    /// Time and entropy of the current line.
    ///
    /// # Errors
    /// [`ErrorCode::ProtocolError`] when the host supplied none.
    pub fn environment(&self) -> Result<Environment, Refused> {
        let missing = || Refused::new(ErrorCode::ProtocolError, "the host supplied neither time nor entropy");
        self.mailbox.environment.borrow().clone().ok_or_else(missing)
    }

    /// The claims that are read for others than accounts.
    pub fn wanted_claims(&self) -> Wanted<'_> {
        Wanted { mapped: &self.settings.accounts.meta, all: self.site.reads_claims }
    }

    /// Asks PHP to cache a value for `ttl` seconds at most. A site without salts caches nothing.
    pub fn cache(&self, key: CacheKey, value: &impl Serialize, ttl: u64) {
        let seal = || Seal::new(&self.site.salt, Purpose::Cache)?.seal(value, key.as_str(), &self.environment()?);
        if let Ok(value) = seal() {
            self.mailbox.cache_writes.borrow_mut().push(CacheWrite { key: key.as_str(), value, ttl });
        }
    }

    /// Asks PHP to remove a cached value.
    pub fn forget(&self, key: CacheKey) {
        self.mailbox.cache_writes.borrow_mut().push(CacheWrite { key: key.as_str(), value: String::new(), ttl: 0 });
    }

    /// A cached value; `None` when there is none, or it was altered.
    pub fn cached<T: DeserializeOwned>(&self, key: CacheKey) -> Option<T> {
        let value = match key {
            CacheKey::Discovery => self.cache.discovery.as_ref(),
            CacheKey::Jwks => self.cache.jwks.as_ref(),
            CacheKey::Failure => self.cache.failure.as_ref(),
        };
        Seal::new(&self.site.salt, Purpose::Cache).ok()?.open(value?.as_str()?, key.as_str())
    }

    /// Tells the admin something that is not a refusal. What a provider repeats of a request's secrets is left out.
    pub fn log(&self, code: &'static str, detail: String) {
        let detail = self.redacted(detail);
        self.mailbox.log.borrow_mut().push(LogLine { code, detail });
    }

    /// A text without what a provider repeats of a request's secrets.
    pub fn redacted(&self, text: String) -> String {
        self.secrets.borrow().iter().fold(text, redact)
    }

    /// What a refusal from now on tells the visitor's browser: where they wanted to be, and which cookies are over.
    pub fn on_refusal(&self, redirect_to: &str, cookies: Vec<SetCookie>) {
        self.on_refusal.replace(OnRefusal { redirect_to: redirect_to.to_owned(), cookies, ..OnRefusal::default() });
    }

    /// The visitor asked for nothing: whatever refuses the operation, they go on to where they are.
    pub fn go_on_if_refused(&self) {
        self.on_refusal.borrow_mut().goes_on = true;
    }

    /// After how many seconds a visitor who is refused may try again (RFC 9110 §10.2.3).
    pub fn retry_after(&self, seconds: u64) {
        self.on_refusal.borrow_mut().retry_after = Some(seconds);
    }

    /// The same, where nothing says so yet.
    pub fn retry_after_unless_known(&self, seconds: u64) {
        self.on_refusal.borrow_mut().retry_after.get_or_insert(seconds);
    }

    /// Keeps a value of the request out of the log.
    pub fn keep_secret(&self, secret: Secret) {
        self.secrets.borrow_mut().push(secret);
    }

    /// What becomes of a visitor who needs no sign-in: on to where they wanted to be, or to the site.
    pub fn go_on(&self) -> Outcome {
        let OnRefusal { redirect_to, cookies, .. } = self.on_refusal.take();
        let url = if redirect_to.is_empty() { self.site.home.clone() } else { redirect_to };
        Outcome::Redirect { url, external: false, cookies }
    }

    /// The outcome of a refusal; its cause goes to the admin's log.
    pub fn refuse(&self, refused: Refused) -> Outcome {
        let Refused { code, detail, user_id } = refused;
        let goes_on = self.on_refusal.borrow().goes_on;
        // That the provider would have to ask is the ordinary end of a sign-in that nobody asked for.
        if !(goes_on && code == ErrorCode::InteractionRequired) {
            self.log(code.as_str(), detail);
        }
        if goes_on {
            return self.go_on();
        }
        let OnRefusal { redirect_to, cookies, retry_after, .. } = self.on_refusal.take();
        Outcome::refused(code, redirect_to, cookies).and_retry_after(retry_after).of_user(user_id)
    }
}
