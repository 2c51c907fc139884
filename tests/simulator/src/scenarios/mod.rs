//! The scenarios: each drives one core through a whole sign-in, sign-out or attack, and asserts what
//! came of it.
//!
//! [`each_scenario!`](crate::each_scenario) hands their names to a macro, so that every transport has one
//! test for each:
//!
//! ```text
//! macro_rules! natively {
//!     ($($name:ident,)*) => { $(#[test] fn $name() { simulator::scenarios::$name(&mut simulator::Native::new()); })* };
//! }
//! simulator::each_scenario!(natively);
//! ```
//!
//! [`timed`] holds those that need another time than the present: they run on [`crate::Native`] alone.
//!
//! Beside what a scenario asserts itself, [`crate::Site`] asserts at every step that replies have exactly
//! the documented shape, that refusals are logged, and that no log line and no outcome tells a secret.

mod access;
mod access_token;
mod accounts;
mod arrival;
mod callback;
mod claims;
mod connect;
mod dingtalk_app;
mod faults;
mod import;
mod issuer;
mod logout;
mod revalidation;
mod same_person;
mod secrets;
mod settings;
mod sign_in;
mod sign_out;
mod silence;
mod silent;
mod tampering;
pub mod timed;
mod trial;

pub use access::*;
pub use access_token::*;
pub use accounts::*;
pub use arrival::*;
pub use callback::*;
pub use claims::*;
pub use connect::*;
pub use dingtalk_app::*;
pub use faults::*;
pub use import::*;
pub use issuer::*;
pub use logout::*;
pub use revalidation::*;
pub use same_person::*;
pub use secrets::*;
pub use settings::*;
pub use sign_in::*;
pub use sign_out::*;
pub use silence::*;
pub use silent::*;
pub use tampering::*;
pub use trial::*;

use crate::core::Core;

/// A scenario.
pub type Scenario = fn(&mut dyn Core);

macro_rules! scenarios {
    ($d:tt $($name:ident,)+) => {
        /// Every scenario with its name.
        pub const ALL: &[(&str, Scenario)] = &[$((stringify!($name), $name),)+];

        /// Hands the name of every scenario to the macro `$then`.
        #[macro_export]
        macro_rules! each_scenario {
            ($d then:ident) => { $d then! { $($name,)+ } };
        }
    };
}

scenarios! { $
    signs_in,
    signs_in_again_as_the_same_user,
    fault_c24_userinfo_is_requested_where_the_id_token_lacks_something,
    every_algorithm_signs_in,
    every_algorithm_refuses_an_altered_signature,
    a_dingtalk_visitor_signs_in,
    a_visitor_about_whom_nothing_is_known_signs_in,
    two_tabs_at_once,
    two_browsers_at_once,
    the_session_outlives_the_browser_only_if_wanted,
    options_of_the_wrong_type_are_understood,
    an_unconfigured_site_asks_nobody,
    a_site_without_salts_signs_nobody_in,
    the_visitor_ends_up_where_they_wanted_to_be,
    first_screen_and_direct_sign_in_reach_the_provider,
    words_that_are_not_logtos_do_not_reach_the_provider,
    the_language_of_the_page_reaches_the_provider,
    extra_parameters_reach_the_provider,
    extra_parameters_never_override_the_protocol,
    another_name_of_the_site_leads_to_the_canonical_one,
    the_canonical_redirect_never_loops,
    every_attempt_has_values_of_its_own,
    fault_c4_cookies_reach_a_login_page_that_was_moved,
    fault_s9_cookies_stay_under_3_kib,
    fault_c12_no_value_of_an_attempt_holds_a_double_hyphen,
    foreign_cookies_are_survived,
    a_callback_works_once,
    fault_c8_who_is_signed_in_already_goes_on,
    fault_c19_another_account_is_asked_for,
    a_second_response_to_one_request_is_refused,
    another_browser_cannot_finish,
    a_response_of_the_attackers_is_not_taken_in,
    an_injected_code_is_refused,
    fault_s19_one_attempt_sends_one_code,
    a_state_that_cannot_be_marked_as_used_is_refused,
    a_changed_provider_ends_pending_attempts,
    an_invented_callback_asks_nobody,
    fault_c29_a_bare_callback_reads_as_canceled,
    an_error_without_an_attempt_says_nothing_of_the_providers,
    a_callback_of_any_length_is_survived,
    a_refusal_ends_the_attempt,
    every_endpoint_may_be_in_trouble,
    fault_s11_a_silent_provider_is_asked_once,
    fault_s11_one_request_at_a_time_waits_for_the_provider,
    a_visitor_who_comes_back_is_waited_for,
    wrong_metadata_are_refused,
    wrong_responses_are_refused,
    wrong_keys_are_refused,
    wrong_token_responses_are_refused,
    wrong_id_tokens_are_refused,
    wrong_userinfo_is_refused,
    texts_of_a_json_suite_sign_nobody_in,
    a_wrong_secret_is_told_to_the_admin,
    fault_s8_an_answer_that_repeats_the_request_is_not_logged,
    fault_r7_only_hosts_that_an_admin_named_are_trusted,
    fault_s8_dingtalks_answer_that_repeats_the_request_is_not_logged,
    a_rotated_key_is_fetched_once,
    a_key_that_rotates_during_a_sign_in_is_fetched,
    remembered_junk_is_fetched_anew,
    a_new_user_gets_what_is_known,
    an_address_never_selects_an_account,
    fault_s4_a_taken_address_or_name_keeps_nobody_out,
    another_tenant_is_another_person,
    an_unverified_address_is_not_used,
    an_address_and_its_verification_come_from_one_source,
    userinfo_wins,
    a_verified_address_can_be_required,
    a_taken_login_gets_a_number,
    logins_follow_the_strategy,
    logins_fit_wordpress,
    two_first_sign_ins_make_one_user,
    a_user_that_cannot_be_created_is_reported,
    a_profile_is_brought_up_to_date,
    a_profile_is_left_alone_if_wanted,
    a_login_with_the_password_connects_the_account,
    a_new_attempt_ends_a_connection_that_waits,
    fault_s1_a_prehijacked_account_is_the_owners_alone,
    a_mailed_link_works_once,
    a_mailed_link_is_for_harmless_accounts_of_that_address,
    another_code_connects_nothing,
    fault_s6_an_older_session_connects_nothing,
    an_altered_connection_is_refused,
    a_separate_account_is_made_if_wanted,
    a_question_is_asked_of_whom_the_settings_admit,
    fault_s7_linking_names_the_identity_before_anything_is_stored,
    an_identity_of_another_user_is_not_connected,
    a_connection_fits_the_budget_of_cookies,
    dingtalk_asks_for_consent_when_linking,
    accounts_are_made_for_whom_the_settings_say,
    fault_s22_an_address_of_a_social_account_decides_nothing,
    a_new_account_may_wait_for_an_admin,
    an_organization_can_be_required,
    fault_s10_a_refusal_ends_what_the_provider_gave,
    fault_s10_who_left_an_organization_leaves_its_site,
    fault_s10_another_issuer_takes_nothing_back,
    the_scope_covers_what_the_settings_ask_about,
    roles_follow_the_provider,
    fault_s10_a_substitute_role_goes_when_a_mapped_role_returns,
    the_last_administrator_is_never_demoted,
    an_organization_stands_for_a_site,
    mapped_claims_are_user_meta,
    a_claim_that_others_read_refuses_nobody,
    claims_are_told_to_a_plugin_that_reads_them,
    a_plugin_may_refuse_what_the_provider_told,
    organizations_are_shown_by_name,
    a_preview_tells_what_a_sign_in_does,
    a_test_sign_in_decides_as_a_sign_in_does,
    a_test_sign_in_names_the_account_with_the_address,
    a_test_sign_in_proves_what_everybody_needs,
    a_tested_identity_is_connected_after_a_proof,
    a_test_sign_in_is_its_administrators,
    signs_out_and_in_again,
    signing_out_ends_where_it_was_wanted,
    fault_c6_only_public_pages_are_a_landing_place,
    a_return_that_nobody_began_goes_home,
    a_sign_out_cookie_signs_nobody_in,
    signing_out_needs_an_endpoint,
    a_logout_token_ends_the_sessions_that_it_names,
    a_logout_token_counts_once,
    wrong_logout_tokens_end_nothing,
    a_flood_of_logout_tokens_fetches_the_keys_once,
    a_logout_ends_application_passwords_only_if_wanted,
    front_channel_logout_ends_one_session,
    fault_s10_a_suspended_user_is_out_at_the_next_check,
    fault_s10_a_lost_role_goes_at_the_next_check,
    fault_s10_who_left_an_organization_is_out_at_the_next_check,
    a_session_outlives_a_provider_that_cannot_be_asked,
    a_rotated_refresh_token_is_kept_whatever_follows,
    a_refreshed_token_of_somebody_else_ends_the_session,
    what_renews_a_session_belongs_to_its_user,
    a_session_is_checked_only_if_wanted,
    an_altered_cookie_is_refused,
    a_cookie_of_another_site_is_refused,
    fault_r8_a_poisoned_cache_is_fetched_anew,
    a_wrong_answer_signs_nobody_in,
    a_line_that_is_no_answer_ends_the_operation,
    an_answer_without_an_operation_is_refused,
    what_is_no_request_is_refused,
    cleaning_settings_twice_changes_nothing,
    fault_s2_a_site_of_a_network_stores_only_what_concerns_it,
    settings_of_the_wrong_type_are_cleaned,
    wrong_settings_are_named_and_kept_as_they_were,
    an_empty_secret_keeps_the_stored_one,
    fault_s8_another_endpoint_receives_no_stored_secret,
    the_dingtalk_app_signs_in_without_leaving_the_page,
    fault_c17_the_name_of_a_dingtalk_visitor_is_stable,
    fault_c31_one_person_has_one_account_at_both_providers,
    fault_c31_only_the_tenants_own_fresh_word_counts,
    one_person_has_one_account_both_ways,
    the_app_is_asked_where_it_is_and_nowhere_else,
    the_tenants_own_dingtalk_is_reached_straight,
    an_app_that_gives_no_code_leads_to_the_browsers_way,
    another_name_of_the_site_keeps_the_browsers_way,
    a_code_of_the_app_works_once,
    the_two_ways_of_dingtalk_take_nothing_from_each_other,
    forms_that_say_too_little_or_too_much_are_refused,
    each_error_of_dingtalk_inside_the_app_has_its_refusal,
    nobody_is_somebody_without_a_union_id,
    settings_that_change_during_a_sign_in_hold_at_once,
    an_imported_user_signs_in_to_the_same_account,
    importing_settings_twice_changes_nothing,
    a_tenant_comes_over_whole_or_not_at_all,
    a_doubtful_link_comes_over_to_nobody,
    a_link_without_its_facts_is_refused,
    the_connection_is_checked,
    fault_c20_the_check_asks_what_a_sign_in_needs,
    fault_c20_the_check_compares_the_clocks,
    each_provider_that_is_set_up_is_checked,
    an_issuer_of_any_shape_signs_in,
    another_issuer_is_compared_to_the_letter,
    another_provider_is_asked_for_nothing_of_logtos,
    another_providers_word_on_an_address_counts,
    the_check_names_pkce_of_another_provider,
    an_organization_brands_the_sign_in_page,
    a_known_visitor_signs_in_silently,
    a_silent_sign_in_that_needs_a_page_changes_nothing,
    a_silent_sign_in_makes_no_account_and_asks_nothing,
    a_silent_sign_in_that_fails_shows_no_error,
    fault_c30_the_check_names_issuer_and_algorithms,
    an_access_token_acts_as_its_user,
    wrong_access_tokens_are_refused,
    wrong_requests_to_the_api_are_refused,
    a_token_of_another_issuer_is_left_alone,
    scopes_allow_what_they_are_mapped_to,
    users_without_access_call_nothing,
    a_machine_calls_as_the_user_of_the_settings,
    an_organizations_token_is_for_its_sites,
    anybody_has_the_keys_fetched_once_a_minute,
    without_the_provider_a_token_is_refused_for_a_while,
    an_id_token_opens_nothing_at_the_api,
    the_core_describes_itself,
}
