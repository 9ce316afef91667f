package import JSON
internal import Notation

/// Lists the rotations of a key that have ended, the oldest first, and its first material if told.
///
/// [ListKeyRotations](https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html).
/// Errors: NotFoundException, InvalidArnException, InvalidMarkerException.
package struct ListKeyRotations: ReadOperation, KeyOperation {
    package static let action = KMSAction.listKeyRotations

    package let keyID: String?
    private let includeKeyMaterial: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        includeKeyMaterial = try members.string("IncludeKeyMaterial")
        page = try PageRequest(.kms, from: &members)
    }

    private static let allMaterials = "ALL_KEY_MATERIAL"

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.oneOf(
            includeKeyMaterial,
            [Self.allMaterials, "ROTATIONS_ONLY"],
            at: "includeKeyMaterial"
        )
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let key = try call.key
        let materials = try vault.materials(of: key)
        let isAll = includeKeyMaterial == Self.allMaterials
        let listed = materials.all.filter { material in
            material.isInUse(at: call.now) && (isAll || material.rotation != nil)
        }
        let query = "ListKeyRotations|\(key.arn.text)|\(isAll)"
        return Response(
            keyARN: key.arn,
            currentID: materials.current(at: call.now)?.id,
            page: try page.page(of: query, listed: listed, position: \.id)
        )
    }

    package struct Response: Sendable, JSONWritable {
        let keyARN: KeyARN
        let currentID: String?
        let page: Page<KMSKeyMaterial>

        package func write(to writer: inout JSONWriter) {
            writer.page("Rotations", page) { material, writer in
                writer.beginObject()
                writer.member("KeyId", keyARN.text)
                writer.member("KeyMaterialId", material.id)
                writer.member(
                    "KeyMaterialState",
                    material.id == currentID ? "CURRENT" : "NON_CURRENT"
                )
                writer.member("RotationDate", material.rotation?.endsAt)
                writer.member("RotationType", material.rotation?.kind.rawValue)
                writer.endObject()
            }
        }
    }
}
