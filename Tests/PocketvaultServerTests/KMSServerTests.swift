import AWS
import HTTPServer
import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

/// KMS over the wire, and what happens to keys as time goes by.
@Suite struct KMSServerTests {
    private let server: ScratchServer

    init() throws {
        server = try ScratchServer()
    }

    private func kms(_ operation: String, _ body: String) -> HTTPResponse {
        let headers = [
            (name: "X-Amz-Target", value: "TrentService.\(operation)"),
            (name: "Content-Type", value: "application/x-amz-json-1.1"),
        ]
        return server.send(.post(body, headers))
    }

    private func createKey() -> String {
        kms("CreateKey", "{}").json["KeyMetadata"]?["KeyId"]?.string ?? ""
    }

    private func createSecret(under keyID: String) {
        let body =
            #"{"Name":"demo","SecretString":"calm-otter","KmsKeyId":"\#(keyID)","#
            + #""ClientRequestToken":"00000000-0000-4000-8000-000000000001"}"#
        #expect(server.call("CreateSecret", body).status == 200)
    }

    private func post(_ body: String, to path: String) -> HTTPResponse {
        server.send(.post(body, [ControlTests.json], path: "/_pocketvault/\(path)"))
    }

    @Test func `Errors of KMS have their sentence under message, in lower case`() {
        let response = kms("DescribeKey", #"{"KeyId":"x"}"#)
        #expect(response.status == 400)
        #expect(response.text == #"{"__type":"NotFoundException","message":"Invalid keyId 'x'"}"#)
        let managed = kms("DescribeKey", #"{"KeyId":"alias/aws/secretsmanager"}"#).json
        let keyID = managed["KeyMetadata"]?["KeyId"]?.string ?? ""
        let denied = kms("DisableKey", #"{"KeyId":"\#(keyID)"}"#)
        #expect(denied.json.names == ["__type", "Message"])
    }

    @Test func `A key is deleted when its waiting period ends, and what it sealed is lost`() {
        let keyID = createKey()
        createSecret(under: keyID)
        _ = kms("ScheduleKeyDeletion", #"{"KeyId":"\#(keyID)","PendingWindowInDays":7}"#)
        #expect(post(#"{"advance":"P6D"}"#, to: "clock").json["fired"] == .array([]))
        #expect(kms("DescribeKey", #"{"KeyId":"\#(keyID)"}"#).status == 200)
        let fired = post(#"{"advance":"P1D"}"#, to: "clock").json["fired"]
        #expect(
            fired?[0]?.jsonText()
                == #"{"time":"2026-01-22T10:00:00.000Z","event":"DeleteKey","#
                + #""key":"arn:aws:kms:us-east-1:000000000000:key/\#(keyID)"}"#
        )
        #expect(kms("DescribeKey", #"{"KeyId":"\#(keyID)"}"#).status == 400)
        let read = server.call("GetSecretValue", #"{"SecretId":"demo"}"#)
        #expect(read.json["__type"] == "DecryptionFailure")
    }

    @Test func `A deletion that was cancelled does not happen`() {
        let keyID = createKey()
        _ = kms("ScheduleKeyDeletion", #"{"KeyId":"\#(keyID)"}"#)
        _ = kms("CancelKeyDeletion", #"{"KeyId":"\#(keyID)"}"#)
        #expect(post(#"{"advance":"P60D"}"#, to: "clock").json["fired"] == .array([]))
        #expect(kms("DescribeKey", #"{"KeyId":"\#(keyID)"}"#).status == 200)
    }

    @Test func `A key is rotated when its period is over, again and again, and opens all of it`() {
        let keyID = createKey()
        let arn = "arn:aws:kms:us-east-1:000000000000:key/\(keyID)"
        let key = #"{"KeyId":"\#(keyID)","RotationPeriodInDays":100}"#
        _ = kms("EnableKeyRotation", key)
        var sealed: [String] = []
        func seal() {
            let request = #"{"KeyId":"\#(keyID)","Plaintext":"aGk="}"#
            sealed.append(kms("Encrypt", request).json["CiphertextBlob"]?.string ?? "")
        }
        seal()
        #expect(post(#"{"advance":"P99D"}"#, to: "clock").json["fired"] == .array([]))
        for days in [1, 100] {
            let fired = post(#"{"advance":"P\#(days)D"}"#, to: "clock").json["fired"]
            #expect(fired?.elements?.map { $0["event"]?.string } == ["RotateKey"])
            #expect(fired?[0]?["key"]?.string == arn)
            seal()
        }
        let listed = kms("ListKeyRotations", #"{"KeyId":"\#(keyID)"}"#).json["Rotations"]
        #expect(listed?.elements?.map { $0["RotationType"] } == ["AUTOMATIC", "AUTOMATIC"])
        #expect(
            listed?.elements?.map { $0["KeyMaterialState"] } == ["NON_CURRENT", "CURRENT"]
        )
        var materials: Set<String?> = []
        for blob in sealed {
            let opened = kms("Decrypt", #"{"CiphertextBlob":"\#(blob)"}"#).json
            #expect(opened["Plaintext"] == "aGk=")
            materials.insert(opened["KeyMaterialId"]?.string)
        }
        #expect(materials.count == 3)
        // What is disabled when it falls due is rotated once it is enabled, and counts from there.
        _ = kms("DisableKey", #"{"KeyId":"\#(keyID)"}"#)
        #expect(post(#"{"advance":"P350D"}"#, to: "clock").json["fired"] == .array([]))
        _ = kms("EnableKey", #"{"KeyId":"\#(keyID)"}"#)
        let fired = post(#"{"advance":"P1D"}"#, to: "clock").json["fired"]
        #expect((fired?.elements?.count ?? 0) <= 1)
        let count = kms("ListKeyRotations", #"{"KeyId":"\#(keyID)"}"#).json["Rotations"]?.elements
        #expect(count?.count == 3)
    }

    @Test func `A reset forgets keys, and takes unknown ones again`() {
        let keyID = createKey()
        let unknown =
            #"{"Name":"demo","KmsKeyId":"alias/nobody","#
            + #""ClientRequestToken":"00000000-0000-4000-8000-000000000001"}"#
        #expect(server.call("CreateSecret", unknown).json["__type"] == "InvalidParameterException")
        #expect(post("{}", to: "reset").status == 200)
        #expect(kms("DescribeKey", #"{"KeyId":"\#(keyID)"}"#).status == 400)
        #expect(server.call("CreateSecret", unknown).status == 200)
    }

    @Test func `An operation of KMS that is not built is unknown`() {
        let response = kms("Sign", "{}")
        #expect(response.text == #"{"__type":"UnknownOperationException"}"#)
    }
}
