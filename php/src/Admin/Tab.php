<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Support\Request;

/**
 * The tabs of the settings page. Each is an address of its own, and saves what it shows.
 */
enum Tab: string
{
    case Connection = 'connection';
    case Login = 'login';
    case Access = 'access';
    case Accounts = 'accounts';
    case Roles = 'roles';
    case Dingtalk = 'dingtalk';
    case Advanced = 'advanced';

    /** The parameter of the page's address. */
    public const PARAMETER = 'tab';

    /**
     * The tabs that have a setting for this manager, in the order of the page.
     *
     * @return non-empty-list<self>
     */
    public static function of_manager(Manager $manager): array
    {
        $settings = array_keys(Defaults::SECTIONS);
        $own = array_map(self::of_setting(...), array_filter($settings, $manager->may_change(...)));
        $tabs = array_values(array_filter(self::cases(), static fn(self $tab): bool => in_array($tab, $own, true)));

        return $tabs === [] ? [self::Connection] : $tabs;
    }

    /**
     * The tab that the address asks for, if it is one of these; else the first.
     *
     * @param non-empty-list<self> $tabs
     * @param null|self $first The one to begin with.
     */
    public static function current(array $tabs, null|self $first = null): self
    {
        $asked = self::tryFrom(Request::text(self::PARAMETER));

        return $asked !== null && in_array($asked, $tabs, true) ? $asked : $first ?? $tabs[0];
    }

    public static function of_setting(string $name): self
    {
        $section = Defaults::SECTIONS[$name] ?? '';
        foreach (self::cases() as $tab) {
            if (in_array($section, $tab->groups(), true)) {
                return $tab;
            }
        }

        return self::Advanced;
    }

    public function label(): string
    {
        return match ($this) {
            self::Connection => __('Connection', 'logto-sign-in'),
            self::Login => __('Login', 'logto-sign-in'),
            self::Access => __('Access', 'logto-sign-in'),
            self::Accounts => __('Accounts', 'logto-sign-in'),
            self::Roles => __('Roles', 'logto-sign-in'),
            self::Dingtalk => __('DingTalk', 'logto-sign-in'),
            self::Advanced => __('Advanced', 'logto-sign-in'),
        };
    }

    /**
     * The sections of the settings table that it shows.
     *
     * @return non-empty-list<string>
     */
    public function groups(): array
    {
        return match ($this) {
            self::Connection => ['connection'],
            self::Login => ['buttons', LoginSettings::GROUP],
            self::Access => [AccessSettings::GROUP, ApiSettings::GROUP],
            self::Accounts => [AccountSettings::GROUP, ProfileSettings::GROUP],
            self::Roles => [RoleSettings::GROUP],
            self::Dingtalk => [DingtalkSettings::GROUP],
            self::Advanced => ['advanced'],
        };
    }

    /**
     * Its address on the page that is shown, or on the page of the site.
     *
     * @param bool $of_network Whether it is the network's page wherever this runs.
     */
    public function url(bool $of_network = false): string
    {
        $page = 'admin.php?page=' . SettingsPage::SLUG;

        return add_query_arg(self::PARAMETER, $this->value, $of_network || is_network_admin() ? network_admin_url($page) : admin_url($page));
    }

    /**
     * @param list<self> $tabs
     */
    public function navigation(array $tabs): void
    {
        $labels = [];
        foreach ($tabs as $tab) {
            $labels[$tab->url()] = $tab->label();
        }

        TabBar::print($labels, $this->url());
    }
}
