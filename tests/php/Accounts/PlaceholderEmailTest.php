<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Tests\TestCase;

final class PlaceholderEmailTest extends TestCase
{
    /** @var list<mixed> */
    private array $sent = [];

    protected function setUp(): void
    {
        parent::setUp();
        $this->sent = [];
        add_filter('pre_wp_mail', function ($done, array $mail) {
            if ($done === null) {
                $this->sent[] = $mail['to'];
            }

            return true;
        }, 999, 2);
    }

    /**
     * @dataProvider placeholders
     */
    public function test_mail_to_a_placeholder_is_dropped(mixed $to): void
    {
        self::assertTrue(wp_mail($to, 'subject', 'text'));
        self::assertSame([], $this->sent);
    }

    /**
     * @return list<array{mixed}>
     */
    public function placeholders(): array
    {
        return [
            ['user-1@logto.invalid'],
            ['A Name <user-1@logto.INVALID>'],
            ['a@x.invalid, b@y.invalid'],
            [['a@x.invalid', 'B <b@x.y.invalid>']],
        ];
    }

    public function test_other_recipients_get_their_mail(): void
    {
        wp_mail('real@example.org', 'subject', 'text');
        wp_mail(['real@example.org', 'a@x.invalid'], 'subject', 'text');
        wp_mail('a@x.invalid,real@example.org', 'subject', 'text');
        wp_mail('x@invalid.example.org', 'subject', 'text');
        self::assertSame(['real@example.org', ['real@example.org'], ['real@example.org'], 'x@invalid.example.org'], $this->sent);
    }
}
