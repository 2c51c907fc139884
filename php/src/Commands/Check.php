<?php

declare(strict_types=1);

namespace LogtoSignIn\Commands;

use LogtoSignIn\Admin\ConnectionCheck;
use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Protocol\Check as Checked;
use LogtoSignIn\Protocol\CheckResult;
use LogtoSignIn\Protocol\Outcome\Refused;

/**
 * `wp logto check`
 */
final class Check
{
    /**
     * Contacts Logto and DingTalk with the saved settings, as “Check connection” does. No one is signed in.
     *
     * The exit code is 1 when a check fails.
     *
     * ## OPTIONS
     *
     * [--format=<format>]
     * : How to print the result.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     *   - yaml
     * ---
     *
     * ## EXAMPLES
     *
     *     wp logto check
     *
     * @param array<array-key, mixed> $_
     * @param array<array-key, mixed> $options
     */
    public static function run(array $_, array $options): void
    {
        $outcome = ConnectionCheck::result();
        if ($outcome instanceof Refused) {
            Output::fail($outcome->code);
        }

        Output::items($options, array_map(self::item(...), $outcome->checks), ['checked', 'result', 'code', 'message', 'advice']);
        $failed = array_filter($outcome->checks, static fn(Checked $check): bool => $check->result === CheckResult::Failed);
        if ($failed !== []) {
            \WP_CLI::halt(1);
        }
    }

    /**
     * @return array<string, string>
     */
    private static function item(Checked $check): array
    {
        $message = Catalog::of($check->code);

        return [
            'checked' => $check->subject->value,
            'result' => $check->result->value,
            'code' => $check->code,
            'message' => trim($message->message . ' ' . $check->found),
            'advice' => $check->result === CheckResult::Passed ? '' : $message->advice,
        ];
    }
}
