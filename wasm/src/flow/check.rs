//! The admin's check of the connection: what the provider says now, never what is cached.

use super::openid;
use crate::codes::Refused;
use crate::context::Context;
use crate::protocol::Outcome;

/// Fetches metadata and keys, and says what was found (Discovery §4, Core §10.1).
pub async fn connection(context: &Context) -> Result<Outcome, Refused> {
    let metadata = openid::fetch_metadata(context).await?;
    let cached = openid::cached_keys(&metadata, context);
    let keys = openid::fetch_keys(&metadata, cached.as_ref(), context).await?;
    Ok(Outcome::Connected {
        issuer: metadata.issuer().to_owned(),
        algorithms: keys.algorithms().into_iter().map(Into::into).collect(),
    })
}
