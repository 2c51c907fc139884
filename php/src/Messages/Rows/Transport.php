<?php

declare(strict_types=1);

namespace LogtoSignIn\Messages\Rows;

use LogtoSignIn\Messages\Message;

/**
 * A transport cannot work on this server. The message tells the admin what to do.
 */
final class Transport
{
    /**
     * @return list<Message>
     */
    public static function all(): array
    {
        return [
            new Message('ffi_missing', __('The PHP extension FFI is missing.', 'logto-sign-in')),
            new Message('ffi_disabled', __('FFI is turned off in php.ini (ffi.enable).', 'logto-sign-in')),
            new Message('ffi_not_preloaded', __('FFI works only for preloaded code (ffi.enable=preload), and this plugin’s preload.php is not preloaded.', 'logto-sign-in')),
            new Message('library_missing', __('The file liblogto_sign_in.so is missing from the plugin’s bin folder.', 'logto-sign-in')),
            new Message('library_not_loaded', __('The library liblogto_sign_in.so does not load on this server. It needs the GNU C library (glibc) 2.34 or newer. See the cause in the error log.', 'logto-sign-in')),
            new Message('socket_not_configured', __('No socket is configured (constant LOGTO_SIGN_IN_SOCKET).', 'logto-sign-in')),
            new Message('socket_missing', __('The socket does not exist, or PHP has no access to it. Check whether the service is running.', 'logto-sign-in')),
            new Message('socket_not_trusted', __('Another user on this server could control the socket. The socket and its folder must belong to root, to PHP’s user, or to the user that the constant LOGTO_SIGN_IN_SOCKET_OWNER names, and must not be writable by everyone.', 'logto-sign-in')),
            new Message('sockets_disabled', __('The PHP function stream_socket_client is turned off (disable_functions).', 'logto-sign-in')),
            new Message('streams_disabled', __('One of the PHP functions stream_select, stream_set_blocking and stream_get_contents is turned off (disable_functions).', 'logto-sign-in')),
            new Message('proc_open_disabled', __('The PHP function proc_open is turned off (disable_functions).', 'logto-sign-in')),
            new Message('binary_missing', __('The program logto-sign-in is missing from the plugin’s bin folder. Reinstall the plugin.', 'logto-sign-in')),
            new Message('binary_not_trusted', __('Another user on this server could replace the program or the library. The file and its folder must belong to root, to PHP’s user, or to the owner of the plugin’s files, and must not be writable by everyone.', 'logto-sign-in')),
            new Message('not_executable', __('The program in the plugin’s bin folder is not executable, and PHP cannot change that. Run: chmod +x bin/logto-sign-in', 'logto-sign-in')),
            new Message('noexec', __('The plugin’s folder is on a file system that does not run programs (noexec). Move the program elsewhere and set its path with the constant LOGTO_SIGN_IN_BINARY.', 'logto-sign-in')),
            new Message('open_basedir', __('PHP has no access to this file (open_basedir).', 'logto-sign-in')),
            new Message('wrong_architecture', __('This file does not run on this kind of machine. Builds are available for Linux on x86-64 and ARM64.', 'logto-sign-in')),
            new Message('transport_silent', __('It did not answer. See the cause in the error log.', 'logto-sign-in')),
            new Message('integers_too_short', __('This PHP has integers of 32 bits. The PHP engine needs a 64-bit PHP.', 'logto-sign-in')),
            new Message('engine_missing', __('The files of the PHP engine are missing from the plugin’s engine folder. Reinstall the plugin.', 'logto-sign-in')),
            new Message('transport_not_shipped', __('This package has the PHP engine only. Remove the constant LOGTO_SIGN_IN_TRANSPORT from wp-config.php, or set it to php.', 'logto-sign-in')),
            new Message('unknown_transport', __('The constant LOGTO_SIGN_IN_TRANSPORT must be ffi, socket, process or php.', 'logto-sign-in')),
        ];
    }
}
