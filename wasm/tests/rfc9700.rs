//! What RFC 9700 (Best Current Practice for OAuth 2.0 Security) asks of a client, section by section. Each test runs the
//! scenarios that show it; sections without a test here are about authorization servers and resource servers.

use simulator::Native;
use simulator::provider::fault::{Expected, MetadataFault, Outage, ResponseFault};
use simulator::scenarios::{self, Scenario};

fn hold(all: &[Scenario]) {
    for scenario in all {
        scenario(&mut Native::new());
    }
}

/// §2.1, §4.7: an authorization response belongs to the browser that asked for it, and counts once.
#[test]
fn rfc9700_4_7_cross_site_request_forgery() {
    hold(&[
        scenarios::another_browser_cannot_finish,
        scenarios::a_response_of_the_attackers_is_not_taken_in,
        scenarios::an_invented_callback_asks_nobody,
        scenarios::a_callback_works_once,
    ]);
}

/// §2.1.1, §4.5: PKCE with S256 in every attempt, and a nonce, so that a stolen code is worth nothing here.
#[test]
fn rfc9700_4_5_authorization_code_injection() {
    hold(&[scenarios::an_injected_code_is_refused, scenarios::fault_s19_one_attempt_sends_one_code]);
}

/// §4.8: where PKCE is not announced, or only `plain`, no visitor is sent.
#[test]
fn rfc9700_4_8_pkce_downgrade() {
    let refused = Expected::Refused(502, "metadata_unusable");
    assert_eq!([MetadataFault::PkceMissing, MetadataFault::PkcePlain].map(MetadataFault::expected), [refused; 2]);

    hold(&[scenarios::wrong_metadata_are_refused]);
}

/// §2.1, §4.4: each provider has its own redirect URI and its issuer is compared, so no code goes to another.
#[test]
fn rfc9700_4_4_mix_up() {
    let refused = Expected::Refused(400, "response_issuer");
    let faults = [ResponseFault::IssuerOther, ResponseFault::IssuerMissing, ResponseFault::IssuerOtherWithError];
    assert_eq!(faults.map(ResponseFault::expected), [refused; 3]);

    hold(&[
        scenarios::wrong_responses_are_refused,
        scenarios::a_changed_provider_ends_pending_attempts,
        scenarios::the_two_ways_of_dingtalk_take_nothing_from_each_other,
    ]);
}

/// §4.2.4, §4.3: a state and a code work once, so that what a history or a `Referer` kept is worth nothing.
#[test]
fn rfc9700_4_2_4_state_and_code_work_once() {
    hold(&[scenarios::a_callback_works_once, scenarios::a_second_response_to_one_request_is_refused]);
}

/// §4.11.1: the client redirects to its own pages alone.
#[test]
fn rfc9700_4_11_1_client_as_open_redirector() {
    hold(&[
        scenarios::the_visitor_ends_up_where_they_wanted_to_be,
        scenarios::signing_out_ends_where_it_was_wanted,
        scenarios::fault_c6_only_public_pages_are_a_landing_place,
    ]);
}

/// §4.12: no request that carries a code or a secret is redirected.
#[test]
fn rfc9700_4_12_307_redirect() {
    assert_eq!(Outage::Redirect.expected(), Expected::Refused(502, "provider_answer"));

    hold(&[scenarios::every_endpoint_may_be_in_trouble]);
}

/// §2.6: endpoints come from the provider's metadata, are on https, and are not taken from a cache that others wrote.
#[test]
fn rfc9700_2_6_metadata() {
    hold(&[scenarios::fault_r8_a_poisoned_cache_is_fetched_anew, scenarios::wrong_metadata_are_refused]);
}

/// RFC 6265bis §8.6, "cookie tossing": a cookie of a neighboring site finishes nothing.
#[test]
fn rfc9700_4_7_cookies_of_others() {
    hold(&[
        scenarios::a_cookie_of_another_site_is_refused,
        scenarios::an_altered_cookie_is_refused,
        scenarios::foreign_cookies_are_survived,
    ]);
}
