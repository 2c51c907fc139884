<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests\Transport;

/**
 * A program that PHP can start in place of the real one, for as long as the object lives.
 */
final class ScriptedProgram
{
    public readonly string $path;

    public function __construct(string $code)
    {
        $this->path = (string) tempnam(sys_get_temp_dir(), 'program');
        file_put_contents($this->path, '#!' . PHP_BINARY . "\n<?php " . $code);
        chmod($this->path, 0o755);
    }

    public function __destruct()
    {
        unlink($this->path);
    }
}
