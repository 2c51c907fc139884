<?php

declare(strict_types=1);

namespace LogtoSignIn\Linking;

use LogtoSignIn\Accounts\Issuers;
use LogtoSignIn\Accounts\Profile;
use LogtoSignIn\Settings\Labels;

/**
 * Fields of a profile page that the provider writes at each sign-in: what is entered there would last until the next one, so
 * they are locked, and the page says why.
 */
final class FollowedFields
{
    public static function show(\WP_User $user): void
    {
        $fields = Issuers::hashes($user->ID) === [] ? [] : Profile::followed($user->ID);
        if ($fields === []) {
            return;
        }

        $labels = array_map(static fn(string $field): string => Labels::of('sync_' . $field), $fields);
        printf(
            '<p class="description" id="logto-followed">%s</p>',
            /* translators: %s: names of fields. */
            esc_html(sprintf(__('These fields come from the sign-in service at each sign-in: %s. Change them there.', 'logto-sign-in'), implode(', ', $labels))),
        );
        // A field that is only read is sent as it was; a choice that is disabled is not sent, and stays.
        $lock = 'for (const id of %s) { const field = document.getElementById(id); if (field) {'
            . ' field.tagName === "SELECT" ? field.disabled = true : field.readOnly = true;'
            . ' field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), "logto-followed"].filter(Boolean).join(" ")); } }';
        wp_print_inline_script_tag(sprintf($lock, (string) wp_json_encode($fields)));
    }
}
