<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

/**
 * Runs the PHP scripts of tools/ as processes of their own, with this WordPress.
 */
final class Program
{
    /**
     * @param list<string> $options Options of PHP.
     * @param array<string, mixed> $input Handed to the script as JSON.
     *
     * @return array<array-key, mixed> What the script printed as JSON.
     */
    public static function run(string $script, array $options = [], array $input = []): array
    {
        return self::result(self::start($script, $options, $input));
    }

    /**
     * @param list<string> $options
     * @param array<string, mixed> $input
     *
     * @return array{resource, array<int, resource>}
     */
    public static function start(string $script, array $options = [], array $input = []): array
    {
        $environment = self::environment($input);
        $command = [PHP_BINARY, ...$options, __DIR__ . '/tools/' . $script];
        $process = proc_open($command, [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes, null, $environment);
        if (!is_resource($process)) {
            throw new \RuntimeException($script . ' did not start');
        }

        return [$process, $pipes];
    }

    /**
     * @param array{resource, array<int, resource>} $running
     *
     * @return array<array-key, mixed>
     */
    public static function result(array $running): array
    {
        [$process, $pipes] = $running;
        $printed = (string) stream_get_contents($pipes[1]);
        proc_close($process);

        return self::read($printed);
    }

    /**
     * @return array<array-key, mixed>
     */
    private static function read(string $printed): array
    {
        $start = strpos($printed, "\x02");
        $result = $start === false ? null : json_decode(substr($printed, $start + 1), true);
        if (!is_array($result)) {
            throw new \RuntimeException('no result, but: ' . $printed);
        }

        return $result;
    }

    /**
     * Opens a page as an anonymous visitor does.
     *
     * @param array<string, string> $get
     * @param array<string, mixed> $other `post`, `form` (a raw body), `agent`, `cookie`, `settings`, `constants`, `user`, `server`,
     *                                     `path` of another site of a network, `uri` (another path), `plugins`, `options`.
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    public static function page(string $page, array $get = [], array $other = []): array
    {
        $server = new Server('page.php', ['page' => $page, 'get' => $get] + $other);

        return self::read(isset($other['form']) ? $server->post('/', $other['form']) : $server->get('/'));
    }

    /**
     * Opens one more page of a server that runs the tool for pages.
     *
     * @param array<string, mixed> $input `page`, `get` and the others of {@see page()}.
     *
     * @return array{status: int, headers: list<string>, body: string, files: list<string>, queries: list<string>}
     */
    public static function page_of(Server $server, array $input): array
    {
        return self::read($server->get('/', $input));
    }

    /**
     * @param array<string, mixed> $input
     *
     * @return array<string, string>
     */
    public static function environment(array $input): array
    {
        return ['WORDPRESS_DIR' => rtrim(ABSPATH, '/'), 'TEST_INPUT' => (string) json_encode($input)] + getenv();
    }

    /**
     * @param array{headers: list<string>} $page
     */
    public static function location(array $page): string
    {
        foreach ($page['headers'] as $header) {
            if (stripos($header, 'location: ') === 0) {
                return substr($header, 10);
            }
        }

        return '';
    }
}
