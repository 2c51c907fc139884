<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Protocol;

use LogtoSignIn\Protocol\Effect\Effect;
use LogtoSignIn\Protocol\InvalidReply;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Reply;
use PHPUnit\Framework\TestCase;

final class ReplyTest extends TestCase
{
    /** Members that a message may leave out. */
    private const OPTIONAL = ['body', 'retry_after', 'another_account', 'challenge', 'claims', 'session', 'user_id'];

    /** Members that may be null. */
    private const NULLABLE = ['profile', 'roles', 'sites', 'refused', 'issuer', 'other', 'claim', 'account', 'connection', 'identity', 'sid_hash', 'ended', 'renewal'];

    /**
     * @dataProvider replies
     */
    public function test_a_reply_of_the_core_is_read_without_loss(\stdClass $reply): void
    {
        $read = Reply::parse((string) json_encode($reply));

        self::assertEquals($reply, json_decode((string) json_encode($read)));
    }

    public function test_every_type_of_effect_and_outcome_has_a_golden_file(): void
    {
        $types = [];
        foreach (GoldenFiles::replies() as $reply) {
            $types[] = ($reply->effect ?? $reply->outcome)->type;
        }

        $known = [...array_keys(self::classes(Effect::class)), ...array_keys(self::classes(Outcome::class))];
        self::assertEqualsCanonicalizing($known, array_values(array_unique($types)));
    }

    /**
     * @dataProvider replies
     */
    public function test_a_member_that_is_missing_makes_the_reply_invalid(\stdClass $reply): void
    {
        foreach (self::required($reply) as $name) {
            $without = self::copy($reply);
            unset(self::content($without)->{$name});

            self::assertInvalid($without, $name);
        }
    }

    /**
     * @dataProvider replies
     */
    public function test_a_member_of_another_type_makes_the_reply_invalid(\stdClass $reply): void
    {
        foreach (self::required($reply) as $name) {
            foreach (self::of_other_types(self::content($reply)->{$name}, $name) as $value) {
                $changed = self::copy($reply);
                self::content($changed)->{$name} = $value;

                self::assertInvalid($changed, $name);
            }
        }
    }

    /**
     * @dataProvider invalid
     */
    public function test_anything_else_is_invalid(string $reply): void
    {
        $this->expectException(InvalidReply::class);

        Reply::parse($reply);
    }

    /**
     * @return array<string, array{string}>
     */
    public static function invalid(): array
    {
        $redirect = '{"type":"redirect","url":"/","external":false,"cookies":[]}';
        $cookie = '{"name":"a","value":"b","max_age":1,"path":"/","secure":"yes"}';

        return [
            'nothing' => [''],
            'no JSON' => ['no json'],
            'a list' => ['[]'],
            'an empty object' => ['{}'],
            'an outcome that is null' => ['{"outcome":null}'],
            'an effect and an outcome' => ['{"effect":{"type":"find_account"},"outcome":' . $redirect . '}'],
            'an effect of an unknown type' => ['{"effect":{"type":"from_the_future"}}'],
            'an outcome of an unknown type' => ['{"outcome":{"type":"from_the_future"}}'],
            'an outcome as an effect' => ['{"effect":' . $redirect . '}'],
            'a cookie with a wrong member' => ['{"outcome":{"type":"redirect","url":"/","external":false,"cookies":[' . $cookie . ']}}'],
            'a verdict that is unknown' => ['{"outcome":{"type":"link_verdicts","verdicts":["new","maybe"]}}'],
            'a key of the cache that is unknown' => ['{"outcome":' . $redirect . ',"cache_writes":[{"key":"evil","value":1,"ttl":60}]}'],
            'a log that is no list' => ['{"outcome":' . $redirect . ',"log":{}}'],
            'a line of the log without its detail' => ['{"outcome":' . $redirect . ',"log":[{"code":"a"}]}'],
            'a negative number' => ['{"effect":{"type":"mark_state_used","key":"a","expires_at":-1}}'],
        ];
    }

    public function test_the_message_names_the_member_and_not_its_value(): void
    {
        $reply = '{"outcome":{"type":"redirect","url":"/","external":"secret","cookies":[]}}';

        $this->expectExceptionObject(new InvalidReply('reply.outcome.external is not true or false'));

        Reply::parse($reply);
    }

    public function test_an_unknown_member_is_ignored(): void
    {
        $reply = Reply::parse('{"outcome":{"type":"unlink_decision","allowed":true,"later":1},"later":2}');

        self::assertSame('{"outcome":{"type":"unlink_decision","allowed":true}}', json_encode($reply));
    }

    /**
     * @return array<string, array{\stdClass}>
     */
    public static function replies(): array
    {
        return array_map(static fn(\stdClass $reply): array => [$reply], GoldenFiles::replies());
    }

    private static function assertInvalid(\stdClass $reply, string $name): void
    {
        try {
            Reply::parse((string) json_encode($reply));
        } catch (InvalidReply $invalid) {
            // An object that is there and lacks a member is told by that member.
            self::assertMatchesRegularExpression("/\\b{$name}\\b/", $invalid->getMessage());

            return;
        }

        self::fail(sprintf('%s was accepted: %s', $name, json_encode($reply)));
    }

    /**
     * @return list<string>
     */
    private static function required(\stdClass $reply): array
    {
        return array_values(array_diff(array_keys((array) self::content($reply)), self::OPTIONAL));
    }

    /**
     * @return list<mixed>
     */
    private static function of_other_types(mixed $value, string $name): array
    {
        $others = ['string' => 'a string', 'int' => 1, 'bool' => true, 'array' => ['a string', 1], 'stdClass' => (object) ['a' => []], 'null' => null];
        unset($others[get_debug_type($value)]);
        if (in_array($name, self::NULLABLE, true)) {
            unset($others['null'], $others[match ($name) {
                'refused', 'claim', 'connection', 'sid_hash', 'ended' => 'string',
                'account' => 'int',
                default => 'stdClass',
            }]);
        }

        return array_values($others);
    }

    private static function content(\stdClass $reply): \stdClass
    {
        return $reply->effect ?? $reply->outcome;
    }

    private static function copy(\stdClass $reply): \stdClass
    {
        return json_decode((string) json_encode($reply));
    }

    /**
     * @param class-string $base
     *
     * @return array<string, class-string>
     */
    private static function classes(string $base): array
    {
        return (new \ReflectionClass($base))->getConstant('CLASSES');
    }
}
