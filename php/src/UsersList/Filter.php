<?php

declare(strict_types=1);

namespace LogtoSignIn\UsersList;

use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Approval\Approval;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Support\Input;
use LogtoSignIn\Support\Request;
use LogtoSignIn\Support\Tables;

/**
 * Narrows a list of users to those who sign in with one provider, with none, or wait for approval.
 */
final class Filter
{
    /**
     * The choice beside the one of roles, above the list of a site.
     */
    public static function show(mixed $which = ''): void
    {
        if ($which !== 'top') {
            return;
        }

        echo '<div class="alignleft actions logto-with">';
        printf('<label class="screen-reader-text" for="logto-with">%s</label>', esc_html__('Filter by sign-in method', 'logto-sign-in'));
        printf('<select name="%s" id="logto-with">', esc_attr(Approval::FILTER));
        printf('<option value="">%s</option>', esc_html__('All sign-in methods', 'logto-sign-in'));
        foreach (self::choices() as $value => $label) {
            printf('<option value="%s"%s>%s</option>', esc_attr($value), selected(self::chosen(), $value, false), esc_html($label));
        }

        echo '</select>';
        // WordPress takes a button of this name for a filter, whatever bulk action is chosen.
        submit_button(__('Filter', 'logto-sign-in'), '', 'filter_action', false);
        echo '</div>';
    }

    /**
     * Links above the list. A network has no room for a choice, and gets all of them; a site, "Pending" while anybody
     * waits.
     *
     * @param array<array-key, mixed> $views
     *
     * @return array<array-key, mixed>
     */
    public static function views(array $views): array
    {
        $waiting = self::waiting();
        $ours = is_network_admin() ? self::choices() : array_intersect_key(self::choices(), [Approval::PENDING => true]);
        if ($waiting === 0 && self::chosen() !== Approval::PENDING) {
            unset($ours[Approval::PENDING]);
        }

        $mark = ' class="current" aria-current="page"';
        if (isset($ours[self::chosen()])) {
            $views = array_map(static fn(mixed $view): mixed => is_string($view) ? str_replace($mark, '', $view) : $view, $views);
        }

        foreach ($ours as $value => $label) {
            $views['logto_' . $value] = sprintf(
                '<a href="%s"%s>%s</a>',
                esc_url(add_query_arg(Approval::FILTER, $value, self_admin_url('users.php'))),
                self::chosen() === $value ? $mark : '',
                esc_html($label) . ($value === Approval::PENDING ? sprintf(' <span class="count">(%s)</span>', esc_html(number_format_i18n($waiting))) : ''),
            );
        }

        return $views;
    }

    /**
     * WordPress counts everybody whom a list has; the database reads each table once for that, or finds the few by the
     * tables' own keys. Object caches would keep the answer: they do not know when an identity changes.
     */
    public static function narrow(\WP_User_Query $query): void
    {
        $database = Tables::database();
        $ways = 'SELECT 1 FROM ' . Tables::identities() . " ways WHERE ways.user_id = {$database->users}.ID";
        $marks = "SELECT 1 FROM {$database->usermeta} marks WHERE marks.user_id = {$database->users}.ID";
        $condition = match (self::chosen()) {
            'logto' => $database->prepare(" AND EXISTS ({$ways} AND ways.issuer_hash <> %s)", hash('sha256', Provider::DINGTALK_ISSUER)),
            'dingtalk' => $database->prepare(" AND EXISTS ({$ways} AND ways.issuer_hash = %s)", hash('sha256', Provider::DINGTALK_ISSUER)),
            'none' => " AND NOT EXISTS ({$ways})",
            Approval::PENDING => $database->prepare(" AND EXISTS ({$marks} AND marks.meta_key = %s AND marks.meta_value = '1')", UserMeta::PENDING),
            default => '',
        };
        if ($condition !== '') {
            $query->query_where = Input::to_string($query->query_where) . (string) $condition;
            $query->set('cache_results', false);
        }
    }

    private static function waiting(): int
    {
        $query = new \WP_User_Query([
            'blog_id' => is_network_admin() ? 0 : get_current_blog_id(),
            'meta_key' => UserMeta::PENDING,
            'meta_value' => '1',
            'fields' => 'ID',
            'number' => 1,
        ]);

        return (int) $query->get_total();
    }

    private static function chosen(): string
    {
        return Request::query(Approval::FILTER);
    }

    /**
     * @return array<string, string>
     */
    private static function choices(): array
    {
        return [
            'logto' => __('Signs in with Logto', 'logto-sign-in'),
            'dingtalk' => __('Signs in with DingTalk', 'logto-sign-in'),
            'none' => __('No sign-in method', 'logto-sign-in'),
            Approval::PENDING => __('Pending approval', 'logto-sign-in'),
        ];
    }
}
