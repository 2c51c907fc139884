<?php

// What one page view took; it stands on the last line of standard error.
fwrite(fopen('php://stderr', 'w'), sprintf(
    "\nprobe %d %d %d\n",
    count(get_included_files()),
    $GLOBALS['wpdb']->num_queries ?? -1,
    memory_get_peak_usage(),
));
