<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Support\Log;
use LogtoSignIn\Support\Request;

/**
 * A request for one of the addresses of a sign-in, before anything is done about it.
 */
final class Arrival
{
    /**
     * Ends it where nothing is to be done: for a browser that only looks ahead, and where the answer cannot be given. Neither
     * a cookie nor a redirect can follow what another plugin has printed.
     */
    public static function receive(): void
    {
        Response::prepare();
        if (self::is_speculative()) {
            Response::nothing();

            exit();
        }

        $file = '';
        $line = 0;
        if (!headers_sent($file, $line)) {
            return;
        }

        $file = HookCallback::below_wordpress($file);
        Log::write('output_before_headers', sprintf('%s printed something in line %d', $file, $line));
        /* translators: 1: a file, such as wp-content/plugins/example/example.php; 2: number of a line. */
        $where = sprintf(esc_html__('The output began in %1$s, line %2$d.', 'logto-sign-in'), esc_html($file), $line);
        ErrorPage::show(Client::refuse('output_before_headers', Request::text('redirect_to')), null, self::url(), $where);

        exit();
    }

    /**
     * Whether nobody is there to see the answer yet: a browser that looks ahead, or a program that asks for the headers.
     */
    public static function is_speculative(): bool
    {
        $purposes = array_map(Request::server(...), ['HTTP_SEC_PURPOSE', 'HTTP_PURPOSE', 'HTTP_X_MOZ', 'HTTP_X_PURPOSE']);

        return Request::server('REQUEST_METHOD') === 'HEAD' || preg_grep('/prefetch|prerender|preview/i', $purposes) !== [];
    }

    /**
     * Its address, as a link on its own page: another try begins with what the browser still has. Empty for a form.
     */
    public static function url(): string
    {
        return Request::reads() ? '?' . str_replace(':', '%3A', Request::server('QUERY_STRING')) : '';
    }
}
