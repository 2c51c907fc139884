<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Docs;

use LogtoSignIn\Messages\Catalog;
use LogtoSignIn\Messages\Message;
use LogtoSignIn\Tests\TestCase;

/**
 * The guides name what the sources have: no hook, constant, command or code is missing, and none is left over.
 */
final class GuideTest extends TestCase
{
    public function test_the_guide_documents_every_hook_as_its_source_does(): void
    {
        self::assertNotSame([], Guide::fired());
        self::assertSame(Guide::fired(), Guide::documented());
    }

    public function test_the_readme_of_the_zip_lists_every_hook(): void
    {
        $readme = Guide::text('php/readme.txt');
        foreach (array_keys(Guide::fired()) as $hook) {
            self::assertStringContainsString('`' . $hook . '( ', $readme);
        }

        preg_match_all('/`(logto_sign_in_\w+)\( /', $readme, $listed);
        // The functions for themes are listed in the same way.
        self::assertSame([], array_diff($listed[1], array_keys(Guide::fired()), ['logto_sign_in_button', 'logto_sign_in_url']));
    }

    public function test_the_guide_documents_every_constant(): void
    {
        $constants = Guide::found_in_sources('~\'(LOGTO_SIGN_IN_[A-Z_]+)\'~');
        preg_match_all('/^\| `(LOGTO_SIGN_IN_[A-Z_]+)` \|/m', Guide::sections()['Constants'], $documented);
        sort($documented[1]);

        self::assertSame($constants, $documented[1]);
    }

    public function test_the_guide_documents_every_command(): void
    {
        $commands = self::registered();

        self::assertGreaterThan(10, count($commands));
        foreach ($commands as $command) {
            self::assertStringContainsString('| `wp ' . $command, Guide::sections()['WP-CLI']);
        }
    }

    /**
     * @return list<string>
     */
    private static function registered(): array
    {
        preg_match_all('~\'([a-z -]+)\' => \[\w+::class, ~', Guide::text('php/src/Commands/Registration.php'), $names);

        return array_map(static fn(string $name): string => 'logto ' . $name, $names[1]);
    }

    /**
     * The headings are anchors that others link to.
     */
    public function test_the_administrators_guide_names_codes_that_exist(): void
    {
        preg_match_all('/^### `(\w+)`$/m', Guide::text('docs/admin.md'), $documented);
        $codes = array_map(static fn(Message $message): string => $message->code, Catalog::refusals());

        self::assertNotSame([], $documented[1]);
        self::assertSame([], array_diff($documented[1], $codes));
    }

    /**
     * `cargo verify comments` looks at the files that links name; this looks at the headings.
     */
    public function test_every_link_to_a_heading_finds_it(): void
    {
        $documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...array_map(static fn(string $file): string => 'docs/' . basename($file), Guide::files('docs/*.md'))];
        self::assertGreaterThan(4, count($documents));
        $missing = [];
        foreach ($documents as $document) {
            preg_match_all('~\]\(([^)\s:]*)#([^)\s]+)\)~', Guide::text($document), $links, PREG_SET_ORDER);
            foreach ($links as [$link, $file, $anchor]) {
                $target = $file === '' ? $document : self::resolve(dirname($document) . '/' . $file);
                if (!in_array($anchor, self::anchors(Guide::text($target)), true)) {
                    $missing[] = $document . ': ' . $link;
                }
            }
        }

        self::assertSame([], $missing);
    }

    /**
     * Without `.` and `..`.
     */
    private static function resolve(string $path): string
    {
        $parts = [];
        foreach (explode('/', $path) as $part) {
            match ($part) {
                '.', '' => null,
                '..' => array_pop($parts),
                default => $parts[] = $part,
            };
        }

        return implode('/', $parts);
    }

    /**
     * @return list<string> The anchors of the headings, as GitHub makes them.
     */
    private static function anchors(string $markdown): array
    {
        preg_match_all('/^#{1,6} (.+)$/m', (string) preg_replace('/^```.*?^```$/ms', '', $markdown), $headings);

        return array_map(static fn(string $heading): string => strtr((string) preg_replace('/[^\p{L}\p{N}_ -]/u', '', mb_strtolower($heading)), ' ', '-'), $headings[1]);
    }
}
