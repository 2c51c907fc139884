<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Support\Access;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;

/**
 * The buttons of Logto › Import.
 */
final class Action
{
    public const ACTION = 'logto_sign_in_import';

    /** Seconds of one request, far below what servers allow. */
    private const SECONDS = 5.0;

    /**
     * An import gives accounts to people, and takes a provider over. On a network, the users belong to all sites.
     */
    public static function is_allowed(): bool
    {
        return current_user_can('manage_options') && current_user_can('edit_users') && Access::network_allows();
    }

    public static function run(): void
    {
        if (!self::is_allowed()) {
            Access::deny();
        }

        check_admin_referer(self::ACTION);
        self::handle(Request::posted('logto_import'), Request::posted('logto_privileged') === '1');
        wp_safe_redirect(Page::url(), 302, 'Logto Sign-In');

        exit();
    }

    /**
     * What is not a step now is left alone: an import comes after a dry run, and a run that is under way goes on, unless
     * it cannot.
     */
    public static function handle(string $step, bool $privileged): void
    {
        $run = Run::run();
        $ended = isset($run['error']) || Input::bool($run, 'finished', true);
        $tried = Input::string($run, 'kind') === Run::DRY_RUN && !isset($run['error']);
        match (true) {
            !$ended => null,
            $step === Run::DRY_RUN => Run::begin(Run::DRY_RUN),
            $step === Run::IMPORT && $tried => Run::begin(Run::IMPORT, $privileged),
            $step === Run::UNDO => Run::begin(Run::UNDO),
            default => null,
        };
        if (in_array($step, ['continue', Run::DRY_RUN, Run::IMPORT, Run::UNDO], true)) {
            Run::resume(self::SECONDS);
        }
    }
}
