<?php

declare(strict_types=1);

namespace LogtoSignIn\SignIn;

/**
 * A callback of a hook: by which names it is known, and where it comes from.
 */
final class HookCallback
{
    /** The class of a method; empty for a function. */
    private readonly string $class;

    /** Empty for an anonymous function. */
    private readonly string $function;

    /**
     * @param int $arguments How many arguments of the hook it takes.
     */
    public function __construct(
        private readonly mixed $callback,
        public readonly string $hook,
        public readonly int $priority,
        private readonly int $arguments,
    ) {
        $name = '';
        is_callable($callback, true, $name);
        [$this->class, $this->function] = $callback instanceof \Closure ? ['', ''] : self::parts($name);
    }

    /**
     * @param array<mixed> $arguments Those of the hook.
     */
    public function call(array $arguments): mixed
    {
        return is_callable($this->callback) ? ($this->callback)(...array_slice($arguments, 0, $this->arguments)) : null;
    }

    /**
     * Whether a name means this callback: that of a function, a method as `Class::method`, or a class for all of its
     * methods. The methods of a class are those of its subclasses, too.
     */
    public function is(string $name): bool
    {
        [$class, $function] = self::parts(ltrim($name, '\\'));
        $is_same = $this->function !== '' && strcasecmp($function, $this->function) === 0;

        return match (true) {
            $this->class === '' => $class === '' && $is_same,
            // All methods of a class.
            $class === '' => is_a($this->class, $function, true),
            default => $is_same && is_a($this->class, $class, true),
        };
    }

    /**
     * Whether it belongs to this plugin.
     */
    public function is_ours(): bool
    {
        return str_starts_with($this->class, 'LogtoSignIn\\');
    }

    /**
     * In words for the log: the file below WordPress's folder, and the name.
     */
    public function describe(): string
    {
        $name = match (true) {
            $this->function === '' => 'an anonymous function',
            $this->class === '' => $this->function . '()',
            // The name of an anonymous class ends with its path.
            default => explode("\0", $this->class)[0] . '::' . $this->function . '()',
        };

        return implode(', ', array_filter([$this->file(), $name]));
    }

    private function file(): string
    {
        try {
            $function = match (true) {
                $this->callback instanceof \Closure => new \ReflectionFunction($this->callback),
                $this->class !== '' => new \ReflectionMethod($this->class, $this->function),
                default => new \ReflectionFunction($this->function),
            };
        } catch (\ReflectionException) {
            return '';
        }

        return self::below_wordpress((string) $function->getFileName());
    }

    /**
     * A file's path without that of WordPress's folder, which is nobody's business.
     */
    public static function below_wordpress(string $file): string
    {
        $file = wp_normalize_path($file);
        foreach ([WP_CONTENT_DIR => 'wp-content/', ABSPATH => ''] as $folder => $name) {
            $folder = trailingslashit(wp_normalize_path($folder));
            if (str_starts_with($file, $folder)) {
                return $name . substr($file, strlen($folder));
            }
        }

        return basename($file);
    }

    /**
     * @return array{string, string} Class and method, or nothing and the name.
     */
    private static function parts(string $name): array
    {
        $class = strstr($name, '::', true);

        return $class === false ? ['', $name] : [$class, substr($name, strlen($class) + 2)];
    }
}
