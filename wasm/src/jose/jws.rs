//! A JWS in compact serialization (RFC 7515 §7.1).

use super::{Algorithm, JoseError, decode_base64url, truncate_for_log};
use crate::json;
use serde_json::{Map, Value};

/// Longest token, in bytes. Providers stay below 8 KiB, since tokens travel in headers.
const LONGEST: usize = 64 * 1024;

/// Parameters of the header that count; what else is there is not read.
const HEADER: &[&str] = &["alg", "b64", "crit", "kid", "typ"];

/// The issuer that a JWT claims to have (RFC 7519 §4.1.1), whatever its header says and without any proof: it only tells
/// that a token is somebody else's.
pub fn claimed_issuer(compact: &str) -> Option<String> {
    let mut parts = compact.split('.');
    let (Some(_), Some(payload), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let payload = decode_base64url(payload).filter(|_| compact.len() <= LONGEST)?;
    let claims = json::members(&payload, |name| name == "iss").ok()?;
    claims.get("iss")?.as_str().map(str::to_owned)
}

/// A JWS that has been taken apart. Nothing in it may be believed: see [`super::KeySet::verify`].
#[derive(Debug)]
pub struct Jws<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) kid: Option<String>,
    typ: Option<String>,
    /// What was signed: header, dot, payload, as they came.
    pub(super) signing_input: &'a str,
    pub(super) signature: Vec<u8>,
    payload: Vec<u8>,
}

impl<'a> Jws<'a> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// [`JoseError::Malformed`] when it is not three base64url parts with a JSON header, is longer
    /// than 64 KiB, or has `crit` or `b64` in its header: no extension is supported, and §4.1.11 wants such
    /// tokens refused. [`JoseError::AlgorithmRefused`] when `alg` is not an [`Algorithm`].
    pub fn parse(compact: &'a str) -> Result<Self, JoseError> {
        if compact.len() > LONGEST {
            return Err(JoseError::Malformed("longer than 64 KiB"));
        }
        let (signing_input, signature) = compact.rsplit_once('.').ok_or(JoseError::Malformed("no dots"))?;
        let (header, payload) = signing_input.split_once('.').ok_or(JoseError::Malformed("one dot only"))?;
        if payload.contains('.') {
            return Err(JoseError::Malformed("more than two dots"));
        }

        let decode = |part, cause| decode_base64url(part).ok_or(JoseError::Malformed(cause));
        let header = decode(header, "the header is not base64url")?;
        let header = json::members(&header, |name| HEADER.contains(&name)).map_err(JoseError::Unreadable)?;
        // Before everything else, so that an unsigned token is called by its name in the log.
        let algorithm = algorithm(&header)?;
        if header.contains_key("crit") || header.contains_key("b64") {
            return Err(JoseError::Malformed("the header asks for an extension"));
        }
        let signature = decode(signature, "the signature is not base64url")?;
        if signature.is_empty() {
            return Err(JoseError::Malformed("the signature is empty"));
        }
        Ok(Self {
            algorithm,
            kid: text(&header, "kid")?,
            typ: text(&header, "typ")?,
            signing_input,
            signature,
            payload: decode(payload, "the payload is not base64url")?,
        })
    }

    /// `alg` (§4.1.1).
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// `kid` (§4.1.4): which key to look for, as the token claims.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// `typ` (§4.1.9): what the token claims to be.
    pub fn typ(&self) -> Option<&str> {
        self.typ.as_deref()
    }

    /// The payload; for [`super::verify`] alone, once a signature was right.
    pub(super) fn verified(&self) -> Payload<'_> {
        Payload { bytes: &self.payload, algorithm: self.algorithm }
    }
}

fn algorithm(header: &Map<String, Value>) -> Result<Algorithm, JoseError> {
    let name = header.get("alg").and_then(Value::as_str).ok_or(JoseError::Malformed("no alg"))?;
    Algorithm::from_name(name).ok_or_else(|| JoseError::AlgorithmRefused(truncate_for_log(name)))
}

fn text(header: &Map<String, Value>, name: &str) -> Result<Option<String>, JoseError> {
    match header.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(JoseError::Malformed("kid or typ is not a string")),
    }
}

/// What a key of the provider has signed: only [`super::KeySet::verify`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payload<'a> {
    bytes: &'a [u8],
    algorithm: Algorithm,
}

impl Payload<'_> {
    /// The bytes that were signed.
    pub fn bytes(&self) -> &[u8] {
        self.bytes
    }

    /// The algorithm of the signature.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The claims of the JWT Claims Set (RFC 7519 §4) that `wanted` takes by name.
    ///
    /// # Errors
    /// [`JoseError::Unreadable`] when it is not a JSON object, a claim appears twice, or one of them cannot be read.
    pub fn claims(&self, wanted: impl Fn(&str) -> bool) -> Result<Map<String, Value>, JoseError> {
        self.claims_and_more(wanted, |_| false)
    }

    /// As [`Self::claims`], with those of `more` that can be read.
    ///
    /// # Errors
    /// As [`Self::claims`].
    pub fn claims_and_more(
        &self,
        wanted: impl Fn(&str) -> bool,
        more: impl Fn(&str) -> bool,
    ) -> Result<Map<String, Value>, JoseError> {
        json::members_and_more(self.bytes, wanted, more).map_err(JoseError::Unreadable)
    }
}
