<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Fields;
use LogtoSignIn\Forbidden;
use LogtoSignIn\Request;

/**
 * The buttons of Logto › Import.
 */
final class ImportAction
{
    public const ACTION = 'logto_sign_in_import';

    /** Seconds of one request, far below what servers allow. */
    private const SECONDS = 5.0;

    /**
     * An import gives accounts to people. On a network, `edit_users` is the network's own: the users are too.
     */
    public static function is_allowed(): bool
    {
        return current_user_can('manage_options') && current_user_can('edit_users');
    }

    public static function run(): void
    {
        if (!self::is_allowed()) {
            Forbidden::end();
        }

        check_admin_referer(self::ACTION);
        self::handle(Request::posted('logto_import'), Request::posted('logto_privileged') === '1');
        wp_safe_redirect(ImportPage::url(), 302, 'Logto Sign-In');

        exit();
    }

    /**
     * What is not a step now is left alone: an import comes after a dry run, and a run that is under way goes on, unless
     * it cannot.
     */
    public static function handle(string $step, bool $privileged): void
    {
        $run = Import::run();
        $ended = isset($run['error']) || Fields::flag($run, 'finished', true);
        $tried = Fields::text($run, 'kind') === Import::DRY_RUN && !isset($run['error']);
        match (true) {
            !$ended => null,
            $step === Import::DRY_RUN => Import::begin(Import::DRY_RUN),
            $step === Import::IMPORT && $tried => Import::begin(Import::IMPORT, $privileged),
            $step === Import::UNDO => Import::begin(Import::UNDO),
            default => null,
        };
        if (in_array($step, ['continue', Import::DRY_RUN, Import::IMPORT, Import::UNDO], true)) {
            Import::go_on(self::SECONDS);
        }
    }
}
