//! A sign-in, a sign-out or a check of the connection: one file per awaited input.
//!
//! ```text
//! start ─────┐                                   ┌─► redirect to the provider
//! callback ──┼─► metadata ─► tokens ─► keys ─► userinfo ─► spent ─► account ─► signed in
//! sign_out ──┘                                   └─► redirect to the provider
//!
//! start ─────────────► redirect to DingTalk
//! callback ──────────► dingtalk (token, profile) ─► spent ─► account ─► signed in
//!
//! start ─────────────► the page inside the DingTalk app
//! callback ──────────► dingtalk_app (token, person) ─► spent ─► account ─► signed in
//! ```
//!
//! Each file holds the state that waits for one answer, named for what it awaits. Between two calls
//! a state travels inside the sealed `resume` value.

mod account;
mod attempt;
mod callback;
mod dingtalk;
mod dingtalk_app;
mod keys;
mod metadata;
mod sign_out;
mod spent;
mod start;
mod tokens;
mod userinfo;

use crate::Surroundings;
use crate::account::{import, preview};
use crate::error::{Refusal, Refused};
use crate::protocol::{
    Cache, CheckSettingsInput, Effect, ImportSettingsInput, JudgeLinksInput, LogLine, Next, Operation, Outcome,
    PreviewInput, Remember, Reply, Request, ResumeInput, Site, UnlinkInput,
};
use crate::seal::{Opened, Purpose, Seal};
use crate::settings::{Settings, check, official};
use attempt::Attempt;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Seconds for which a `resume` value is good: the PHP request that it belongs to is long over then.
const RESUME_LIFE: u64 = 120;

/// What a call runs on.
pub struct Context<'a> {
    /// The admin's settings.
    pub settings: Settings,
    /// The site.
    pub site: &'a Site,
    /// What is remembered.
    pub cache: &'a Cache,
    /// Clock and entropy.
    pub here: &'a Surroundings,
}

/// What a whole operation carries along.
#[derive(Default)]
pub struct Journey {
    /// The sign-in that the callback belongs to, once its cookie was opened.
    pub attempt: Option<Attempt>,
    /// Where the visitor wanted to be.
    pub redirect_to: String,
    /// The user who begins to add a way to sign in.
    pub link_to: Option<u64>,
    /// What is to be remembered because of this call.
    pub remember: Vec<Remember>,
    /// What the admin should know though nothing was refused.
    pub log: Vec<LogLine>,
}

/// A state that waits for an answer.
#[derive(Serialize, Deserialize)]
pub enum Waiting {
    /// For the provider's metadata.
    Metadata(metadata::AwaitMetadata),
    /// For the exchange of the code.
    Tokens(tokens::AwaitTokens),
    /// For the provider's keys.
    Keys(keys::AwaitKeys),
    /// For the claims.
    Userinfo(userinfo::AwaitUserinfo),
    /// For DingTalk's access token.
    DingtalkToken(dingtalk::AwaitAccessToken),
    /// For DingTalk's profile.
    DingtalkProfile(dingtalk::AwaitProfile),
    /// For the access token of DingTalk's application.
    DingtalkAppToken(dingtalk_app::AwaitAppToken),
    /// For the person inside the DingTalk app.
    DingtalkAppUser(dingtalk_app::AwaitAppUser),
    /// For the state to be burnt.
    Spent(spent::AwaitSpent),
    /// For the account of the identity.
    Found(account::AwaitFound),
    /// For the account of an e-mail address.
    Candidate(account::AwaitCandidate),
    /// For a new account.
    Created(account::AwaitCreated),
    /// For one more identity of an account.
    Linked(account::AwaitLinked),
}

/// What comes next.
pub enum Step {
    /// Perform this effect, then answer this state.
    Wait(Waiting, Effect),
    /// The end.
    Done(Outcome),
}

/// A state with what its operation carries along, between two calls.
#[derive(Serialize, Deserialize)]
struct Paused {
    at: u64,
    attempt: Option<Attempt>,
    redirect_to: String,
    link_to: Option<u64>,
    waiting: Waiting,
}

/// Answers one request.
pub fn run(request: &Request, here: &Surroundings) -> Reply {
    let mut journey = Journey::default();
    let next = advance(request, here, &mut journey).and_then(|step| {
        Ok(match step {
            Step::Done(outcome) => Next::Done { outcome },
            Step::Wait(waiting, effect) => {
                Next::Step { effect, resume: pause(waiting, &journey, &request.site, here)? }
            }
        })
    });
    let next = match next {
        Ok(next) => next,
        Err(refused) => {
            journey.log.push(LogLine { code: refused.refusal.code(), detail: refused.detail });
            Next::Done { outcome: refuse(refused.refusal, &journey, &request.site) }
        }
    };
    Reply { next, remember: journey.remember, log: journey.log }
}

/// The outcome that tells of a refusal; the cookie of the sign-in is burnt with it.
fn refuse(refusal: Refusal, journey: &Journey, site: &Site) -> Outcome {
    Outcome::Refused {
        code: refusal.code(),
        status: refusal.status(),
        retry: refusal.retry(),
        redirect_to: journey.redirect_to.clone(),
        cookies: journey.attempt.iter().map(|attempt| attempt.clear(&site.redirect_uri)).collect(),
    }
}

fn advance(request: &Request, here: &Surroundings, journey: &mut Journey) -> Result<Step, Refused> {
    match request.operation {
        Operation::About => return Ok(Step::Done(crate::about())),
        Operation::CheckSettings => {
            let input: CheckSettingsInput = input(&request.input)?;
            return Ok(Step::Done(check::check(&input.submitted, &request.settings, &request.site.roles)));
        }
        Operation::ImportSettings => {
            let input: ImportSettingsInput = input(&request.input)?;
            return Ok(Step::Done(official::import(
                &input.official,
                &input.other_endpoints,
                &request.settings,
                &request.site.roles,
            )));
        }
        Operation::JudgeLinks => {
            let input: JudgeLinksInput = input(&request.input)?;
            let verdicts = input.rows.iter().map(|link| import::judge(link, input.privileged)).collect();
            return Ok(Step::Done(Outcome::LinkVerdicts { verdicts }));
        }
        Operation::Unlink => {
            let input: UnlinkInput = input(&request.input)?;
            let settings = Settings::read(&request.settings);
            return Ok(Step::Done(Outcome::Unlinking { allowed: crate::account::may_unlink(&input, &settings) }));
        }
        Operation::Preview => {
            let input: PreviewInput = input(&request.input)?;
            let settings = Settings::read(&request.settings);
            return Ok(Step::Done(preview::of(&input.claims, &settings, &request.site)));
        }
        _ => {}
    }
    let settings = Settings::read(&request.settings);
    let context = Context { settings, site: &request.site, cache: &request.cache, here };
    match request.operation {
        Operation::Start => start::begin(&input(&request.input)?, &context, journey),
        Operation::Callback => callback::receive(&input(&request.input)?, &context, journey),
        Operation::SignOut => sign_out::begin(input(&request.input)?, &context, journey),
        Operation::SignedOut => Ok(sign_out::finish(&input(&request.input)?, &context)),
        Operation::CheckConnection => metadata::obtain(metadata::Then::Connection, &context, journey),
        Operation::Resume => resume(&input(&request.input)?, &context, journey),
        Operation::About
        | Operation::CheckSettings
        | Operation::ImportSettings
        | Operation::JudgeLinks
        | Operation::Preview
        | Operation::Unlink => Err(Refused::new(Refusal::ProtocolError, "handled above")),
    }
}

fn resume(input: &ResumeInput, context: &Context<'_>, journey: &mut Journey) -> Result<Step, Refused> {
    let invalid = |cause: &str| Refused::new(Refusal::ResumeInvalid, cause);
    let seal = Seal::new(&context.site.salt, Purpose::Resume)?;
    let paused: Opened<Paused> = seal.open(&input.resume, "").ok_or_else(|| invalid("the resume value was altered"))?;
    if context.here.now.abs_diff(paused.at) > RESUME_LIFE {
        return Err(invalid("the resume value is too old"));
    }
    journey.attempt.clone_from(&paused.attempt);
    journey.redirect_to.clone_from(&paused.redirect_to);
    journey.link_to = paused.link_to;
    let answer = &input.answer;
    match paused.map(|paused| paused.waiting).into_state() {
        State::Metadata(state) => state.into_inner().answered(&answered(answer)?, context, journey),
        State::Tokens(state) => state.into_inner().answered(&answered(answer)?, context, journey),
        State::Keys(state) => state.into_inner().answered(&answered(answer)?, context, journey),
        State::Userinfo(state) => userinfo::answered(state, &answered(answer)?, context, journey),
        State::DingtalkToken => dingtalk::AwaitAccessToken::answered(&answered(answer)?, context),
        State::DingtalkProfile => dingtalk::AwaitProfile::answered(&answered(answer)?, context, journey),
        State::DingtalkAppToken(state) => dingtalk_app::token_answered(state, &answered(answer)?, context),
        State::DingtalkAppUser => dingtalk_app::AwaitAppUser::answered(&answered(answer)?, context, journey),
        State::Spent(state) => spent::answered(state, &answered(answer)?),
        State::Found(state) => account::found(state, &answered(answer)?, context, journey),
        State::Candidate(state) => account::candidate(state, &answered(answer)?, context),
        State::Linked(state) => account::linked(state, &answered(answer)?, context, journey),
        State::Created(state) => account::created(state, &answered(answer)?, context, journey),
    }
}

/// [`Waiting`], each state still wrapped in the proof that it came out of a seal.
enum State {
    Metadata(Opened<metadata::AwaitMetadata>),
    Tokens(Opened<tokens::AwaitTokens>),
    Keys(Opened<keys::AwaitKeys>),
    Userinfo(Opened<userinfo::AwaitUserinfo>),
    DingtalkToken,
    DingtalkProfile,
    DingtalkAppToken(Opened<dingtalk_app::AwaitAppToken>),
    DingtalkAppUser,
    Spent(Opened<spent::AwaitSpent>),
    Found(Opened<account::AwaitFound>),
    Candidate(Opened<account::AwaitCandidate>),
    Created(Opened<account::AwaitCreated>),
    Linked(Opened<account::AwaitLinked>),
}

impl Opened<Waiting> {
    fn into_state(self) -> State {
        self.open_out(|waiting, proof| match waiting {
            Waiting::Metadata(state) => State::Metadata(proof.of(state)),
            Waiting::Tokens(state) => State::Tokens(proof.of(state)),
            Waiting::Keys(state) => State::Keys(proof.of(state)),
            Waiting::Userinfo(state) => State::Userinfo(proof.of(state)),
            Waiting::DingtalkToken(_) => State::DingtalkToken,
            Waiting::DingtalkProfile(_) => State::DingtalkProfile,
            Waiting::DingtalkAppToken(state) => State::DingtalkAppToken(proof.of(state)),
            Waiting::DingtalkAppUser(_) => State::DingtalkAppUser,
            Waiting::Spent(state) => State::Spent(proof.of(state)),
            Waiting::Found(state) => State::Found(proof.of(state)),
            Waiting::Created(state) => State::Created(proof.of(state)),
            Waiting::Candidate(state) => State::Candidate(proof.of(state)),
            Waiting::Linked(state) => State::Linked(proof.of(state)),
        })
    }
}

fn pause(waiting: Waiting, journey: &Journey, site: &Site, here: &Surroundings) -> Result<String, Refused> {
    let paused = Paused {
        at: here.now,
        attempt: journey.attempt.clone(),
        redirect_to: journey.redirect_to.clone(),
        link_to: journey.link_to,
        waiting,
    };
    Seal::new(&site.salt, Purpose::Resume)?.seal(&paused, "", here)
}

fn input<T: DeserializeOwned + Default>(value: &Value) -> Result<T, Refused> {
    if value.is_null() {
        return Ok(T::default());
    }
    T::deserialize(value).map_err(|cause| Refused::new(Refusal::ProtocolError, format_args!("input: {cause}")))
}

fn answered<T: DeserializeOwned>(value: &Value) -> Result<T, Refused> {
    T::deserialize(value).map_err(|cause| Refused::new(Refusal::ResumeInvalid, format_args!("answer: {cause}")))
}
