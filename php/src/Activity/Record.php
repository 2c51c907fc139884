<?php

declare(strict_types=1);

namespace LogtoSignIn\Activity;

use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;

/**
 * A row of the table, as the plugin wrote it. Texts are not escaped.
 */
final class Record
{
    public readonly int $id;

    /** Unix time; of several times in one row, the first. */
    public readonly int $happened;

    public readonly string $kind;

    public readonly string $code;

    public readonly string $provider;

    public readonly int $user_id;

    public readonly int $actor_id;

    public readonly int $times;

    public readonly string $cause;

    public readonly string $ip;

    /**
     * @param array<array-key, mixed> $row
     */
    public function __construct(array $row)
    {
        $this->id = Input::int($row, 'id');
        $this->happened = Input::int($row, 'happened');
        $this->kind = Input::string($row, 'kind');
        $this->code = Input::string($row, 'code');
        $this->provider = Input::string($row, 'provider');
        $this->user_id = Input::int($row, 'user_id');
        $this->actor_id = Input::int($row, 'actor_id');
        $this->times = Input::int($row, 'times', 1);
        $this->cause = Input::string($row, 'cause');
        $this->ip = Input::string($row, 'ip');
    }

    public function kind_label(): string
    {
        $kind = Kind::tryFrom($this->kind);

        return $kind === null ? $this->kind : $kind->label();
    }

    public function provider_label(): string
    {
        $provider = Provider::tryFrom($this->provider);

        return $provider === null ? $this->provider : $provider->label();
    }

    /**
     * The row for a program: the names of its columns, and the time as ISO 8601 in UTC.
     *
     * @return array{time: string, event: string, times: int, code: string, provider: string, user_id: int, user: string, actor_id: int, actor: string, cause: string, ip: string}
     */
    public function fields(): array
    {
        return [
            'time' => gmdate('Y-m-d\TH:i:s\Z', $this->happened),
            'event' => $this->kind,
            'times' => $this->times,
            'code' => $this->code,
            'provider' => $this->provider,
            'user_id' => $this->user_id,
            'user' => self::login($this->user_id),
            'actor_id' => $this->actor_id,
            'actor' => self::login($this->actor_id),
            'cause' => $this->cause,
            'ip' => $this->ip,
        ];
    }

    private static function login(int $user_id): string
    {
        $user = $user_id === 0 ? false : get_userdata($user_id);

        return $user === false ? '' : $user->user_login;
    }
}
