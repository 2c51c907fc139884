<?php

declare(strict_types=1);

namespace LogtoSignIn\Import;

use LogtoSignIn\Fields;
use LogtoSignIn\Words\Messages;

/**
 * `wp logto import`
 */
final class ImportCommand
{
    public static function register(): void
    {
        \WP_CLI::add_command('logto import', [self::class, 'run']);
    }

    /**
     * Takes over the settings and the links of Logto's own plugin, whose data is only read.
     *
     * ## OPTIONS
     *
     * [--dry-run]
     * : Says what would come over, and changes nothing.
     *
     * [--privileged]
     * : Links administrators too. Compare each with the Logto Console first: that plugin gives accounts away by e-mail address.
     *
     * [--undo]
     * : Removes exactly the links that the import has added, and puts the settings back as they were.
     *
     * ## EXAMPLES
     *
     *     wp logto import --dry-run
     *     wp logto import
     *     wp logto import --undo
     *
     * @param array<array-key, mixed> $arguments
     * @param array<array-key, mixed> $options
     */
    public static function run(array $arguments, array $options): void
    {
        $kind = match (true) {
            Fields::flag($options, 'undo') => Import::UNDO,
            Fields::flag($options, 'dry-run') => Import::DRY_RUN,
            default => Import::IMPORT,
        };
        if ($kind !== Import::UNDO && OfficialPlugin::options() === []) {
            \WP_CLI::error(__('There is nothing to import: this site has no settings of Logto’s own plugin.', 'logto-sign-in'));
        }

        if (!Import::begin($kind, Fields::flag($options, 'privileged'))) {
            \WP_CLI::error(__('Another run is under way. Try again when it has ended.', 'logto-sign-in'));
        }

        Import::go_on(INF, static function (array $run): void {
            /* translators: 1: number of links that are done, 2: number of all links. */
            $words = __('%1$s of %2$s', 'logto-sign-in');
            \WP_CLI::log(sprintf($words, (string) Fields::number($run, 'done'), (string) Fields::number($run, 'total')));
        });
        self::tell(Import::run());
    }

    /**
     * @param array<array-key, mixed> $run
     */
    private static function tell(array $run): void
    {
        $code = Fields::text($run, 'error');
        if ($code !== '') {
            \WP_CLI::error(sprintf('%s %s [%s]', Messages::text($code), Messages::advice($code), $code));
        }

        if (Fields::text($run, 'kind') === Import::UNDO) {
            \WP_CLI::success(ImportWords::undone($run));

            return;
        }

        foreach (Fields::maps($run, 'problems') as $problem) {
            \WP_CLI::warning(ImportWords::problem($problem));
        }

        foreach (Fields::maps($run, 'shown') as $link) {
            $verdict = Fields::text($link, 'verdict');
            \WP_CLI::log(sprintf("#%d\t%s\t%s", Fields::number($link, 'user_id'), self::plain(Fields::text($link, 'subject')), ImportWords::verdict($verdict, true)));
        }

        foreach (Fields::map($run, 'counts') as $verdict => $number) {
            \WP_CLI::log(sprintf('%s: %s', ImportWords::verdict((string) $verdict, Fields::text($run, 'kind') === Import::IMPORT), is_int($number) ? (string) $number : ''));
        }

        \WP_CLI::success(ImportWords::title($run));
    }

    /**
     * A terminal must not obey what stands in a database.
     */
    private static function plain(string $text): string
    {
        return (string) preg_replace('/[^\x21-\x7E]+/', '?', $text);
    }
}
