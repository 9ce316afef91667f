import Glibc

/// Writes signature headers and presigned queries, good and bad, to a file each, for the fuzzer to
/// begin with.
@main
enum WriteSignatures {
    private static let credential =
        "AKIAIOSFODNN7EXAMPLE/20260115/us-east-1/secretsmanager/aws4_request"
    private static let rest =
        "SignedHeaders=host;x-amz-date;x-amz-target, Signature=0011223344556677"

    private static let texts = [
        "AWS4-HMAC-SHA256 Credential=\(credential), \(rest)",
        "AWS4-HMAC-SHA256 Credential=\(credential),\(rest)",
        "AWS4-ECDSA-P256-SHA256 Credential=123456789012/20260115/eu-west-1/sts/aws4_request, \(rest)",
        "AWS4-HMAC-SHA256 \(rest), Credential=a/key/with/slashes/20260115/cn-north-1/x/aws4_request",
        "AWS4-HMAC-SHA256 Credential=/20260115//secretsmanager/aws4_request, \(rest)",
        "AWS4-HMAC-SHA256 Credential=key/20260115/us:east/secretsmanager/aws4_request",
        "AWS4-HMAC-SHA256 CCredential=CredentialCredential=x/y/z/s/aws4_request",
        "AWS AKIAIOSFODNN7EXAMPLE:c2lnbmF0dXJl", "Basic dXNlcjpwYXNz", credential,
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=123456789012%2F20260115%2Feu-west-1%2Fsts%2F"
            + "aws4_request&X-Amz-Date=20260115T100000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=00",
        "X-Amz-Credential=%&X-Amz-Credential=%2&a=b=c&&+=+&=%zz",
    ]

    static func main() {
        guard let directory = CommandLine.arguments.dropFirst().first else { exit(64) }
        for (number, text) in texts.enumerated() {
            guard let file = fopen("\(directory)/signature-\(number).txt", "w") else { exit(1) }
            let bytes = Array(text.utf8)
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
    }
}
