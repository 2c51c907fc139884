//! Every scenario of the simulator on the core as a library, with a clock and entropy of the test's own.

macro_rules! natively {
    ($($name:ident,)*) => {$(
        #[test]
        fn $name() {
            simulator::scenarios::$name(&mut simulator::Native::new());
        }
    )*};
}

simulator::each_scenario!(natively);

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
    what_is_remembered_ages,
    fault_s11_the_pauses_of_a_silent_provider_grow,
    stale_metadata_serve_while_fresh_ones_are_fetched,
    unknown_keys_are_not_looked_for_for_ever,
    the_providers_clock_may_be_a_minute_off,
    a_reply_depends_on_nothing_else,
}
