<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Activity;

use LogtoSignIn\Activity\Filter;
use LogtoSignIn\Activity\Record;
use LogtoSignIn\Activity\Records;
use LogtoSignIn\Support\Tables;
use LogtoSignIn\Tests\TestCase;

/**
 * A site that records its activity, and an empty record.
 */
abstract class ActivityTestCase extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        $this->store(self::SETTINGS);
        Records::remove_before(PHP_INT_MAX);
        add_filter('pre_wp_mail', '__return_true', 999);
    }

    protected function tearDown(): void
    {
        Tables::create();
        Records::remove_before(PHP_INT_MAX);
        delete_option('logto_sign_in_failures');
        parent::tearDown();
    }

    /**
     * @return list<Record>
     */
    protected static function records(): array
    {
        return Records::find(new Filter(), 100);
    }
}
