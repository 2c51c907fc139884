//! Which keys to try, and the trying.

use super::JoseError;
use super::jwk::KeySet;
use super::jws::{Jws, Payload};

/// Keys tried for one token. A provider in the middle of a rotation has two; a hostile JWK Set must
/// not make one token cost a hundred verifications.
const MOST_CANDIDATES: usize = 8;

impl KeySet {
    /// Verifies the signature and only then hands out the payload.
    ///
    /// A token with `kid` is tried with the keys of that `kid`, one without with every key. Only keys
    /// that are for the token's algorithm are tried, so a key never meets an algorithm of another type.
    ///
    /// # Errors
    /// [`JoseError::KeyUnknown`], [`JoseError::AlgorithmNotOfKey`] or [`JoseError::Signature`].
    pub fn verify<'j>(&self, jws: &'j Jws<'_>) -> Result<Payload<'j>, JoseError> {
        let named = || self.keys().iter().filter(|key| jws.kid().is_none() || key.kid() == jws.kid());
        if named().next().is_none() {
            return Err(JoseError::KeyUnknown(jws.kid().map(super::truncate_for_log)));
        }
        let mut candidates = named().filter(|key| key.is_for(jws.algorithm)).take(MOST_CANDIDATES).peekable();
        if candidates.peek().is_none() {
            return Err(match jws.kid() {
                Some(_) => JoseError::AlgorithmNotOfKey(jws.algorithm),
                None => JoseError::KeyUnknown(None),
            });
        }
        let (message, signature) = (jws.signing_input.as_bytes(), jws.signature.as_slice());
        if candidates.any(|key| key.has_signed(jws.algorithm, message, signature)) {
            Ok(jws.verified())
        } else {
            Err(JoseError::Signature)
        }
    }
}
