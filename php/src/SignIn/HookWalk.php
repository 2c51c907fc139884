<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

use LogtoSignIn\Support\Input;

/**
 * A run of `authenticate` and `wp_authenticate_user` in which each callback is asked by itself. The first refusal stands,
 * whatever follows, and an answer that is neither a refusal nor the user is a refusal as well.
 */
final class HookWalk
{
    /** Of `authenticate`: where WordPress itself checks the password, and applies `wp_authenticate_user` before that. */
    public const PASSWORD_PRIORITY = 20;

    private const HOOKS = ['authenticate', 'wp_authenticate_user'];

    private readonly FormGuards $form_guards;

    /** The callback that refused first, in words for the log. */
    private null|string $refused_by = null;

    /**
     * @param null|\WP_User $user Every callback finds the user, also where WordPress has nobody yet; without one, this
     *                            plugin's own callbacks are not asked.
     * @param string $password What the hooks have as the password in this run, and in no other.
     */
    public function __construct(
        private readonly null|\WP_User $user,
        private readonly string $password,
    ) {
        $this->form_guards = new FormGuards();
    }

    public function refused_by(): string
    {
        return $this->refused_by ?? 'WordPress';
    }

    /**
     * Does something that runs the hooks.
     *
     * @template T
     *
     * @param callable(): T $work
     *
     * @return T
     */
    public function during(callable $work): mixed
    {
        return FormGuards::without_captchas(fn(): mixed => WrappedHooks::during(self::HOOKS, $this->ask(...), $work));
    }

    /**
     * @param array<mixed> $arguments Those of the hook; the last one is the password.
     */
    private function ask(HookCallback $callback, array $arguments): mixed
    {
        if (!hash_equals($this->password, Input::to_string(end($arguments)))) {
            // Another plugin checks a password meanwhile.
            return $callback->call($arguments);
        }

        $arguments[0] ??= $this->user;
        $given = $arguments[0];
        if ($this->form_guards->has($callback) || $this->user === null && $callback->is_ours()) {
            return $given;
        }

        $answer = $callback->call($arguments);
        if ($given instanceof \WP_Error) {
            return $answer instanceof \WP_Error ? $answer : $given;
        }

        if (!$answer instanceof \WP_Error && $this->agrees($answer, $callback)) {
            return $answer instanceof \WP_User ? $answer : $given;
        }

        $this->refused_by ??= $callback->describe();

        return $answer instanceof \WP_Error ? $answer : new \WP_Error('logto_other_user', 'the answer is not the user who signs in');
    }

    /**
     * Whether an answer lets the user in. Where WordPress would look for the user later, nobody is an answer too.
     */
    private function agrees(mixed $answer, HookCallback $callback): bool
    {
        if ($this->user === null) {
            return true;
        }

        $is_early = $callback->hook === 'authenticate' && $callback->priority < self::PASSWORD_PRIORITY;

        return $answer instanceof \WP_User ? $answer->ID === $this->user->ID : $is_early;
    }
}
