<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

use LogtoSignIn\Transport\Native\Socket;
use LogtoSignIn\Transport\TransportFailure;
use PHPUnit\Framework\TestCase;

final class SocketTest extends TestCase
{
    public function test_the_service_answers_operation_after_operation(): void
    {
        $service = new Service();
        $transport = new Socket($service->socket);

        $types = array_map(static fn(string $request): string => json_decode($transport->begin($request), true)['outcome']['type'], array_fill(0, 2, '{"operation":"about"}'));

        self::assertSame(['about', 'about'], $types);
    }

    public function test_a_socket_that_nobody_listens_on_is_a_failure(): void
    {
        $this->expectException(TransportFailure::class);

        (new Socket('/nowhere/socket'))->begin('{}');
    }

    public function test_an_answer_without_an_operation_is_a_failure(): void
    {
        $this->expectException(TransportFailure::class);

        (new Socket('/nowhere/socket'))->answer('{"answer":{}}');
    }
}
