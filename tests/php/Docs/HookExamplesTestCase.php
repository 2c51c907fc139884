<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Docs;

use LogtoSignIn\Accounts\NewUser;
use LogtoSignIn\Protocol\Outcome\SignedIn;
use LogtoSignIn\Protocol\RoleChange;
use LogtoSignIn\Tests\TestCase;

/**
 * Runs an example of a hook in `docs/developer.md` as it stands there.
 */
abstract class HookExamplesTestCase extends TestCase
{
    /** @var list<array<string, mixed>> */
    protected array $mails = [];

    /** @var list<string> */
    private array $files = [];

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS);
        add_filter('send_auth_cookies', '__return_false');
        add_filter('pre_wp_mail', function (mixed $done, array $mail): bool {
            if ($done === null) {
                $this->mails[] = $mail;
            }

            return true;
        }, 999, 2);
    }

    protected function tearDown(): void
    {
        array_map('unlink', $this->files);
        delete_transient('sign_in_alert');
        delete_option('sign_in_refusals');
        delete_option('example_api_key');
        parent::tearDown();
    }

    protected function run_example(string $hook): void
    {
        require $this->example($hook);
    }

    /**
     * @return string A file with the example of a hook, as a plugin of the site has it.
     */
    protected function example(string $hook): string
    {
        return $this->file("<?php\n\n" . implode("\n", Guide::examples($hook)));
    }

    protected function file(string $content): string
    {
        $file = (string) tempnam(sys_get_temp_dir(), 'example');
        $this->files[] = $file;
        file_put_contents($file, $content);

        return $file;
    }

    protected static function pending(): \WP_User
    {
        return new \WP_User((int) NewUser::create(self::create_user(['pending' => true, 'roles' => ['subscriber']]))->user_id);
    }

    protected static function outcome(\WP_User $user, string $issuer_hash): SignedIn
    {
        return new SignedIn($user->ID, true, 'http://127.0.0.1/there', null, new RoleChange(['editor'], [], ['editor']), null, $issuer_hash, []);
    }
}
