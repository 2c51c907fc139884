<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\SignIn;

use LogtoSignIn\SignIn\PrivateApi;
use LogtoSignIn\Tests\Program;
use LogtoSignIn\Tests\TestCase;

/**
 * A site that shows itself only to its users.
 */
final class PrivateSiteTest extends TestCase
{
    private const PRIVATE = ['private_site' => true, 'public_paths' => "/about\n/events/*\n/wp-json/shop/v1/*"] + self::SETTINGS;

    private const PERMALINKS = ['permalink_structure' => '/%postname%/', 'rewrite_rules' => self::RULES];

    private const RULES = [
        'robots\\.txt$' => 'index.php?robots=1',
        '^wp-json/(.*)?' => 'index.php?rest_route=/$matches[1]',
        'feed/(feed|rdf|rss|rss2|atom)/?$' => 'index.php?&feed=$matches[1]',
        '(.?.+?)(?:/([0-9]+))?/?$' => 'index.php?pagename=$matches[1]&page=$matches[2]',
    ];

    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::PRIVATE);
    }

    public function test_visitors_see_nothing_of_it(): void
    {
        $post = self::factory_post();
        foreach (self::addresses($post->ID) as $name => [$get, $other]) {
            $page = Program::page('index.php', $get, $other);

            self::assertSame(302, $page['status'], $name);
            self::assertStringContainsString('wp-login.php?redirect_to=', Program::location($page), $name);
            // The address that was asked for comes back, and no other.
            $told = str_replace(rawurlencode('http://127.0.0.1' . ($other['uri'] ?? '')), '', implode($page['headers']) . $page['body']);
            self::assertStringNotContainsString('a-secret', urldecode($told), $name);
            self::assertNotSame([], preg_grep('/^Cache-Control:.*no-store/i', $page['headers']), $name);
        }
    }

    public function test_they_come_back_to_the_page_that_they_wanted(): void
    {
        $page = Program::page('index.php', ['p' => '7']);

        self::assertStringContainsString('redirect_to=' . rawurlencode('http://127.0.0.1/?p=7'), Program::location($page));
    }

    public function test_users_see_it(): void
    {
        $user = $this->user();

        self::assertSame(200, Program::page('index.php', [], ['user' => $user->ID])['status']);
    }

    public function test_a_site_that_is_not_private_is_open(): void
    {
        foreach ([[], ['private_site' => false], ['private_site' => 'no']] as $setting) {
            $this->store($setting + self::SETTINGS);
            self::assertSame(200, Program::page('index.php')['status']);
        }
    }

    public function test_public_paths_are_open_and_lead_nowhere_else(): void
    {
        $open = static fn(string $uri, array $get = [], array $other = []) => Program::page('index.php', $get, ['options' => self::PERMALINKS, 'uri' => $uri] + $other)['status'] !== 302;

        foreach (['/about', '/about/', '/events/2026', '/events/2026/autumn/'] as $public) {
            self::assertTrue($open($public), $public);
        }

        foreach (['/', '/about-us', '/about/team', '/events', '/eventsx/1', '/events/../a-secret', '/index.php/a-secret'] as $private) {
            self::assertFalse($open($private), $private);
        }

        // A path says nothing of what a query, or a form, asks for.
        self::assertFalse($open('/about', ['p' => '7']));
        self::assertFalse($open('/about', ['feed' => 'rss2']));
        self::assertFalse($open('/about', [], ['post' => ['s' => 'word']]));
        self::assertTrue($open('/about', ['utm_source' => 'mail']));
    }

    public function test_the_rest_api_needs_a_login(): void
    {
        add_filter('rest_authentication_errors', [PrivateApi::class, 'rest'], PHP_INT_MAX);
        $ask = static function (string $route): mixed {
            $GLOBALS['wp'] = new \WP();
            $GLOBALS['wp']->query_vars['rest_route'] = $route;

            return rest_get_server()->check_authentication();
        };
        $this->store(self::PRIVATE);

        foreach (['/wp/v2/posts', '/', '/shop/v1', '/oembed/1.0/embed', '/wp/v2/users/1'] as $route) {
            $refused = $ask($route);
            self::assertSame('logto_private_site', $refused->get_error_code(), $route);
            self::assertSame(401, $refused->get_error_data()['status']);
        }

        self::assertNotInstanceOf(\WP_Error::class, $ask('/shop/v1/products'));
        wp_set_current_user($this->user()->ID);
        self::assertNotInstanceOf(\WP_Error::class, $ask('/wp/v2/posts'));
    }

    public function test_xml_rpc_answers_nothing_without_a_login(): void
    {
        require_once ABSPATH . WPINC . '/class-IXR.php';
        require_once ABSPATH . WPINC . '/class-wp-xmlrpc-server.php';
        add_filter('xmlrpc_methods', [PrivateApi::class, 'methods']);

        $server = new \wp_xmlrpc_server();
        remove_filter('xmlrpc_methods', [PrivateApi::class, 'methods']);

        $post = self::factory_post();
        foreach ($server->methods as $name => $_) {
            $arguments = [1, 'nobody', 'wrong', $post->ID, 'wrong', [], [], [], []];
            $answer = $server->{substr((string) $server->methods[$name], 5)}($arguments);
            self::assertStringNotContainsString('a-secret', (string) wp_json_encode($answer), (string) $name);
            self::assertInstanceOf(\IXR_Error::class, $answer, (string) $name);
        }
    }

    public function test_nobody_comments_without_a_login(): void
    {
        $post = self::factory_post();

        $page = Program::page('wp-comments-post.php', [], [
            'post' => ['comment_post_ID' => (string) $post->ID, 'author' => 'A', 'email' => 'a@example.org', 'comment' => 'Hello'],
        ]);

        self::assertSame(403, $page['status']);
        self::assertStringNotContainsString('a-secret', $page['body']);
        self::assertSame([], get_comments(['post_id' => $post->ID]));
    }

    public function test_users_of_other_sites_of_a_network_stay_outside(): void
    {
        $user = $this->user();
        if (is_multisite()) {
            remove_user_from_blog($user->ID, get_current_blog_id());
        }

        $page = Program::page('index.php', [], ['user' => $user->ID]);

        self::assertSame(is_multisite() ? 403 : 200, $page['status']);
        self::assertSame(is_multisite(), str_contains($page['body'], 'not a user of this site'));
    }

    private static function factory_post(): \WP_Post
    {
        $post = get_post(wp_insert_post(['post_title' => 'a-secret', 'post_name' => 'a-secret', 'post_content' => 'a-secret', 'post_status' => 'publish', 'comment_status' => 'open']));
        assert($post instanceof \WP_Post);

        return $post;
    }

    /**
     * @return array<string, array{array<string, string>, array<string, mixed>}>
     */
    private static function addresses(int $post): array
    {
        $pretty = static fn(string $uri): array => [[], ['uri' => $uri, 'options' => self::PERMALINKS]];

        return [
            'front page' => [[], []],
            'post' => [['p' => (string) $post], []],
            'attachment by ID' => [['attachment_id' => (string) $post], []],
            'feed' => [['feed' => 'rss2'], []],
            'Atom feed of comments' => [['feed' => 'comments-atom'], []],
            'search' => [['s' => 'secret'], []],
            'author' => [['author' => '1'], []],
            'date' => [['m' => gmdate('Y')], []],
            'sitemap' => [['sitemap' => 'posts', 'sitemap-subtype' => 'post'], []],
            'embed' => [['p' => (string) $post, 'embed' => 'true'], []],
            'preview' => [['p' => (string) $post, 'preview' => 'true'], []],
            'trackback' => [['tb' => '1', 'p' => (string) $post], []],
            'post by its path' => $pretty('/a-secret/'),
            'feed by its path' => $pretty('/feed/'),
            'page that is not there' => $pretty('/nothing-is-here/'),
            'robots.txt' => $pretty('/robots.txt'),
        ];
    }
}
