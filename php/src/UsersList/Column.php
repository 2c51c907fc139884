<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Support\Input;

/**
 * The column "Sign-in" in a list of users.
 */
final class Column
{
    public const NAME = 'logto_ways';

    public function __construct(
        private readonly Listed $listed,
    ) {
    }

    public function show(mixed $output, mixed $column = '', mixed $user_id = 0): mixed
    {
        return $column === self::NAME ? $this->html(Input::to_int($user_id)) : $output;
    }

    private function html(int $user_id): string
    {
        $kinds = $this->listed->kinds($user_id);
        $html = $kinds === []
            ? '<span aria-hidden="true">–</span><span class="screen-reader-text">' . esc_html__('No linked sign-in', 'logto-sign-in') . '</span>'
            : esc_html(implode(', ', $kinds));

        // The list has read the meta of all its users at once.
        return Approval::is_pending($user_id) ? $html . '<br><strong>' . esc_html__('Pending', 'logto-sign-in') . '</strong>' : $html;
    }
}
