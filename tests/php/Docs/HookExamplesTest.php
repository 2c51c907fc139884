<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Docs;

use LogtoSignIn\Tests\TestCase;

/**
 * Each example of a hook in `docs/developer.md` does what the guide says: the classes of examples beside this one run
 * them all.
 */
final class HookExamplesTest extends TestCase
{
    public function test_every_hook_has_one_example_and_each_is_tried(): void
    {
        $tests = self::tried();
        foreach (array_keys(Guide::documented()) as $hook) {
            self::assertCount(1, Guide::examples($hook), $hook);
            self::assertContains(str_replace('logto_sign_in_', 'test_example_of_', $hook), $tests, $hook);
        }
    }

    /**
     * @return list<string> The tests of every class of examples: PHPUnit finds these files by their names, too.
     */
    private static function tried(): array
    {
        $tests = [];
        foreach (Guide::files('tests/php/Docs/*HookExamplesTest.php') as $file) {
            $tests = [...$tests, ...get_class_methods(__NAMESPACE__ . '\\' . basename($file, '.php'))];
        }

        return $tests;
    }
}
