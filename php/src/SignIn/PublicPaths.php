<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\Input;

/**
 * What everyone may open on a private site: the setting `public_paths`, in the form of `wasm/src/settings/paths.rs`.
 */
final class PublicPaths
{
    /**
     * Whether everyone may open the page that is asked for, as WordPress reads its path. A query can ask for something else:
     * `/?p=7` is another page than `/`.
     */
    public static function have(\WP $wp): bool
    {
        $asked = array_intersect_key($_GET + $_POST, array_flip($wp->public_query_vars));

        return $asked === [] && self::has('/' . trim(Input::to_string($wp->request), '/'));
    }

    /**
     * Whether everyone may use the route of the REST API that is asked for.
     */
    public static function have_route(\WP $wp): bool
    {
        return self::has('/' . rest_get_url_prefix() . '/' . trim(Input::string($wp->query_vars, 'rest_route'), '/'));
    }

    /**
     * With dots, a path means one thing to the web server, and another to WordPress.
     */
    private static function has(string $path): bool
    {
        if (preg_match('~/\.\.?(?:/|$)~', $path) === 1) {
            return false;
        }

        $has = static fn(string $public): bool => $path === $public || str_ends_with($public, '/*') && str_starts_with($path, substr($public, 0, -1));

        return array_filter(explode("\n", Settings::current()->text('public_paths')), $has) !== [];
    }
}
