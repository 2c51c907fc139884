<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Import\Labels;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Support\Input;

/**
 * `wp logto import`
 */
final class ImportCommand
{
    /**
     * Imports the settings and account connections of the official Logto plugin. Its data stays unchanged.
     *
     * ## OPTIONS
     *
     * [--dry-run]
     * : Shows what would be imported, and changes nothing.
     *
     * [--privileged]
     * : Also connects accounts that can manage the site. Compare each one with the Logto Console first: the official plugin
     * connects accounts by email address alone.
     *
     * [--undo]
     * : Removes the account connections that the import added, and restores the settings from before.
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
        $contradiction = array_filter(['dry-run', 'privileged'], static fn(string $flag): bool => isset($options[$flag]));
        if (Input::bool($options, 'undo') && $contradiction !== []) {
            /* translators: %s: options of a command, such as --dry-run. */
            \WP_CLI::error(sprintf(__('--undo cannot be combined with %s. Nothing was changed.', 'logto-sign-in'), '--' . implode(', --', $contradiction)));
        }

        $kind = match (true) {
            Input::bool($options, 'undo') => Run::UNDO,
            Input::bool($options, 'dry-run') => Run::DRY_RUN,
            default => Run::IMPORT,
        };
        if ($kind !== Run::UNDO && LogtoPlugin::options() === []) {
            \WP_CLI::error(__('There is nothing to import: this site has no settings of the official Logto plugin.', 'logto-sign-in'));
        }

        if ($kind === Run::UNDO && !Run::can_undo()) {
            \WP_CLI::error(__('There is nothing to undo: no import has changed anything.', 'logto-sign-in'));
        }

        if (!Run::begin($kind, Input::bool($options, 'privileged'))) {
            \WP_CLI::error(__('Another import is already running. Try again when it has finished.', 'logto-sign-in'));
        }

        Run::resume(INF, static function (array $run): void {
            /* translators: 1: number of links that are done, 2: number of all links. */
            $message = __('%1$s of %2$s', 'logto-sign-in');
            \WP_CLI::log(sprintf($message, (string) Input::int($run, 'done'), (string) Input::int($run, 'total')));
        });
        self::tell(Run::run());
    }

    /**
     * @param array<array-key, mixed> $run
     */
    private static function tell(array $run): void
    {
        $code = Input::string($run, 'error');
        if ($code !== '') {
            $message = Catalog::of($code);
            \WP_CLI::error(sprintf('%s %s [%s]', $message->message, $message->advice, $code));
        }

        if (Input::string($run, 'kind') === Run::UNDO) {
            \WP_CLI::success(Labels::undone($run));

            return;
        }

        foreach (Input::to_maps($run['problems'] ?? null) as $problem) {
            \WP_CLI::warning(Labels::problem($problem));
        }

        foreach (Input::to_maps($run['shown'] ?? null) as $link) {
            $verdict = Labels::stored_verdict(Input::string($link, 'verdict'));
            \WP_CLI::log(sprintf("#%d\t%s\t%s", Input::int($link, 'user_id'), self::plain(Input::string($link, 'subject')), Labels::verdict($verdict, true)));
        }

        foreach (Input::map($run, 'counts') as $verdict => $number) {
            \WP_CLI::log(sprintf('%s: %s', Labels::verdict(Labels::stored_verdict((string) $verdict), Input::string($run, 'kind') === Run::IMPORT), is_int($number) ? (string) $number : ''));
        }

        \WP_CLI::success(Labels::title($run));
    }

    /**
     * Text from the database must not control the terminal.
     */
    private static function plain(string $text): string
    {
        return (string) preg_replace('/[^\x21-\x7E]+/', '?', $text);
    }
}
