//! A whole world on one machine: WordPress, MariaDB, nginx, PHP-FPM, providers and a browser.
