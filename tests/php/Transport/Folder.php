<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

/**
 * A folder of the test's own, which nobody else may write to, for as long as the object lives.
 */
final class Folder
{
    public readonly string $path;

    public function __construct()
    {
        $this->path = sys_get_temp_dir() . '/logto-' . bin2hex(random_bytes(8));
        mkdir($this->path, 0o700);
        // Whatever the umask is.
        chmod($this->path, 0o755);
    }

    public function __destruct()
    {
        array_map('unlink', glob($this->path . '/*') ?: []);
        rmdir($this->path);
    }
}
