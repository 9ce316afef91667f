import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for the test run, and an account for each test, which a test takes as a parameter:
 * {@code @ExtendWith(Pocketvault.class)} and {@code void reads(Pocketvault.Account vault)}.
 */
public final class Pocketvault implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    /** An account that no other test sees. Hand its members to the SDK's client builders. */
    public record Account(URI endpoint, String account, String accessKeyId, String secretAccessKey) {}

    private static final Namespace NAMESPACE = Namespace.create(Pocketvault.class);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static URI endpoint;

    /** An account that is empty, or, unless it is null, a copy of {@code template}. */
    public static Account create(String template) throws IOException, InterruptedException {
        String made = call("POST", "accounts", template == null ? "{}" : "{\"template\":\"" + template + "\"}");
        return new Account(server(), member(made, "account"), member(made, "accessKeyId"), member(made, "secretAccessKey"));
    }

    public static void drop(Account account) throws IOException, InterruptedException {
        call("DELETE", "accounts/" + account.account(), "");
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        context.getStore(NAMESPACE).put(Account.class, create(null));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        drop(context.getStore(NAMESPACE).get(Account.class, Account.class));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Account.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).get(Account.class);
    }

    private static String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server().resolve("/_pocketvault/" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) throw new IllegalStateException(answer.body());
        return answer.body();
    }

    /** The answer has texts only, without anything to unescape. */
    private static String member(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!found.find()) throw new IllegalStateException("there is no " + name);
        return found.group(1);
    }

    private static synchronized URI server() throws IOException {
        if (endpoint != null) return endpoint;
        String named = System.getenv("POCKETVAULT_BINARY");
        String binary = named == null ? "pocketvault" : named;
        Process process = new ProcessBuilder(
                binary, "serve", "--port", "0", "--database", ":memory:", "--log-level", "warning")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        String line = process.inputReader().readLine();
        if (line == null) throw new IllegalStateException(binary + " did not start");
        endpoint = URI.create(line.substring(line.lastIndexOf(' ') + 1));
        return endpoint;
    }
}
