//! Awaiting the provider's metadata, unless it is remembered.

use super::{Context, Journey, Step, Waiting, callback, keys, sign_out, start};
use crate::error::Refused;
use crate::protocol::{Effect, Fetched};
use crate::provider::discovery::{self, Metadata};
use serde::{Deserialize, Serialize};

/// What goes on once the metadata is there.
#[derive(Serialize, Deserialize)]
pub enum Then {
    /// The redirect to the provider.
    Start(start::Plan),
    /// The exchange of the code.
    Exchange(callback::Response),
    /// The redirect to the provider's sign-out.
    SignOut,
    /// The check of the keys, for the admin.
    Connection,
}

/// Waits for the metadata.
#[derive(Serialize, Deserialize)]
pub struct AwaitMetadata {
    then: Then,
}

/// Goes on with remembered metadata, or asks for it.
pub fn obtain(then: Then, context: &Context<'_>, journey: &mut Journey) -> Result<Step, Refused> {
    // An admin who checks the connection wants to know how it is now.
    let now = context.here.now;
    let remembered = Metadata::remembered(context.cache.discovery.as_ref(), context.settings.logto()?, now);
    if let Some(metadata) = remembered.filter(|_| !matches!(then, Then::Connection)) {
        return then.go(&metadata, context, journey);
    }
    let effect = Effect::Fetch(discovery::request(context.settings.logto()?));
    Ok(Step::Wait(Waiting::Metadata(AwaitMetadata { then }), effect))
}

impl AwaitMetadata {
    /// Judges the metadata and goes on.
    pub fn answered(self, fetched: &Fetched, context: &Context<'_>, journey: &mut Journey) -> Result<Step, Refused> {
        let metadata = discovery::process(fetched, context.settings.logto()?, context.here.now)?;
        journey.remember.push(metadata.remember());
        self.then.go(&metadata, context, journey)
    }
}

impl Then {
    fn go(self, metadata: &Metadata, context: &Context<'_>, journey: &Journey) -> Result<Step, Refused> {
        match self {
            Self::Start(plan) => plan.go(metadata, context, journey),
            Self::Exchange(response) => response.exchange(metadata, context, journey),
            Self::SignOut => sign_out::go(metadata, context, journey),
            Self::Connection => Ok(keys::check(metadata)),
        }
    }
}
