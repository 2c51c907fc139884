<?php

declare(strict_types=1);

namespace LogtoSignIn\Accounts;

use LogtoSignIn\Protocol\Renewal;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Lock;

/**
 * What a session keeps to ask the provider about it again: with the session on the server, and never in a cookie.
 */
final class Renewals
{
    /** Key in a session; php/hooks/sign_out.php has it too. */
    private const KEY = 'logto_sign_in_renewal';

    /**
     * As it is kept: with the site whose salts sealed it, since a session of a network is one of all its sites.
     *
     * @return array<string, array{sealed: string, after: int, by: int, site: int}>
     */
    public static function mark(Renewal $renewal, int $site): array
    {
        return [self::KEY => ['sealed' => $renewal->sealed, 'after' => $renewal->check_after, 'by' => $renewal->check_by, 'site' => $site]];
    }

    /**
     * As the database has it now; null when the session is over, or keeps nothing.
     */
    public static function of(int $user_id, string $token): null|Renewal
    {
        $kept = self::kept($user_id, $token);
        $sealed = Input::string($kept, 'sealed');

        return $sealed === '' ? null : new Renewal($sealed, Input::int($kept, 'after'), Input::int($kept, 'by'));
    }

    /**
     * The site where the session began.
     */
    public static function site(int $user_id, string $token): int
    {
        return Input::int(self::kept($user_id, $token), 'site', get_current_blog_id());
    }

    /**
     * Keeps what takes its place, unless the session has ended meanwhile.
     */
    public static function keep(int $user_id, string $token, Renewal $renewal, int $site): void
    {
        $keep = static function () use ($user_id, $token, $renewal, $site): void {
            wp_cache_delete($user_id, 'user_meta');
            $manager = \WP_Session_Tokens::get_instance($user_id);
            $session = $manager->get($token);
            if (is_array($session)) {
                $manager->update($token, self::mark($renewal, $site) + $session);
            }
        };
        Lock::hold(Sessions::lock($user_id), $keep, $keep);
    }

    /**
     * @return array<array-key, mixed>
     */
    private static function kept(int $user_id, string $token): array
    {
        return Input::map(Input::to_map(\WP_Session_Tokens::get_instance($user_id)->get($token)), self::KEY);
    }
}
