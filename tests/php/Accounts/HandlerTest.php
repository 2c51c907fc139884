<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Accounts;

use LogtoSignIn\Accounts\Handler;
use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Core\Client;
use LogtoSignIn\Protocol\Operation;
use LogtoSignIn\Protocol\Outcome\UnlinkDecision;
use LogtoSignIn\Protocol\Reply;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\Protocol\GoldenFiles;
use LogtoSignIn\Tests\RecordedTransport;
use LogtoSignIn\Tests\TestCase;

/**
 * Every effect of the protocol, as the core asks for it, performed by this WordPress.
 */
final class HandlerTest extends TestCase
{
    /** The members of each answer that the core reads (wasm/src/protocol/answer.rs). */
    private const ANSWERS = [
        'http_request' => ['status', 'content_type', 'date', 'body', 'error'],
        'find_account' => ['user_id', 'pending', 'roles', 'granted_roles', 'roles_of_others', 'last_administrator', 'sites', 'granted_sites', 'sites_of_others'],
        'find_email_match' => ['user_id', 'privileged', 'linked'],
        'find_same_person' => ['user_id', 'privileged', 'linked'],
        'mark_state_used' => ['state_use'],
        'create_user' => ['user_id', 'error', 'cause'],
        'link_identity' => ['linked'],
        'send_connect_mail' => ['sent'],
        'revoke_access' => ['user_id'],
        'find_api_user' => ['user_id', 'pending', 'revoked', 'member'],
        'end_sessions' => ['ended'],
    ];

    protected function tearDown(): void
    {
        $effects = GoldenFiles::effects();
        Tables::database()->delete(Tables::used_states(), ['state_key' => hash('sha256', $effects['mark_state_used']->key)]);
        Tables::database()->delete(Tables::identities(), ['issuer' => $effects['create_user']->identity->issuer]);
        parent::tearDown();
    }

    /**
     * @dataProvider effects
     */
    public function test_an_effect_of_the_core_gets_the_answer_that_it_reads(string $type): void
    {
        add_filter('pre_http_request', static fn(): array => ['response' => ['code' => 200], 'headers' => [], 'body' => '{}', 'cookies' => []]);
        $effect = (string) json_encode(['effect' => GoldenFiles::effects()[$type]]);
        $transport = new RecordedTransport([$effect, (string) json_encode(new Reply(new UnlinkDecision(true)))]);

        (new Client(new Handler(), $transport))->run(Operation::Callback);

        self::assertSame(self::ANSWERS[$type], array_keys($transport->lines[1]['answer'] ?? []));
    }

    /**
     * @return list<array{string}>
     */
    public static function effects(): array
    {
        return array_map(static fn(string $type): array => [$type], array_keys(self::ANSWERS));
    }

    public function test_a_user_who_was_created_is_found_by_the_identity(): void
    {
        $effects = GoldenFiles::effects();
        $create = self::asked($effects['create_user']);
        $handler = new Handler();

        $created = $handler->create_user($create);

        self::assertNull($created->error, $created->cause);
        self::assertSame($created->user_id, $handler->find_account(self::asked($effects['find_account']))->user_id);
        self::assertSame($created->user_id, Identities::find_user($create->identity));
    }

    private static function asked(\stdClass $effect): mixed
    {
        return Reply::parse((string) json_encode(['effect' => $effect]))->content;
    }
}
