internal import JSON

extension TagRules {
    /// Of keys, whose tags have members of other names.
    ///
    /// [Tag](https://docs.aws.amazon.com/kms/latest/APIReference/API_Tag.html)
    static let kms = TagRules(
        keyMember: "TagKey",
        valueMember: "TagValue",
        needsValue: true,
        reservedKey: .reservedKeyTag,
        duplicateKey: .duplicateKeyTag,
        tooMany: .tooManyKeyTags
    )
}

/// A tag as an answer of KMS shows it.
struct KeyTag: JSONWritable {
    let tag: Tag

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("TagKey", tag.key)
        writer.member("TagValue", tag.value)
        writer.endObject()
    }
}
