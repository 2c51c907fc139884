<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Docs;

/**
 * `docs/developer.md`, and the sources that it describes.
 */
final class Guide
{
    /**
     * @return array<string, string> Text of each section, by its heading.
     */
    public static function sections(): array
    {
        $parts = preg_split('/^#{2,3} (.+)$/m', self::text('docs/developer.md'), -1, PREG_SPLIT_DELIM_CAPTURE);
        $sections = [];
        foreach (array_chunk(array_slice($parts, 1), 2) as [$heading, $text]) {
            $sections[trim($heading, '`')] = $text;
        }

        return $sections;
    }

    /**
     * @return list<string> The blocks of PHP in a section.
     */
    public static function examples(string $heading): array
    {
        preg_match_all('/^```php\n(.*?)^```$/ms', self::sections()[$heading] ?? '', $blocks);

        return $blocks[1];
    }

    /**
     * What the guide says of each hook.
     *
     * @return array<string, array{kind: string, since: string, parameters: array<string, string>}> By name.
     */
    public static function documented(): array
    {
        $hooks = [];
        foreach (self::sections() as $name => $text) {
            if (!str_starts_with($name, 'logto_sign_in_')) {
                continue;
            }

            preg_match('/^\*(Action|Filter), since ([\d.]+)\.\*/m', $text, $head);
            preg_match_all('/^\| `\$(\w+)` \| `([^`]+)` \| \S/m', $text, $rows);
            $types = str_replace('\\|', '|', $rows[2]);
            $hooks[$name] = ['kind' => $head[1] ?? '', 'since' => $head[2] ?? '', 'parameters' => array_combine($rows[1], $types)];
        }

        ksort($hooks);

        return $hooks;
    }

    /**
     * What the sources say of each hook, above the line that fires it.
     *
     * @return array<string, array{kind: string, since: string, parameters: array<string, string>}> By name.
     */
    public static function fired(): array
    {
        $call = '(apply_filters|do_action)(?:_ref_array|_deprecated)?\(\s*\'(logto_sign_in_\w+)\'';
        $hooks = [];
        foreach (self::sources() as $source) {
            preg_match_all('~\b' . $call . '~', $source, $calls);
            $hooks += array_fill_keys($calls[2], ['kind' => '', 'since' => '', 'parameters' => []]);
            preg_match_all('~/\*\*((?:[^*]|\*(?!/))*+)\*/\s*[^;{}]*?\b' . $call . '~', $source, $calls, PREG_SET_ORDER);
            foreach ($calls as [, $comment, $function, $name]) {
                // Where a hook fires a second time, the comment names the first.
                if (preg_match('/@since (\S+)/', $comment, $since) === 1) {
                    preg_match_all('/@param\s+(\S.*?)\s+\$(\w+)/', $comment, $parameters);
                    $types = str_replace('\\', '', $parameters[1]);
                    $kind = $function === 'do_action' ? 'Action' : 'Filter';
                    $hooks[$name] = ['kind' => $kind, 'since' => $since[1], 'parameters' => array_combine($parameters[2], $types)];
                }
            }
        }

        ksort($hooks);

        return $hooks;
    }

    /**
     * @return list<string> What a pattern's first group finds in the sources, each once.
     */
    public static function found_in_sources(string $pattern): array
    {
        preg_match_all($pattern, implode("\n", self::sources()), $found);
        $names = array_values(array_unique($found[1]));
        sort($names);

        return $names;
    }

    public static function text(string $file): string
    {
        return (string) file_get_contents(dirname(__DIR__, 3) . '/' . $file);
    }

    /**
     * @return list<string> The paths of the files that a pattern of the repository names.
     */
    public static function files(string $pattern): array
    {
        $files = glob(dirname(__DIR__, 3) . '/' . $pattern);

        return $files === false ? [] : $files;
    }

    /**
     * @return list<string> Every PHP file of the plugin.
     */
    private static function sources(): array
    {
        $files = new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(dirname(__DIR__, 3) . '/php', \FilesystemIterator::SKIP_DOTS));
        $sources = [];
        foreach ($files as $file) {
            if ($file instanceof \SplFileInfo && $file->getExtension() === 'php') {
                $sources[] = (string) file_get_contents($file->getPathname());
            }
        }

        return $sources;
    }
}
