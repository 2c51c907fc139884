<?php

declare(strict_types=1);

$path = (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
// Below /rsa, a provider whose key is known: it signs what it is given.
$signs = str_starts_with($path, '/rsa/');
$issuer = 'http://' . $_SERVER['HTTP_HOST'] . ($signs ? '/rsa/oidc' : '/oidc');
$path = $signs ? substr($path, 4) : $path;
$base64url = static fn(string $bytes): string => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
$rsa = static fn(): \OpenSSLAsymmetricKey => openssl_pkey_get_private('file://' . __DIR__ . '/../../simulator/keys/rsa.pem');
$sign = static function (string $typ, string $claims) use ($base64url, $rsa): string {
    $message = $base64url(json_encode(['alg' => 'RS256', 'kid' => 'rsa', 'typ' => $typ])) . '.' . $base64url($claims);
    openssl_sign($message, $signature, $rsa(), OPENSSL_ALGO_SHA256);

    return $message . '.' . $base64url($signature);
};
$state = sys_get_temp_dir() . '/logto-provider-' . $_SERVER['SERVER_PORT'];

switch ($path) {
    case '/oidc/.well-known/openid-configuration':
        header('Content-Type: application/json');
        echo json_encode([
            'issuer' => $issuer,
            'authorization_endpoint' => $issuer . '/auth',
            'token_endpoint' => $issuer . '/token',
            'userinfo_endpoint' => $issuer . '/me',
            'jwks_uri' => $issuer . '/jwks',
            'end_session_endpoint' => $issuer . '/session/end',
            'response_types_supported' => ['code'],
            'response_modes_supported' => ['query', 'fragment', 'form_post'],
            'grant_types_supported' => ['authorization_code', 'refresh_token'],
            'subject_types_supported' => ['public'],
            'id_token_signing_alg_values_supported' => ['ES384'],
            'token_endpoint_auth_methods_supported' => ['client_secret_basic', 'client_secret_post'],
            'code_challenge_methods_supported' => ['S256'],
            'scopes_supported' => ['openid', 'profile', 'email', 'phone'],
            'authorization_response_iss_parameter_supported' => true,
        ]);
        break;
    case '/oidc/jwks':
        header('Content-Type: application/jwk-set+json');
        if ($signs) {
            $public = openssl_pkey_get_details($rsa())['rsa'];
            echo json_encode(['keys' => [['kty' => 'RSA', 'kid' => 'rsa', 'use' => 'sig', 'n' => $base64url($public['n']), 'e' => $base64url($public['e'])]]]);
            break;
        }

        $key = openssl_pkey_get_details(openssl_pkey_new(['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'secp384r1']))['ec'];
        $text = static fn(string $bytes): string => rtrim(strtr(base64_encode(str_pad($bytes, 48, "\0", STR_PAD_LEFT)), '+/', '-_'), '=');
        echo json_encode(['keys' => [['kty' => 'EC', 'crv' => 'P-384', 'kid' => 'k', 'use' => 'sig', 'alg' => 'ES384', 'x' => $text($key['x']), 'y' => $text($key['y'])]]]);
        break;
    case '/oidc/sign':
        echo $sign('logout+jwt', (string) file_get_contents('php://input'));
        break;
    case '/oidc/state':
        file_put_contents($state, (string) file_get_contents('php://input'));
        break;
    case '/oidc/token':
        if ($signs) {
            header('Content-Type: application/json');
            ['status' => $status, 'roles' => $roles] = json_decode((string) @file_get_contents($state), true) ?? ['status' => 200, 'roles' => ['staff']];
            $is_refresh = $_POST['grant_type'] === 'refresh_token';
            http_response_code($is_refresh ? $status : 200);
            $claims = ['iss' => $issuer, 'sub' => 'alice', 'aud' => 'app', 'iat' => time(), 'exp' => time() + 60, 'roles' => $roles];
            // A code is the nonce of its sign-in.
            $claims += ['name' => 'Alice', 'email' => null, 'phone_number' => null] + ($is_refresh ? [] : ['nonce' => $_POST['code']]);
            echo json_encode($is_refresh && $status !== 200 ? ['error' => 'invalid_grant'] : [
                'access_token' => 'access-token',
                'token_type' => 'Bearer',
                'id_token' => $sign('JWT', (string) json_encode($claims)),
                'refresh_token' => 'refresh-token-' . bin2hex(random_bytes(8)),
            ]);
            break;
        }

        header('Content-Type: application/json');
        $secret = ($_SERVER['PHP_AUTH_PW'] ?? '') === rawurlencode('a very secret secret') || ($_SERVER['PHP_AUTH_PW'] ?? '') === 'a+very+secret+secret';
        http_response_code($secret ? 400 : 401);
        echo json_encode(['error' => $secret ? 'invalid_grant' : 'invalid_client', 'error_description' => '<script>']);
        break;
    case '/oidc/auth':
        header('Location: ' . $_GET['redirect_uri'] . '&error=login_required', true, 303);
        break;
    case '/oidc/session/end':
        header('Content-Type: application/json');
        http_response_code(400);
        echo json_encode(['error' => 'invalid_request', 'error_description' => 'post_logout_redirect_uri not registered']);
        break;
    case '/v1.0/oauth2/userAccessToken':
        header('Content-Type: application/json');
        $asked = json_decode((string) file_get_contents('php://input'), true);
        $known = ['client id', 'a very secret DingTalk secret', 'the code', 'authorization_code'];
        if ([$asked['clientId'] ?? '', $asked['clientSecret'] ?? '', $asked['code'] ?? '', $asked['grantType'] ?? ''] !== $known) {
            http_response_code(400);
            echo json_encode(['code' => 'invalidClientIdOrSecret', 'requestid' => 'r', 'message' => 'wrong']);
            break;
        }

        echo json_encode(['accessToken' => 'access-token', 'refreshToken' => 'r', 'expireIn' => 7200]);
        break;
    case '/v1.0/oauth2/accessToken':
        header('Content-Type: application/json');
        $asked = json_decode((string) file_get_contents('php://input'), true);
        if ($asked !== ['appKey' => 'client id', 'appSecret' => 'a very secret DingTalk secret']) {
            http_response_code(400);
            echo json_encode(['code' => 'invalidClientIdOrSecret', 'requestid' => 'r', 'message' => 'wrong']);
            break;
        }

        echo json_encode(['accessToken' => 'app&token', 'expireIn' => 7200]);
        break;
    case '/topapi/v2/user/getuserinfo':
        header('Content-Type: application/json');
        $asked = json_decode((string) file_get_contents('php://input'), true);
        if (($_GET['access_token'] ?? '') !== 'app&token' || $asked !== ['code' => 'a code of the app']) {
            echo json_encode(['errcode' => 40078, 'errmsg' => 'wrong']);
            break;
        }

        echo json_encode(['errcode' => 0, 'errmsg' => 'ok', 'result' => ['userid' => 'u', 'unionid' => 'union', 'name' => '李四']]);
        break;
    case '/v1.0/contact/users/me':
        header('Content-Type: application/json');
        if (($_SERVER['HTTP_X_ACS_DINGTALK_ACCESS_TOKEN'] ?? '') !== 'access-token') {
            http_response_code(403);
            break;
        }

        echo json_encode(['nick' => '李四', 'unionId' => 'union', 'openId' => 'open', 'mobile' => '13800000002', 'stateCode' => '86', 'avatarUrl' => 'https://static.example/a.png']);
        break;
    case '/long':
        echo str_repeat('x', 5000);
        break;
    case '/drip':
        // A byte now and then keeps the connection busy for as long as the client allows.
        for ($sent = 0; $sent < 40; $sent++) {
            echo ' ';
            flush();
            usleep(100_000);
        }

        break;
    case '/bomb':
        // 64 MiB of zeros, packed twice: a client that unpacks the first layer within its limit may not the second. What
        // each block means does not depend on those before it, so one of them is repeated.
        $block = str_repeat("\0", 1 << 20);
        $packed = deflate_add(deflate_init(ZLIB_ENCODING_RAW), $block, ZLIB_FULL_FLUSH);
        $crc = hash_init('crc32b');
        for ($mebibyte = 0; $mebibyte < 64; $mebibyte++) {
            hash_update($crc, $block);
        }

        $end = "\3\0" . strrev(hash_final($crc, true)) . pack('V', 64 << 20);
        header('Content-Encoding: gzip');
        echo gzencode("\x1f\x8b\x08\0\0\0\0\0\0\3" . str_repeat($packed, 64) . $end);
        break;
    case '/redirects':
        // Around and around, and to a file.
        header('Location: ' . ($_GET['to'] ?? '/redirects'), true, 307);
        break;
    case '/redirect':
        header('Location: /long', true, 302);
        break;
    case '/echo':
        header('Content-Type: text/plain; charset=x');
        echo json_encode([
            'method' => $_SERVER['REQUEST_METHOD'],
            'body' => file_get_contents('php://input'),
            'authorization' => $_SERVER['HTTP_AUTHORIZATION'] ?? '',
        ]);
        break;
    case '/slow':
        sleep(2);
        break;
    default:
        http_response_code(404);
}
