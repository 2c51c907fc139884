<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * The picture that a user has at the provider, where WordPress shows one.
 */
final class Avatar
{
    /**
     * @param array<array-key, mixed> $arguments
     *
     * @return array<array-key, mixed>
     */
    public static function choose(array $arguments, mixed $whose = null): array
    {
        if (isset($arguments['url']) || Input::bool($arguments, 'force_default') || !Settings::current()->flag('avatar')) {
            return $arguments;
        }

        $user_id = self::user_id($whose);
        $picture = $user_id > 0 ? sanitize_url(UserMeta::text($user_id, UserMeta::PICTURE), ['https']) : '';
        if (!str_starts_with($picture, 'https://')) {
            return $arguments;
        }

        $arguments['url'] = $picture;
        $arguments['found_avatar'] = true;
        // Another host need not learn which page is read; a picture need not be square.
        $extra = Input::string($arguments, 'extra_attr');
        $arguments['extra_attr'] = trim($extra . (str_contains($extra, 'style=') ? '' : ' style="object-fit: cover"') . ' referrerpolicy="no-referrer"');

        return $arguments;
    }

    /**
     * An email address proves nothing: whoever comments without an account can enter any.
     */
    private static function user_id(mixed $whose): int
    {
        return match (true) {
            is_numeric($whose) => absint($whose),
            $whose instanceof \WP_User => $whose->ID,
            $whose instanceof \WP_Post => (int) $whose->post_author,
            $whose instanceof \WP_Comment => is_avatar_comment_type(get_comment_type($whose)) ? (int) $whose->user_id : 0,
            default => 0,
        };
    }
}
