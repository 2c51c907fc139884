<?php

declare(strict_types=1);

namespace LogtoSignIn\Transport;

/**
 * A connection to the core that carries one operation at a time: {@see begin()} with the request, then {@see answer()}
 * for each effect, until a reply has an outcome. Each line is one JSON object.
 *
 * An operation that is left before its outcome ends with the object, or when the object begins another one. Operations
 * within operations (a hook that saves settings while a sign-in creates a user) need an object each.
 */
interface Transport
{
    /**
     * @throws TransportFailure When there is no whole reply.
     */
    public function begin(string $request): string;

    /**
     * @param string $line An object with the member `answer`.
     *
     * @throws TransportFailure When there is no whole reply.
     */
    public function answer(string $line): string;
}
