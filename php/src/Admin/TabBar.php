<?php

declare(strict_types=1);

namespace LogtoSignIn\Admin;

/**
 * A row of tabs, as WordPress's own pages have it. Each tab is an address of its own.
 */
final class TabBar
{
    /**
     * @param array<string, string> $tabs Labels by address.
     */
    public static function print(array $tabs, string $current): void
    {
        printf('<nav class="nav-tab-wrapper wp-clearfix" aria-label="%s">', esc_attr__('Sections', 'logto-sign-in'));
        foreach ($tabs as $url => $label) {
            printf('<a href="%s" class="nav-tab%s"%s>%s</a>', esc_url($url), $url === $current ? ' nav-tab-active' : '', $url === $current ? ' aria-current="page"' : '', esc_html($label));
        }

        echo '</nav>';
    }
}
