//! A provider that does not answer: who waits for it, and who is told at once.

use crate::core::Core;
use crate::provider::fault::{Endpoint, Fault, Outage};
use crate::site::{Site, Start, browser::Browser, outcome::Outcome};
use serde_json::json;

const METADATA: &str = "/.well-known/openid-configuration";

fn start(site: &mut Site<'_>) -> Outcome {
    site.start(&mut Browser::new(), &Start { redirect_to: "https://wordpress.example/cart/", ..Start::default() })
}

/// Fault S11: each visitor of the login page held a worker until the silent provider timed out.
pub fn fault_s11_a_silent_provider_is_asked_once(core: &mut dyn Core) {
    for (outage, code) in
        [(Outage::Timeout, (504, "provider_timeout")), (Outage::Connection, (502, "provider_unreachable"))]
    {
        let mut site = Site::new(core);
        site.provider.fault = Some(Fault::Outage(Endpoint::Metadata, outage));

        start(&mut site).assert_refused(code.0, code.1);
        for _ in 0..7 {
            let refused = start(&mut site);
            refused.assert_refused(502, "provider_unreachable");
            assert!((1..=30).contains(&refused.0["retry_after"].as_u64().expect("seconds")), "{}", refused.0);
            assert_eq!(refused.text("redirect_to"), "https://wordpress.example/cart/");
        }
        site.sign_out(&mut Browser::new(), "").assert_refused(502, "provider_unreachable");

        assert_eq!((site.provider.count(METADATA), site.effects.len()), (1, 1), "{outage:?}");
        assert!(site.log.iter().skip(1).all(|(_, detail)| detail.contains("did not answer")), "{:?}", site.log);
    }
}

/// Fault S11: before the first failure was known, every visitor at once held a worker.
pub fn fault_s11_one_request_at_a_time_waits_for_the_provider(core: &mut dyn Core) {
    let mut site = Site::new(core);
    site.answers.insert("http_request", json!({"status": 0, "error": "busy"}));

    let refused = start(&mut site);

    refused.assert_refused(502, "provider_unreachable");
    assert_eq!(refused.0["retry_after"], 5);
    assert_eq!(site.effects[0]["exclusive"], true);
    assert!(site.cache.is_empty(), "that another visitor waits is no failure");
}

/// Somebody who comes back has signed in at the provider a moment ago: they are worth a try.
pub fn a_visitor_who_comes_back_is_waited_for(core: &mut dyn Core) {
    let mut site = Site::new(core);
    let mut browser = Browser::new();
    let url = site.start(&mut browser, &Start::default()).url("start");
    let now = site.now();
    let back = site.provider.consent(&url, now);
    site.cache.clear();
    site.provider.fault = Some(Fault::Outage(Endpoint::Metadata, Outage::Timeout));
    start(&mut site).assert_refused(504, "provider_timeout");
    site.provider.fault = None;

    site.callback(&mut browser, &back).assert_signed_in();

    assert_eq!(site.effects.iter().filter(|effect| effect["exclusive"] == true).count(), 2, "the two starts alone");
    assert!(!site.cache.contains_key("failure"), "a success ends the pause");
    start(&mut site).url("the next start");
}
