<?php

declare(strict_types=1);

namespace LogtoSignIn\Privacy;

/**
 * Tells WordPress's tools for personal data what the plugin exports and erases.
 */
final class Registration
{
    /**
     * Filter `wp_privacy_personal_data_exporters`.
     *
     * @param array<array-key, mixed> $exporters
     *
     * @return array<array-key, mixed>
     */
    public static function exporters(array $exporters): array
    {
        return $exporters + [
            'logto-sign-in' => ['exporter_friendly_name' => __('Logto Sign-In', 'logto-sign-in'), 'callback' => [Exporter::class, 'export']],
            'logto-sign-in-activity' => ['exporter_friendly_name' => __('Sign-in activity', 'logto-sign-in'), 'callback' => [ActivityExporter::class, 'export']],
        ];
    }

    /**
     * Filter `wp_privacy_personal_data_erasers`.
     *
     * @param array<array-key, mixed> $erasers
     *
     * @return array<array-key, mixed>
     */
    public static function erasers(array $erasers): array
    {
        return $erasers + [
            'logto-sign-in' => ['eraser_friendly_name' => __('Logto Sign-In', 'logto-sign-in'), 'callback' => [Exporter::class, 'erase']],
            'logto-sign-in-activity' => ['eraser_friendly_name' => __('Sign-in activity', 'logto-sign-in'), 'callback' => [ActivityExporter::class, 'erase']],
        ];
    }
}
