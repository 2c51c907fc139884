//! The misbehaviours, place by place.

use super::Expected;

faults! {
    /// What can go wrong at any endpoint.
    Outage:
    /// A page instead of a document.
    Html => Expected::Refused(502, "provider_answer");
    /// Nothing in the body.
    Empty => Expected::Refused(502, "provider_answer");
    /// JSON, but not an object.
    Array => Expected::Refused(502, "provider_answer");
    /// JSON that breaks off.
    Truncated => Expected::Refused(502, "provider_answer");
    /// A redirect, which is not followed.
    Redirect => Expected::Refused(502, "provider_answer");
    /// A page that says 404.
    NotFound => Expected::Refused(502, "provider_answer");
    /// A page that says 503.
    ServerError => Expected::Refused(502, "provider_error");
    /// No answer in time.
    Timeout => Expected::Refused(504, "provider_timeout");
    /// No connection.
    Connection => Expected::Refused(502, "provider_unreachable");
    /// WordPress does not allow the request.
    Blocked => Expected::Refused(502, "provider_blocked");
    /// A certificate that is not trusted.
    Tls => Expected::Refused(502, "provider_tls");
    /// More than one MiB.
    TooLarge => Expected::Refused(502, "provider_too_large");
}

faults! {
    /// What can be wrong with the metadata.
    MetadataFault:
    /// Another issuer.
    IssuerOther => Expected::Refused(502, "issuer_mismatch");
    /// The issuer with a slash more.
    IssuerSlash => Expected::Refused(502, "issuer_mismatch");
    /// No issuer.
    IssuerMissing => Expected::Refused(502, "issuer_mismatch");
    /// A token endpoint without TLS.
    TokenEndpointHttp => Expected::Refused(502, "metadata_unusable");
    /// No token endpoint.
    TokenEndpointMissing => Expected::Refused(502, "metadata_unusable");
    /// A userinfo endpoint without TLS.
    UserinfoEndpointHttp => Expected::Refused(502, "metadata_unusable");
    /// An authorization endpoint that is a script.
    AuthorizationEndpointScript => Expected::Refused(502, "metadata_unusable");
    /// No authorization endpoint.
    AuthorizationEndpointMissing => Expected::Refused(502, "metadata_unusable");
    /// No keys.
    JwksUriMissing => Expected::Refused(502, "metadata_unusable");
    /// Keys on the site's own machine.
    JwksUriLoopback => Expected::Refused(502, "metadata_unusable");
    /// An end-session endpoint that is a script.
    EndSessionEndpointScript => Expected::Refused(502, "metadata_unusable");
    /// No end-session endpoint.
    EndSessionEndpointMissing => Expected::Accepted;
    /// No userinfo endpoint: the ID token says everything.
    UserinfoEndpointMissing => Expected::Accepted;
    /// PKCE is not announced (RFC 9700 §2.1.1).
    PkceMissing => Expected::Refused(502, "metadata_unusable");
    /// PKCE with `plain` alone.
    PkcePlain => Expected::Refused(502, "metadata_unusable");
    /// Only `client_secret_post`.
    SecretPostOnly => Expected::Accepted;
    /// No authentication method is stated: `client_secret_basic` it is.
    AuthenticationUnstated => Expected::Accepted;
    /// Neither announces nor sends `iss` in the response.
    ResponseIssuerUnannounced => Expected::Accepted;
    /// Keys in a file of the site's own machine.
    JwksUriFile => Expected::Refused(502, "metadata_unusable");
    /// A token endpoint that is a file.
    TokenEndpointFile => Expected::Refused(502, "metadata_unusable");
    /// A token endpoint with a password in its URL.
    TokenEndpointWithPassword => Expected::Refused(502, "metadata_unusable");
    /// The addresses of the keys and of the token endpoint, exchanged.
    EndpointsSwapped => Expected::Refused(502, "provider_answer");
    /// Keys at another address than usual.
    JwksUriElsewhere => Expected::Accepted;
    /// Members that nobody knows.
    Unknown => Expected::Accepted;
}

faults! {
    /// What can be wrong with the authorization response.
    ResponseFault:
    /// The visitor cancelled.
    AccessDenied => Expected::Refused(403, "access_denied");
    /// Nobody is signed in at the provider.
    LoginRequired => Expected::Refused(403, "interaction_required");
    /// The visitor has not consented.
    ConsentRequired => Expected::Refused(403, "interaction_required");
    /// Some interaction is needed.
    InteractionRequired => Expected::Refused(403, "interaction_required");
    /// The provider failed, and says so with a script.
    ServerError => Expected::Refused(502, "authorization_error");
    /// The provider is overloaded.
    TemporarilyUnavailable => Expected::Refused(502, "authorization_error");
    /// An error and a code.
    ErrorBesideCode => Expected::Refused(403, "access_denied");
    /// Two errors.
    ErrorTwice => Expected::Refused(400, "parameter_repeated");
    /// No `iss`, though announced (RFC 9207 §2.4).
    IssuerMissing => Expected::Refused(400, "response_issuer");
    /// Another `iss`.
    IssuerOther => Expected::Refused(400, "response_issuer");
    /// An error with another `iss`.
    IssuerOtherWithError => Expected::Refused(400, "response_issuer");
    /// The right `iss` and another.
    IssuerTwice => Expected::Refused(400, "parameter_repeated");
    /// Neither code nor error.
    CodeMissing => Expected::Refused(400, "code_missing");
    /// An empty code.
    CodeEmpty => Expected::Refused(400, "code_missing");
    /// Two codes.
    CodeTwice => Expected::Refused(400, "parameter_repeated");
    /// No state.
    StateMissing => Expected::Refused(400, "state_missing");
    /// An empty state.
    StateEmpty => Expected::Refused(400, "state_missing");
    /// A state that was never given out.
    StateOther => Expected::Refused(400, "state_unknown");
    /// Two states.
    StateTwice => Expected::Refused(400, "parameter_repeated");
    /// Parameters that nobody knows.
    ExtraParameters => Expected::Accepted;
}

faults! {
    /// What can be wrong with the keys.
    KeysFault:
    /// The keys change when the code is exchanged.
    RotatedJustBefore => Expected::Accepted;
    /// Keys without `alg`, as Logto's RSA keys are.
    WithoutAlg => Expected::Accepted;
    /// Keys without `use`.
    WithoutUse => Expected::Accepted;
    /// Keys of unknown types and broken keys beside the right one.
    UnusableAmongThem => Expected::Accepted;
    /// A symmetric key beside the right one.
    SymmetricAmongThem => Expected::Accepted;
    /// No keys.
    Empty => Expected::Refused(502, "keys_unusable");
    /// `keys` is no list.
    NotASet => Expected::Refused(502, "keys_unusable");
    /// Keys of unknown types alone.
    OnlyUnusable => Expected::Refused(502, "keys_unusable");
    /// The right key, but for encryption.
    OnlyForEncryption => Expected::Refused(502, "keys_unusable");
    /// A point that is not on the curve.
    OffCurve => Expected::Refused(502, "keys_unusable");
    /// RSA with 1024 bits (RFC 7518 §3.3).
    TooShort => Expected::Refused(502, "keys_unusable");
    /// A symmetric key alone.
    OnlySymmetric => Expected::Refused(502, "keys_unusable");
    /// Ten thousand keys.
    TenThousand => Expected::Refused(502, "keys_unusable");
    /// A private key: anybody may sign with it.
    Private => Expected::Refused(502, "keys_unusable");
    /// A key of secp256k1.
    OtherCurve => Expected::Refused(502, "keys_unusable");
    /// A key of the same name that did not sign.
    AnotherKey => Expected::Refused(502, "token_signature");
}

faults! {
    /// What can be wrong with the token response.
    TokenFault:
    /// The code is not accepted.
    InvalidGrant => Expected::Refused(400, "code_rejected");
    /// The secret is wrong.
    InvalidClient => Expected::Refused(502, "client_rejected");
    /// The client is unknown, which Logto says with 400.
    UnknownClient => Expected::Refused(502, "client_rejected");
    /// Another error, with a script in its description.
    ErrorWithScript => Expected::Refused(502, "token_error");
    /// No ID token.
    IdTokenMissing => Expected::Refused(502, "id_token_missing");
    /// `null` as the ID token.
    IdTokenNull => Expected::Refused(502, "id_token_missing");
    /// A number as the ID token.
    IdTokenNumber => Expected::Refused(502, "id_token_missing");
    /// No access token.
    AccessTokenMissing => Expected::Refused(502, "token_error");
    /// Another type than Bearer.
    TokenTypeOther => Expected::Refused(502, "token_error");
    /// `bearer`.
    TokenTypeLowerCase => Expected::Accepted;
}

faults! {
    /// What can be wrong with the ID token.
    IdTokenFault:
    /// `none`, without a signature.
    AlgNone => Expected::Refused(502, "token_algorithm");
    /// `nOnE`.
    AlgNoneInAnotherCase => Expected::Refused(502, "token_algorithm");
    /// No `alg`.
    AlgMissing => Expected::Refused(502, "token_malformed");
    /// HS256 with the client's secret.
    Hs256WithSecret => Expected::Refused(502, "token_algorithm");
    /// HS256 with the public key as the secret.
    Hs256WithPublicKey => Expected::Refused(502, "token_algorithm");
    /// RS256, with the name of an EC key.
    AlgOfAnotherKeyType => Expected::Refused(502, "token_algorithm");
    /// One bit of the signature.
    SignatureAltered => Expected::Refused(502, "token_signature");
    /// No signature.
    SignatureEmpty => Expected::Refused(502, "token_malformed");
    /// Nothing but zeros (CVE-2022-21449).
    SignatureZero => Expected::Refused(502, "token_signature");
    /// ASN.1 instead of `r || s`.
    SignatureDer => Expected::Refused(502, "token_signature");
    /// Another key under the same name.
    SignatureOfAnotherKey => Expected::Refused(502, "token_signature");
    /// Another key, which the header brings along.
    EmbeddedKey => Expected::Refused(502, "token_signature");
    /// Another key, which the header names by its address.
    KeyByAddress => Expected::Refused(502, "token_signature");
    /// Another key, whose certificate the header names by its address.
    CertificateByAddress => Expected::Refused(502, "token_signature");
    /// A right signature with more bytes behind it.
    SignatureOversized => Expected::Refused(502, "token_signature");
    /// A signature by a key of another curve, as long as that curve's are.
    SignatureOfAnotherCurve => Expected::Refused(502, "token_signature");
    /// ES256, with the name of a key of P-384.
    AlgOfAnotherCurve => Expected::Refused(502, "token_algorithm");
    /// A payload that is not encoded (RFC 7797).
    Unencoded => Expected::Refused(502, "token_malformed");
    /// `alg` twice: one reader sees `none`, another does not.
    AlgTwice => Expected::Refused(502, "token_malformed");
    /// `sub` twice: one reader sees another visitor than the next.
    SubjectTwice => Expected::Refused(502, "token_malformed");
    /// Another subject than was signed.
    PayloadAltered => Expected::Refused(502, "token_signature");
    /// No `kid`, one key.
    KidAbsent => Expected::Accepted;
    /// No `kid`, several keys.
    KidAbsentManyKeys => Expected::Accepted;
    /// A `kid` that is nowhere.
    KidUnknown => Expected::Refused(502, "token_key_unknown");
    /// An extension that must be understood (RFC 7515 §4.1.11).
    Critical => Expected::Refused(502, "token_malformed");
    /// Two parts.
    TwoParts => Expected::Refused(502, "token_malformed");
    /// Five parts, as an encrypted token has.
    FiveParts => Expected::Refused(502, "token_malformed");
    /// base64url with padding.
    Padded => Expected::Refused(502, "token_malformed");
    /// A payload that is no JSON.
    NotJson => Expected::Refused(502, "token_malformed");
    /// A payload that is no object.
    PayloadArray => Expected::Refused(502, "token_malformed");
    /// 900 KiB.
    Long => Expected::Refused(502, "token_malformed");
    /// Another issuer.
    IssuerOther => Expected::Refused(502, "token_issuer");
    /// The issuer with a slash more.
    IssuerSlash => Expected::Refused(502, "token_issuer");
    /// No issuer.
    IssuerMissing => Expected::Refused(502, "token_issuer");
    /// The issuer in a list.
    IssuerArray => Expected::Refused(502, "token_issuer");
    /// Another client.
    AudienceOther => Expected::Refused(502, "token_audience");
    /// A client whose name begins like ours.
    AudiencePrefix => Expected::Refused(502, "token_audience");
    /// No audience.
    AudienceMissing => Expected::Refused(502, "token_audience");
    /// `null`.
    AudienceNull => Expected::Refused(502, "token_audience");
    /// An empty list.
    AudienceEmpty => Expected::Refused(502, "token_audience");
    /// Us alone, in a list.
    AudienceListOfOne => Expected::Accepted;
    /// Us and another, and `azp` is us.
    AudienceListWithAuthorizedParty => Expected::Accepted;
    /// Us and another, without `azp`.
    AudienceListWithoutAuthorizedParty => Expected::Refused(502, "token_authorized_party");
    /// `azp` is another client.
    AuthorizedPartyOther => Expected::Refused(502, "token_authorized_party");
    /// Expired an hour ago.
    ExpiryPast => Expected::Refused(502, "token_expired");
    /// No `exp`.
    ExpiryMissing => Expected::Refused(502, "token_expired");
    /// `exp` is a text.
    ExpiryText => Expected::Refused(502, "token_expired");
    /// In the year 9999.
    ExpiryLast => Expected::Accepted;
    /// In milliseconds, which is no time in seconds.
    ExpiryMilliseconds => Expected::Refused(502, "token_expired");
    /// Before 1970.
    ExpiryNegative => Expected::Refused(502, "token_expired");
    /// A number beyond every double.
    ExpiryHuge => Expected::Refused(502, "token_malformed");
    /// As long ago as the leeway.
    ExpiryAtTheEdge => Expected::Refused(502, "token_expired");
    /// Not valid for another hour.
    NotBeforeFuture => Expected::Refused(502, "token_not_yet_valid");
    /// Issued in an hour.
    IssuedInFuture => Expected::Refused(502, "token_not_yet_valid");
    /// No `iat`.
    IssuedMissing => Expected::Refused(502, "token_not_yet_valid");
    /// The provider's clock is ten seconds ahead.
    IssuedSlightlyAhead => Expected::Accepted;
    /// Another nonce.
    NonceOther => Expected::Refused(502, "token_nonce");
    /// No nonce.
    NonceMissing => Expected::Refused(502, "token_nonce");
    /// `null`.
    NonceNull => Expected::Refused(502, "token_nonce");
    /// An `at_hash` of another access token.
    AccessTokenHashWrong => Expected::Refused(502, "token_access_token_hash");
    /// The right `at_hash` and `typ`, as older versions of Logto send.
    AccessTokenHashRight => Expected::Accepted;
    /// No subject.
    SubjectMissing => Expected::Refused(502, "token_subject");
    /// An empty subject.
    SubjectEmpty => Expected::Refused(502, "token_subject");
    /// A number.
    SubjectNumber => Expected::Refused(502, "token_subject");
    /// 256 characters.
    SubjectTooLong => Expected::Refused(502, "token_subject");
    /// 100 characters in 300 bytes: `OpenID` Connect Core §2 counts ASCII, the identities table bytes.
    SubjectTooManyBytes => Expected::Refused(502, "token_subject");
    /// Characters that end a text for some readers, and that turn it around.
    SubjectWithControls => Expected::Accepted;
    /// 255 characters.
    SubjectLongest => Expected::Accepted;
}

faults! {
    /// What can be wrong with the userinfo response.
    UserinfoFault:
    /// Somebody else.
    SubjectOther => Expected::Refused(502, "userinfo_subject");
    /// Nobody.
    SubjectMissing => Expected::Refused(502, "userinfo_subject");
    /// A number.
    SubjectNumber => Expected::Refused(502, "userinfo_subject");
    /// A signed answer, which nobody asked for.
    Signed => Expected::Refused(502, "userinfo_error");
    /// The access token is not accepted.
    Unauthorized => Expected::Refused(502, "userinfo_error");
    /// The same with an empty body: RFC 6750 §3 says it in a header field alone.
    UnauthorizedEmpty => Expected::Refused(502, "userinfo_error");
    /// The scope does not suffice.
    Forbidden => Expected::Refused(502, "userinfo_error");
    /// 600 KiB of the tenant's own data: much, but within the limit of an answer.
    Long => Expected::Accepted;
}
