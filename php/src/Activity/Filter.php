<?php

declare(strict_types=1);

namespace LogtoSignIn\Activity;

use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Tables;

/**
 * Which rows of the current site are asked for. An empty value asks for all.
 */
final class Filter
{
    /**
     * @param string $user A username, an email address or an ID.
     * @param string $from First day, as `YYYY-MM-DD` in the site's time zone.
     * @param string $to   Last day.
     */
    public function __construct(
        public readonly string $kind = '',
        public readonly string $code = '',
        public readonly string $provider = '',
        public readonly string $user = '',
        public readonly string $from = '',
        public readonly string $to = '',
    ) {
    }

    /**
     * @param array<array-key, mixed> $values The parameters of {@see __construct()} by name.
     */
    public static function read(array $values): self
    {
        $text = static fn(string $name): string => trim(Input::string($values, $name));

        return new self($text('kind'), $text('code'), $text('provider'), $text('user'), $text('from'), $text('to'));
    }

    /**
     * @return array<string, string> What is asked for, by the name of the parameter.
     */
    public function values(): array
    {
        $values = [
            'kind' => $this->kind,
            'code' => $this->code,
            'provider' => $this->provider,
            'user' => $this->user,
            'from' => $this->from,
            'to' => $this->to,
        ];

        return array_filter($values, static fn(string $value): bool => $value !== '');
    }

    /**
     * A condition of SQL.
     */
    public function condition(): string
    {
        $conditions = [self::prepare('blog_id = %d', get_current_blog_id())];
        foreach (['kind' => $this->kind, 'code' => $this->code, 'provider' => $this->provider] as $column => $value) {
            if ($value === '') {
                continue;
            }

            $conditions[] = self::prepare($column . ' = %s', $value);
        }

        if ($this->user !== '') {
            $user_id = self::user_id($this->user);
            $conditions[] = self::prepare('(user_id = %d OR actor_id = %d) AND %d > 0', $user_id, $user_id, $user_id);
        }

        $from = self::midnight($this->from);
        $after = self::midnight($this->to, 1);
        if ($from !== null) {
            $conditions[] = self::prepare('happened >= %d', $from);
        }

        if ($after !== null) {
            $conditions[] = self::prepare('happened < %d', $after);
        }

        return implode(' AND ', $conditions);
    }

    private static function prepare(string $condition, int|string ...$values): string
    {
        return (string) Tables::database()->prepare($condition, ...$values);
    }

    private static function user_id(string $user): int
    {
        $found = get_user_by('login', $user);
        $found = $found === false ? get_user_by('email', $user) : $found;

        // Whoever was deleted is still found by the ID.
        return $found === false ? Input::to_int($user) : $found->ID;
    }

    /**
     * When a day begins; null when there is no such day.
     */
    private static function midnight(string $day, int $later = 0): null|int
    {
        $date = \DateTimeImmutable::createFromFormat('!Y-m-d', $day, wp_timezone());
        if ($date === false || $date->format('Y-m-d') !== $day) {
            return null;
        }

        return $date->setDate((int) $date->format('Y'), (int) $date->format('n'), (int) $date->format('j') + $later)->getTimestamp();
    }
}
