<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages;

/**
 * A code and everything that is said about it, in the language of the reader.
 */
final class Message
{
    /**
     * @param string   $code    Stable code, as in the log.
     * @param string   $message What happened, for the visitor.
     * @param string   $advice  What the admin does about it; empty where the message is for the admin already.
     * @param null|int $status  HTTP status when PHP itself refuses. The core sends its own.
     * @param bool     $retry   With a status: whether starting again may help.
     * @param bool     $another_account With a status: whether only another account at the provider helps.
     * @param string   $title   Title of the visitor's page where nothing went wrong: they wait, or changed their mind.
     */
    public function __construct(
        public readonly string $code,
        public readonly string $message,
        public readonly string $advice = '',
        public readonly null|int $status = null,
        public readonly bool $retry = false,
        public readonly bool $another_account = false,
        public readonly string $title = '',
    ) {
    }

    /**
     * The id of the code's row in Logto › Help.
     */
    public function anchor(): string
    {
        return 'code-' . $this->code;
    }
}
