<?php

/**
 * A small object cache on Redis, as a drop-in of WordPress: what is cached belongs to all web servers. `%socket%` stands for
 * the server's socket.
 */

declare(strict_types=1);

final class WP_Object_Cache
{
    private Redis $redis;

    /** @var array<string, mixed> What this request has read or written. */
    private array $here = [];

    public function __construct()
    {
        $this->redis = new Redis();
        $this->redis->connect('%socket%');
    }

    public function get(int|string $key, string $group, bool $force, mixed &$found): mixed
    {
        $name = $this->name($key, $group);
        if ($force || !array_key_exists($name, $this->here)) {
            $stored = $this->redis->get($name);
            if (!is_string($stored)) {
                return $found = false;
            }

            $this->here[$name] = unserialize($stored);
        }

        $found = true;
        $value = $this->here[$name];

        return is_object($value) ? clone $value : $value;
    }

    public function set(int|string $key, mixed $value, string $group, int $expire, string $condition = ''): bool
    {
        $name = $this->name($key, $group);
        $options = array_filter([$condition, 'ex' => $expire]);
        if ($this->redis->set($name, serialize($value), $options) !== true) {
            return false;
        }

        $this->here[$name] = is_object($value) ? clone $value : $value;

        return true;
    }

    public function delete(int|string $key, string $group): bool
    {
        $name = $this->name($key, $group);
        unset($this->here[$name]);

        return $this->redis->del($name) === 1;
    }

    public function flush(): bool
    {
        $this->here = [];

        return $this->redis->flushDB();
    }

    private function name(int|string $key, string $group): string
    {
        return ($group === '' ? 'default' : $group) . ':' . $key;
    }
}

function wp_cache_init(): void
{
    $GLOBALS['wp_object_cache'] = new WP_Object_Cache();
}

function wp_cache_get(int|string $key, string $group = '', bool $force = false, mixed &$found = null): mixed
{
    return $GLOBALS['wp_object_cache']->get($key, $group, $force, $found);
}

function wp_cache_set(int|string $key, mixed $data, string $group = '', int $expire = 0): bool
{
    return $GLOBALS['wp_object_cache']->set($key, $data, $group, $expire);
}

function wp_cache_add(int|string $key, mixed $data, string $group = '', int $expire = 0): bool
{
    return !wp_suspend_cache_addition() && $GLOBALS['wp_object_cache']->set($key, $data, $group, $expire, 'nx');
}

function wp_cache_replace(int|string $key, mixed $data, string $group = '', int $expire = 0): bool
{
    return $GLOBALS['wp_object_cache']->set($key, $data, $group, $expire, 'xx');
}

function wp_cache_delete(int|string $key, string $group = ''): bool
{
    return $GLOBALS['wp_object_cache']->delete($key, $group);
}

function wp_cache_incr(int|string $key, int $offset = 1, string $group = ''): int|false
{
    $value = wp_cache_get($key, $group);

    return is_numeric($value) && wp_cache_set($key, (int) $value + $offset, $group) ? (int) $value + $offset : false;
}

function wp_cache_decr(int|string $key, int $offset = 1, string $group = ''): int|false
{
    return wp_cache_incr($key, -$offset, $group);
}

function wp_cache_flush(): bool
{
    return $GLOBALS['wp_object_cache']->flush();
}

function wp_cache_close(): bool
{
    return true;
}

function wp_cache_add_global_groups(mixed $groups): void
{
}

function wp_cache_add_non_persistent_groups(mixed $groups): void
{
}

function wp_cache_switch_to_blog(int $blog_id): void
{
}
