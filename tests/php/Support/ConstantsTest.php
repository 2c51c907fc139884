<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Support;

use LogtoSignIn\Support\Constants;
use PHPUnit\Framework\TestCase;

final class ConstantsTest extends TestCase
{
    /**
     * @dataProvider lists
     *
     * @param list<string> $words
     */
    public function test_words_are_separated_by_spaces_or_commas(mixed $value, array $words): void
    {
        $name = 'LOGTO_SIGN_IN_TEST_' . strtoupper(bin2hex(random_bytes(8)));
        define($name, $value);

        self::assertSame($words, Constants::words($name));
    }

    /**
     * @return array<string, array{mixed, list<string>}>
     */
    public static function lists(): array
    {
        return [
            'one' => ['keys.internal', ['keys.internal']],
            'several' => [" keys.internal, 10.0.0.5:8443\n[fd00::1] ,", ['keys.internal', '10.0.0.5:8443', '[fd00::1]']],
            'none' => ['', []],
            'no text' => [true, []],
        ];
    }

    public function test_a_constant_that_is_not_defined_has_no_words(): void
    {
        self::assertSame([], Constants::words('LOGTO_SIGN_IN_NOT_DEFINED'));
    }
}
