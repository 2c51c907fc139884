<?php

declare(strict_types=1);

namespace LogtoSignIn\ActivityList;

use LogtoSignIn\Activity\Filter;
use LogtoSignIn\Activity\Record;
use LogtoSignIn\Activity\Records;

/**
 * The list, as WordPress's other lists.
 */
final class Table extends \WP_List_Table
{
    private const PER_PAGE = 50;

    private readonly Filter $filter;

    public function __construct()
    {
        parent::__construct(['singular' => 'logto_activity', 'plural' => 'logto_activities', 'ajax' => false]);
        $this->filter = Page::filter();
    }

    #[\Override]
    public function prepare_items(): void
    {
        $this->items = Records::find($this->filter, self::PER_PAGE, ($this->get_pagenum() - 1) * self::PER_PAGE);
        // One query for all of them.
        cache_users(array_filter(array_merge(array_column($this->items, 'user_id'), array_column($this->items, 'actor_id'))));
        $this->set_pagination_args(['total_items' => Records::count($this->filter), 'per_page' => self::PER_PAGE]);
    }

    /**
     * @return array<string, string>
     */
    #[\Override]
    public function get_columns(): array
    {
        return [
            'time' => __('Time', 'logto-sign-in'),
            'event' => __('Event', 'logto-sign-in'),
            'user' => __('User', 'logto-sign-in'),
            'provider' => __('Provider', 'logto-sign-in'),
            'cause' => __('Cause', 'logto-sign-in'),
        ];
    }

    #[\Override]
    public function no_items(): void
    {
        echo esc_html__('No activity found.', 'logto-sign-in');
    }

    #[\Override]
    protected function get_default_primary_column_name(): string
    {
        return 'time';
    }

    /**
     * @param mixed $item A {@see Record}.
     * @param mixed $column_name
     */
    #[\Override]
    protected function column_default(mixed $item, mixed $column_name): string
    {
        if (!$item instanceof Record) {
            return '';
        }

        return match ($column_name) {
            'time' => Cells::time($item),
            'event' => Cells::event($item),
            'user' => Cells::user($item),
            'provider' => esc_html($item->provider_label()),
            'cause' => Cells::cause($item),
            default => '',
        };
    }

    /**
     * The choices and the downloads, above the list.
     *
     * @param mixed $which
     */
    #[\Override]
    protected function extra_tablenav(mixed $which): void
    {
        $which === 'top' ? Controls::filter($this->filter) : Controls::export($this->filter);
    }
}
