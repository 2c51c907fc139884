<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Outcome;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * A provider that takes connections and never answers.
 */
final class SilentProviderTest extends TestCase
{
    /** @var resource */
    private mixed $provider;

    protected function setUp(): void
    {
        parent::setUp();
        // The kernel takes connections for it; nobody reads from them.
        $provider = stream_socket_server('tcp://127.0.0.1:0');
        $this->provider = is_resource($provider) ? $provider : throw new \RuntimeException('no free port');
        $this->store(['endpoint' => 'http://' . stream_socket_get_name($this->provider, false)] + self::SETTINGS);
    }

    protected function tearDown(): void
    {
        fclose($this->provider);
        parent::tearDown();
    }

    /**
     * Fault S11: every visitor of the login page held a worker for five seconds.
     */
    public function test_fault_s11_the_second_visitor_is_told_at_once(): void
    {
        [$first] = $this->start();
        [$second, $took] = $this->start();
        $page = Program::page('wp-login.php', ['action' => 'logto']);
        $form = Program::page('wp-login.php');

        self::assertSame('provider_timeout', $first instanceof Refused ? $first->code : '');
        self::assertSame('provider_unreachable', $second instanceof Refused ? $second->code : '');
        self::assertLessThan(2.0, $took);
        self::assertSame([502, []], [$page['status'], $page['fetched']]);
        self::assertMatchesRegularExpression('/^retry-after: [1-9][0-9]?$/im', implode("\n", $page['headers']));
        self::assertSame([200, []], [$form['status'], $form['fetched']]);
        self::assertStringContainsString('cannot be reached', $form['body']);
        self::assertStringContainsString('user_pass', $form['body']);
    }

    /**
     * @return array{Outcome, float} What became of it, and the seconds that it took.
     */
    private function start(): array
    {
        $began = microtime(true);
        $outcome = (new Client())->run(Operation::Start, ['canonical' => true]);

        return [$outcome, microtime(true) - $began];
    }
}
