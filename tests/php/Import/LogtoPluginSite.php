<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Import;

use LogtoSignIn\Import\LogtoPlugin;
use LogtoSignIn\Import\Run;
use LogtoSignIn\Import\Source;
use LogtoSignIn\Import\StoredSettings;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Support\GuardedOption;
use LogtoSignIn\Support\Tables;

/**
 * What Logto's own plugin leaves behind: its option, and users with its meta. Written past WordPress, for speed.
 */
final class LogtoPluginSite
{
    public const OPTIONS = [
        'endpoint' => 'https://tests.example/',
        'appId' => 'app of the other plugin',
        'appSecret' => 'secret of the other plugin',
        'scope' => 'email phone',
        'extraParams' => 'a=1&b=2',
        'requireVerifiedEmail' => true,
        'requireOrganizationId' => '',
        'roleMapping' => [],
        'rememberSession' => true,
        'syncProfile' => true,
        'wpFormLogin' => 'disabled',
        'usernameStrategy' => 'smart',
    ];

    /** @var list<int> */
    private array $ids = [];

    /** @var list<array{int, string}> */
    private array $links = [];

    private readonly int $last_meta;

    private readonly mixed $option;

    public function __construct()
    {
        $database = Tables::database();
        $this->last_meta = (int) $database->get_var("SELECT MAX(umeta_id) FROM {$database->usermeta}");
        $this->option = get_option(LogtoPlugin::OPTION);
        update_option(LogtoPlugin::OPTION, self::OPTIONS);
    }

    /**
     * As Logto makes them.
     */
    public static function subject(int $number): string
    {
        return substr(md5('subject ' . $number), 0, 12);
    }

    /**
     * @return list<int>
     */
    public function users(int $number): array
    {
        $database = Tables::database();
        $first = 1 + (int) $database->get_var("SELECT MAX(ID) FROM {$database->users}");
        $this->ids = range($first, $first + $number - 1);
        foreach (array_chunk($this->ids, 1000) as $ids) {
            $rows = array_map(static fn(int $id) => "({$id}, 'official-{$id}', 'x', 'official-{$id}', 'official-{$id}@example.org', '', NOW(), '', 0, '名 {$id}')", $ids);
            // A network's table has more columns.
            $columns = 'ID, user_login, user_pass, user_nicename, user_email, user_url, user_registered, user_activation_key, user_status, display_name';
            $database->query("INSERT INTO {$database->users} ({$columns}) VALUES " . implode(', ', $rows));
            $role = $database->prefix . 'capabilities';
            $rows = array_map(static fn(int $id) => "({$id}, '{$role}', 'a:1:{s:10:\"subscriber\";b:1;}'), ({$id}, 'logto_user_claims', 'O:8:\"stdClass\":0:{}')", $ids);
            $database->query("INSERT INTO {$database->usermeta} (user_id, meta_key, meta_value) VALUES " . implode(', ', $rows));
        }

        return $this->ids;
    }

    /**
     * @return list<int>
     */
    public function ids(): array
    {
        return $this->ids;
    }

    public function link(int $user_id, string ...$subjects): void
    {
        foreach ($subjects as $subject) {
            $this->links[] = [$user_id, $subject];
        }
    }

    public function write(): void
    {
        $database = Tables::database();
        foreach (array_chunk($this->links, 1000) as $links) {
            $rows = array_map(static fn(array $link) => $database->prepare('(%d, %s, %s)', $link[0], Source::META, $link[1]), $links);
            $database->query("INSERT INTO {$database->usermeta} (user_id, meta_key, meta_value) VALUES " . implode(', ', $rows));
        }

        $this->links = [];
    }

    /**
     * Everything that an import reads or writes, as it stands in the database.
     *
     * @return array{identities: list<array<string, mixed>>, settings: list<array<string, mixed>>, logto_plugin: list<mixed>}
     */
    public function dump(): array
    {
        $database = Tables::database();
        $option = "SELECT option_value, autoload FROM {$database->options} WHERE option_name = %s";

        return [
            'identities' => $database->get_results('SELECT * FROM ' . Tables::identities() . ' ORDER BY id', ARRAY_A),
            'settings' => $database->get_results($database->prepare($option, Settings::OPTION), ARRAY_A),
            'logto_plugin' => [
                $database->get_results($database->prepare($option, LogtoPlugin::OPTION), ARRAY_A),
                $database->get_results("SELECT * FROM {$database->usermeta} WHERE meta_key LIKE 'logto\_user\_%' ORDER BY umeta_id", ARRAY_A),
            ],
        ];
    }

    /**
     * Removes the users and their meta.
     */
    public function forget(): void
    {
        $database = Tables::database();
        $database->query("DELETE FROM {$database->usermeta} WHERE umeta_id > {$this->last_meta}");
        if ($this->ids !== []) {
            $database->query("DELETE FROM {$database->users} WHERE ID BETWEEN {$this->ids[0]} AND " . max($this->ids));
        }

        wp_cache_flush();
    }

    public function clean(): void
    {
        $this->forget();
        GuardedOption::delete(Run::OPTION);
        GuardedOption::delete(StoredSettings::OPTION);
        delete_option(LogtoPlugin::OPTION);
        if ($this->option !== false) {
            update_option(LogtoPlugin::OPTION, $this->option);
        }
    }
}
