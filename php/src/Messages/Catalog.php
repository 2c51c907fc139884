<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages;

/**
 * One row for each code of the core, the host and the plugin. The core decides; WordPress has the words. The files of the
 * rows are loaded only when a code is put into words.
 */
final class Catalog
{
    /** Slug of the page Logto › Help, which lists the refusals. */
    public const HELP_PAGE = 'logto-sign-in-help';

    /** The tab of that page with the codes. */
    public const HELP_TAB = 'codes';

    /** Codes of version 0.1 under their new names: the stored result of an import may have one. */
    private const RENAMED = ['carrier_unavailable' => 'transport_unavailable', 'carrier_failed' => 'transport_failed'];

    /**
     * The row of a code. An unknown code comes from a core of another version, which is what `protocol_error` says.
     */
    public static function of(string $code): Message
    {
        $code = self::RENAMED[$code] ?? $code;
        foreach (self::all() as $message) {
            if ($message->code === $code) {
                return $message;
            }
        }

        return self::of('protocol_error');
    }

    /**
     * Every row. The kinds with few rows come first.
     *
     * @return \Generator<int, Message>
     */
    public static function all(): \Generator
    {
        yield from Rows\Linking::all();
        yield from Rows\Transport::all();
        yield from Rows\Settings::all();
        yield from Rows\Check::all();
        yield from self::refusals();
    }

    /**
     * The reasons why somebody is not signed in, in the order of Logto › Help.
     *
     * @return list<Message>
     */
    public static function refusals(): array
    {
        return [
            ...Rows\Plugin::all(),
            ...Rows\Provider::all(),
            ...Rows\Callback::all(),
            ...Rows\Token::all(),
            ...Rows\Dingtalk::all(),
            ...Rows\Account::all(),
            ...Rows\Api::all(),
            ...Rows\Host::all(),
            ...Rows\Wordpress::all(),
        ];
    }

    /**
     * Where Logto › Help says what to do about a code.
     */
    public static function help_url(string $code): string
    {
        return admin_url('admin.php?page=' . self::HELP_PAGE . '&tab=' . self::HELP_TAB . '#' . self::of($code)->anchor());
    }

    /**
     * The members of an outcome `refused` when PHP itself refuses.
     *
     * @return array{code: string, status: int, retry: bool, another_account: bool}
     */
    public static function refuse(string $code): array
    {
        $message = self::of($code);

        return ['code' => $code, 'status' => $message->status ?? 500, 'retry' => $message->retry, 'another_account' => $message->another_account];
    }

    /**
     * What the visitor does next.
     */
    public static function next_step(bool $retry): string
    {
        return $retry
            ? __('Please try again. If the problem persists, send this code to the site administrator.', 'logto-sign-in')
            : __('Please send this code to the site administrator.', 'logto-sign-in');
    }
}
