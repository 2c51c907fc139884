<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\IdentityRow;
use LogtoSignIn\Import\ImportedIdentities;
use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Import\Source;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Lock;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\Program;

require_once __DIR__ . '/LogtoPluginSite.php';

/**
 * Coming from Logto's own plugin, with a thousand users as it has left them.
 */
final class RunTest extends RunTestCase
{
    public function test_a_dry_run_counts_what_the_import_does_and_undoing_restores_every_byte_but_the_secret(): void
    {
        $expected = $this->thousand();
        $before = $this->logto_plugin->dump();
        self::assertSame($expected, self::complete(Run::DRY_RUN));
        self::assertSame($before, $this->logto_plugin->dump(), 'a dry run changes nothing');
        self::assertFalse(Run::can_undo());

        self::assertSame($expected, self::complete(Run::IMPORT));
        self::assertTrue(Run::can_undo());
        self::assertSame(985, ImportedIdentities::count());
        self::assertSame($before['logto_plugin'], $this->logto_plugin->dump()['logto_plugin'], 'official data is only read');
        self::assertSame('https://tests.example', Settings::current()->text('endpoint'));
        self::assertSame([false, true, "a=1\nb=2"], [Settings::current()->flag('form_login'), Settings::current()->flag('require_verified_email'), Settings::current()->text('extra_params')]);

        self::complete(Run::UNDO);
        self::assertSame(985, Run::run()['done']);
        self::assertTrue(Run::run()['restored']);
        $after = $this->logto_plugin->dump();
        $before['settings'][0]['option_value'] = serialize(array_replace(self::SETTINGS, ['app_secret' => '']));
        // The row of a user who was gone is swept, as a sign-in would have done.
        $before['identities'] = array_values(array_filter($before['identities'], static fn(array $row) => $row['subject'] !== LogtoPluginSite::subject(901)));
        self::assertSame($before, $after);
        self::assertFalse(Run::can_undo());
    }

    public function test_running_it_twice_changes_nothing(): void
    {
        $expected = $this->thousand();
        self::complete(Run::IMPORT);
        $once = $this->logto_plugin->dump();
        $counts = self::complete(Run::IMPORT);
        self::assertSame($once, $this->logto_plugin->dump());
        unset($expected['new']);
        self::assertSame(['already_linked' => 986] + $expected, ['already_linked' => $counts['already_linked']] + $counts);

        self::complete(Run::UNDO);
        self::assertSame(array_replace(self::SETTINGS, ['app_secret' => '']), get_option(Settings::OPTION), 'the way back of the first import is kept');
    }

    public function test_each_link_goes_to_its_user_and_a_doubtful_one_to_nobody(): void
    {
        $this->thousand();
        self::complete(Run::IMPORT);
        $users = $this->logto_plugin->ids();
        foreach ([14 => LogtoPluginSite::subject(14), 15 => 'Capitals', 16 => 'cAPITALS', 500 => LogtoPluginSite::subject(500), 901 => LogtoPluginSite::subject(901), 6 => 'linked-already'] as $number => $subject) {
            self::assertSame($users[$number], Identities::find_user(self::identity($subject)), $subject);
        }

        self::assertSame($users[900], Identities::find_user(self::identity('of-another')));
        foreach (['two-users', 'three-users', 'second-account', LogtoPluginSite::subject(8), 'another-subject', 'an-administrator', 'of-nobody', 'a:0:{}'] as $subject) {
            self::assertNull(Identities::find_user(self::identity($subject)), $subject);
        }

        $shown = array_count_values(array_column(Run::run()['shown'], 'verdict'));
        ksort($shown);
        self::assertSame(['ambiguous' => 5, 'has_other_subject' => 4, 'linked_to_other' => 1, 'privileged' => 1, 'unusable' => 3, 'user_missing' => 1], $shown);
    }

    public function test_administrators_come_over_only_when_asked_for(): void
    {
        // An e-mail address made somebody the administrator.
        $this->thousand();
        self::complete(Run::IMPORT);
        self::assertNull(Identities::find_user(self::identity('an-administrator')));
        self::assertSame(1, self::complete(Run::IMPORT, true)['new']);
        self::assertSame($this->logto_plugin->ids()[12], Identities::find_user(self::identity('an-administrator')));
    }

    public function test_no_subject_is_ever_linked_to_two_users(): void
    {
        for ($seed = 1; $seed <= 25; ++$seed) {
            mt_srand($seed);
            $users = $this->logto_plugin->users(8);
            $claims = [];
            for ($row = 0; $row < 16; ++$row) {
                [$user_id, $subject] = [$users[mt_rand(0, 7)], 'subject-' . mt_rand(0, 9)];
                $this->logto_plugin->link($user_id, $subject);
                $claims[$subject][$user_id] = true;
            }

            $this->logto_plugin->write();
            $taken = 'subject-' . mt_rand(0, 9);
            IdentityRow::take(self::identity($taken), $users[mt_rand(0, 7)]);
            $owner = Identities::find_user(self::identity($taken));
            self::complete(Run::IMPORT);
            foreach ($claims as $subject => $claimants) {
                $linked = Identities::find_user(self::identity($subject));
                if ($subject === $taken) {
                    self::assertSame($owner, $linked, "seed {$seed}");
                } elseif (count($claimants) > 1) {
                    self::assertNull($linked, "seed {$seed}: {$subject}");
                } elseif ($linked !== null) {
                    self::assertSame(array_key_first($claimants), $linked, "seed {$seed}: {$subject}");
                }
            }

            $query = 'SELECT COUNT(*) FROM ' . Tables::identities() . ' WHERE issuer = %s GROUP BY user_id HAVING COUNT(*) > 1';
            self::assertNull(Tables::database()->get_var(Tables::database()->prepare($query, self::ISSUER)), "seed {$seed}: two accounts of one user");
            self::complete(Run::UNDO);
            Tables::database()->delete(Tables::identities(), ['issuer' => self::ISSUER]);
            $this->logto_plugin->forget();
        }
    }

    public function test_it_goes_on_where_it_stopped(): void
    {
        $expected = $this->thousand();
        self::assertTrue(Run::begin(Run::IMPORT));
        Run::resume(0.0);
        $run = Run::run();
        self::assertSame([false, Source::BATCH], [$run['finished'], $run['done']]);
        Run::resume(0.0);
        self::assertSame(2 * Source::BATCH, Run::run()['done']);

        // A request that died after it wrote, and before it noted how far it was.
        GuardedOption::update(Run::OPTION, $run);
        Run::resume(INF);
        $counts = Run::run()['counts'];
        self::assertTrue(Run::run()['finished']);
        self::assertSame($expected['new'] + $expected['already_linked'], $counts['new'] + $counts['already_linked']);
        self::assertSame(985, ImportedIdentities::count());
    }

    public function test_somebody_who_signs_in_meanwhile_keeps_their_account(): void
    {
        [$first, $second] = $this->logto_plugin->users(2);
        $issuer = ['issuer' => self::ISSUER, 'issuer_hash' => hash('sha256', self::ISSUER)];
        IdentityRow::take(self::identity('meanwhile'), $first);
        self::assertSame(1, ImportedIdentities::add($issuer, [['user_id' => $second, 'subject' => 'meanwhile'], ['user_id' => $second, 'subject' => 'free']]));
        self::assertSame([$first, $second], [Identities::find_user(self::identity('meanwhile')), Identities::find_user(self::identity('free'))]);
    }

    public function test_links_wait_for_an_endpoint(): void
    {
        $this->thousand();
        $before = $this->logto_plugin->dump();
        update_option(LogtoPlugin::OPTION, ['endpoint' => 'no endpoint at all', 'appId' => 'app', 'appSecret' => 'secret']);
        self::assertSame([], self::complete(Run::IMPORT));
        self::assertSame(['endpoint', 'endpoint_invalid'], [Run::run()['problems'][0]['field'], Run::run()['problems'][0]['code']]);
        self::assertSame($before['identities'], $this->logto_plugin->dump()['identities']);
        self::assertSame('http://127.0.0.1:9', Settings::current()->text('endpoint'));
    }

    public function test_anything_at_all_can_stand_in_the_option(): void
    {
        $odd = null;
        add_filter('pre_option_' . LogtoPlugin::OPTION, static function () use (&$odd): mixed {
            return $odd;
        });
        foreach ([['endpoint' => new \stdClass()], ['x'], ['endpoint' => "\xff", 'roleMapping' => 7, 'scope' => ['a' => ['b']]], 'text', 7] as $odd) {
            self::complete(Run::DRY_RUN);
            self::assertNotSame([], Run::run()['problems']);
        }
    }

    public function test_two_runs_at_once_are_one(): void
    {
        $other = new \wpdb(DB_USER, DB_PASSWORD, DB_NAME, DB_HOST);
        $name = Lock::name('import_' . get_current_blog_id());
        self::assertSame('1', $other->get_var("SELECT GET_LOCK('{$name}', 0)"));
        self::assertFalse(Run::begin(Run::IMPORT));
        self::assertSame([], Run::run());
        $other->get_var("SELECT RELEASE_LOCK('{$name}')");
        self::assertTrue(Run::begin(Run::DRY_RUN));
    }

    public function test_without_the_core_nothing_is_imported(): void
    {
        $this->logto_plugin->link($this->logto_plugin->users(1)[0], 'subject');
        $this->logto_plugin->write();
        $result = Program::run('import.php', [], ['constants' => ['LOGTO_SIGN_IN_TRANSPORT' => 'none']]);
        self::assertSame(['transport_unavailable', 0, self::SETTINGS], [$result['error'], $result['imported'], $result['settings']]);
    }
}
