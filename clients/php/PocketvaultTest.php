<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/Pocketvault.php';

final class PocketvaultTest extends TestCase
{
    private Pocketvault $account;

    protected function setUp(): void
    {
        $this->account = Pocketvault::account();
    }

    protected function tearDown(): void
    {
        $this->account->drop();
    }

    /** @dataProvider numbers */
    public function testEachTestHasAnAccountOfItsOwn(int $number): void
    {
        $this->fill($this->account);
    }

    public static function numbers(): array
    {
        return [[1], [2], [3]];
    }

    public function testACopyHasWhatItsTemplateHad(): void
    {
        $this->fill($this->account);
        $copy = Pocketvault::account($this->account->account);
        self::assertSame('invented', $this->call($copy, 'GetSecretValue', ['SecretId' => 'app/key'])['SecretString']);
        $copy->drop();
    }

    private function fill(Pocketvault $account): void
    {
        self::assertSame([], $this->call($account, 'ListSecrets')['SecretList']);
        $token = bin2hex(random_bytes(16));
        $secret = ['Name' => 'app/key', 'SecretString' => 'invented', 'ClientRequestToken' => $token];
        $this->call($account, 'CreateSecret', $secret);
    }

    /** What the SDK sends, where it is not installed; signatures are not looked at unless that is asked for. */
    private function call(Pocketvault $account, string $operation, array $members = []): array
    {
        $scope = "{$account->accessKeyId}/20260101/{$account->region}/secretsmanager/aws4_request";
        $request = stream_context_create(['http' => [
            'method' => 'POST',
            'header' => [
                'Content-Type: application/x-amz-json-1.1',
                "X-Amz-Target: secretsmanager.$operation",
                "Authorization: AWS4-HMAC-SHA256 Credential=$scope, SignedHeaders=host, Signature=0",
            ],
            'content' => json_encode((object) $members),
        ]]);
        return json_decode(file_get_contents(Pocketvault::endpoint(), false, $request), true);
    }
}
