//! Every scenario of the simulator on the core as a library, with a clock and entropy of the test's own.

use simulator::provider::fault::Expected;
use simulator::{Browser, Fault, Native, Site, figures};
use std::collections::BTreeMap;

macro_rules! natively {
    ($($name:ident,)*) => {$(
        #[test]
        fn $name() {
            simulator::scenarios::$name(&mut simulator::Native::new());
        }
    )*};
}

simulator::each_scenario!(natively);

/// Every misbehavior of the provider, and how many of them the core let pass: those that the specifications allow.
#[test]
fn the_hostile_provider_is_counted() {
    let mut classes: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for fault in Fault::all() {
        let mut core = Native::new();
        let mut site = Site::new(&mut core);
        site.provider.fault = Some(fault);
        site.settings["always_userinfo"] = true.into();

        let is_signed_in = site.sign_in(&mut Browser::new()).user_id().is_some();

        assert_eq!(is_signed_in, fault.expected() == Expected::Accepted, "{fault:?}");
        let class = match fault {
            Fault::Outage(..) => "outages of each endpoint",
            Fault::Metadata(_) => "metadata",
            Fault::Response(_) => "authorization responses",
            Fault::Keys(_) => "keys",
            Fault::Token(_) => "token responses",
            Fault::IdToken(_) => "ID tokens",
            Fault::Userinfo(_) => "userinfo",
        };
        classes.entry(class).or_default()[usize::from(is_signed_in)] += 1;
    }
    for (class, [refused, accepted]) in classes {
        let counts = [("tried", refused + accepted), ("accepted", accepted), ("refused", refused)];
        figures::tell("hostile provider", class, &counts.map(|(name, count)| (name, figures::count(count))));
    }
}

macro_rules! timed {
    ($($name:ident,)*) => {$(
        #[test]
        fn $name() {
            simulator::scenarios::timed::$name();
        }
    )*};
}

timed! {
    a_state_lives_ten_minutes,
    a_state_from_the_future_is_refused,
    a_connection_waits_ten_minutes,
    a_session_outlives_an_hour_without_its_provider,
    what_is_remembered_ages,
    fault_s11_the_pauses_of_a_silent_provider_grow,
    stale_metadata_serve_while_fresh_ones_are_fetched,
    unknown_keys_are_not_looked_for_for_ever,
    fault_r17_the_log_says_by_how_much_the_clocks_differ,
    fault_r17_web_servers_whose_clocks_differ_are_named,
    a_reply_depends_on_nothing_else,
}
