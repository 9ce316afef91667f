internal import Notation

/// A CiphertextBlob: what was sealed, and which key and material did it, so that whoever opens it need
/// not say.
///
/// A byte for the form, the length and text of the key's ARN, the 32 bytes of the material's id, and
/// the sealed box, to which all that comes before is bound.
struct Ciphertext: Sendable, Equatable {
    let key: KeyARN
    let materialID: String
    let box: [UInt8]

    private static let form: UInt8 = 1
    private static let materialIDByteCount = 32

    init(of key: KMSKey, _ material: KMSKeyMaterial, box: [UInt8]) {
        self.key = key.arn
        materialID = material.id
        self.box = box
    }

    /// Reads what `bytes` gave; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 2, bytes[0] == Ciphertext.form else { return nil }
        let idStart = 2 + Int(bytes[1])
        let boxStart = idStart + Ciphertext.materialIDByteCount
        guard bytes.count > boxStart else { return nil }
        guard let text = String(validating: bytes[2..<idStart], as: UTF8.self),
            let arn = ARN(text), arn.service == KMS.signingName, arn.resource.hasPrefix("key/")
        else { return nil }
        key = KeyARN(scope: arn.scope, keyID: String(arn.resource.dropFirst(4)))
        // One key has one ARN.
        guard key.text == text else { return nil }
        materialID = Hexadecimal.string(Array(bytes[idStart..<boxStart]))
        box = Array(bytes[boxStart...])
    }

    var bytes: [UInt8] {
        let arn = Array(key.text.utf8)
        var bytes = [Ciphertext.form, UInt8(truncatingIfNeeded: arn.count)]
        bytes += arn
        bytes += Hexadecimal.bytes(materialID) ?? []
        bytes += box
        return bytes
    }
}
