<?php

declare(strict_types=1);

namespace LogtoSignIn\Protocol\Answer;

/**
 * What performing an effect gave. Public properties and {@see \JsonSerializable} are its JSON.
 */
interface Answer
{
}
