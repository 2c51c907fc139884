<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Carrier\Carrier;
use LogtoSignIn\Carrier\CarrierFailure;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;

/**
 * Speaks the protocol of wasm/src/protocol.rs through a carrier. Settings, site and cache stay the same from the
 * first call to the last one of an operation.
 */
final class Core
{
    /** @var array<string, mixed> */
    private readonly array $context;

    public function __construct(
        private readonly Carrier $carrier,
        null|Settings $settings = null,
    ) {
        $this->context = [
            'settings' => (object) ($settings ?? Settings::current())->stored,
            'site' => Site::describe(),
            'cache' => Cache::read(),
        ];
    }

    /**
     * @param array<string, mixed> $input
     *
     * @throws CarrierFailure
     */
    public function call(string $operation, array $input): Reply
    {
        $request = ['operation' => $operation, ...$this->context, 'input' => (object) $input];

        return Reply::read($this->carrier->call(self::encode($request)));
    }

    /**
     * Bytes that are not UTF-8 come from visitors and providers; they must not stop a sign-in here.
     *
     * @param array<string, mixed> $request
     *
     * @throws CarrierFailure
     */
    private static function encode(array $request): string
    {
        $json = json_encode($request, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE, 64);
        if ($json === false) {
            throw new CarrierFailure('the request cannot be encoded: ' . json_last_error_msg());
        }

        return $json;
    }
}
