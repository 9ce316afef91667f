import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Pocketvault.class)
class PocketvaultTest {
    @RepeatedTest(3)
    void eachTestHasAnAccountOfItsOwn(Pocketvault.Account vault) throws Exception {
        fill(vault);
    }

    @Test
    void aCopyHasWhatItsTemplateHad(Pocketvault.Account vault) throws Exception {
        fill(vault);
        Pocketvault.Account copy = Pocketvault.create(vault.account());
        assertTrue(call(copy, "GetSecretValue", "{\"SecretId\":\"app/key\"}").contains("invented"));
        Pocketvault.drop(copy);
    }

    private static void fill(Pocketvault.Account vault) throws Exception {
        assertEquals("{\"SecretList\":[]}", call(vault, "ListSecrets", "{}"));
        String token = UUID.randomUUID().toString();
        String secret = "{\"Name\":\"app/key\",\"SecretString\":\"invented\",\"ClientRequestToken\":\"" + token + "\"}";
        call(vault, "CreateSecret", secret);
    }

    /** What the SDK sends, where it is not installed; signatures are not looked at unless that is asked for. */
    private static String call(Pocketvault.Account vault, String operation, String body) throws Exception {
        String scope = vault.accessKeyId() + "/20260101/us-east-1/secretsmanager/aws4_request";
        HttpRequest request = HttpRequest.newBuilder(vault.endpoint())
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "secretsmanager." + operation)
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }
}
