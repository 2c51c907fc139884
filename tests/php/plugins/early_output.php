<?php

/**
 * Plugin Name: Early output
 * Description: Prints something before WordPress sends its headers, as a file that begins with a byte order mark does.
 */

declare(strict_types=1);

while (ob_get_level() > 0) {
    ob_end_clean();
}

echo "\u{FEFF}";
flush();
ob_start();
