<?php

declare(strict_types=1);

namespace LogtoSignIn\Tests;

/**
 * How a test tells what it tried: a line that `cargo verify` collects into its last table, as `simulator::figures` has it.
 */
final class Figures
{
    /**
     * @param array<string, int> $counts
     */
    public static function tell(string $class, string $of, array $counts): void
    {
        $pairs = array_map(static fn(string $name, int $count): array => [$name, $count], array_keys($counts), $counts);

        fwrite(STDOUT, "\nfigures: " . json_encode(['class' => $class, 'of' => $of, 'counts' => $pairs], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE) . "\n");
    }
}
