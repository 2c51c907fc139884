<?php

declare(strict_types=1);

namespace LogtoSignIn\Carrier;

/**
 * A way from PHP to the core: one JSON object there, one back.
 */
interface Carrier
{
    /**
     * @throws CarrierFailure When there is no whole reply.
     */
    public function call(string $request): string;
}
