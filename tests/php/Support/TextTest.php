<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Support;

use LogtoSignIn\Support\Text;
use PHPUnit\Framework\TestCase;

final class TextTest extends TestCase
{
    public function test_a_long_text_is_shortened_by_characters(): void
    {
        self::assertSame(['李四四', '李四…', 'ab'], [Text::shorten('李四四', 3), Text::shorten('李四四四', 3), Text::shorten('ab', 3)]);
    }

    public function test_bytes_that_are_not_utf8_are_replaced(): void
    {
        self::assertSame("a\u{FFFD}b", Text::shorten("a\xFFb", 12));
    }
}
