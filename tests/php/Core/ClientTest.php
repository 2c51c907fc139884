<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Core;

use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\Redirect;
use LogtoSignIn\Protocol\Outcome\Refused;
use LogtoSignIn\Protocol\Outcome\UnlinkDecision;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Tests\RecordedTransport;

/**
 * What is sent to the core, and which outcomes come back.
 */
final class ClientTest extends ClientTestCase
{
    public function test_an_outcome_ends_the_operation(): void
    {
        $transport = new RecordedTransport([self::outcome()]);

        $outcome = (new Client(null, $transport))->run(Operation::Unlink, ['identities' => 2]);

        self::assertEquals(new UnlinkDecision(true), $outcome);
        self::assertSame(['operation', 'settings', 'site', 'cache', 'input'], array_keys($transport->lines[0]));
        self::assertSame(['unlink', ['identities' => 2]], [$transport->lines[0]['operation'], $transport->lines[0]['input']]);
    }

    public function test_settings_of_the_site_are_sent_unless_others_are_given(): void
    {
        $this->store(self::SETTINGS);
        $transport = new RecordedTransport([self::outcome()]);
        $others = new \LogtoSignIn\Settings\Settings(['endpoint' => 'https://other.example']);

        (new Client(null, $transport))->run(Operation::About);
        (new Client(null, $transport))->run(Operation::About, [], $others);

        self::assertSame([self::SETTINGS, $others->stored], array_column($transport->lines, 'settings'));
    }

    public function test_bytes_that_are_not_utf8_stop_nobody(): void
    {
        $transport = new RecordedTransport([self::outcome()]);

        (new Client(null, $transport))->run(Operation::Callback, ['query' => "code=\xFF"]);

        self::assertSame("code=\u{FFFD}", $transport->lines[0]['input']['query']);
    }

    public function test_an_invalid_reply_is_a_refusal(): void
    {
        $outcome = (new Client(null, new RecordedTransport(['{"outcome":{"type":"from_the_future"}}'])))->run(Operation::Start);

        self::assertRefused('transport_failed', $outcome);
    }

    public function test_a_transport_that_fails_is_a_refusal(): void
    {
        $outcome = (new Client(null, new RecordedTransport([])))->run(Operation::Start);

        self::assertRefused('transport_failed', $outcome);
    }

    public function test_an_outcome_of_another_class_than_expected_is_a_refusal(): void
    {
        $client = new Client(null, new RecordedTransport([self::outcome()]));

        self::assertInstanceOf(UnlinkDecision::class, $client->expect(UnlinkDecision::class, Operation::Unlink));
        self::assertRefused('protocol_error', $client->expect(Redirect::class, Operation::Start));
    }

    public function test_a_refusal_is_expected_too(): void
    {
        $refused = new Refused('not_configured', 503, false);
        $client = new Client(null, new RecordedTransport([(string) json_encode(new Reply($refused))]));

        self::assertEquals($refused, $client->expect(Redirect::class, Operation::Start));
    }

    public function test_stored_settings_of_any_shape_are_survived(): void
    {
        foreach (['text', 7, true, '', ['endpoint' => ['a'], 'app_id' => 5, 'form_login' => 'perhaps']] as $settings) {
            $this->store($settings);

            $outcome = (new Client(null, new RecordedTransport([self::outcome()])))->run(Operation::About);

            self::assertInstanceOf(UnlinkDecision::class, $outcome);
            self::assertTrue(\LogtoSignIn\SignIn\PasswordLogin::is_available());
        }
    }
}
