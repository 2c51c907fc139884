<?php

declare(strict_types=1);

/*
 * The first line is {"token", "jwk"}; each line after it, "parsed" or "parsing", measures openssl_verify with the key
 * parsed beforehand or each time (libsodium for Ed25519, which knows no difference), and answers with the microseconds
 * of one verification.
 */

function bytes(string $base64url): string
{
    return (string) base64_decode(strtr($base64url, '-_', '+/'), true);
}

/** Microseconds of CPU that this process has taken. */
function cpu(): float
{
    $usage = getrusage();

    return 1e6 * ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']) + $usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec'];
}

/** One ASN.1 DER element (X.690 §8.1). */
function der(int $tag, string $content): string
{
    $length = strlen($content);
    $octets = $length < 128 ? chr($length) : chr($length < 256 ? 0x81 : 0x82) . ltrim(pack('n', $length), "\0");

    return chr($tag) . $octets . $content;
}

/** A positive INTEGER. */
function integer(string $magnitude): string
{
    $magnitude = ltrim($magnitude, "\0");

    return der(2, (ord($magnitude[0] ?? "\0") & 0x80) !== 0 ? "\0" . $magnitude : $magnitude);
}

/** @param array<string, string> $jwk */
function pem(array $jwk): string
{
    $curves = ['P-256' => '2a8648ce3d030107', 'P-384' => '2b81040022'];
    if ($jwk['kty'] === 'EC') {
        $algorithm = der(6, (string) hex2bin('2a8648ce3d0201')) . der(6, (string) hex2bin($curves[$jwk['crv']]));
        $key = "\4" . bytes($jwk['x']) . bytes($jwk['y']);
    } else {
        $algorithm = der(6, (string) hex2bin('2a864886f70d010101')) . der(5, '');
        $key = der(0x30, integer(bytes($jwk['n'])) . integer(bytes($jwk['e'])));
    }
    $der = der(0x30, der(0x30, $algorithm) . der(3, "\0" . $key));

    return "-----BEGIN PUBLIC KEY-----\n" . chunk_split(base64_encode($der), 64, "\n") . "-----END PUBLIC KEY-----\n";
}

$facts = json_decode((string) fgets(STDIN), true, 8, JSON_THROW_ON_ERROR);
[$header, $payload, $signature] = explode('.', $facts['token']);
$message = "{$header}.{$payload}";
$signature = bytes($signature);
if ($facts['jwk']['kty'] === 'EC') {
    [$r, $s] = str_split($signature, intdiv(strlen($signature), 2));
    $signature = der(0x30, integer($r) . integer($s));
}
if ($facts['jwk']['kty'] === 'OKP') {
    $key = bytes($facts['jwk']['x']);
    $verify = static fn(bool $parsed): bool => sodium_crypto_sign_verify_detached($signature, $message, $key);
} else {
    $digest = 'sha' . substr(json_decode(bytes($header), true)['alg'], 2);
    $pem = pem($facts['jwk']);
    $key = openssl_pkey_get_public($pem);
    $verify = static fn(bool $parsed): bool => openssl_verify($message, $signature, $parsed ? $key : $pem, $digest) === 1;
}

if (!$verify(true) || !$verify(false)) {
    fwrite(STDERR, "the recorded token does not verify\n");
    exit(1);
}

while (($line = fgets(STDIN)) !== false) {
    $parsed = trim($line) === 'parsed';
    $began = cpu();
    for ($turn = 0; $turn < 10; $turn++) {
        $verify($parsed);
    }
    echo (cpu() - $began) / 10, "\n";
}
