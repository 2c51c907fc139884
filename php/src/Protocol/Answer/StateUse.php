<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * Whether a state was used for the first time.
 */
enum StateUse: string implements Answer, \JsonSerializable
{
    case First = 'first';
    case Repeated = 'repeated';

    /** The database refused, so nobody knows. */
    case Failed = 'failed';

    /**
     * @return array{state_use: string}
     */
    public function jsonSerialize(): array
    {
        return ['state_use' => $this->value];
    }
}
