extension TagRules {
    /// Of sessions.
    ///
    /// [Passing session tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html)
    static let session = TagRules(
        needsValue: true,
        ignoresCase: true,
        boundsCount: true,
        reservedKey: .reservedIAMTags,
        duplicateKey: .duplicateSessionTags,
        tooMany: .tooManyIAMTags
    )
}
