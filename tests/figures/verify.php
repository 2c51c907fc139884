<?php

declare(strict_types=1);

/*
 * The first line is {"token", "jwk", "algorithm"}; each line after it, "parsed" or "parsing", measures openssl_verify
 * with the key parsed beforehand or each time, and answers with the microseconds of one verification.
 */

function bytes(string $base64url): string
{
    return (string) base64_decode(strtr($base64url, '-_', '+/'), true);
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
$digest = 'sha' . substr($facts['algorithm'], 2);
$pem = pem($facts['jwk']);
$parsed = openssl_pkey_get_public($pem);
if ($parsed === false || openssl_verify($message, $signature, $parsed, $digest) !== 1) {
    fwrite(STDERR, "the recorded token does not verify\n");
    exit(1);
}

while (($line = fgets(STDIN)) !== false) {
    $key = trim($line) === 'parsed' ? $parsed : $pem;
    $began = hrtime(true);
    for ($turn = 0; $turn < 10; $turn++) {
        openssl_verify($message, $signature, $key, $digest);
    }
    echo (hrtime(true) - $began) / 1e4, "\n";
}
