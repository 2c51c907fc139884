<?php

declare(strict_types=1);

namespace LogtoSignIn\Core;

use LogtoSignIn\Protocol\Outcome;
use LogtoSignIn\Protocol\Problem;
use LogtoSignIn\Providers\Provider;
use LogtoSignIn\Settings\Defaults;
use LogtoSignIn\Settings\Manager;
use LogtoSignIn\Settings\Settings;
use LogtoSignIn\Settings\StoredOptions;

/**
 * A place where settings are stored: the site, or its network. Some settings are changed there and the others left alone,
 * by the rules of the settings page. The caller has made sure that the user may do this.
 */
final class SettingsPlace
{
    private function __construct(
        private readonly Manager $manager,
        private readonly bool $is_network,
        private readonly bool $is_form,
    ) {
    }

    /**
     * @param Manager $manager On a network, that of a site without custom settings is `Manager::Site`. Elsewhere, the site
     *                         manages everything.
     * @param bool $is_form Whether an administrator changes them in the browser: nobody closes the way that they came by.
     */
    public static function of_site(Manager $manager, bool $is_form = false): self
    {
        return new self(is_multisite() ? $manager : Manager::Network, false, $is_form);
    }

    /**
     * @param bool $is_form See {@see of_site()}.
     */
    public static function of_network(bool $is_form = false): self
    {
        return new self(Manager::Network, true, $is_form);
    }

    /**
     * The settings that this manager may change, as they are stored here.
     *
     * @return array<array-key, mixed>
     */
    public function stored(): array
    {
        $stored = $this->is_network ? StoredOptions::of_network() : StoredOptions::own();

        return array_filter($stored, fn(int|string $name): bool => $this->manager->may_change((string) $name), ARRAY_FILTER_USE_KEY);
    }

    /**
     * Changes some settings. Those with a problem stay as they are, and the problems are told; a name that no setting has is
     * one of them.
     *
     * @param array<array-key, mixed> $submitted
     *
     * @return Outcome\Settings|Outcome\Refused What was stored, and the problems; a refusal when nothing was.
     */
    public function change(array $submitted): Outcome\Settings|Outcome\Refused
    {
        $known = array_intersect_key($submitted, Defaults::SECTIONS);
        $outcome = $this->store([Sanitizer::PARTIAL => '1'] + $known);
        if ($outcome instanceof Outcome\Refused) {
            return $outcome;
        }

        $unknown = array_map(static fn(int|string $name): Problem => new Problem((string) $name, 'setting_unknown'), array_keys(array_diff_key($submitted, $known)));

        return new Outcome\Settings($outcome->values, [...$outcome->problems, ...$unknown]);
    }

    /**
     * Removes the credentials of a provider, and nothing else.
     */
    public function disconnect(Provider $provider): Outcome\Settings|Outcome\Refused
    {
        return $this->store([Sanitizer::DISCONNECT => $provider->value]);
    }

    /**
     * What applies until now, and stays where something is wrong.
     */
    private function context(): Settings
    {
        return match (true) {
            $this->is_network => Settings::network(),
            $this->manager === Manager::Site => Settings::current(),
            default => new Settings(StoredOptions::own()),
        };
    }

    /**
     * Stores what the core makes of a form.
     *
     * @param array<array-key, mixed> $form With a member of {@see Sanitizer}.
     */
    private function store(array $form): Outcome\Settings|Outcome\Refused
    {
        $outcome = Sanitizer::judge($form, $this->context(), $this->manager, $this->is_form);
        if ($outcome instanceof Outcome\Refused) {
            return $outcome;
        }

        match (true) {
            $this->is_network => update_site_option(StoredOptions::NETWORK_OPTION, $outcome->values),
            $this->manager === Manager::Site => update_option(Settings::OPTION, $outcome->values),
            default => StoredOptions::write($outcome->values),
        };

        return $outcome;
    }
}
