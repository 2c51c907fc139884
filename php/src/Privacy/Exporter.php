<?php

declare(strict_types=1);

namespace LogtoSignIn\Privacy;

use LogtoSignIn\Accounts\Identities;
use LogtoSignIn\Accounts\MappedMeta;
use LogtoSignIn\Accounts\Removal;
use LogtoSignIn\Accounts\UserMeta;
use LogtoSignIn\Support\Input;

/**
 * The identities of a person, their phone number, picture, mapped claims and pending approval, for WordPress's tools that
 * export and erase personal data.
 */
final class Exporter
{
    /**
     * @return array<string, mixed>
     */
    public static function export(string $email): array
    {
        $user_id = Person::user_id($email);
        $items = [];
        foreach (Identities::of_user($user_id) as $number => $row) {
            $items[] = [
                'group_id' => 'logto-sign-in',
                'group_label' => __('Logto Sign-In', 'logto-sign-in'),
                'item_id' => 'logto-identity-' . $number,
                'data' => [
                    ['name' => __('Issuer', 'logto-sign-in'), 'value' => Input::string($row, 'issuer')],
                    ['name' => __('Subject', 'logto-sign-in'), 'value' => Input::string($row, 'subject')],
                    ['name' => __('Connected since (UTC)', 'logto-sign-in'), 'value' => Input::string($row, 'created')],
                    ['name' => __('Last sign-in (UTC)', 'logto-sign-in'), 'value' => Input::string($row, 'last_sign_in')],
                ],
            ];
        }

        $labels = [
            'phone' => __('Phone number', 'logto-sign-in'),
            'picture' => __('Picture', 'logto-sign-in'),
            'organizations' => __('Organizations', 'logto-sign-in'),
            'dingtalk' => __('Hash of the DingTalk account that Logto names', 'logto-sign-in'),
            'contact' => __('Email address for the approval', 'logto-sign-in'),
            'approval' => __('Approval', 'logto-sign-in'),
            'roles' => __('Roles after approval', 'logto-sign-in'),
        ];
        $values = UserMeta::of_user($user_id) + self::approval($user_id) + MappedMeta::of_user($user_id);
        if ($values !== []) {
            $items[] = [
                'group_id' => 'logto-sign-in',
                'group_label' => __('Logto Sign-In', 'logto-sign-in'),
                'item_id' => 'logto-profile',
                'data' => array_map(static fn(string $name): array => ['name' => $labels[$name] ?? $name, 'value' => $values[$name]], array_keys($values)),
            ];
        }

        return ['data' => $items, 'done' => true];
    }

    /**
     * @return array<string, mixed>
     */
    public static function erase(string $email): array
    {
        $user_id = Person::user_id($email);
        $removed = in_array(true, [Removal::all($user_id) > 0, UserMeta::erase($user_id), MappedMeta::erase($user_id)], true);

        $pending = UserMeta::is_pending($user_id);
        $messages = $pending ? [__('The account is still pending approval. To end this, delete the user.', 'logto-sign-in')] : [];

        return ['items_removed' => $removed, 'items_retained' => $pending, 'messages' => $messages, 'done' => true];
    }

    /**
     * @return array<string, string>
     */
    private static function approval(int $user_id): array
    {
        $roles = Input::to_strings(get_user_meta($user_id, UserMeta::PENDING_ROLES, true));
        $values = [
            'approval' => UserMeta::is_pending($user_id) ? __('Pending', 'logto-sign-in') : '',
            'roles' => implode(', ', $roles),
        ];

        return array_filter($values, static fn(string $value): bool => $value !== '');
    }
}
