<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Messages\Message;
use LogtoSignIn\Messages\Rows;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\Site;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Plugin;

/**
 * Checks each field while somebody types: the page runs the core's rules in the browser. Without JavaScript, or where a
 * policy forbids WebAssembly, the server says the same once the form is saved.
 */
final class BrowserCheck
{
    private const SCRIPT = 'logto-sign-in-fields';

    /** Stands for a secret that is saved, which no page ever holds. */
    private const SAVED = 'saved';

    public static function enqueue(Manager $manager): void
    {
        wp_enqueue_script('logto-sign-in-core', Plugin::url('assets/core.js'), [], Plugin::VERSION, true);
        wp_enqueue_script(self::SCRIPT, Plugin::url('assets/fields.js'), ['logto-sign-in-core'], Plugin::VERSION, true);
        $facts = (string) wp_json_encode(self::facts($manager), JSON_HEX_TAG | JSON_HEX_AMP);
        wp_add_inline_script(self::SCRIPT, 'window.logtoSignInFields = ' . $facts . ';', 'before');
    }

    /**
     * What the script has to know: the core's module, and what a request to it says.
     *
     * @return array<string, mixed>
     */
    public static function facts(Manager $manager): array
    {
        $stored = array_intersect_key(Settings::current()->stored, Defaults::SECTIONS);
        foreach (Defaults::SECRETS as $secret) {
            $stored[$secret] = Input::string($stored, $secret) === '' ? '' : self::SAVED;
        }

        $codes = array_map(static fn(Message $message): string => $message->code, Rows\Settings::all());
        $messages = array_map(static fn(Message $message): string => $message->message, Rows\Settings::all());

        return [
            'module' => add_query_arg('ver', Plugin::VERSION, Plugin::url('assets/core.wasm')),
            'stored' => (object) $stored,
            'manager' => $manager,
            'site' => array_intersect_key(Site::describe(), ['roles' => true, 'default_role' => true, 'blog_id' => true]),
            'messages' => array_combine($codes, $messages),
            'roles' => array_map(translate_user_role(...), wp_roles()->get_names()),
            'words' => [
                /* translators: %s: username. */
                'username' => __('Example: Ann Li (ann.li@example.com) gets the username %s.', 'logto-sign-in'),
                /* translators: 1: role of Logto, 2: names of roles of WordPress. */
                'roles' => __('Example: with the Logto role %1$s, a new user gets: %2$s.', 'logto-sign-in'),
            ],
        ];
    }
}
