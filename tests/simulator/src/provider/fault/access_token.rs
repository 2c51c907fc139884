//! What can be wrong with an access token for the REST API.

use super::Expected;

/// `invalid_token` (RFC 6750 §3.1).
const INVALID: Expected = Expected::Refused(401, "api_token_invalid");
/// `insufficient_scope`.
const SCOPE: Expected = Expected::Refused(403, "api_scope_missing");

faults! {
    /// What can be wrong with an access token.
    AccessTokenFault:
    /// `alg` is none, and no signature.
    AlgNone => INVALID;
    /// The App secret as a key.
    Hs256WithSecret => INVALID;
    /// The published key as a secret.
    Hs256WithPublicKey => INVALID;
    /// An algorithm that is not the key's.
    AlgOfAnotherKeyType => INVALID;
    /// A key that the provider does not have.
    KidUnknown => INVALID;
    /// A logout token's type.
    TypeOfALogoutToken => INVALID;
    /// No type, as in older versions of Logto.
    TypeMissing => Expected::Accepted;
    /// The type of any JWT.
    TypeJwt => Expected::Accepted;
    /// The type as a whole media type, in another case (RFC 7515 §4.1.9).
    TypeWithPrefix => Expected::Accepted;
    /// The attacker's key in the header.
    EmbeddedKey => INVALID;
    /// An extension that must be understood (RFC 7515 §4.1.11).
    Critical => INVALID;
    /// No issuer.
    IssuerMissing => INVALID;
    /// The issuer in a list.
    IssuerArray => INVALID;
    /// No audience.
    AudienceMissing => INVALID;
    /// An audience that is null.
    AudienceNull => INVALID;
    /// Another API of the tenant.
    AudienceOther => INVALID;
    /// An audience that begins like ours.
    AudiencePrefix => INVALID;
    /// Several audiences without ours.
    AudienceListWithoutUs => INVALID;
    /// Several audiences with ours.
    AudienceListWithUs => Expected::Accepted;
    /// The App ID is an audience, too, as in an ID token.
    AudienceListWithTheAppId => INVALID;
    /// No expiry.
    ExpiryMissing => INVALID;
    /// It expired.
    ExpiryPast => INVALID;
    /// The expiry is a text.
    ExpiryText => INVALID;
    /// It is not valid yet.
    NotBeforeFuture => INVALID;
    /// No time of issue.
    IssuedMissing => INVALID;
    /// It was issued in the future.
    IssuedInFuture => INVALID;
    /// No subject.
    SubjectMissing => INVALID;
    /// An empty subject.
    SubjectEmpty => INVALID;
    /// A subject that is a number.
    SubjectNumber => INVALID;
    /// No client.
    ClientMissing => INVALID;
    /// No scope.
    ScopeMissing => SCOPE;
    /// An empty scope.
    ScopeEmpty => SCOPE;
    /// Scopes that allow nothing here.
    ScopeUnmapped => SCOPE;
    /// The scope in a list.
    ScopeList => INVALID;
    /// A claim that only ID tokens have.
    Nonce => INVALID;
    /// Limited to two organizations.
    TwoOrganizations => INVALID;
    /// Limited to an organization without a name.
    OrganizationWithoutName => INVALID;
    /// No signature.
    SignatureEmpty => INVALID;
    /// A signature of zeros (CVE-2022-21449).
    SignatureZero => INVALID;
    /// Another key's signature.
    SignatureOfAnotherKey => INVALID;
    /// Another payload than the one that was signed.
    PayloadAltered => INVALID;
    /// A token in a token.
    Nested => INVALID;
    /// An opaque token.
    Opaque => INVALID;
    /// No signature part.
    TwoParts => INVALID;
    /// The form of an encrypted token.
    FiveParts => INVALID;
    /// Longer than any token.
    Huge => Expected::Refused(400, "api_request_invalid");
}
