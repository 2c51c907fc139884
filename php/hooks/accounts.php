<?php

/**
 * What identities and accounts lead to, wherever they are changed.
 */

declare(strict_types=1);

namespace LogtoSignIn;

if (!defined('ABSPATH')) {
    exit();
}

add_action('logto_sign_in_linked', [Linking\OwnerMail::class, 'linked'], 10, 2);
add_action('logto_sign_in_unlinked', [Linking\OwnerMail::class, 'unlinked'], 10, 2);
add_action('logto_sign_in_user_created', [Approval\Mail::class, 'user_created']);
add_action('logto_sign_in_approved', [Approval\Mail::class, 'user_approved']);
add_action('logto_sign_in_linked', [Activity\Changes::class, 'linked'], 10, 2);
add_action('logto_sign_in_unlinked', [Activity\Changes::class, 'unlinked'], 10, 2);
add_action('logto_sign_in_user_created', [Activity\Changes::class, 'created'], 10, 2);
add_action('logto_sign_in_approved', [Activity\Changes::class, 'approved'], 10, 2);
