<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Support;

use LogtoSignIn\Admin\ServerHealth;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\LogLine;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Support\Nodes;
use LogtoSignIn\Tests\RecordedTransport;
use LogtoSignIn\Tests\TestCase;

/**
 * Fault R11: on a web server with other salts, sign-ins ended with “state_unknown” and nothing said why.
 */
final class NodesTest extends TestCase
{
    private const OPTION = 'logto_sign_in_nodes';

    protected function setUp(): void
    {
        parent::setUp();
        delete_option(self::OPTION);
    }

    protected function tearDown(): void
    {
        delete_option(self::OPTION);
        parent::tearDown();
    }

    public function test_fault_r11_a_server_with_other_salts_is_named(): void
    {
        self::run_with(new Reply(new Refused('state_unknown', 400, true)));
        self::assertSame('good', ServerHealth::test_nodes()['status']);
        self::add_server('web2:/var/www/', time() - 3600);
        $lines = [];
        add_action('logto_sign_in_log', static function (string $code, string $cause) use (&$lines): void {
            $lines[] = $cause;
        }, 10, 2);

        self::run_with(new Reply(new Refused('state_unknown', 400, true), [], [new LogLine('state_unknown', 'the cookie does not open')]));
        $health = ServerHealth::test_nodes();

        self::assertSame('critical', $health['status']);
        self::assertStringContainsString('web2:/var/www/', $health['description']);
        self::assertMatchesRegularExpression('~^the cookie does not open; the salts .* differ on these web servers: .*' . preg_quote(ABSPATH, '~') . ', web2:/var/www/$~', $lines[0]);
    }

    public function test_a_server_that_is_gone_is_forgotten(): void
    {
        self::add_server('web2:/var/www/', time() - 4 * DAY_IN_SECONDS);

        self::assertSame([], Nodes::with_other_salts());
    }

    public function test_the_fingerprint_tells_nothing_and_is_written_once_a_day(): void
    {
        Nodes::note();
        $noted = (string) json_encode(get_option(self::OPTION));
        $writes = 0;
        add_action('update_option_' . self::OPTION, static function () use (&$writes): void {
            ++$writes;
        });

        Nodes::note();

        self::assertSame(0, $writes);
        foreach ([wp_salt('auth'), wp_salt('secure_auth'), hash('sha256', wp_salt('auth'))] as $secret) {
            self::assertStringNotContainsString($secret, $noted);
        }
    }

    private static function run_with(Reply $reply): void
    {
        (new Client(null, new RecordedTransport([(string) json_encode($reply)])))->run(Operation::Callback);
    }

    private static function add_server(string $name, int $at): void
    {
        update_option(self::OPTION, [$name => ['fingerprint' => 'other', 'at' => $at]] + (array) get_option(self::OPTION, []));
    }
}
