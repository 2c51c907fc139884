<?php

declare(strict_types=1);

namespace LogtoSignIn\ActivityList;

use LogtoSignIn\Activity\Filter;
use LogtoSignIn\Activity\Kind;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Providers\Provider;

/**
 * The choices above the list, and the downloads below it.
 */
final class Controls
{
    public static function filter(Filter $filter): void
    {
        $kinds = [];
        foreach (Kind::cases() as $kind) {
            $kinds[$kind->value] = $kind->label();
        }

        $providers = [];
        foreach (Provider::cases() as $provider) {
            $providers[$provider->value] = $provider->label();
        }

        $codes = Records::codes();
        echo '<div class="alignleft actions logto-filter">';
        self::select('kind', __('Event', 'logto-sign-in'), __('All events', 'logto-sign-in'), $kinds, $filter->kind);
        self::select('code', __('Code', 'logto-sign-in'), __('All codes', 'logto-sign-in'), array_combine($codes, $codes), $filter->code);
        self::select('provider', __('Provider', 'logto-sign-in'), __('All providers', 'logto-sign-in'), $providers, $filter->provider);
        self::input('user', 'text', __('User', 'logto-sign-in'), $filter->user, __('Username or email', 'logto-sign-in'));
        self::input('from', 'date', __('From', 'logto-sign-in'), $filter->from);
        self::input('to', 'date', __('To', 'logto-sign-in'), $filter->to);
        submit_button(__('Filter', 'logto-sign-in'), '', 'filter_action', false);
        if ($filter->values() !== []) {
            printf(' <a href="%s">%s</a>', esc_url(Page::url()), esc_html__('Reset', 'logto-sign-in'));
        }

        echo '</div>';
    }

    public static function export(Filter $filter): void
    {
        $names = array_map(static fn(string $name): string => 'logto_' . $name, array_keys($filter->values()));
        $parameters = array_combine($names, array_values($filter->values()));
        echo '<div class="alignleft actions">';
        foreach ([Export::CSV => __('Export CSV', 'logto-sign-in'), Export::JSON => __('Export JSON', 'logto-sign-in')] as $format => $label) {
            $url = wp_nonce_url(Page::url(['export' => $format] + $parameters), Page::EXPORT);
            printf('<a class="button" href="%s">%s</a> ', esc_url($url), esc_html($label));
        }

        echo '</div>';
    }

    /**
     * @param array<array-key, string> $choices
     */
    private static function select(string $name, string $label, string $all, array $choices, string $chosen): void
    {
        printf('<label class="screen-reader-text" for="logto-filter-%1$s">%2$s</label><select id="logto-filter-%1$s" name="logto_%1$s">', esc_attr($name), esc_html($label));
        foreach (['' => $all] + $choices as $value => $text) {
            printf('<option value="%s"%s>%s</option>', esc_attr((string) $value), selected($chosen, (string) $value, false), esc_html($text));
        }

        echo '</select>';
    }

    private static function input(string $name, string $type, string $label, string $value, string $example = ''): void
    {
        printf(
            '<span class="logto-filter-field"><label for="logto-filter-%1$s">%2$s</label> <input id="logto-filter-%1$s" name="logto_%1$s" type="%3$s" value="%4$s" placeholder="%5$s"></span>',
            esc_attr($name),
            esc_html($label),
            esc_attr($type),
            esc_attr($value),
            esc_attr($example),
        );
    }
}
