<?php

declare(strict_types=1);

/** A vault for PHP's tests: one server for the process, an account for each test. */
final class Pocketvault
{
    private static ?string $endpoint = null;

    public readonly string $account;
    public readonly string $accessKeyId;
    public readonly string $secretAccessKey;

    private function __construct(array $made, public readonly string $region)
    {
        $this->account = $made['account'];
        $this->accessKeyId = $made['accessKeyId'];
        $this->secretAccessKey = $made['secretAccessKey'];
    }

    /** An account that no other test sees, empty or a copy of another one; tearDown() drops it. */
    public static function account(?string $template = null, string $region = 'us-east-1'): self
    {
        return new self(self::control('POST', 'accounts', $template ? ['template' => $template] : []), $region);
    }

    public function drop(): void
    {
        self::control('DELETE', "accounts/{$this->account}");
    }

    /** What the SDK takes: new Aws\SecretsManager\SecretsManagerClient($account->client()) */
    public function client(): array
    {
        return [
            'endpoint' => self::endpoint(),
            'region' => $this->region,
            'version' => 'latest',
            'credentials' => ['key' => $this->accessKeyId, 'secret' => $this->secretAccessKey],
        ];
    }

    /** The address of the server, which is started when it is first asked for and ends with the process. */
    public static function endpoint(): string
    {
        return self::$endpoint ??= self::start();
    }

    /** Asks the surface beside AWS's, or tells it something. */
    public static function control(string $method, string $path, ?array $body = null): array
    {
        $request = stream_context_create(['http' => [
            'method' => $method,
            'header' => 'Content-Type: application/json',
            'content' => $body === null ? '' : json_encode((object) $body),
            'ignore_errors' => true,
        ]]);
        $text = file_get_contents(self::endpoint() . "/_pocketvault/$path", false, $request);
        $members = json_decode($text ?: '{}', true);
        if (!str_contains($http_response_header[0], ' 200 ')) {
            throw new RuntimeException($members['message'] ?? $http_response_header[0]);
        }
        return $members;
    }

    private static function start(): string
    {
        $binary = getenv('POCKETVAULT_BINARY') ?: 'pocketvault';
        $command = [$binary, 'serve', '--port', '0', '--database', ':memory:', '--log-level', 'warning'];
        $server = proc_open($command, [['file', '/dev/null', 'r'], ['pipe', 'w'], STDERR], $pipes);
        $line = $server ? fgets($pipes[1]) : false;
        if ($line === false) {
            throw new RuntimeException("$binary did not start");
        }
        register_shutdown_function(static fn () => proc_terminate($server));
        return substr(strrchr(trim($line), ' '), 1);
    }
}
